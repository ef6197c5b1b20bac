import { useTranslation } from 'react-i18next'
import { depthOf } from '../../runtime-ui/kit/StageMark.tsx'
import { useStagesPicture } from './stages-context.ts'

/** What a stage is: its mark in the depth of its place, its name, whether work goes on there, and its records. */
export function StageTop({ at }: { readonly at: number }) {
  const { t, i18n } = useTranslation()
  const { stages, label, countOf, isNew } = useStagesPicture()
  const stage = stages[at]
  if (stage === undefined) return null
  const known = stages.map(({ name, type }) => ({ name, type, label: name }))
  const count = countOf(at)
  const percent = typeof stage.probability === 'number' ? stage.probability : undefined
  return (
    <span className="stage-top">
      <span className="row stage-head">
        <i className={`tenon-mark depth-${depthOf(known, stage.name)}`} />
        <span className="cut stage-name">{label(stage)}</span>
        {isNew(at) ? <span className="chip jade end">{t('drafts.fate.new')}</span> : null}
        {count === undefined ? null : (
          <span className="end stage-count num" title={t('stages.records', { count })}>
            {count.toLocaleString(i18n.language)}
          </span>
        )}
      </span>
      <span className="t12 ink-3 cut">
        {t(`stages.type.${stage.type}`)}
        {percent === undefined ? '' : ` · ${Math.round(percent * 100)}%`}
      </span>
    </span>
  )
}
