import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ReportAnswer } from '../../api/reports.ts'
import { formatPercent } from '../../kit/format.ts'
import { useEntity, useLanguage, useWork } from '../../kit/model-context.tsx'
import { drillAddress } from './drill-address.ts'
import { figureText, shortText } from './figure-text.ts'
import './funnel.css'

/** How far records came: each stage joined to the next, with the part that went on. */
export function FunnelView({ answer }: { readonly answer: ReportAnswer }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  const entity = useEntity(answer.entity)
  const words = { language, currency: model.currency }
  const { rows = [], figures } = answer
  const [count, second] = figures
  if (count === undefined) return null
  const numbers = rows.map(({ values }) => Number(values[count.name] ?? 0))
  const most = Math.max(...numbers, 1)
  const stages = Object.values(entity?.pipelines ?? {}).flat()
  return (
    <ol className="funnel" aria-label={answer.label}>
      {rows.map((row, index) => {
        const number = numbers[index]!
        const before = index === 0 ? undefined : numbers[index - 1]
        const part = before === undefined || before === 0 ? undefined : number / before
        const isWon = stages.find(({ name }) => name === row.keys[0]?.value)?.type === 'won'
        const depth = isWon
          ? 'won'
          : String(1 + Math.min(4, Math.round((index * 4) / Math.max(1, rows.length - 1))))
        const style = {
          '--part': `${Math.max(2, (number / most) * 100)}%`,
          '--fill': `var(--stage-${depth})`,
        }
        return (
          <li key={String(row.keys[0]?.value)} className="funnel-step" style={style as CSSProperties}>
            <span className="funnel-name cut">{row.keys[0]?.label}</span>
            <Link
              className="funnel-bar"
              to={drillAddress(answer.entity, row, count.name)}
              aria-label={`${row.keys[0]?.label}: ${figureText(number, count.format, words)}`}
              title={t('report.drill')}
            >
              <span className="funnel-fill">
                {index === 0 ? null : <span className="funnel-tenon" aria-hidden="true" />}
              </span>
            </Link>
            <span className="funnel-count num">{figureText(number, count.format, words)}</span>
            <span className="funnel-part num t12 ink-3">
              {part === undefined ? '' : formatPercent(Number(part.toFixed(2)), language)}
            </span>
            {second === undefined ? null : (
              <span className="funnel-second num t12 ink-3">
                {shortText(Number(row.values[second.name] ?? 0), second.format, words)}
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
