import type { CompiledEntity } from '../model/compiled.ts'
import { groupedSql, havingSql, quote } from './aggregate-sql.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import {
  type FigureColumn,
  groupColumn,
  groupJson,
  groupSql,
  measureColumn,
  measureJson,
} from './figure-sql.ts'
import { conditionSql, searchSql } from './filter.ts'
import { bind, createParameters, type Plan, toPlan } from './parameters.ts'
import { type AggregateRequest, type Measure, parseAggregate } from './parse-aggregate.ts'
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
  const groups = request.groups.map((group) => groupSql(group, rows, parameters, context.model.settings))
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
  const having = havingSql(request.having, figuresIn(request), parameters)
  const text = groupedSql(grouped, outer, request, having, parameters)
  return toPlan(text, parameters)
}

function measureSql(measure: Measure, rows: RowSource): string {
  if (measure.path === undefined) return 'count(*)'
  const column = rows.column(measure.path)
  if (measure.fn === 'count') return `count(${column})`
  if (measure.fn === 'count_distinct') return `count(DISTINCT ${column})`
  return `${measure.fn}(${column})`
}

function figuresIn(request: AggregateRequest): ReadonlyMap<string, FigureColumn> {
  const columns = [
    ...request.groups.map((group, index) => [group.name, groupColumn(group, `x.g${index}`)] as const),
    ...request.measures.map((one, index) => [one.name, measureColumn(one, `x.m${index}`)] as const),
  ]
  return new Map(columns.flatMap(([name, column]) => (column === undefined ? [] : [[name, column]])))
}
