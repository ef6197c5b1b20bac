import fc from 'fast-check'
import { field, ID, OTHER_ID } from './fixture.ts'
import { type Fraction, fraction, type Instant, type Value } from './naive-evaluator.ts'

export const ZONE = 'America/New_York'
export const TODAY = '2026-03-08' // the day on which clocks there go forward
export const NOW = '2026-03-08T16:00:00.000Z'

const TEXTS = ['', 'a', 'B', 'b', 'É', 'é', '华', 'a%', 'aB_', 'open', '\\', '😀', '\uffee'] as const
const NUMBERS = [
  '0',
  '1',
  '-1.5',
  '2.25',
  '3',
  '7',
  '1000000.01',
  '123456789012345',
  '-0.000000000000001',
] as const
const INTEGERS = ['0', '1', '-1', '2', '9', '900000000000000'] as const
const DATES = [
  '2026-03-07',
  '2026-03-08',
  '2026-03-09',
  '2026-01-31',
  '2024-02-29',
  '0001-01-01',
  '9998-12-31',
] as const
const INSTANTS = [
  '2026-03-08T05:00:00.000Z', // midnight there
  '2026-03-08T04:59:59.999Z',
  '2026-03-09T04:00:00.000Z',
  '2026-03-09T03:30:00.000Z',
  '2026-01-31T17:00:00.000Z',
  NOW,
] as const
const TIMES = ['00:00:00', '09:30:00', '23:59:59'] as const
const DURATIONS = ['P1M', 'P30D', 'PT12H', '-P1D', 'P1M2DT12H', 'P1Y'] as const
const IDS = [ID, OTHER_ID] as const
const TAGS = ['a', 'b', 'B', '华'] as const

/** A row as strings, ready for parameters. */
export interface Row {
  readonly [column: string]: string | boolean | readonly string[] | null
}

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: null, freq: 4 })

export const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  name: maybe(TEXTS),
  note: maybe(TEXTS),
  amount: maybe(NUMBERS),
  discount: maybe(NUMBERS),
  seats: maybe(INTEGERS),
  active: maybe([true, false]),
  due: maybe(DATES),
  created_at: maybe(INSTANTS),
  opens: maybe(TIMES),
  term: maybe(DURATIONS),
  owner: maybe(IDS),
  tags: fc.option(fc.uniqueArray(fc.constantFrom(...TAGS)), { nil: null, freq: 4 }),
  partners: fc.option(fc.uniqueArray(fc.constantFrom(...IDS)), { nil: null, freq: 4 }),
})

/** The row as the naive evaluator sees it. */
export function valuesOf(row: Row): Readonly<Record<string, Value>> {
  const read = (column: string, value: Row[string]): Value => {
    if (value === null || typeof value !== 'string') return value as Value
    if (column === 'amount' || column === 'discount' || column === 'seats')
      return fraction(value) satisfies Fraction
    return column === 'created_at' ? ({ ms: Date.parse(value) } satisfies Instant) : value
  }
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, read(column, value)]))
}

const oneOf = fc.constantFrom
const call = (operator: string, ...args: fc.Arbitrary<unknown>[]) =>
  fc.tuple(...args).map((list) => ({ [operator]: list }))
const orNull = (value: fc.Arbitrary<unknown>) => fc.option(value, { nil: null, freq: 12 })
const fieldsOf = (...names: string[]) => oneOf(...names.map(field))

const number = fc.letrec<{ number: unknown }>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fieldsOf('amount', 'discount', 'seats'),
    oneOf(0, 1, -1.5, 2.25, 3, 123456789012345),
    call('days_since', fieldsOf('due', 'created_at')),
    fc.tuple(oneOf('seats', 'amount'), oneOf(0, 2.5)).map((pair) => ({ var: pair })),
    fc
      .tuple(oneOf('+', '*'), fc.array(tie('number'), { minLength: 1, maxLength: 3 }))
      .map(([name, args]) => ({ [name]: args })),
    fc.tuple(oneOf('-', '/', '%'), tie('number'), tie('number')).map(([name, a, b]) => ({ [name]: [a, b] })),
    call('-', tie('number')),
  ),
})).number

const text = fc.oneof(
  fieldsOf('name', 'note'),
  oneOf(...TEXTS),
  call('if', fieldsOf('active'), oneOf(...TEXTS), fieldsOf('note')),
)
const duration = fc.oneof(
  fieldsOf('term'),
  oneOf(...DURATIONS),
  call('if', fieldsOf('active'), fieldsOf('term'), oneOf(...DURATIONS)),
)
const date = fc.oneof(
  fieldsOf('due', 'today'),
  call('date_add', fieldsOf('due', 'today'), duration),
  oneOf({ today: [] }),
)
const datetime = fc.oneof(
  fieldsOf('created_at', 'now'),
  call('date_add', fieldsOf('created_at', 'now'), duration),
)

const EQUALITY = ['==', '!='] as const
const ORDERING = ['<', '<=', '>', '>='] as const
const compared = (operators: readonly string[], left: fc.Arbitrary<unknown>, right: fc.Arbitrary<unknown>) =>
  fc
    .tuple(oneOf(...operators), left, orNull(right), fc.boolean())
    .map(([name, a, b, flip]) => ({ [name]: flip ? [b, a] : [a, b] }))
const COMPARISON = [...EQUALITY, ...ORDERING]

const leaf = fc.oneof(
  compared(COMPARISON, number, number),
  compared(COMPARISON, call('days_since', fieldsOf('due', 'created_at')), oneOf(0, 1, -1, 30, 1.5)),
  compared(COMPARISON, text, text),
  compared(COMPARISON, date, fc.oneof(date, datetime)),
  compared(COMPARISON, fieldsOf('due'), oneOf(...DATES)),
  compared(COMPARISON, datetime, fc.oneof(datetime, oneOf(...DATES.slice(0, 5), ...INSTANTS))),
  compared(COMPARISON, fieldsOf('opens'), oneOf(...TIMES, '09:30')),
  compared(COMPARISON, fieldsOf('term'), duration),
  compared(EQUALITY, fieldsOf('owner'), fc.oneof(fieldsOf('owner', 'actor.id'), oneOf(...IDS))),
  compared(EQUALITY, fieldsOf('active'), oneOf(true, false)),
  compared(EQUALITY, fieldsOf('tags', 'partners'), fc.constant(null)),
  fc.tuple(oneOf(...ORDERING), number, number, number).map(([name, ...args]) => ({ [name]: args })),
  call('in', orNull(text), fc.array(orNull(oneOf(...TEXTS)), { maxLength: 3 })),
  call('in', fieldsOf('amount', 'seats'), fc.array(oneOf(0, 1, 2.25, 9), { maxLength: 3 })),
  call('in', text, fieldsOf('name', 'note', 'tags')),
  call('in', fc.oneof(fieldsOf('owner'), oneOf(...IDS)), fieldsOf('partners')),
  call('in', oneOf('sales', 'nobody'), fieldsOf('actor.roles')),
  call('has', fieldsOf('tags'), fc.oneof(oneOf(...TAGS), fieldsOf('name'))),
  fc
    .tuple(oneOf('has_any', 'has_all'), fieldsOf('tags'), fc.array(orNull(oneOf(...TAGS)), { maxLength: 3 }))
    .map(([name, ...args]) => ({ [name]: args })),
  fc
    .tuple(oneOf('contains', 'starts_with', 'ends_with'), text, orNull(text))
    .map(([name, ...args]) => ({ [name]: args })),
  fc
    .tuple(
      oneOf('empty', 'not_empty', '!', '!!'),
      fieldsOf('name', 'amount', 'active', 'due', 'tags', 'partners', 'owner', 'term'),
    )
    .map(([name, arg]) => ({ [name]: [arg] })),
  fieldsOf('active'),
  oneOf(true, false, null),
)

/** Conditions over the fields of the rows, right by type. */
export const conditionArbitrary = fc.letrec<{ condition: unknown }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    fc
      .tuple(oneOf('and', 'or'), fc.array(tie('condition'), { minLength: 1, maxLength: 3 }))
      .map(([name, args]) => ({ [name]: args })),
    call('!', tie('condition')),
    call('!!', tie('condition')),
    fc.tuple(oneOf(...EQUALITY), leaf, oneOf(true, false)).map(([name, ...args]) => ({ [name]: args })),
    call('if', tie('condition'), tie('condition'), tie('condition')),
    call('if', tie('condition'), tie('condition')),
  ),
})).condition
