import { OPERATORS } from '../catalogue.ts'
import { isNumberLiteral } from '../literals.ts'
import { functionName, IF_NULL, isReserved } from './words.ts'

/** A rule that has no text: no single operator in an object, or one that nobody knows. */
export class RuleNotPrintable extends Error {}

/** How tightly a text holds together; what is looser than its place wants goes into brackets. */
const LEVEL = { or: 1, and: 2, not: 3, compare: 4, add: 5, multiply: 6, unary: 7, whole: 8 } as const

interface Printed {
  readonly text: string
  readonly level: number
  /** The operator, where it is written as a sign between its arguments. */
  readonly infix?: string
}

/**
 * The text form of a JSON Logic rule: `stage = 'won' and amount > 0`. One rule has one text, and `parseRule` reads it
 * back as the same rule (`canonicalRule`).
 * @throws RuleNotPrintable
 */
export function printRule(rule: unknown): string {
  return print(rule).text
}

function whole(text: string): Printed {
  return { text, level: LEVEL.whole }
}

function print(rule: unknown): Printed {
  if (rule === null || typeof rule === 'boolean') return whole(String(rule))
  if (typeof rule === 'string') return whole(quoted(rule))
  if (isNumberLiteral(rule)) return printNumber(typeof rule === 'number' ? String(rule) : rule.value)
  if (Array.isArray(rule)) return whole(`{${rule.map((item) => print(item).text).join(', ')}}`)
  const entries = Object.entries(rule as object)
  const [entry] = entries
  if (entry === undefined || entries.length > 1) throw new RuleNotPrintable('a rule has one operator')
  const [operator, argument] = entry as [string, unknown]
  const args: readonly unknown[] = Array.isArray(argument) ? argument : [argument]
  if (operator === 'var') return printPath(args)
  return INFIX[operator]?.(args) ?? printFunction(operator, args)
}

function printNumber(text: string): Printed {
  return { text, level: text.startsWith('-') ? LEVEL.unary : LEVEL.whole }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A part in a place that wants at least this level. */
function within(rule: unknown, level: number): string {
  const printed = print(rule)
  return printed.level < level ? `(${printed.text})` : printed.text
}

type Infix = (args: readonly unknown[]) => Printed | undefined

const logic =
  (word: 'and' | 'or'): Infix =>
  (args) => {
    if (args.length < 2) return undefined
    const level = LEVEL[word]
    return { text: args.map((arg) => within(arg, level + 1)).join(` ${word} `), level, infix: word }
  }

const compare =
  (sign: string, most: number): Infix =>
  (args) => {
    if (args.length < 2 || args.length > most) return undefined
    const parts = args.map((arg) => within(arg, LEVEL.add))
    return { text: parts.join(` ${sign} `), level: LEVEL.compare }
  }

/** A chain from left to right. The same sign again would be read into the chain, so it goes into brackets. */
const chain =
  (sign: string, level: number, isMany: boolean): Infix =>
  (args) => {
    if (args.length < 2 || (!isMany && args.length > 2)) return undefined
    const [first, ...rest] = args
    const printed = print(first)
    const isSafe = printed.level > level || (printed.level === level && (!isMany || printed.infix !== sign))
    const head = isSafe ? printed.text : `(${printed.text})`
    return {
      text: [head, ...rest.map((arg) => within(arg, level + 1))].join(` ${sign} `),
      level,
      infix: sign,
    }
  }

const INFIX: Readonly<Record<string, Infix>> = Object.assign(Object.create(null) as Record<string, Infix>, {
  and: logic('and'),
  or: logic('or'),
  '==': compare('=', 2),
  '!=': compare('!=', 2),
  '<': compare('<', 3),
  '<=': compare('<=', 3),
  '>': compare('>', 3),
  '>=': compare('>=', 3),
  '+': chain('+', LEVEL.add, true),
  '*': chain('*', LEVEL.multiply, true),
  '/': chain('/', LEVEL.multiply, false),
  '%': chain('%', LEVEL.multiply, false),
  '-': (args) => (args.length === 1 ? minus(args[0]) : chain('-', LEVEL.add, false)(args)),
  '!': (args) =>
    args.length === 1 ? { text: `not ${within(args[0], LEVEL.not)}`, level: LEVEL.not } : undefined,
  in: ([needle, where, ...more]) => {
    if (where === undefined || more.length > 0) return undefined
    const place = Array.isArray(where)
      ? `(${where.map((item) => print(item).text).join(', ')})`
      : within(where, LEVEL.add)
    return { text: `${within(needle, LEVEL.add)} in ${place}`, level: LEVEL.compare }
  },
} satisfies Record<string, Infix>)

function minus(arg: unknown): Printed {
  // −3 is a number; the negative of the number 3 is written −(3).
  const text = isNumberLiteral(arg) ? `(${print(arg).text})` : within(arg, LEVEL.whole)
  return { text: `-${text}`, level: LEVEL.unary }
}

function printPath(args: readonly unknown[]): Printed {
  const [path, instead] = args
  if (typeof path !== 'string' || args.length > 2) throw new RuleNotPrintable('“var” takes a name')
  const text = pathText(path)
  if (instead === undefined || instead === null) return whole(text)
  return whole(`${IF_NULL.toUpperCase()}(${text}, ${print(instead).text})`)
}

/** A path as the text form writes it: a step that is no plain name in brackets. */
export function pathText(path: string): string {
  const steps = path.split('.')
  const isPlain = (step: string) => /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u.test(step)
  return steps
    .map((step) =>
      isPlain(step) && !(steps.length === 1 && isReserved(step)) ? step : `[${step.replaceAll(']', ']]')}]`,
    )
    .join('.')
}

function printFunction(name: string, args: readonly unknown[]): Printed {
  const operator = OPERATORS.get(name)
  const called = operator === undefined ? undefined : functionName(operator)
  if (called === undefined) throw new RuleNotPrintable(`“${name}” has no name in the text form`)
  return whole(`${called}(${args.map((arg) => print(arg).text).join(', ')})`)
}
