import { isObject, valueAt } from '../store/json-value.ts'

/** A part of a rule as the engine has tried it, at a pointer into the rule. */
export interface TriedPart {
  readonly path: string
  readonly type?: string
  readonly value: unknown
}

/** A condition within a rule, whether it holds, and what the fields hold that it looks at. */
export interface BenchLine {
  readonly path: string
  readonly depth: number
  readonly rule: unknown
  readonly value: unknown
  readonly facts: readonly { readonly field: string; readonly value: unknown }[]
}

const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const JOINING: ReadonlySet<string> = new Set(['and', 'or', '!'])

const operatorOf = (rule: unknown): string | undefined => (isObject(rule) ? Object.keys(rule)[0] : undefined)

/** What a rule is made of, condition by condition: what joins others comes before them, one step less deep. */
export function benchLines(rule: unknown, parts: readonly TriedPart[]): readonly BenchLine[] {
  const told = parts.map((part) => ({ ...part, rule: valueAt(rule, stepsOf(part.path)) }))
  const isJoint = ({ rule: own }: { readonly rule: unknown }): boolean => JOINING.has(operatorOf(own) ?? '')
  const joints = told.filter(isJoint).map(({ path }) => path)
  const isWithin = (path: string, outer: string): boolean => path.startsWith(`${outer}/`)
  return told.flatMap((part): readonly BenchLine[] => {
    const around = joints.filter((joint) => isWithin(part.path, joint))
    // What stands in a condition is told with it.
    const isInner = told.some(
      (other) => operatorOf(other.rule) !== undefined && !isJoint(other) && isWithin(part.path, other.path),
    )
    if (operatorOf(part.rule) === 'var' || isInner) return []
    const facts = isJoint(part)
      ? []
      : told
          .filter((other) => operatorOf(other.rule) === 'var' && isWithin(other.path, part.path))
          .map((other) => ({ field: fieldIn(other.rule), value: other.value }))
    return [{ path: part.path, depth: around.length, rule: part.rule, value: part.value, facts }]
  })
}

function fieldIn(rule: unknown): string {
  const path = isObject(rule) ? rule.var : undefined
  return String(Array.isArray(path) ? path[0] : path)
}
