import { nearest } from '../nearest.ts'
import { below, type CheckContext, didYouMean, mayGuess, report, shorten } from './check-context.ts'
import { checkLiteral } from './check-literal.ts'
import {
  AMBIENT,
  type AmbientName,
  type LocalText,
  type RuleScope,
  type TypedAmbient,
  type TypedPath,
  type TypedRule,
} from './types.ts'

const AMBIENT_NAMES: ReadonlyMap<string, AmbientName> = new Map(
  (Object.keys(AMBIENT) as AmbientName[]).map((name) => [name, name]),
)

/** Checks `{"var": path}` or `{"var": [path, instead]}`; `argument` is what stands under `var`. */
export function checkPath(argument: unknown, path: string, context: CheckContext): TypedRule | undefined {
  const parts: readonly unknown[] = Array.isArray(argument) ? argument : [argument]
  const [name, instead] = parts
  if (typeof name !== 'string' || name === '' || parts.length > 2) {
    return report(context, {
      code: 'RULE_SHAPE_INVALID',
      path,
      hint: {
        en: '“var” takes the name of a field, and if wanted a value that stands in for null.',
        'zh-CN': '“var”后写字段名，可再写一个为空时的替代值。',
      },
    })
  }
  const namePath = Array.isArray(argument) ? below(path, 0) : path
  const value = resolve(name, namePath, context)
  if (value === undefined || instead === undefined || instead === null) return value
  const literal = checkLiteral(instead, below(path, 1), value.type, context)
  if (literal === undefined || literal.kind !== 'literal') return undefined
  return { kind: 'fallback', type: value.type, value, instead: literal }
}

function resolve(name: string, path: string, context: CheckContext): TypedPath | TypedAmbient | undefined {
  const ambient = AMBIENT_NAMES.get(name)
  if (ambient !== undefined) return { kind: 'ambient', type: AMBIENT[ambient], name: ambient }
  const entry = context.scope.resolve(name)
  if (entry === undefined) {
    return report(context, {
      code: 'RULE_FIELD_UNKNOWN',
      path,
      params: { name: shorten(name) },
      ...hintFor(name, context),
    })
  }
  const options = entry.options === undefined ? {} : { options: entry.options }
  return { kind: 'path', type: entry.type, path: name.split('.'), ...options }
}

function hintFor(name: string, context: CheckContext): { readonly hint?: LocalText } {
  const hint = mayGuess(context, name) ? didYouMean(guess(name, context.scope)) : undefined
  return hint === undefined ? {} : { hint }
}

/** The name that was probably meant: each step of the path mended on its own, as far as all lead somewhere. */
function guess(name: string, scope: RuleScope): string | undefined {
  const steps = name.split('.')
  const mended: string[] = []
  for (const [index, step] of steps.entries()) {
    const under = mended.length === 0 ? undefined : mended.join('.')
    const leadsOn = (candidate: string) => !isEmpty(scope.names([...mended, candidate].join('.')))
    const candidates =
      index === steps.length - 1 ? scope.names(under) : [...scope.names(under)].filter(leadsOn)
    const known = under === undefined ? [...candidates, ...AMBIENT_NAMES.keys()] : [...candidates]
    const found = known.includes(step) ? step : nearest(step, known)
    if (found === undefined) return nearest(name, AMBIENT_NAMES.keys())
    mended.push(found)
  }
  const whole = mended.join('.')
  const leadsSomewhere = AMBIENT_NAMES.has(whole) || scope.resolve(whole) !== undefined
  return whole !== name && leadsSomewhere ? whole : nearest(name, AMBIENT_NAMES.keys())
}

function isEmpty(names: Iterable<string>): boolean {
  for (const _ of names) return false
  return true
}
