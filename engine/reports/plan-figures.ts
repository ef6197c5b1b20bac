import { havingSql } from '../records/aggregate-sql.ts'
import type { RequestContext } from '../records/context.ts'
import { type FigureColumn, groupColumn, groupJson, groupSql } from '../records/figure-sql.ts'
import { conditionSql } from '../records/filter.ts'
import { createParameters, type Parameters, type Plan, toPlan } from '../records/parameters.ts'
import { createRowSource } from '../records/row-source.ts'
import { filterCondition } from '../records/sealed-filter.ts'
import { wholeSight } from '../records/sight-ways.ts'
import {
  combined,
  type FigureSql,
  figureColumn,
  figureJson,
  figureSql,
  isSummable,
  partSql,
} from './figure-parts.ts'
import { type ParsedReport, rowLimit } from './parse-report.ts'

/** One row of the answer: `lvl` has a bit for each key that it sums over, the last key's the lowest. */
export interface FigureRow {
  readonly lvl: number
  /** The place of its row among all; null of sums over rows. */
  readonly n: string | null
  /** How many rows there are in all. */
  readonly heads: string
  /** JSON lists of the keys and of the figures. */
  readonly keys: string
  readonly figures: string
}

/** The groups of rows that figures are worked out of: CTE `l` with keys `k0…` and parts `p0…`. */
interface Leaves {
  readonly sql: string
  /** Each figure over leaves. */
  readonly figures: readonly string[]
}

/**
 * The rows in sight that a report goes over, in groups by keys. Where every figure can be summed up from groups they are
 * grouped here already: an index over the keys then answers alone, and several workers share the rows.
 */
export function leavesSql(
  context: RequestContext,
  report: ParsedReport,
  parameters: Parameters,
  keysOf: (rows: ReturnType<typeof createRowSource>) => readonly string[],
  filter: unknown,
): Leaves {
  const source = { model: context.model, access: context.access, parameters }
  const rows = createRowSource(source, report.entity, 't')
  const where = [wholeSight(source, report.entity, 't', false)]
  const condition = filterCondition(context, report.entity, filter)
  if (condition !== undefined) where.push(conditionSql(condition, rows, parameters))
  const keys = keysOf(rows)
  const figures = report.figures.map((figure) => figureSql(figure, rows, parameters))
  const parts = figures.flatMap((figure) => figure.parts)
  const isGrouped = figures.every(isSummable)
  const items = [
    ...keys.map((sql, index) => `${sql} AS k${index}`),
    ...parts.map((part, index) => `${isGrouped ? partSql(part) : (part.argument ?? '1')} AS p${index}`),
  ]
  const grouped =
    isGrouped && keys.length > 0 ? ` GROUP BY ${keys.map((_, index) => index + 1).join(', ')}` : ''
  const list = items.length === 0 ? '1' : items.join(', ')
  const sql = `SELECT ${list} FROM ${rows.from()} WHERE ${where.join(' AND ')}${grouped}`
  return { sql, figures: overLeaves(figures, isGrouped) }
}

function overLeaves(figures: readonly FigureSql[], isGrouped: boolean): readonly string[] {
  let at = 0
  return figures.map((figure) =>
    figure.final(
      figure.parts.map((part) => {
        const name = `l.p${at++}`
        return isGrouped ? combined(part, name) : partSql({ ...part, argument: name })
      }),
    ),
  )
}

/** One statement: cells, sums of rows and columns, subtotals and the total. */
export function planFigures(context: RequestContext, report: ParsedReport, filter: unknown): Plan {
  const parameters = createParameters()
  const groups = [...report.rows, ...report.columns]
  const { settings } = context.model
  const leaves = leavesSql(
    context,
    report,
    parameters,
    (rows) => groups.map((group) => groupSql(group, rows, parameters, settings)),
    filter,
  )
  const keys = groups.map((_, index) => `l.k${index}`)
  const level = keys.length === 0 ? '0' : `grouping(${keys.join(', ')})`
  const cells = [
    ...keys.map((key, index) => `${key} AS k${index}`),
    ...leaves.figures.map((sql, index) => `${sql} AS m${index}`),
    `${level} AS lvl`,
  ]
  const summed = `SELECT ${cells.join(', ')} FROM l GROUP BY GROUPING SETS (${groupingSets(report).join(', ')})`
  const text =
    `WITH l AS (${leaves.sql}), c AS MATERIALIZED (${summed}), ${shownSql(report, parameters)} ` +
    `SELECT x.lvl, x.n::text AS n, x.heads::text AS heads, ${listJson(groups.map((group, index) => groupJson(group, `x.k${index}`)))} AS keys, ` +
    `${listJson(report.figures.map((figure, index) => figureJson(figure, `x.m${index}`)))} AS figures FROM s x ` +
    `WHERE ${limitSql(report, parameters)} ORDER BY x.lvl, x.n`
  return toPlan(text, parameters)
}

export function listJson(items: readonly string[]): string {
  return `json_build_array(${items.join(', ')})::text`
}

/** Rows with and without their columns, each with the prefixes of the rows where there are totals. */
function groupingSets({ rows, columns, definition }: ParsedReport): readonly string[] {
  const depths = definition.totals === false ? [rows.length] : rows.map((_, index) => index + 1).concat(0)
  return depths.flatMap((depth) => {
    const prefix = rows.slice(0, depth).map((_, index) => `l.k${index}`)
    const across = columns.map((_, index) => `l.k${rows.length + index}`)
    const sets = columns.length === 0 ? [prefix] : [[...prefix, ...across], prefix]
    return sets.map((set) => `(${set.join(', ')})`)
  })
}

/** The level of a row's own sum: over its columns and nothing else. */
function headLevel({ columns }: ParsedReport): number {
  return 2 ** columns.length - 1
}

/** CTE `s`: every cell with the place of its row (`n`), and how near the nearest shown row below a subtotal is. */
function shownSql(report: ParsedReport, parameters: Parameters): string {
  const { rows } = report
  const having = havingSql(report.definition.having, figureColumns(report), parameters) ?? 'true'
  const isHead = `x.lvl = ${headLevel(report)} AND (${having}) IS TRUE`
  const order = orderSql(report, parameters)
  const placed =
    rows.length === 0
      ? 'NULL::bigint'
      : `CASE WHEN ${isHead} THEN row_number() OVER (PARTITION BY x.lvl, (${having}) IS TRUE ORDER BY ${order}) END`
  const across = report.columns.length
  const keysTo = (depth: number) => rows.slice(0, depth).map((_, index) => `h.k${index}`)
  const own =
    rows.length === 0
      ? 'NULL::bigint'
      : `max(h.n0) OVER (PARTITION BY h.lvl >> ${across}, ${keysTo(rows.length).join(', ')})`
  const below = rows.slice(1).map((_, index) => {
    const depth = index + 1
    return `, min(h.n0) OVER (PARTITION BY ${keysTo(depth).join(', ')}) AS b${depth}`
  })
  return (
    `h AS (SELECT x.*, ${placed} AS n0 FROM c x), ` +
    `s AS (SELECT h.*, ${own} AS n, count(h.n0) OVER () AS heads${below.join('')} FROM h)`
  )
}

function limitSql(report: ParsedReport, parameters: Parameters): string {
  const { rows, columns } = report
  if (rows.length === 0) return 'true'
  const limit = parameters.add(rowLimit(report.definition), 'bigint')
  const depth = `(x.lvl >> ${columns.length})`
  const all = 2 ** rows.length - 1
  const parts = [`${depth} = ${all}`, `${depth} = 0 AND x.n <= ${limit}`]
  for (let length = 1; length < rows.length; length++) {
    parts.push(`${depth} = ${2 ** (rows.length - length) - 1} AND x.b${length} <= ${limit}`)
  }
  return `(${parts.join(' OR ')})`
}

function figureColumns({ rows, figures }: ParsedReport): ReadonlyMap<string, FigureColumn> {
  const columns = [
    ...rows.map((group, index) => [group.name, groupColumn(group, `x.k${index}`)] as const),
    ...figures.map((figure, index) => [figure.name, figureColumn(figure, `x.m${index}`)] as const),
  ]
  return new Map(columns.flatMap(([name, column]) => (column === undefined ? [] : [[name, column]])))
}

/**
 * As asked; else options in their order, days and numbers ascending, and of related records those first that count most.
 * The keys decide what is left: the order of an answer never depends on the plan.
 */
function orderSql({ rows, figures, sort }: ParsedReport, parameters: Parameters): string {
  const keys = rows.map(({ field: { options } }, index) => {
    if (options === undefined) return `x.k${index}`
    const names = parameters.add(
      options.map(({ name }) => name),
      'text[]',
    )
    return `array_position(${names}, x.k${index}::text)`
  })
  const places = new Map<string, string>([
    ...rows.map((group, index) => [group.name, keys[index]!] as const),
    ...figures.map((figure, index) => [figure.name, `x.m${index}`] as const),
  ])
  const asked = sort.map(
    ({ name, descending }) => `${places.get(name)} ${descending ? 'DESC NULLS LAST' : 'ASC'}`,
  )
  const isRelated = rows.length === 1 && rows[0]!.field.relation !== undefined && sort.length === 0
  const most = isRelated && figures.length > 0 ? ['x.m0 DESC NULLS LAST'] : []
  const rest = rows.flatMap((_, index) => [`${keys[index]} ASC`, `x.k${index} ASC`])
  return [...asked, ...most, ...rest].join(', ') || '1'
}
