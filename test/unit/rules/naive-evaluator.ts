import { DateTime } from 'luxon'
import { parseDuration } from '../../../metadata/rules/durations.ts'

/**
 * The rule language once more, written as plainly as possible, to compare the SQL with. It reads the untyped rule;
 * numbers are fractions, instants milliseconds, so that nothing is shared with what it judges.
 */
export type Value = null | boolean | string | Fraction | Instant | readonly string[]
export interface Fraction {
  readonly n: bigint
  readonly d: bigint
}
export interface Instant {
  readonly ms: number
}
export interface World {
  readonly row: Readonly<Record<string, Value>>
  readonly today: string
  readonly now: Instant
  readonly zone: string
  readonly actorId: string
  readonly roles: readonly string[]
}

export function fraction(text: string): Fraction {
  const [, sign = '', whole = '0', decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  return { n: BigInt(`${sign}${whole}${decimals}`), d: 10n ** BigInt(decimals.length) }
}

export function evaluate(rule: unknown, world: World): Value {
  if (rule === null || typeof rule === 'boolean' || typeof rule === 'string') return rule
  if (typeof rule === 'number') return fraction(String(rule))
  const [[operator, raw]] = Object.entries(rule as object) as [[string, unknown]]
  const args: readonly unknown[] = Array.isArray(raw) ? raw : [raw]
  if (operator === 'var') return variable(args, world)
  if (operator === 'if') return branches(args, world)
  const value = (index: number) => evaluate(args[index], world)
  switch (operator) {
    case 'and':
      return args.every((_, index) => value(index) === true)
    case 'or':
      return args.some((_, index) => value(index) === true)
    case '!':
      return !truthy(value(0))
    case '!!':
      return truthy(value(0))
    case '==':
      return same(value(0), value(1), world)
    case '!=':
      return !same(value(0), value(1), world)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return args.every((_, at) => at === 0 || ordered(operator, value(at - 1), value(at), world))
    case 'in':
      return isIn(value(0), Array.isArray(args[1]) ? literals(args[1]) : value(1), world)
    case 'has':
      return isIn(value(1), value(0), world) && value(1) !== null
    case 'has_any':
      return literals(args[1]).some((item) => item !== null && isIn(item, value(0), world))
    case 'has_all':
      return literals(args[1]).every((item) => item !== null && isIn(item, value(0), world))
    case 'empty':
      return isEmpty(value(0))
    case 'not_empty':
      return !isEmpty(value(0))
    case 'contains':
      return texts(value(0), value(1), (text, part) => text.includes(part))
    case 'starts_with':
      return texts(value(0), value(1), (text, part) => text.startsWith(part))
    case 'ends_with':
      return texts(value(0), value(1), (text, part) => text.endsWith(part))
    case 'today':
      return world.today
    case 'now':
      return world.now
    case 'days_since':
      return daysSince(value(0), world)
    case 'date_add':
      return dateAdd(value(0), value(1), world)
    default:
      return arithmetic(
        operator,
        args.map((_, index) => value(index)),
      )
  }
}

function variable([path, instead]: readonly unknown[], world: World): Value {
  if (path === 'today') return world.today
  if (path === 'now') return world.now
  if (path === 'actor.id') return world.actorId
  if (path === 'actor.roles') return world.roles
  return world.row[path as string] ?? (instead === undefined ? null : evaluate(instead, world))
}

function branches(args: readonly unknown[], world: World): Value {
  for (let at = 0; at + 1 < args.length; at += 2) {
    if (evaluate(args[at], world) === true) return evaluate(args[at + 1], world)
  }
  return args.length % 2 === 1 ? evaluate(args.at(-1), world) : null
}

function literals(list: unknown): readonly Value[] {
  return (list as readonly (string | number | null)[]).map((item) =>
    typeof item === 'number' ? fraction(String(item)) : item,
  )
}

const isFraction = (value: Value): value is Fraction =>
  typeof value === 'object' && value !== null && 'n' in value
const isInstant = (value: Value): value is Instant =>
  typeof value === 'object' && value !== null && 'ms' in value
const isDate = (value: Value): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)

function truthy(value: Value): boolean {
  if (isFraction(value)) return value.n !== 0n
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}

function isEmpty(value: Value): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function dayOf(instant: Instant, zone: string): string {
  return DateTime.fromMillis(instant.ms, { zone }).toISODate() ?? ''
}

/** −1, 0, 1, or undefined where a side is null. */
function compare(a: Value, b: Value, world: World): number | undefined {
  if (a === null || b === null) return undefined
  if (isFraction(a) && isFraction(b)) return Math.sign(Number(a.n * b.d - b.n * a.d))
  if (isInstant(a) && isInstant(b)) return Math.sign(a.ms - b.ms)
  if (isInstant(a))
    return isDate(b) ? compare(dayOf(a, world.zone), b, world) : Math.sign(a.ms - Date.parse(String(b)))
  if (isInstant(b)) return -compare(b, a, world)!
  if (isDuration(a) && isDuration(b)) return Math.sign(length(a) - length(b))
  const bytes = (value: Value) => Buffer.from(String(value).replace(/^(\d\d:\d\d)$/, '$1:00'))
  return Buffer.compare(bytes(a), bytes(b))
}

const isDuration = (value: Value): value is string => typeof value === 'string' && /^-?P/.test(value)

// As PostgreSQL compares intervals: a month is thirty days, a day is twenty-four hours.
function length(duration: string): number {
  const { months, days, ms } = parseDuration(duration)!
  return (months * 30 + days) * 86_400_000 + ms
}

function same(a: Value, b: Value, world: World): boolean {
  return a === null || b === null ? a === b : compare(a, b, world) === 0
}

function ordered(operator: '<' | '<=' | '>' | '>=', a: Value, b: Value, world: World): boolean {
  const order = compare(a, b, world)
  if (order === undefined) return false
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator]
}

function isIn(needle: Value, where: Value | readonly Value[], world: World): boolean {
  if (where === null) return false
  if (typeof where === 'string') return typeof needle === 'string' && where.includes(needle)
  return (where as readonly Value[]).some((item) => same(item, needle, world))
}

function texts(text: Value, part: Value, test: (text: string, part: string) => boolean): boolean {
  return typeof text === 'string' && typeof part === 'string' && test(text.toLowerCase(), part.toLowerCase())
}

function daysSince(value: Value, world: World): Value {
  if (value === null) return null
  const day = isInstant(value) ? dayOf(value, world.zone) : String(value)
  return fraction(String((Date.parse(world.today) - Date.parse(day)) / 86_400_000))
}

function dateAdd(start: Value, duration: Value, world: World): Value {
  if (start === null || duration === null) return null
  const { months, days, ms } = parseDuration(String(duration))!
  if (!isInstant(start))
    return DateTime.fromISO(String(start), { zone: 'utc' }).plus({ months }).plus({ days }).toISODate()
  const moved = DateTime.fromMillis(start.ms, { zone: world.zone }).plus({ months }).plus({ days })
  return { ms: moved.toMillis() + ms }
}

function arithmetic(operator: string, values: readonly Value[]): Value {
  if (!values.every(isFraction)) return null
  const numbers = values as readonly Fraction[]
  const [a, b] = numbers as readonly [Fraction, Fraction | undefined]
  if (operator === '-' && b === undefined) return { n: -a.n, d: a.d }
  if (operator === '+') return numbers.reduce((x, y) => ({ n: x.n * y.d + y.n * x.d, d: x.d * y.d }))
  if (operator === '*') return numbers.reduce((x, y) => ({ n: x.n * y.n, d: x.d * y.d }))
  if (operator === '-') return { n: a.n * b!.d - b!.n * a.d, d: a.d * b!.d }
  if (b!.n === 0n) return null
  const left = a.n * b!.d
  const right = b!.n * a.d
  if (operator === '%') return { n: left % right, d: a.d * b!.d }
  const tenfold = 10n ** 10n
  const size = (value: bigint) => (value < 0n ? -value : value)
  const rounded = (2n * size(left) * tenfold + size(right)) / (2n * size(right))
  return { n: left < 0n === right < 0n ? rounded : -rounded, d: tenfold }
}
