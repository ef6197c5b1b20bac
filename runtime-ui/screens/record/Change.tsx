import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryChange } from '../../api/history.ts'
import type { Entity } from '../../api/types.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { HistoryValue } from './HistoryValue.tsx'

export interface ChangeProps {
  readonly entity: Entity
  readonly change: HistoryChange
  /** A new record has no values before. */
  readonly created: boolean
  /** What can be done about it. */
  readonly act?: ReactNode
}

/** One field of a write, before and after. */
export function Change({ entity, change, created, act }: ChangeProps) {
  const { t } = useTranslation()
  if (change.concealed)
    return (
      <li className="change">
        <span className="ink-3">{change.label}</span>
        <span className="after">{t('history.concealed')}</span>
      </li>
    )
  return (
    <li className="change">
      <span className="ink-3">{change.label}</span>
      {created ? null : (
        <>
          <span className="before">
            <HistoryValue entity={entity} change={change} value={change.before} />
          </span>
          <Icon name="arrow_right" size="small" />
        </>
      )}
      <span className="after">
        <HistoryValue entity={entity} change={change} value={change.after} />
      </span>
      {act}
    </li>
  )
}
