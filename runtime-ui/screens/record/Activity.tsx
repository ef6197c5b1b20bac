import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Entity, RecordData } from '../../api/types.ts'
import { Comments } from './Comments.tsx'
import { Files } from './Files.tsx'
import { History } from './History.tsx'

export type ActivityTab = 'comments' | 'history' | 'files'

/** What a record's page can tell: comments and files where the entity takes them, always the history. */
export function activityTabs(entity: Entity): readonly ActivityTab[] {
  const all: readonly ActivityTab[] = ['comments', 'history', 'files']
  return all.filter((tab) => tab === 'history' || entity.features.includes(tab))
}

export interface ActivityProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly tab: ActivityTab
  readonly onTab?: (tab: ActivityTab) => void
  /** The tabs stand elsewhere (phone). */
  readonly alone?: boolean
}

/** The middle of a record's page. */
export function Activity({ entity, record, tab, onTab, alone = false }: ActivityProps) {
  const { t } = useTranslation()
  const tabs = activityTabs(entity)
  return (
    <>
      {alone ? null : tabs.length < 2 ? (
        <h3 className="h3 section-head row">{t('record.history')}</h3>
      ) : (
        <Segmented
          className="activity-tabs"
          value={tab}
          options={tabs.map((value) => ({ value, label: t(`record.${value}`) }))}
          onChange={(value) => onTab?.(value as ActivityTab)}
        />
      )}
      {tab === 'comments' ? <Comments entity={entity} record={record} /> : null}
      {tab === 'history' ? <History entity={entity} record={record} /> : null}
      {tab === 'files' ? <Files entity={entity} record={record} /> : null}
    </>
  )
}
