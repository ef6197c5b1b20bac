import { CHARTS, shapeOf } from '../../metadata/report-shape.ts'
import type { ReportDefinition } from '../../metadata/types.ts'
import type { Field } from '../../runtime-ui/api/types.ts'
import { droppedEntry } from '../canvas/entries.ts'
import { type Entry, entriesAt, pathOf } from '../canvas/short-form.ts'
import { isObject, type Json } from '../store/json-value.ts'

/** Lists of a report that are put together in its picture. */
export const PLACES = ['rows', 'columns', 'measures', 'list'] as const
export type Place = (typeof PLACES)[number]

/** How many each takes. */
const MOST: Readonly<Record<Place, number>> = { rows: 3, columns: 1, measures: 12, list: 60 }

export const FORMS = ['figures', 'list', 'funnel'] as const
export type Form = (typeof FORMS)[number]

export const formOf = (definition: Json): Form =>
  definition.list !== undefined ? 'list' : definition.funnel !== undefined ? 'funnel' : 'figures'

/** The lists that a report of a form has. */
export const placesOf = (form: Form): readonly Place[] =>
  form === 'list' ? ['list'] : form === 'funnel' ? ['measures'] : ['rows', 'columns', 'measures']

export const shapeIn = (definition: Json) => shapeOf(definition as unknown as ReportDefinition)
export const chartsOf = (definition: Json): readonly string[] => CHARTS[shapeIn(definition)]

/** How it is drawn: as it says, else as its shape is. */
export const chartOf = (definition: Json): string => {
  const chart = isObject(definition.chart) ? definition.chart.type : undefined
  return typeof chart === 'string' ? chart : (chartsOf(definition)[0] ?? 'table')
}

/** What matters of a field for its place in a report. */
export type Known = Pick<Field, 'name' | 'type' | 'groupable'>

const SUMMED: ReadonlySet<string> = new Set(['integer', 'decimal', 'currency'])
const AVERAGED: ReadonlySet<string> = new Set(['percent', 'duration'])
const DATED: ReadonlySet<string> = new Set(['date', 'date_time'])

/** A field as an entry of a list: dates by months, amounts summed. */
function entryOf(place: Place, path: string, type: string): Entry {
  if (place === 'list') return path
  if (place !== 'measures') return DATED.has(type) ? { field: path, bucket: 'month' } : path
  if (path === COUNT) return { fn: 'count' }
  const fn = SUMMED.has(type) ? 'sum' : AVERAGED.has(type) ? 'avg' : 'count_distinct'
  return { fn, field: path }
}

/** What is offered beside the fields: how many records. */
export const COUNT = '#'

/** Where a field goes by itself when it is pressed. */
export function homeOf(definition: Json, path: string, field: Known | undefined): Place | undefined {
  const form = formOf(definition)
  const isIn = (place: Place): boolean => entriesAt(definition, place).some((entry) => pathOf(entry) === path)
  if (form === 'list') return isIn('list') ? undefined : 'list'
  if (path === COUNT || (field !== undefined && (SUMMED.has(field.type) || AVERAGED.has(field.type))))
    return 'measures'
  if (form === 'funnel' || field?.groupable !== true || isIn('rows') || isIn('columns')) return undefined
  const isFull = (place: Place): boolean => entriesAt(definition, place).length >= MOST[place]
  return (['rows', 'columns'] as const).find((place) => !isFull(place))
}

/** Whether a list takes a field. */
export function takes(definition: Json, place: Place, path: string, field: Known | undefined): boolean {
  if (!placesOf(formOf(definition)).includes(place)) return false
  if (entriesAt(definition, place).length >= MOST[place]) return false
  if (path === COUNT) return place === 'measures'
  if (place === 'rows' || place === 'columns') return field?.groupable === true
  return true
}

/** A field put into a list before what stands there; the same field groups once. */
export function withPart(definition: Json, place: Place, path: string, before: number, type: string): Json {
  const entries = entriesAt(definition, place)
  const from = place === 'measures' ? -1 : entries.findIndex((entry) => pathOf(entry) === path)
  if (from >= 0) return movedPart(definition, place, from, before)
  return withEntries(definition, place, entries.toSpliced(before, 0, entryOf(place, path, type)))
}

export function movedPart(definition: Json, place: Place, from: number, before: number): Json {
  const entries = entriesAt(definition, place)
  const moved = droppedEntry(entries, from, before)
  return moved === entries ? definition : withEntries(definition, place, moved)
}

/** A group taken from the rows into the columns, or back. */
export function carriedPart(
  definition: Json,
  from: { readonly place: Place; readonly at: number },
  to: { readonly place: Place; readonly before: number },
): Json {
  if (from.place === to.place) return movedPart(definition, from.place, from.at, to.before)
  const entry = entriesAt(definition, from.place)[from.at]
  const areGroups = [from.place, to.place].every((place) => place === 'rows' || place === 'columns')
  const target = entriesAt(definition, to.place)
  if (entry === undefined || !areGroups || target.length >= MOST[to.place]) return definition
  const rest = withEntries(definition, from.place, entriesAt(definition, from.place).toSpliced(from.at, 1))
  return withEntries(rest, to.place, entriesAt(rest, to.place).toSpliced(to.before, 0, entry))
}

export const withoutPart = (definition: Json, place: Place, at: number): Json =>
  withEntries(definition, place, entriesAt(definition, place).toSpliced(at, 1))

/** Another entry in place of one: with all that is said of it. */
export const replacedPart = (definition: Json, place: Place, at: number, entry: Entry): Json =>
  withEntries(definition, place, entriesAt(definition, place).toSpliced(at, 1, entry))

const withEntries = (definition: Json, place: Place, entries: readonly Entry[]): Json =>
  fitting(entries.length === 0 ? without(definition, [place]) : { ...definition, [place]: entries })

const without = (definition: Json, keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(definition).filter(([key]) => !keys.includes(key)))

/** Names that a report may be ordered by. */
const orderNames = (definition: Json): readonly string[] => [
  ...entriesAt(definition, 'rows').map(pathOf),
  ...entriesAt(definition, 'measures').map((entry) => {
    if (typeof entry === 'string') return entry
    if (typeof entry.name === 'string') return entry.name
    return entry.field === undefined ? String(entry.fn) : `${entry.fn}_${pathOf(entry).replaceAll('.', '_')}`
  }),
  ...(definition.measures === undefined ? ['count'] : []),
]

/** What no report of its shape can say goes with what made it one: columns alone are rows. */
function fitting(definition: Json): Json {
  let next = definition
  if (next.columns !== undefined && next.rows === undefined)
    next = without({ ...next, rows: next.columns }, ['columns'])
  const shape = shapeIn(next)
  if (isObject(next.chart) && !CHARTS[shape].some((type) => type === (next.chart as Json).type))
    next = without(next, ['chart'])
  if (shape === 'number') next = without(next, ['having', 'sort', 'limit'])
  if (shape !== 'list' && Array.isArray(next.sort)) {
    const known = orderNames(next)
    const sort = next.sort.filter((text) => known.includes(String(text).replace(/^-/, '')))
    next = sort.length === 0 ? without(next, ['sort']) : { ...next, sort }
  }
  return next
}

const OF_FIGURES = ['rows', 'columns', 'having', 'sort', 'limit', 'compare', 'chart', 'trend']

/**
 * A report of another form, with what that begins with.
 * @param given the columns of a list, the field of a funnel
 */
export function withForm(
  definition: Json,
  form: Form,
  given: { readonly list: readonly string[]; readonly stage: string | undefined },
): Json {
  if (form === formOf(definition)) return definition
  const plain = without(definition, [...OF_FIGURES, 'list', 'funnel'])
  if (form === 'list') return { ...without(plain, ['measures']), list: given.list }
  if (form === 'funnel')
    return given.stage === undefined ? definition : { ...plain, funnel: { field: given.stage } }
  return plain
}

/** Another way to draw it; the first of its shape needs no word. */
export function withChart(definition: Json, type: string): Json {
  const chart = isObject(definition.chart) ? definition.chart : {}
  const said = { ...chart, type }
  const isUsual = type === chartsOf(definition)[0] && Object.keys(said).length === 1
  return isUsual ? without(definition, ['chart']) : { ...definition, chart: said }
}

/** What figures depend on: not what it is called, or who gets it. */
/** Keys that name no field. */
const NO_FIELDS: ReadonlySet<string> = new Set(['kind', 'name', 'entity', 'chart', 'fn', 'bucket'])

/** The fields among these that a report speaks of, anywhere in what is asked. */
export function spokenOf(definition: Json, fields: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>()
  const look = (value: unknown): void => {
    if (typeof value === 'string') {
      const [first = ''] = value.replace(/^-/, '').split('.')
      if (fields.has(first)) found.add(first)
    } else if (Array.isArray(value)) value.forEach(look)
    else if (isObject(value))
      for (const [key, inner] of Object.entries(value)) if (!NO_FIELDS.has(key)) look(inner)
  }
  look(askedPart(definition))
  return [...found]
}

export const askedPart = (definition: Json): Json =>
  without(definition, ['label', 'for', 'note', 'requirement', 'belongsTo', 'id', 'was', 'trend', '$schema'])
