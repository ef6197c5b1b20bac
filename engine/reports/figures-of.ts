import type { RequestContext } from '../records/context.ts'
import { bind } from '../records/parameters.ts'
import type { GroupKey } from '../records/parse-aggregate.ts'
import { allOf, groupRule } from './drill.ts'
import { type KeyCell, keyWords } from './labels.ts'
import type { Figure, ParsedReport } from './parse-report.ts'
import { type FigureRow, planFigures } from './plan-figures.ts'
import { type FunnelRow, planFunnel } from './plan-funnel.ts'
import type { Cell, Figures, ReportFigures, ReportRow } from './report-answer.ts'

/** Columns of a matrix that are shown; its rows sum over all. */
const MAX_COLUMNS = 100

interface ReadRow {
  readonly lvl: number
  readonly n: number | undefined
  readonly keys: readonly unknown[]
  readonly values: Figures
}

/** Rows, columns, subtotals and total of a summary, a matrix or a single number. */
export async function figuresOf(context: RequestContext, report: ParsedReport): Promise<ReportFigures> {
  const { rows: read, heads } = await readFigures(context, report, report.filter)
  const groups = [...report.rows, ...report.columns]
  const words = await keyWords(
    context,
    groups.map((group, index) => [group, read.map(({ keys }) => keys[index])]),
  )
  const across = report.columns.length
  const depthOf = ({ lvl }: ReadRow) => report.rows.length - bits(lvl >> across)
  const isAcross = ({ lvl }: ReadRow) => across > 0 && lvl % 2 ** across === 0
  const cellOf = (row: ReadRow): Cell => {
    const keys = groups.flatMap((group, index) =>
      isSummed(row.lvl, groups.length, index) ? [] : [{ group, value: row.keys[index] }],
    )
    return cell(
      report,
      row.values,
      keys.map(({ group, value }) => groupRule(group, value, context.model.settings)),
    )
  }
  const wordsOf = (row: ReadRow, count: number): readonly KeyCell[] =>
    report.rows.slice(0, count).map((group, index) => words(group, row.keys[index]))

  const columnKeys = columnsIn(report, read.filter(isAcross))
  const acrossBy = cellsAcross(report, read.filter(isAcross), depthOf)
  const rowOf = (row: ReadRow): ReportRow => {
    const depth = depthOf(row)
    const cells = acrossBy.get(JSON.stringify(row.keys.slice(0, depth)))
    const own = { ...cellOf(row), keys: wordsOf(row, depth) }
    if (across === 0) return own
    return {
      ...own,
      cells: columnKeys.map((key) => {
        const found = cells?.get(key)
        return found === undefined ? null : cellOf(found)
      }),
    }
  }
  const sums = read.filter((row) => !isAcross(row))
  const heads0 = sums.filter((row) => depthOf(row) === report.rows.length && row.n !== undefined)
  const total = sums.find((row) => depthOf(row) === 0)
  const totalsAcross = acrossBy.get('[]')
  return {
    rows: report.rows.length === 0 ? [] : inGroups(heads0.sort((one, other) => one.n! - other.n!)).map(rowOf),
    columns: columnKeys.map((key) => {
      const found = totalsAcross?.get(key)
      const group = report.columns[0]!
      const own = found === undefined ? columnCell(context, report, group, key) : cellOf(found)
      return { ...own, keys: [words(group, key)] }
    }),
    subtotals: sums.filter((row) => depthOf(row) > 0 && depthOf(row) < report.rows.length).map(rowOf),
    total: total === undefined ? undefined : cellOf(total),
    rowCount: heads,
  }
}

/** The cells of a matrix by the keys of their row (a JSON list; fewer of a sum), then by their column. */
function cellsAcross(
  report: ParsedReport,
  cells: readonly ReadRow[],
  depthOf: (row: ReadRow) => number,
): ReadonlyMap<string, ReadonlyMap<unknown, ReadRow>> {
  const byRow = new Map<string, Map<unknown, ReadRow>>()
  for (const row of cells) {
    const key = JSON.stringify(row.keys.slice(0, depthOf(row)))
    const known = byRow.get(key) ?? new Map<unknown, ReadRow>()
    known.set(row.keys[report.rows.length], row)
    byRow.set(key, known)
  }
  return byRow
}

/** The figures of all records of a filter, such as of the period before. */
export async function totalOf(
  context: RequestContext,
  report: ParsedReport,
  filter: unknown,
): Promise<Cell | undefined> {
  const whole = {
    ...report,
    rows: [],
    columns: [],
    filter,
    definition: { ...report.definition, having: undefined },
  }
  const { rows } = await readFigures(context, whole as ParsedReport, filter)
  return rows[0] === undefined ? undefined : cell({ ...report, filter }, rows[0].values, [])
}

/** A funnel: its stages as rows, and all records as the total. */
export async function funnelOf(context: RequestContext, report: ParsedReport): Promise<ReportFigures> {
  const found = await context.db.query<FunnelRow>(bind(planFunnel(context, report), context))
  const funnel = report.funnel!
  const group: GroupKey = {
    name: funnel.field.name,
    path: funnel.field.name,
    field: funnel.field,
    bucket: undefined,
  }
  const words = await keyWords(context, [])
  const values = new Map(found.rows.map(({ stage, figures }) => [stage, named(report.figures, figures)]))
  const rows = funnel.stages.map((stage, index): ReportRow => {
    const further = funnel.stages.slice(index).map((one) => ({ var: `${funnel.reached.name}.${one}` }))
    const rule = further.length === 1 ? further[0] : { or: further }
    return { ...cell(report, values.get(stage) ?? {}, [rule]), keys: [words(group, stage)] }
  })
  const total = cell(report, values.get(null) ?? {}, [])
  return { rows, columns: [], subtotals: [], total, rowCount: rows.length }
}

async function readFigures(context: RequestContext, report: ParsedReport, filter: unknown) {
  const found = await context.db.query<FigureRow>(bind(planFigures(context, report, filter), context))
  const rows = found.rows.map(
    (row): ReadRow => ({
      lvl: row.lvl,
      n: row.n === null ? undefined : Number(row.n),
      keys: JSON.parse(row.keys) as unknown[],
      values: named(report.figures, row.figures),
    }),
  )
  return { rows, heads: Number(found.rows[0]?.heads ?? 0) }
}

function named(figures: readonly Figure[], json: string): Figures {
  const values = JSON.parse(json) as unknown[]
  return Object.fromEntries(figures.map(({ name }, index) => [name, values[index] ?? null]))
}

function bits(number: number): number {
  return number.toString(2).replaceAll('0', '').length
}

/** Whether a level sums over the key at a place. */
function isSummed(level: number, count: number, index: number): boolean {
  return (level & (1 << (count - 1 - index))) !== 0
}

function cell(report: ParsedReport, values: Figures, rules: readonly unknown[]): Cell {
  const filter = allOf([report.filter, ...rules])
  const own = report.figures.flatMap((figure) => {
    const rule = figureRule(figure)
    return rule === undefined ? [] : [[figure.name, allOf([filter, rule])] as const]
  })
  return { values, filter, ...(own.length === 0 ? {} : { filters: Object.fromEntries(own) }) }
}

/** Which of its records a figure counts, where that is not all of them. */
function figureRule({ fn, path, field, definition: { filter, value } }: Figure): unknown {
  const counted = fn === 'count' && (path ?? value) !== undefined
  const isTold = counted && (value !== undefined || field?.ruleType !== undefined)
  const there = isTold ? { '!=': [value ?? { var: path }, null] } : undefined
  return allOf([filter, there])
}

function columnCell(context: RequestContext, report: ParsedReport, group: GroupKey, key: unknown): Cell {
  return cell(report, {}, [groupRule(group, key, context.model.settings)])
}

/** The values of the columns in order: options as they are defined, days and numbers ascending, nothing last. */
function columnsIn(report: ParsedReport, rows: readonly ReadRow[]): readonly unknown[] {
  const [group] = report.columns
  if (group === undefined) return []
  const place = group.field.options?.map(({ name }) => name)
  const order = (value: unknown): number | string =>
    place === undefined ? (value as number | string) : place.indexOf(String(value))
  const values = [...new Set(rows.map(({ keys }) => keys[report.rows.length]))]
  return values
    .sort((one, other) => {
      if (one === null || other === null) return one === null ? 1 : -1
      const [left, right] = [order(one), order(other)]
      return left < right ? -1 : left > right ? 1 : 0
    })
    .slice(0, MAX_COLUMNS)
}

/** Rows that begin alike stand together, where the first of them stands. */
function inGroups(rows: readonly ReadRow[]): readonly ReadRow[] {
  const groups = new Map<string, ReadRow[]>()
  for (const row of rows) {
    const key = JSON.stringify(row.keys[0])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].flat()
}
