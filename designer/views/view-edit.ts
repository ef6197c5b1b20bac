import type { ListState } from '../../runtime-ui/screens/list/list-state.ts'
import { droppedEntry } from '../canvas/entries.ts'
import { asObject, type Entry, entriesAt, pathOf, short } from '../canvas/short-form.ts'
import { isObject, type Json } from '../store/json-value.ts'

export const VIEW_TYPES = ['table', 'board', 'cards', 'calendar'] as const
export type ViewType = (typeof VIEW_TYPES)[number]

export const typeOf = (definition: Json): ViewType =>
  VIEW_TYPES.find((type) => type === definition.type) ?? 'table'

export const entriesOf = (definition: Json): readonly Entry[] => entriesAt(definition, 'columns')

const withColumns = (definition: Json, columns: readonly Entry[]): Json => ({ ...definition, columns })

/** A field put before the column that stands there, or moved to that place; what is there already stays one. */
export function withColumn(definition: Json, path: string, before: number): Json {
  const entries = entriesOf(definition)
  const from = entries.findIndex((entry) => pathOf(entry) === path)
  if (from < 0) return withColumns(definition, entries.toSpliced(before, 0, path))
  const moved = droppedEntry(entries, from, before)
  return moved === entries ? definition : withColumns(definition, moved)
}

/** A list shows something: the last column stays. */
export function withoutColumn(definition: Json, at: number): Json {
  const entries = entriesOf(definition)
  if (entries.length < 2 || entries[at] === undefined) return definition
  return withColumns(definition, entries.toSpliced(at, 1))
}

export function movedColumn(definition: Json, from: number, by: -1 | 1): Json {
  const entries = entriesOf(definition)
  const moved = droppedEntry(entries, from, by < 0 ? from - 1 : from + 2)
  return moved === entries || from + by < 0 ? definition : withColumns(definition, moved)
}

/** A column with all that is said of it. */
export const withEntry = (definition: Json, at: number, entry: Json): Json =>
  withColumns(definition, entriesOf(definition).toSpliced(at, 1, short(entry)))

/**
 * What a person does in the list itself, done to the view.
 * @param seen the columns that the list shows: others cannot have been moved or hidden, and stay behind
 */
export function withListChange(
  definition: Json,
  change: Partial<ListState>,
  seen: ReadonlySet<string>,
): Json {
  let next = definition
  if (change.columns !== undefined) next = inOrder(next, change.columns, seen)
  if (change.widths !== undefined) next = sized(next, change.widths)
  if ('sort' in change) next = said(next, 'sort', change.sort?.split(','))
  if ('filter' in change) next = said(next, 'filter', change.filter)
  if (change.frozen !== undefined) next = said(next, 'frozen', change.frozen)
  // Nothing: as the view has it; the empty name: none.
  if (change.group !== undefined) next = said(next, 'group', change.group === '' ? undefined : change.group)
  return next
}

function said(definition: Json, key: string, value: unknown): Json {
  if (value !== undefined) return { ...definition, [key]: value }
  const { [key]: _gone, ...rest } = definition
  return rest
}

function inOrder(definition: Json, paths: readonly string[], seen: ReadonlySet<string>): Json {
  const entries = entriesOf(definition)
  const found = paths.map((path) => entries.find((entry) => pathOf(entry) === path) ?? path)
  return withColumns(definition, [...found, ...entries.filter((entry) => !seen.has(pathOf(entry)))])
}

const sized = (definition: Json, widths: Readonly<Record<string, number>>): Json =>
  withColumns(
    definition,
    entriesOf(definition).map((entry) => {
      const width = widths[pathOf(entry)]
      return width === undefined ? entry : { ...asObject(entry), width }
    }),
  )

/** What a list of another form needs, of the fields that would do. */
export interface FormNeeds {
  /** Fields whose values are the columns of a board. */
  readonly board: readonly string[]
  /** Fields that say on which day a record stands. */
  readonly calendar: readonly string[]
}

/** Only lists of one form know these. */
const OF_TYPE: Readonly<Record<ViewType, readonly string[]>> = {
  table: ['group', 'frozen'],
  board: ['group', 'lanes', 'limits'],
  cards: [],
  calendar: ['date', 'until'],
}

/** The same in another form: what only the former one knew goes, what the new one cannot do without comes. */
export function withType(definition: Json, type: ViewType, needs: FormNeeds): Json {
  if (type === typeOf(definition)) return definition
  const foreign = VIEW_TYPES.flatMap((one) => OF_TYPE[one]).filter((key) => !OF_TYPE[type].includes(key))
  const kept = Object.fromEntries(Object.entries(definition).filter(([key]) => !foreign.includes(key)))
  const { group } = definition
  if (type === 'board') {
    const column = needs.board.find((name) => name === group) ?? needs.board[0]
    return said({ ...kept, type }, 'group', column)
  }
  if (type === 'calendar') return said({ ...kept, type }, 'date', needs.calendar[0])
  // What were the columns of a board would be the groups of a table: nobody asked for them.
  if (type === 'table') return said({ ...kept, type }, 'group', undefined)
  return { ...kept, type }
}

/** The names that a rule reads of a record. */
export function namesIn(rule: unknown): readonly string[] {
  if (Array.isArray(rule)) return rule.flatMap(namesIn)
  if (!isObject(rule)) return []
  return Object.entries(rule).flatMap(([key, value]) => {
    if (key !== 'var') return namesIn(value)
    const path = Array.isArray(value) ? value[0] : value
    return typeof path === 'string' ? [path] : []
  })
}
