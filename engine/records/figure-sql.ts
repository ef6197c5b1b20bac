import type { CompiledField, WorkspaceSettings } from '../model/compiled.ts'
import { mainType } from '../model/sql/field-value.ts'
import type { HavingColumn } from './aggregate-sql.ts'
import type { Parameters } from './parameters.ts'
import type { Bucket, GroupKey, MeasureFunction } from './parse-aggregate.ts'
import type { RowSource } from './row-source.ts'

/** What figures and groups are made of, for aggregates and reports alike. */

/** A group's value in a row, as the actor sees it: where the cell is masked, null. */
export function groupSql(
  group: Pick<GroupKey, 'path' | 'field' | 'bucket'>,
  rows: RowSource,
  parameters: Parameters,
  settings: WorkspaceSettings,
): string {
  const column = rows.column(group.path)
  if (group.bucket === undefined) return column
  const local =
    group.field.ruleType === 'datetime'
      ? `(${column} AT TIME ZONE ${parameters.timeZone()})`
      : `${column}::timestamp`
  return bucketSql(group.bucket, local, settings)
}

/** The first day of the span of time that a local time falls into. */
function bucketSql(bucket: Bucket, local: string, settings: WorkspaceSettings): string {
  const shift = bucket === 'week' ? weekShift(settings) : 0
  if (shift === 0) return `date_trunc('${bucket}', ${local})::date`
  return `date_trunc('${bucket}', ${local} + interval '${shift} days')::date - ${shift}`
}

/** How many days before Monday the week begins. */
export function weekShift({ weekStart = 1 }: WorkspaceSettings): number {
  return (8 - weekStart) % 7
}

export function groupJson(group: Pick<GroupKey, 'field' | 'bucket'>, sql: string): string {
  if (group.bucket !== undefined || group.field.relation !== undefined) return sql
  return group.field.type.json?.([sql], group.field.definition) ?? sql
}

/** A sum that needs more than 15 digits goes out as text: a JSON number would lose some in many readers. */
export function measureJson(
  { fn, field }: { readonly fn: MeasureFunction; readonly field: CompiledField | undefined },
  sql: string,
): string {
  switch (fn) {
    case 'count':
    case 'count_distinct':
      return sql
    case 'avg':
      return `round(${sql}, 10 - least(10, greatest(0, length(trunc(${sql})::text) - 5)))`
    case 'sum':
      return (
        `CASE WHEN length(translate(trim_scale(${sql}::numeric)::text, '-.', '')) > 15 ` +
        `THEN to_json(trim_scale(${sql}::numeric)::text) ELSE to_json(${sql}) END`
      )
    default:
      return field === undefined ? sql : (field.type.json?.([sql], field.definition) ?? sql)
  }
}

const MEASURE_TYPES = { count: 'number', count_distinct: 'number', sum: 'number', avg: 'number' } as const

/** A figure or group as a rule over them sees it. */
export type FigureColumn = HavingColumn

export function groupColumn(
  { field, bucket }: Pick<GroupKey, 'field' | 'bucket'>,
  sql: string,
): FigureColumn | undefined {
  const type = bucket === undefined ? field.ruleType : 'date'
  const sqlType = bucket === undefined ? mainType(field) : 'date'
  return type === undefined ? undefined : { sql, type, sqlType }
}

export function measureColumn(
  { fn, field }: { readonly fn: MeasureFunction; readonly field: CompiledField | undefined },
  sql: string,
): FigureColumn | undefined {
  const fixed = MEASURE_TYPES[fn as keyof typeof MEASURE_TYPES]
  const type = fixed ?? field?.ruleType
  const sqlType = fixed === undefined && field !== undefined ? mainType(field) : 'numeric'
  return type === undefined ? undefined : { sql, type, sqlType }
}
