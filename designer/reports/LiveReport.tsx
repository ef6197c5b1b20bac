import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Entity } from '../../runtime-ui/api/types.ts'
import { languageNamed } from '../../runtime-ui/i18n/languages.ts'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Still } from '../../runtime-ui/kit/still.ts'
import { FilterBar } from '../../runtime-ui/screens/list/FilterBar.tsx'
import { isBuilt } from '../../runtime-ui/screens/list/filter-rule.ts'
import { ReportSheet } from '../../runtime-ui/screens/reports/ReportSheet.tsx'
import { useReportPreview } from '../../runtime-ui/screens/reports/use-report.ts'
import { useSaid } from '../canvas/use-said.ts'
import type { Json } from '../store/json-value.ts'
import { askedPart, chartOf, chartsOf, spokenOf, withChart } from './report-edit.ts'

interface LiveReportProps {
  readonly entity: Entity
  readonly definition: Json
  /** Only then there are records to count. */
  readonly isInForce: boolean
  readonly readOnly: boolean
  readonly apply: (next: Json) => void
}

/** The report as its page draws it, with the filter and the ways to draw it above. */
export function LiveReport({ entity, definition, isInForce, readOnly, apply }: LiveReportProps) {
  const { t, i18n } = useTranslation()
  const { model } = useWork()
  const { filter } = definition
  const known = model.entities.find(({ name }) => name === entity.name)
  const inForce = new Set(known?.fields.map(({ name }) => name))
  const drafted = entity.fields.filter(({ name }) => !inForce.has(name))
  const spoken = new Set(spokenOf(definition, new Set(drafted.map(({ name }) => name))))
  const fresh = drafted.filter(({ name }) => spoken.has(name)).map(({ label }) => label)
  const isBeyond = !isBuilt(filter, entity.fields)
  const { rule } = useSaid(entity.name, isBeyond ? [filter] : [])
  const charts = chartsOf(definition)
  return (
    <section className="live" aria-label={t('example.report')}>
      <div className="list-head">
        <div className="list-tools" inert={readOnly}>
          <FilterBar
            entity={entity}
            filter={filter}
            words={isBeyond ? rule(filter) : undefined}
            onChange={(next) => {
              const { filter: _former, ...rest } = definition
              apply(next === undefined ? rest : { ...rest, filter: next })
            }}
          />
          {charts.length < 2 ? null : (
            <Segmented
              aria-label={t('example.chart')}
              value={chartOf(definition)}
              options={charts.map((value) => ({ value, label: t(`example.chart.${value}`) }))}
              onChange={(type) => apply(withChart(definition, type))}
            />
          )}
        </div>
      </div>
      {isInForce && fresh.length > 0 ? (
        <p className="note live-note t13" role="status">
          {t('example.freshFigures', { fields: fresh.join(languageNamed(i18n.language).comma) })}
        </p>
      ) : isInForce ? (
        <Figures definition={definition} />
      ) : (
        <p className="t13 ink-2 live-note">{t('example.noneYet')}</p>
      )}
    </section>
  )
}

function Figures({ definition }: { readonly definition: Json }) {
  const { t } = useTranslation()
  const { data, error, isPlaceholderData } = useReportPreview(askedPart(definition))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <section className="live-figures" tabIndex={0} aria-label={t('example.figures')}>
      {error === null ? null : (
        <p className="note bad-note live-note" role="alert">
          {faultOf(error, t)}
        </p>
      )}
      {data === undefined ? (
        error === null ? (
          <LoadingRows />
        ) : null
      ) : (
        <div className={isPlaceholderData || error !== null ? 'live-report stale' : 'live-report'}>
          <Still.Provider value={true}>
            {/* Its course is kept of what is saved alone. */}
            <ReportSheet answer={{ ...data, trend: false }} />
          </Still.Provider>
        </div>
      )}
    </section>
  )
}
