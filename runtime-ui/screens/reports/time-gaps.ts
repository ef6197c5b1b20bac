import type { Cell, ReportAnswer, Row } from '../../api/reports.ts'

/** Figures that are nought where there are no records; of others there is none. */
const NOUGHT: ReadonlySet<string> = new Set(['count', 'count_distinct', 'sum'])

/** The answer with a row for each span of time that has no records: an axis without gaps. */
export function withGaps(answer: ReportAnswer): ReportAnswer {
  const { axis, rows } = answer
  if (axis == null || rows === undefined) return answer
  const order = orderOf(rows)
  if (order === 0) return answer // by figures: nothing lies between
  const known = new Map(rows.map((row) => [row.keys[0]?.value, row]))
  const values: Cell['values'] = Object.fromEntries(
    answer.figures.map(({ name, fn }) => [name, NOUGHT.has(fn) ? 0 : null]),
  )
  const filled = axis.map(({ filter, ...key }): Row => {
    const row = known.get(key.value)
    if (row !== undefined) return row
    return {
      keys: [key],
      values,
      filter,
      ...(answer.columns?.length ? { cells: answer.columns.map(() => null) } : {}),
    }
  })
  const beyond = rows.filter((row) => !axis.some(({ value }) => value === row.keys[0]?.value))
  return { ...answer, rows: [...(order > 0 ? filled : filled.reverse()), ...beyond] }
}

/** 1 for rows from early to late, -1 from late to early, 0 for neither. */
function orderOf(rows: readonly Row[]): number {
  const values = rows.flatMap(({ keys }) => (keys[0]?.value == null ? [] : [String(keys[0].value)]))
  const isSorted = (sign: number) =>
    values.every((value, at) => at === 0 || (value > values[at - 1]! ? 1 : -1) === sign)
  if (isSorted(1)) return 1
  return isSorted(-1) ? -1 : 0
}
