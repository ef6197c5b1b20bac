import type { Entity, View, ViewColumn } from '../../api/types.ts'
import { bothOf } from './filter-rule.ts'

/** What a list shows, as its address says it: browser back and forward, and a sent link, bring it back. */
export interface AddressState {
  readonly view: string | undefined
  readonly q: string
  /** `-amount`, `name`; undefined = the view's own order. */
  readonly sort: string | undefined
  /** The columns that a person has chosen; undefined = the view's own. */
  readonly columns: readonly string[] | undefined
  /** The field that a person groups by; '' = none although the view has one, undefined = the view's own. */
  readonly group: string | undefined
  /** Of a calendar: a day of what is shown, yyyy-mm-dd; undefined = today. */
  readonly day: string | undefined
  /** Of a calendar: a week instead of a month. */
  readonly span: 'week' | undefined
  /** The person's own filter, on top of the view's. */
  readonly filter: unknown
  /** The filter stands in place of the view's: of a view of one's own it is changed as a whole. */
  readonly isWhole: boolean
  /** The address carries a filter that is no JSON; it is left out. */
  readonly filterBroken: boolean
}

/** What a list shows, with what this device remembers of its columns. */
export interface ListState extends AddressState {
  /** Pixels of columns that a person has sized, by path. */
  readonly widths: Readonly<Record<string, number>> | undefined
  /** How many columns stay while the others are scrolled; undefined = as the view has it. */
  readonly frozen: number | undefined
}

/** What does not go along to another view. */
export const ANOTHER_VIEW = {
  ...{ sort: undefined, columns: undefined, group: undefined, day: undefined, span: undefined },
} satisfies Partial<ListState>

/** Nothing of a view is different. */
export const AS_THE_VIEW = {
  ...{ sort: undefined, columns: undefined, filter: undefined, isWhole: false, group: undefined },
  ...{ widths: undefined, frozen: undefined },
} satisfies Partial<ListState>

export function readListState(search: URLSearchParams): AddressState {
  const filter = readFilter(search.get('filter'))
  return {
    view: search.get('view') ?? undefined,
    q: search.get('q') ?? '',
    sort: search.get('sort') ?? undefined,
    columns: readColumns(search.get('columns')),
    group: search.get('group') ?? undefined,
    day: /^\d{4}-\d{2}-\d{2}$/.exec(search.get('day') ?? '')?.[0],
    span: search.get('span') === 'week' ? 'week' : undefined,
    filter: filter.rule,
    isWhole: search.get('only') === 'filter',
    filterBroken: filter.broken,
  }
}

/** Without any a list would show nothing: then those of the view. */
function readColumns(text: string | null): readonly string[] | undefined {
  const names = (text ?? '').split(',').filter((name) => name !== '')
  return names.length === 0 ? undefined : names
}

function readFilter(text: string | null): { rule: unknown; broken: boolean } {
  if (text === null || text === '') return { rule: undefined, broken: false }
  try {
    const rule: unknown = JSON.parse(text)
    return { rule: rule ?? undefined, broken: false }
  } catch {
    return { rule: undefined, broken: true }
  }
}

/** The address of a state; what is as usual is left out. */
export function writeListState(state: Partial<Omit<AddressState, 'filterBroken'>>): URLSearchParams {
  const search = new URLSearchParams()
  if (state.view !== undefined) search.set('view', state.view)
  if (state.q !== undefined && state.q !== '') search.set('q', state.q)
  if (state.sort !== undefined) search.set('sort', state.sort)
  if (state.columns !== undefined && state.columns.length > 0) search.set('columns', state.columns.join(','))
  if (state.group !== undefined) search.set('group', state.group)
  if (state.day !== undefined) search.set('day', state.day)
  if (state.span !== undefined) search.set('span', state.span)
  if (state.filter !== undefined) search.set('filter', JSON.stringify(state.filter))
  if (state.isWhole === true) search.set('only', 'filter')
  return search
}

/** The columns of the first view with all records: for a filter that stands alone, such as that of a figure. */
export const PLAIN_VIEW = '*'

/** The address of a list of these records and no others, with one of their fields beside the title. */
export function listOfRecords(entity: Entity, ids: readonly string[], field: string): string {
  const columns = [...new Set([entity.title, field])].filter((name) => name !== undefined)
  const filter = { in: [{ var: 'id' }, ids] }
  return `/records/${entity.name}?${writeListState({ view: PLAIN_VIEW, columns, filter, isWhole: true })}`
}

/** The view that an address names, else the entity's default; undefined where it has none. */
export function viewOf(entity: Entity, name: string | undefined): View | undefined {
  const [first] = entity.views
  if (name === PLAIN_VIEW && first !== undefined) {
    const { filter: _filter, ...plain } = first
    return { ...plain, name: PLAIN_VIEW }
  }
  return entity.views.find((view) => view.name === name) ?? defaultView(entity)
}

/** What a list opens with: the first view that is the default for one's roles, else the first of all. */
const defaultView = ({ views }: Entity): View | undefined =>
  views.find((view) => view.default === true) ?? views[0]

const SHOWN_BY_DEFAULT = 6
const TOO_LARGE: ReadonlySet<string> = new Set([
  'long_text',
  'rich_text',
  'json',
  'child_list',
  'password',
  'image',
])

/**
 * The chosen columns, else those of the view; without a view the title, then the first fields of the form that fit into a
 * cell.
 */
export function columnsOf(
  entity: Entity,
  view: View | undefined,
  { columns, widths }: Pick<Partial<ListState>, 'columns' | 'widths'> = {},
): readonly ViewColumn[] {
  const shown =
    columns?.map((field) => view?.columns.find((column) => column.field === field) ?? { field }) ??
    usualColumns(entity, view)
  if (widths === undefined) return shown
  return shown.map((column) => {
    const width = widths[column.field]
    return width === undefined ? column : { ...column, width }
  })
}

function usualColumns(entity: Entity, view: View | undefined): readonly ViewColumn[] {
  if (view !== undefined) return view.columns
  const order = [
    entity.title,
    ...entity.page.highlights,
    ...entity.sections.flatMap((section) => section.fields),
  ]
  const names = [...new Set(order.filter((name) => name !== undefined))].filter((name) => {
    const field = entity.fields.find((candidate) => candidate.name === name)
    return field !== undefined && !TOO_LARGE.has(field.type)
  })
  return names.slice(0, SHOWN_BY_DEFAULT).map((field) => ({ field }))
}

/** The order that a list asks for. */
export const sortOf = (state: Pick<ListState, 'sort'>, view: View | undefined): string | undefined =>
  state.sort ?? (view !== undefined && view.sort.length > 0 ? view.sort.join(',') : undefined)

/** What the API is asked: the view's filter and the person's together, or the one that stands in place of both. */
export const effectiveFilter = (
  { filter, isWhole }: Pick<ListState, 'filter' | 'isWhole'>,
  view: View | undefined,
): unknown => (isWhole ? filter : bothOf(view?.filter, filter))
