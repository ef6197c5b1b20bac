import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Chart, Figure, ReportAnswer } from '../../api/reports.ts'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { drillAddress } from './drill-address.ts'
import { changeOf, figureText, shortFigure } from './figure-text.ts'

/** One large figure, how it moved since the period before, and the others small beside it. */
export function NumberView({ answer, chart }: { readonly answer: ReportAnswer; readonly chart: Chart }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  const words = { language, currency: model.currency }
  const { figures, total, before } = answer
  const main = figures.find(({ name }) => name === chart.measure) ?? figures[0]
  if (main === undefined || total === undefined) return null
  const { sign, digits, unit } = shortFigure(total.values[main.name], main.format, words)
  const change =
    before === undefined
      ? undefined
      : changeOf(total.values[main.name], before.values[main.name], main.format, language)
  const others = figures.filter((figure: Figure) => figure !== main)
  return (
    <div className="number">
      <Link
        className="number-main"
        to={drillAddress(answer.entity, total, main.name)}
        title={figureText(total.values[main.name], main.format, words)}
        aria-label={`${answer.label}: ${figureText(total.values[main.name], main.format, words)}`}
      >
        <span className="number-sign">{sign}</span>
        {digits}
        <span className="number-unit">{unit}</span>
      </Link>
      <p className="number-beside t12 ink-3">
        {change === undefined ? null : (
          <span className={change.isUp ? 'change up' : 'change down'}>
            {change.text} <span className="ink-3">{t('report.onBefore')}</span>
          </span>
        )}
        {others.map((figure) => (
          <Link
            key={figure.name}
            className="number-other"
            to={drillAddress(answer.entity, total, figure.name)}
          >
            {figure.label} {figureText(total.values[figure.name], figure.format, words)}
          </Link>
        ))}
      </p>
    </div>
  )
}
