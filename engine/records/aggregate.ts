import type { CompiledEntity } from '../model/compiled.ts'
import { mainType } from '../model/sql/field-value.ts'
import { groupedSql, type HavingColumn, havingSql, quote } from './aggregate-sql.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { conditionSql, searchSql } from './filter.ts'
import { bind, createParameters, type Parameters, type Plan, toPlan } from './parameters.ts'
import { type AggregateRequest, type GroupKey, type Measure, parseAggregate } from './parse-aggregate.ts'
import { createRowSource, type RowSource } from './row-source.ts'
import { filterCondition } from './sealed-filter.ts'
import { wholeSight } from './sight-ways.ts'

/** Counts, sums and extremes of the records that the actor may see, in groups. */
export async function aggregateRecords(
  context: RequestContext,
  entityName: string,
  body: unknown,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const request = parseAggregate(context, entity, body)
  const found = await context.db.query<{ j: string }>(bind(planAggregate(context, entity, request), context))
  return { status: 200, body: `{"data":[${found.rows.map((row) => row.j).join(',')}]}` }
}

/**
 * One statement: rows in sight grouped by plain columns, so that an index over them answers alone; labels and
 * number formats are put on the groups afterwards.
 */
export function planAggregate(
  context: RequestContext,
  entity: CompiledEntity,
  request: AggregateRequest,
): Plan {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const rows = createRowSource(source, entity, 't')
  const where = [wholeSight(source, entity, 't', false)]
  const filter = filterCondition(context, entity, request.filter)
  if (filter !== undefined) where.push(conditionSql(filter, rows, parameters))
  if (request.q !== undefined) where.push(searchSql(request.q, context.search, source, entity, 't'))
  const groups = request.groups.map((group) => groupSql(group, rows, parameters))
  const measures = request.measures.map((measure) => measureSql(measure, rows))
  const items = [
    ...groups.map((sql, index) => `${sql} AS g${index}`),
    ...measures.map((sql, index) => `${sql} AS m${index}`),
  ]
  const grouped =
    `SELECT ${items.join(', ')} FROM ${rows.from()} WHERE ${where.join(' AND ')}` +
    (groups.length > 0 ? ` GROUP BY ${groups.map((_, index) => index + 1).join(', ')}` : '')
  const outer = [
    ...request.groups.map((group, index) => `${groupJson(group, `x.g${index}`)} AS ${quote(group.name)}`),
    ...request.measures.map(
      (measure, index) => `${measureJson(measure, `x.m${index}`)} AS ${quote(measure.name)}`,
    ),
  ]
  const text = groupedSql(grouped, outer, request, havingOf(request, parameters), parameters)
  return toPlan(text, parameters)
}

function groupSql(group: GroupKey, rows: RowSource, parameters: Parameters): string {
  const column = rows.column(group.path)
  if (group.bucket === undefined) return column
  const local =
    group.field.ruleType === 'datetime'
      ? `(${column} AT TIME ZONE ${parameters.timeZone()})`
      : `${column}::timestamp`
  return `date_trunc('${group.bucket}', ${local})::date`
}

function groupJson(group: GroupKey, sql: string): string {
  if (group.bucket !== undefined || group.field.relation !== undefined) return sql
  return group.field.type.json?.([sql], group.field.definition) ?? sql
}

function measureSql(measure: Measure, rows: RowSource): string {
  if (measure.path === undefined) return 'count(*)'
  const column = rows.column(measure.path)
  if (measure.fn === 'count') return `count(${column})`
  if (measure.fn === 'count_distinct') return `count(DISTINCT ${column})`
  return `${measure.fn}(${column})`
}

/** A sum that needs more than 15 digits goes out as text: a JSON number would lose some in many readers. */
function measureJson(measure: Measure, sql: string): string {
  switch (measure.fn) {
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
      return measure.field === undefined
        ? sql
        : (measure.field.type.json?.([sql], measure.field.definition) ?? sql)
  }
}

const MEASURE_TYPES = { count: 'number', count_distinct: 'number', sum: 'number', avg: 'number' } as const

function havingOf(request: AggregateRequest, parameters: Parameters): string | undefined {
  const columns = new Map<string, HavingColumn>()
  for (const [index, group] of request.groups.entries()) {
    const type = group.bucket === undefined ? group.field.ruleType : 'date'
    const sqlType = group.bucket === undefined ? mainType(group.field) : 'date'
    if (type !== undefined) columns.set(group.name, { sql: `x.g${index}`, type, sqlType })
  }
  for (const [index, measure] of request.measures.entries()) {
    const fixed = MEASURE_TYPES[measure.fn as keyof typeof MEASURE_TYPES]
    const type = fixed ?? measure.field?.ruleType
    const sqlType = fixed === undefined && measure.field !== undefined ? mainType(measure.field) : 'numeric'
    if (type !== undefined) columns.set(measure.name, { sql: `x.m${index}`, type, sqlType })
  }
  return havingSql(request.having, columns, parameters)
}
