import fc from 'fast-check'
import { namedScope, SETTINGS_SCOPE, withPrefix } from '../../../metadata/rules/scopes.ts'
import type { RuleScope, ScopeEntry } from '../../../metadata/rules/types.ts'
import { ENTRIES, field } from './fixture.ts'

/** The records that point to a row: rules see them as the list `orders`. */
const ORDER_ENTRIES = new Map<string, ScopeEntry>([
  ['title', { type: 'text' }],
  ['total', { type: 'number' }],
  ['sent_on', { type: 'date' }],
  ['sent_at', { type: 'datetime' }],
  ['paid', { type: 'boolean' }],
  ['labels', { type: 'texts' }],
])
export const STAGES = ['new', 'won', 'lost'] as const

const entries = new Map<string, ScopeEntry>([
  ...[...ENTRIES].filter(([name]) => !/^(status|levels|account)/.test(name)),
  ['stage', { type: 'text', options: STAGES }],
  ['orders', { type: 'records', items: namedScope(ORDER_ENTRIES) }],
])

/** What the generated rules may name. */
export const valueScope: RuleScope = withPrefix(namedScope(entries), 'settings', SETTINGS_SCOPE)

const TEXTS = [
  '',
  'a',
  'Ab b',
  'ß',
  'İı',
  'ΣΑΣ',
  'é',
  '华兴 机械',
  '　x ',
  '👩‍👧 x',
  '😀',
  '\uffee',
  'ǅ',
  'ᾳ',
  "%_\\'",
  'STRASSE',
] as const
const NUMBERS = [0, 1, -1.5, 2.25, 3, 1000000.01, 123456789012345, -1e-15, 0.005, -2.5] as const
const DATES = [
  '2026-03-07',
  '2026-03-08',
  '2026-11-01',
  '2024-02-29',
  '2025-12-29',
  '0001-01-01',
  '9998-12-31',
  '1970-01-01',
] as const
const INSTANTS = [
  '2026-03-08T06:59:59.999Z', // the last moment before clocks go forward in New York
  '2026-03-08T07:00:00.000Z',
  '2026-03-07T07:30:00.000Z', // a day later 2:30 does not exist
  '2026-10-31T05:30:00.000Z', // a day later 1:30 exists twice
  '2026-11-01T05:30:00.000Z',
  '2026-11-01T06:30:00.000Z',
  '2026-03-09T03:30:00.000Z',
  '2000-02-29T12:00:00.001Z',
  '1901-06-15T00:00:00.000Z',
] as const
const TIMES = ['00:00:00', '09:30:00', '23:59:59'] as const
const DURATIONS = ['P1M', 'P30D', 'PT12H', 'P1M2DT12H', 'P1Y', 'PT0.5S', 'P300Y', 'P11M30DT23H59M'] as const
const SIGNED = [...DURATIONS.filter((one) => one !== 'P300Y'), '-P1D', '-P1M1DT1H'] as const
const TAGS = ['a', 'b', 'B', '华'] as const

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: null, freq: 5 })
const tags = fc.option(fc.uniqueArray(fc.constantFrom(...TAGS)), { nil: null, freq: 5 })

const order = fc.record({
  title: maybe(TEXTS),
  total: maybe(NUMBERS),
  sent_on: maybe(DATES),
  sent_at: maybe(INSTANTS),
  paid: maybe([true, false]),
  labels: tags,
})

/** Plain values as the API has them. */
export const valueRow = fc.record({
  stage: maybe(STAGES),
  name: maybe(TEXTS),
  note: maybe(TEXTS),
  amount: maybe(NUMBERS),
  discount: maybe(NUMBERS),
  seats: maybe([0, 1, -1, 2, 9, 900000000000000]),
  active: maybe([true, false]),
  due: maybe(DATES),
  created_at: maybe(INSTANTS),
  opens: maybe(TIMES),
  term: maybe(DURATIONS),
  owner: maybe(['0190a000-0000-7000-8000-000000000001', '0190a000-0000-7000-8000-000000000002']),
  tags,
  partners: fc.option(fc.uniqueArray(fc.constantFrom('0190a000-0000-7000-8000-000000000001')), {
    nil: null,
    freq: 5,
  }),
  orders: fc.array(order, { maxLength: 3 }),
})
export type ValueRow = typeof valueRow extends fc.Arbitrary<infer T> ? T : never

const oneOf = fc.constantFrom
const call = (operator: string, ...args: fc.Arbitrary<unknown>[]) =>
  fc.tuple(...args).map((list) => ({ [operator]: list.length === 1 ? list[0] : list }))
const several = (operator: string, arg: fc.Arbitrary<unknown>, least = 1) =>
  fc.array(arg, { minLength: least, maxLength: 3 }).map((args) => ({ [operator]: args }))

/** Where a generated part stands: the record itself, or an item of a list, where bare names are others. */
interface Place {
  readonly text: readonly string[]
  readonly number: readonly string[]
  readonly date: readonly string[]
  readonly datetime: readonly string[]
  readonly boolean: readonly string[]
  readonly tags: readonly string[]
}
const ROOT: Place = {
  text: ['name', 'note', 'stage', 'settings.currency'],
  number: ['amount', 'discount', 'seats'],
  date: ['due', 'today'],
  datetime: ['created_at', 'now'],
  boolean: ['active'],
  tags: ['tags', 'actor.roles'],
}
const ORDER: Place = {
  text: ['title', 'record.name', 'settings.currency'],
  number: ['total', 'record.amount'],
  date: ['sent_on', 'record.due', 'today'],
  datetime: ['sent_at', 'record.created_at'],
  boolean: ['paid', 'record.active'],
  tags: ['labels', 'record.tags'],
}

/** Rules of each type over one place. Lists of records are there at the root only. */
function rulesAt(place: Place, lists: boolean): Readonly<Record<string, fc.Arbitrary<unknown>>> {
  return fc.letrec<Record<string, unknown>>((tie) => {
    const number = tie('number')
    const text = tie('text')
    const condition = tie('condition')
    const day = fc.oneof(tie('date'), tie('datetime'))
    const duration = fc.oneof(oneOf(...SIGNED), ...(lists ? [oneOf(field('term'))] : []))
    const small = fc.integer({ min: -3, max: 4 })
    const period = oneOf('day', 'week', 'month', 'quarter', 'year')
    const ofLists = lists ? listRules() : undefined
    return {
      number: fc.oneof(
        { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
        oneOf(...place.number.map(field)),
        oneOf(...NUMBERS),
        several('+', number),
        several('*', number),
        call('-', number, number),
        call('-', number),
        call('/', number, number),
        call('%', number, number),
        several('min', number, 2),
        several('max', number, 2),
        call('round', number, small),
        call('round', number),
        call('abs', number),
        call('floor', number),
        call('ceil', number),
        call('coalesce', number, number),
        call('if', condition, number, number),
        call('length', text),
        call('days_since', day),
        call('days_between', day, day),
        call('hours_between', tie('datetime'), tie('datetime')),
        ...['year', 'quarter', 'month', 'week', 'day', 'weekday'].map((name) => call(name, day)),
        call('hour', tie('datetime')),
        call('minute', tie('datetime')),
        call('count', oneOf(...place.tags.map(field))),
        ...(ofLists?.numbers ?? []),
      ),
      text: fc.oneof(
        { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
        oneOf(...place.text.map(field)),
        oneOf(...TEXTS),
        several(
          'cat',
          fc.oneof(
            text,
            oneOf(...place.number.map(field), ...place.date.map(field), ...place.datetime.map(field)),
          ),
        ),
        call('substr', text, small),
        call('substr', text, small, small),
        call('upper', text),
        call('lower', text),
        call('trim', text),
        call('replace', text, text, text),
        call('if', condition, text),
        call('coalesce', text, text),
        call('first', oneOf(...place.tags.map(field))),
        ...(ofLists?.texts ?? []),
      ),
      date: fc.oneof(
        { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
        oneOf(...place.date.map(field)),
        call('date_add', tie('date'), duration),
        call('date_sub', tie('date'), duration),
        call('start_of', day, period),
        call('end_of', day, period),
        several('max', tie('date'), 2),
        ...(ofLists?.dates ?? []),
      ),
      datetime: fc.oneof(
        { maxDepth: 2, depthSize: 'small', withCrossShrink: true },
        oneOf(...place.datetime.map(field)),
        call('date_add', tie('datetime'), duration),
        call('date_sub', tie('datetime'), duration),
        several('min', tie('datetime'), 2),
      ),
      condition: fc.oneof(
        { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
        oneOf(...place.boolean.map(field)),
        oneOf(true, false, null),
        fc
          .tuple(oneOf('==', '!=', '<', '<=', '>', '>='), oneOf('number', 'text', 'date', 'datetime'))
          .chain(([operator, type]) => call(operator, tie(type), tie(type))),
        call('<', day, day),
        call('<=', number, number, number),
        call('search', text, oneOf('x', 'A b', '', '机 华', 'ΣΑ', "%'")),
        several('and', condition),
        several('or', condition),
        call('!', fc.oneof(condition, number, text)),
        call('!!', fc.oneof(number, text, day)),
        call('empty', fc.oneof(number, text, oneOf(...place.tags.map(field)))),
        call('contains', text, text),
        call('in', text, oneOf(...place.tags.map(field))),
        call('some', oneOf(...place.tags.map(field)), plainItem),
        call('all', oneOf(...place.tags.map(field)), plainItem),
        call('has', call('filter', oneOf(...place.tags.map(field)), plainItem), oneOf(...TAGS)),
        call(
          'has_any',
          call('map', oneOf(...place.tags.map(field)), call('lower', oneOf(field('item')))),
          oneOf(['a', 'b'], []),
        ),
        ...(lists ? [call('reaches', oneOf(field('stage')), oneOf(...STAGES))] : []),
        ...(ofLists?.conditions ?? []),
      ),
    }
  })
}

const plainItem = fc.oneof(
  call('in', oneOf(field('item')), oneOf(['a', 'B'], [])),
  call('==', call('upper', oneOf(field('item'))), oneOf('A', 'B', '华')),
  call('<', oneOf(field('item')), oneOf(field('record.name'), 'b')),
)

/** Rules over the records that point here. */
function listRules() {
  const item = rulesAt(ORDER, false)
  const condition = item.condition!
  const orders = fc.oneof(oneOf(field('orders')), call('filter', oneOf(field('orders')), condition))
  const safe = (value: fc.Arbitrary<unknown>, instead: unknown) =>
    value.map((rule) => ({ coalesce: [rule, instead] }))
  const totals = fc.oneof(oneOf(field('orders.total')), call('map', orders, safe(item.number!, 7)))
  return {
    numbers: [
      call('count', orders),
      call('sum', totals),
      call('average', totals),
      call('min', totals),
      call('max', totals),
      call('first', oneOf(field('orders.total'))),
      call('last', totals),
    ],
    texts: [
      call('first', oneOf(field('orders.title'))),
      call('last', call('map', orders, call('upper', oneOf(field('title'))))),
    ],
    dates: [
      call('max', oneOf(field('orders.sent_on'))),
      call('min', call('map', orders, oneOf(field('sent_on')))),
    ],
    conditions: [
      call('some', orders, condition),
      call('all', orders, condition),
      call('none', orders, condition),
      call('empty', orders),
      call('!!', orders),
    ],
  } as const
}

const root = rulesAt(ROOT, true)

/** A rule of any type that the database may run, with its type. */
export const anyValue = fc.oneof(
  root.number!.map((rule) => ({ rule, type: 'number' as const })),
  root.text!.map((rule) => ({ rule, type: 'text' as const })),
  root.date!.map((rule) => ({ rule, type: 'date' as const })),
  root.datetime!.map((rule) => ({ rule, type: 'datetime' as const })),
  root.condition!.map((rule) => ({ rule, type: 'condition' as const })),
)
