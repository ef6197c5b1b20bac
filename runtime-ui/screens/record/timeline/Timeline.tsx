import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recordTimeline, type TimelineEntry } from '../../../api/timeline.ts'
import type { Entity, RecordData } from '../../../api/types.ts'
import { Button } from '../../../kit/Button.tsx'
import { formatDate } from '../../../kit/format.ts'
import { LoadingRows } from '../../../kit/Loading.tsx'
import { useLanguage, useWork } from '../../../kit/model-context.tsx'
import { ProblemState, State } from '../../../kit/State.tsx'
import { today, wallClockOf } from '../../../kit/zoned.ts'
import { ChangeEntry } from '../ChangeEntry.tsx'
import { ConsentList } from '../ConsentList.tsx'
import { Composer } from '../composer/Composer.tsx'
import { MoreButton } from '../MoreButton.tsx'
import { type Restore, useRestore } from '../use-restore.ts'
import { ActivityItem } from './ActivityItem.tsx'
import { ApprovalItem, AssignmentItem, CommentItem, FileItem, FlowItem, StageItem } from './items.tsx'
import { byDay, keyOf, shownEntries } from './shown-entries.ts'
import { TimelineFilter } from './TimelineFilter.tsx'
import './timeline.css'
import { When } from './When.tsx'

interface TimelineProps {
  readonly entity: Entity
  readonly record: RecordData
}

/** All that happened to a record in one story, day by day, the newest first. */
export function Timeline({ entity, record }: TimelineProps) {
  const { t, i18n } = useTranslation()
  const [types, setTypes] = useState<readonly string[]>([])
  const query = useInfiniteQuery({
    queryKey: [
      ...['records', entity.name, 'one', record.id, 'timeline', i18n.language, types.join(',')],
      { joins: joinedEntities(entity) },
    ],
    queryFn: ({ pageParam, signal }) =>
      recordTimeline(entity.name, record.id, types, pageParam || undefined, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  const told = query.data?.pages.flatMap((page) => page.data) ?? []
  return (
    <div className="timeline">
      <Composer entity={entity} record={record} />
      <TimelineFilter entity={entity} chosen={types} onChoose={setTypes} />
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.isError ? (
        <ProblemState error={query.error} title={t('timeline.failed')} retry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && told.length === 0 ? (
        <Nothing isFiltered={types.length > 0} onAll={() => setTypes([])} />
      ) : null}
      <Days entity={entity} record={record} entries={shownEntries(entity, told, types)} />
      <MoreButton query={query} />
      {told.some((entry) => entry.type === 'change' && entry.webform !== undefined) ? (
        <ConsentList entity={entity.name} record={record.id} />
      ) : null}
    </div>
  )
}

/** Whose records a timeline tells of besides the record itself. */
function joinedEntities({ timeline }: Entity): readonly string[] {
  return timeline.map((type) => type.replace('record.', ''))
}

function Nothing({ isFiltered, onAll }: { readonly isFiltered: boolean; readonly onAll: () => void }) {
  const { t } = useTranslation()
  if (!isFiltered) return <State joint="empty" title={t('timeline.none')} text={t('timeline.noneText')} />
  return (
    <State joint="empty" title={t('timeline.noneOf')} text={t('timeline.noneOfText')}>
      <Button onClick={onAll}>{t('timeline.showAll')}</Button>
    </State>
  )
}

function Days({ entity, record, entries }: TimelineProps & { readonly entries: readonly TimelineEntry[] }) {
  const { timeZone } = useWork().model
  const language = useLanguage()
  const restore = useRestore(entity, record)
  const days = byDay(entries, (instant) => wallClockOf(instant, timeZone).date)
  return days.map(({ date, entries: ofDay }) => (
    <section key={date} className="timeline-day" aria-label={formatDate(date, language, today(timeZone))}>
      <h3 className="t12 ink-3">{formatDate(date, language, today(timeZone))}</h3>
      <ul className="events">
        {ofDay.map((entry) => (
          <Item key={keyOf(entry)} entity={entity} record={record} entry={entry} restore={restore} />
        ))}
      </ul>
    </section>
  ))
}

/** Fields of a change that are shown at once. */
const MOST_FIELDS = 4

interface ItemProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly entry: TimelineEntry
  readonly restore: Restore
}

type Items = {
  readonly [T in TimelineEntry['type']]: (
    props: Omit<ItemProps, 'entry'> & { readonly entry: Extract<TimelineEntry, { type: T }> },
  ) => ReactNode
}

const ITEMS: Items = {
  change: (props) => <ChangeEntry {...props} when={<When instant={props.entry.at} />} most={MOST_FIELDS} />,
  stage: StageItem,
  comment: CommentItem,
  file: FileItem,
  record: ActivityItem,
  assignment: AssignmentItem,
  flow: FlowItem,
  approval: ApprovalItem,
}

function Item(props: ItemProps) {
  const Shown = ITEMS[props.entry.type] as (props: ItemProps) => ReactNode
  return <Shown {...props} />
}
