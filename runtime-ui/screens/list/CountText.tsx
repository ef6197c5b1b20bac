import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListQuestion } from '../../api/records.ts'
import type { Entity } from '../../api/types.ts'
import { formatNumber } from '../../kit/format.ts'
import { useLanguage } from '../../kit/model-context.tsx'
import { useExactCount } from './use-list.ts'

export interface CountTextProps {
  readonly entity: Entity
  readonly question: ListQuestion
  readonly count: number | undefined
  readonly kind: 'exact' | 'estimated' | undefined
}

/** How many there are; an estimate says so, and counts when it is pressed. */
export function CountText({ entity, question, count, kind }: CountTextProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const key = JSON.stringify([question.filter, question.q])
  const [wanted, setWanted] = useState('')
  const exact = useExactCount(entity, question, wanted === key)
  const shown = wanted === key ? (exact.data ?? count) : count
  if (shown === undefined) return null
  const text = formatNumber(shown, language)
  if (kind !== 'estimated' || (wanted === key && exact.data !== undefined))
    return <span className="count num">{text}</span>
  return (
    <button
      type="button"
      className="plain-button count num why"
      title={t('list.countExactly')}
      onClick={() => setWanted(key)}
    >
      {t('list.about', { number: text })}
    </button>
  )
}
