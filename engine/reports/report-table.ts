import type { RequestContext } from '../records/context.ts'
import type { Cell, Figures } from './report-answer.ts'
import type { ReportAnswer } from './run-report.ts'

export type TableCell = string | number | null

/** A report as a sheet: its heads, its rows, and the total at the end. */
export interface ReportTable {
  readonly header: readonly string[]
  readonly rows: readonly (readonly TableCell[])[]
}

const TOTAL = { en: 'Total', 'zh-CN': '合计' } as const

/** The sheet of a report with figures; one that lists records is exported as records are. */
export function tableOf({ actor }: RequestContext, answer: ReportAnswer): ReportTable {
  if (!('rows' in answer)) return { header: [], rows: [] }
  const { rowGroups, columns, figures, rows, total } = answer
  const across = columns.flatMap((column) =>
    figures.map(
      (figure) => `${column.keys[0]?.label ?? ''}${figures.length > 1 ? ` · ${figure.label}` : ''}`,
    ),
  )
  const keys = answer.shape === 'funnel' ? 1 : rowGroups.length
  const heads = answer.shape === 'funnel' ? [answer.label] : rowGroups.map(({ label }) => label)
  const names = figures.map(({ name }) => name)
  const values = (figuresOf: Figures) => names.map((name) => toCell(figuresOf[name]))
  const cells = (of: readonly (Cell | null)[]) =>
    of.flatMap((cell) => (cell === null ? names.map(() => null) : values(cell.values)))
  const body = rows.map((row) => [
    ...row.keys.map(({ label }) => label),
    ...cells(row.cells ?? []),
    ...values(row.values),
  ])
  const word = TOTAL[actor.language]
  const last =
    total === undefined
      ? []
      : [
          [
            ...Array.from({ length: keys }, (_, index) => (index === 0 ? word : null)),
            ...columns.flatMap((column) => values(column.values)),
            ...values(total.values),
          ],
        ]
  return { header: [...heads, ...across, ...figures.map(({ label }) => label)], rows: [...body, ...last] }
}

function toCell(value: unknown): TableCell {
  if (value === null || value === undefined) return null
  return typeof value === 'number' ? value : String(value)
}
