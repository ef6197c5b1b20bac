import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Entity, RecordData } from '../../api/types.ts'
import { AttachTray } from './attach/AttachTray.tsx'
import { AttachZone } from './attach/AttachZone.tsx'
import { Comments } from './Comments.tsx'
import { Files } from './Files.tsx'
import { History } from './History.tsx'
import { Timeline } from './timeline/Timeline.tsx'

export type ActivityTab = 'timeline' | 'comments' | 'history' | 'files'

/** What a record's page can tell: all that happened, comments and files where the entity takes them, the history. */
export function activityTabs(entity: Entity): readonly ActivityTab[] {
  const all: readonly ActivityTab[] = ['timeline', 'comments', 'history', 'files']
  return all.filter((tab) => tab === 'timeline' || tab === 'history' || entity.features.includes(tab))
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
    <AttachZone entity={entity} record={record}>
      {alone ? null : (
        <Segmented
          className="activity-tabs"
          value={tab}
          options={tabs.map((value) => ({ value, label: t(`record.${value}`) }))}
          onChange={(value) => onTab?.(value as ActivityTab)}
        />
      )}
      {tab === 'history' ? <AttachTray /> : null}
      {tab === 'timeline' ? <Timeline entity={entity} record={record} /> : null}
      {tab === 'comments' ? <Comments entity={entity} record={record} /> : null}
      {tab === 'history' ? <History entity={entity} record={record} /> : null}
      {tab === 'files' ? <Files entity={entity} record={record} /> : null}
    </AttachZone>
  )
}
