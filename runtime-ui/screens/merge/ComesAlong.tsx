import { useTranslation } from 'react-i18next'
import type { MergeOutcome } from '../../api/merge.ts'
import type { Entity } from '../../api/types.ts'
import { formatNumber } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useLanguage, useWork } from '../../kit/model-context.tsx'

/** What points to the one that stays from now on, and what could not be kept. */
export function ComesAlong({ entity, outcome }: { readonly entity: Entity; readonly outcome: MergeOutcome }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { entities } = useWork().model
  const counts = Object.entries(outcome.moved).map(([name, count]) => {
    const other = entities.find((one) => one.name === name)
    const number = formatNumber(count, language)
    if (other === undefined) return t('merge.otherRecords', { count, number })
    return t('merge.some', { number, entity: count === 1 ? other.label : other.plural })
  })
  const all = outcome.shares === 0 ? counts : [...counts, t('merge.shares', { count: outcome.shares })]
  const left = [...new Set(outcome.left.map(({ field }) => field))].map(
    (name) => entity.fields.find((field) => field.name === name)?.label ?? name,
  )
  return (
    <div className="merge-along t13" role="status">
      <p>
        {all.length === 0 ? (
          <span className="ink-3">{t('merge.nothingAlong')}</span>
        ) : (
          <>
            <span className="ink-3">{t('merge.along')}</span> {all.join(t('merge.comma'))}
          </>
        )}
      </p>
      {left.length === 0 ? null : (
        <p className="merge-left">
          <Icon name="alert" size="small" />
          {t('merge.left', { fields: left.join(t('merge.comma')) })}
        </p>
      )}
    </div>
  )
}
