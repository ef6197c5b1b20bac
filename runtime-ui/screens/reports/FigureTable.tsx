import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Cell, Figure, ReportAnswer, Row } from '../../api/reports.ts'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { drillAddress } from './drill-address.ts'
import { figureText } from './figure-text.ts'

export interface FigureTableProps {
  readonly answer: ReportAnswer
  readonly caption?: string
}

/** Figures in rows and columns; each leads to exactly its records. */
export function FigureTable({ answer, caption }: FigureTableProps) {
  const { t } = useTranslation()
  const { rows = [], columns = [], total } = answer
  const heads = answer.shape === 'funnel' ? [t('report.stage')] : answer.rowGroups.map((group) => group.label)
  return (
    <section
      className="figures-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
      tabIndex={0}
      aria-label={caption ?? answer.label}
    >
      <table className="figures">
        <caption className="visually-hidden">{caption ?? answer.label}</caption>
        <FigureHead answer={answer} heads={heads} />
        <tbody>
          {rows.map((row, index) => (
            <FigureRow key={JSON.stringify(row.keys.map(({ value }) => value))} {...{ answer, row, index }} />
          ))}
        </tbody>
        {total === undefined || heads.length === 0 ? null : (
          <tfoot>
            <tr>
              <th scope="row" colSpan={heads.length}>
                {answer.shape === 'funnel' ? t('report.all') : t('report.total')}
              </th>
              {columns.map((column) => (
                <Figures key={String(column.keys[0]?.value)} answer={answer} cell={column} />
              ))}
              <Figures answer={answer} cell={total} />
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  )
}

function FigureHead({ answer, heads }: { readonly answer: ReportAnswer; readonly heads: readonly string[] }) {
  const { t } = useTranslation()
  const { columns = [], figures } = answer
  const isMatrix = columns.length > 0
  return (
    <thead>
      {isMatrix && figures.length > 1 ? (
        <tr>
          <td colSpan={heads.length} />
          {columns.map((column) => (
            <th
              key={String(column.keys[0]?.value)}
              scope="colgroup"
              colSpan={figures.length}
              className="figure"
            >
              {column.keys[0]?.label}
            </th>
          ))}
          <th scope="colgroup" colSpan={figures.length} className="figure">
            {t('report.total')}
          </th>
        </tr>
      ) : null}
      <tr>
        {heads.map((head) => (
          <th key={head} scope="col">
            {head}
          </th>
        ))}
        {columns.map((column) =>
          figures.map((figure) => (
            <th key={`${String(column.keys[0]?.value)} ${figure.name}`} scope="col" className="figure">
              {figures.length > 1 ? figure.label : column.keys[0]?.label}
            </th>
          )),
        )}
        {figures.map((figure) => (
          <th key={figure.name} scope="col" className="figure">
            {isMatrix && figures.length === 1 ? t('report.total') : figure.label}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function FigureRow({
  answer,
  row,
  index,
}: {
  readonly answer: ReportAnswer
  readonly row: Row
  readonly index: number
}) {
  const before = index === 0 ? undefined : answer.rows?.[index - 1]
  const isNested = row.keys.length > 1
  const isAgain = isNested && before?.keys[0]?.value === row.keys[0]?.value
  const next = answer.rows?.[index + 1]
  const isLast = isNested && next?.keys[0]?.value !== row.keys[0]?.value
  const sum = isLast ? subtotalOf(answer, row) : undefined
  return (
    <>
      <tr className="figures-row">
        {row.keys.map((key, place) => (
          <th
            key={answer.rowGroups[place]?.path ?? 'stage'}
            scope="row"
            className={place === 0 && isNested && !isLast ? 'again' : undefined}
          >
            {place === 0 && isAgain ? <span className="visually-hidden">{key.label}</span> : key.label}
          </th>
        ))}
        {(row.cells ?? []).map((cell, place) => (
          <Figures key={String(answer.columns?.[place]?.keys[0]?.value)} answer={answer} cell={cell} />
        ))}
        <Figures answer={answer} cell={row} />
      </tr>
      {sum === undefined ? null : <SubtotalRow answer={answer} row={sum} of={row.keys.length} />}
    </>
  )
}

function subtotalOf(answer: ReportAnswer, row: Row): Row | undefined {
  const siblings = (answer.rows ?? []).filter((one) => one.keys[0]?.value === row.keys[0]?.value)
  if (siblings.length < 2) return undefined
  return answer.subtotals?.find((one) => one.keys.length === 1 && one.keys[0]?.value === row.keys[0]?.value)
}

function SubtotalRow({
  answer,
  row,
  of,
}: {
  readonly answer: ReportAnswer
  readonly row: Row
  readonly of: number
}) {
  const { t } = useTranslation()
  return (
    <tr className="subtotal">
      <th scope="row" colSpan={of}>
        {t('report.sumOf', { name: row.keys[0]?.label })}
      </th>
      {(row.cells ?? []).map((cell, place) => (
        <Figures key={String(answer.columns?.[place]?.keys[0]?.value)} answer={answer} cell={cell} />
      ))}
      <Figures answer={answer} cell={row} />
    </tr>
  )
}

function Figures({ answer, cell }: { readonly answer: ReportAnswer; readonly cell: Cell | null }) {
  return answer.figures.map((figure) => (
    <td key={figure.name} className="figure">
      {cell === null ? <span className="ink-3">–</span> : <FigureLink {...{ answer, cell, figure }} />}
    </td>
  ))
}

export interface FigureLinkProps {
  readonly answer: ReportAnswer
  readonly cell: Cell
  readonly figure: Figure
}

/** A figure that leads to its records. */
export function FigureLink({ answer, cell, figure }: FigureLinkProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const words = { language: useLanguage(), currency: model.currency }
  const value = cell.values[figure.name]
  const text = figureText(value, figure.format, words)
  if (value === null || value === undefined || value === 0) return <span className="ink-3">{text}</span>
  return (
    <Link
      className="figure-link"
      to={drillAddress(answer.entity, cell, figure.name)}
      title={t('report.drill')}
    >
      {text}
    </Link>
  )
}
