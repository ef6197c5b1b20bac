import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatDate, formatDay } from '../../runtime-ui/kit/format.ts'
import { useLanguage, useWork } from '../../runtime-ui/kit/model-context.tsx'
import { today } from '../../runtime-ui/kit/zoned.ts'
import { definitionAddress } from '../places.ts'
import type { FieldFriction, FieldUse } from './api.ts'

/** So many are named; the others are counted. */
const MOST_USES = 2

interface FieldUsesProps {
  readonly field: FieldFriction
  /** Since when it is noted what people open. */
  readonly since: string
}

/** What reads a field, the last used first, and when that was. */
export function FieldUses({ field: { uses }, since }: FieldUsesProps) {
  const { t } = useTranslation()
  const daysOf = useDays(since)
  if (uses.length === 0) return <span className="ink-3">{t('friction.unused')}</span>
  const others = uses.slice(MOST_USES)
  const said = daysOf(uses.find(({ last }) => last !== undefined))
  return (
    <span className="friction-reads">
      <span className="friction-uses">
        {uses.slice(0, MOST_USES).map((use) => (
          <Link
            key={`${use.kind}/${use.name}`}
            className="link cut"
            to={definitionAddress(use.kind, use.name)}
            title={daysOf(use)}
          >
            {use.label}
          </Link>
        ))}
        {others.length > 0 ? (
          <span
            className="ink-3 num"
            title={others.map((use) => [use.label, daysOf(use)].filter(Boolean).join(' – ')).join('\n')}
          >
            {t('friction.others', { count: others.length })}
          </span>
        ) : null}
      </span>
      {said === undefined ? null : <span className="t12 ink-3 friction-last-use">{said}</span>}
    </span>
  )
}

/** In words, when something was last opened or at work. */
function useDays(since: string): (use: FieldUse | undefined) => string | undefined {
  const { t } = useTranslation()
  const language = useLanguage()
  const { timeZone } = useWork().model
  return (use) => {
    const day = today(timeZone)
    if (use?.last === undefined) return undefined
    if (use.last !== null) return t('friction.lastUse', { day: formatDate(use.last, language, day) })
    return since >= day ? t('friction.noUseYet') : t('friction.noUse', { day: formatDay(since, language) })
  }
}
