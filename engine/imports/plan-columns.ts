import { nearest } from '../../metadata/nearest.ts'
import { didYouMean, type Problem, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import type { MapRule, ValueRule } from './parse-map.ts'

/** What becomes of one column of the file. */
export interface ColumnPlan {
  readonly index: number
  readonly header: string
  readonly field: CompiledField
  /** The entities that it may point to, where the field leads to other records; else []. */
  readonly targets: readonly LookupTarget[]
  readonly replace: ReadonlyMap<string, string>
  /** What a cell says; what is written where this is absent. */
  readonly read?: ((cell: string) => string) | undefined
}

export interface LookupTarget {
  readonly entity: CompiledEntity
  /** The field whose value names the record: the entity's title unless the mapping says another. */
  readonly by: CompiledField
}

export interface ColumnsPlan {
  readonly columns: readonly ColumnPlan[]
  /** Headers of columns that go nowhere. */
  readonly left: readonly string[]
}

export interface ColumnsSource {
  readonly model: CompiledModel
  readonly entity: CompiledEntity
  readonly headers: readonly string[]
  readonly maps: readonly MapRule[]
  readonly values: readonly ValueRule[]
  /** May this field be written by who imports? */
  readonly isWritable: (field: CompiledField) => boolean
  /** Rows may change records that have all they need. */
  readonly mayChange: boolean
  readonly readCell?: ((field: CompiledField, cell: string) => string) | undefined
}

/** Columns that an error file adds; they never go to a field by themselves. */
export const ERROR_COLUMNS = ['tenon_problem', 'tenon_reason'] as const

/**
 * Which column goes to which field: what the mapping says, and besides it every column that bears the name of a
 * field that no other column takes.
 */
export function planColumns(source: ColumnsSource): {
  readonly plan: ColumnsPlan
  readonly problems: readonly Problem[]
} {
  const problems: Problem[] = []
  const rules = chooseRules(source, problems)
  const replace = replacements(source, problems)
  const columns = [...rules].flatMap(([index, rule]) => {
    const planned = planColumn(source, index, rule, replace.get(index) ?? new Map(), problems)
    return planned === undefined ? [] : [planned]
  })
  problems.push(...twice(columns), ...unmapped(source, columns, problems))
  const taken = new Set([...rules.keys()])
  const left = source.headers.filter(
    (header, index) => header !== '' && !taken.has(index) && !isErrorColumn(header),
  )
  return { plan: { columns: columns.sort((a, b) => a.index - b.index), left }, problems }
}

type TakenRule = MapRule & { readonly field: string }

/** By index of the column; columns that are to be left out are not in it. */
function chooseRules(source: ColumnsSource, problems: Problem[]): ReadonlyMap<number, TakenRule> {
  const rules = new Map<number, TakenRule>()
  const spoken = new Set<number>()
  for (const rule of source.maps) {
    const index = columnIndex(source.headers, rule.column, '/map', problems)
    if (index === undefined) continue
    spoken.add(index)
    if (rule.field !== undefined) rules.set(index, { ...rule, field: rule.field })
  }
  const taken = new Set([...rules.values()].map((rule) => rule.field))
  for (const [index, header] of source.headers.entries()) {
    const [name = '', by] = header.split(':')
    if (spoken.has(index) || taken.has(name) || isErrorColumn(header)) continue
    const field = source.entity.fields.get(name)
    if (field === undefined || !source.isWritable(field)) continue
    taken.add(name)
    rules.set(index, { column: header, field: name, by })
  }
  return rules
}

function isErrorColumn(header: string): boolean {
  return (ERROR_COLUMNS as readonly string[]).includes(header)
}

/** The place of a column by its header: as written, else without regard to case. */
function columnIndex(
  headers: readonly string[],
  column: string,
  path: string,
  problems: Problem[],
): number | undefined {
  const same = (test: (header: string) => boolean) =>
    headers.flatMap((header, index) => (test(header) ? [index] : []))
  const exact = same((header) => header === column)
  const found = exact.length > 0 ? exact : same((header) => header.toLowerCase() === column.toLowerCase())
  if (found.length === 1) return found[0]
  const params = { name: column }
  if (found.length > 1) problems.push(problem('IMPORT_COLUMN_DUPLICATE', path, { params }))
  else
    problems.push(
      problem('IMPORT_COLUMN_UNKNOWN', path, { params, hint: didYouMean(nearest(column, headers)) }),
    )
  return undefined
}

/** By index of the column: what is read instead of what. */
function replacements(source: ColumnsSource, problems: Problem[]): ReadonlyMap<number, Map<string, string>> {
  const byColumn = new Map<number, Map<string, string>>()
  for (const { column, from, to } of source.values) {
    const index = columnIndex(source.headers, column, '/value', problems)
    if (index !== undefined)
      byColumn.set(index, (byColumn.get(index) ?? new Map<string, string>()).set(from, to))
  }
  return byColumn
}

function planColumn(
  source: ColumnsSource,
  index: number,
  rule: TakenRule,
  replace: ReadonlyMap<string, string>,
  problems: Problem[],
): ColumnPlan | undefined {
  const fault = (code: Parameters<typeof problem>[0], detail: Parameters<typeof problem>[2]) => {
    problems.push(problem(code, '/map', detail))
    return undefined
  }
  const field = source.entity.fields.get(rule.field)
  if (field === undefined) {
    const names = [...source.entity.fields.values()].filter(source.isWritable).map((known) => known.name)
    return fault('FIELD_UNKNOWN', {
      params: { name: rule.field },
      hint: didYouMean(nearest(rule.field, names)),
    })
  }
  if (!source.isWritable(field)) return fault('FIELD_READ_ONLY', {})
  const relation = field.relation
  if (relation?.kind === 'children')
    return fault('IMPORT_FIELD_UNFIT', { params: { type: field.type.label } })
  if (relation === undefined) {
    if (rule.by !== undefined) return fault('IMPORT_BY_UNFIT', { params: { name: field.name } })
    const { readCell } = source
    const read = readCell === undefined ? undefined : (cell: string) => readCell(field, cell)
    return { index, header: source.headers[index]!, field, targets: [], replace, read }
  }
  const names = relation.kind === 'dynamic' ? relation.to : [relation.to]
  const targets = names.flatMap((name) => targetOf(source.model, name, rule.by, problems))
  return { index, header: source.headers[index]!, field, targets, replace }
}

function targetOf(
  model: CompiledModel,
  name: string,
  by: string | undefined,
  problems: Problem[],
): readonly LookupTarget[] {
  const entity = model.entities.get(name)
  if (entity === undefined) return []
  const field = by === undefined ? entity.titleField : entity.fields.get(by)
  if (field !== undefined) return [{ entity, by: field }]
  const wanted = by ?? ''
  const hint = didYouMean(nearest(wanted, entity.fields.keys()))
  problems.push(problem('FIELD_UNKNOWN', '/map', { params: { name: `${name}.${wanted}` }, hint }))
  return []
}

function twice(columns: readonly ColumnPlan[]): readonly Problem[] {
  const seen = new Set<string>()
  return columns.flatMap(({ field }) => {
    const isSecond = seen.has(field.name)
    seen.add(field.name)
    return isSecond ? [problem('IMPORT_FIELD_TWICE', '/map', { params: { name: field.name } })] : []
  })
}

/** Without these columns each row would be refused; that is said once, before the first. */
function unmapped(
  source: ColumnsSource,
  columns: readonly ColumnPlan[],
  problems: readonly Problem[],
): readonly Problem[] {
  if (problems.length > 0) return []
  if (columns.length === 0) {
    return [problem('IMPORT_NOTHING_MAPPED', '/map', { params: { entity: source.entity.name } })]
  }
  if (source.mayChange) return []
  const filled = new Set(columns.map((column) => column.field))
  return [...source.entity.fields.values()]
    .filter((field) => field.required && field.writable && !begins(field) && !filled.has(field))
    .filter((field) => !source.entity.pipelines.has(field.name))
    .map((field) => problem('IMPORT_FIELD_UNMAPPED', '/map', { params: { name: field.name } }))
}

/** Whether a record may do without a value of its own: one is given, or it may not be asked for. */
function begins({ defaultValue, defaultRule, definition }: CompiledField): boolean {
  return defaultValue !== undefined || defaultRule !== undefined || definition.visibleWhen !== undefined
}

/** The columns and their fields as JSON: two imports of one file are the same when this is. */
export function mappingKey(plan: ColumnsPlan): Readonly<Record<string, string>> {
  return Object.fromEntries(
    plan.columns.map(({ index, field, targets }) => [
      String(index),
      targets.length === 0
        ? field.name
        : `${field.name}:${targets.map((target) => target.by.name).join('|')}`,
    ]),
  )
}
