import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import type { Entity, RecordData } from '../../api/types.ts'
import { useWork } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { keepRecent } from '../../kit/recent.ts'
import { scrollInside } from '../../kit/scroll-inside.ts'
import { useIsPhone } from '../../kit/use-media.ts'
import { useShortcut } from '../../kit/use-shortcut.ts'
import { arranged } from '../../values/arranged.ts'
import { titleOf } from '../../values/references.ts'
import { useMayEdit } from '../approvals/use-approvals.ts'
import { Star } from '../favourites/Star.tsx'
import { recordAddress } from '../frame/places.ts'
import { OwnerActs } from '../owners/OwnerActs.tsx'
import { Neighbours } from '../trail/Neighbours.tsx'
import { keptTrail } from '../trail/trail.ts'
import { Activity, type ActivityTab, activityTabs } from './Activity.tsx'
import { Facts } from './Facts.tsx'
import { Overview } from './Overview.tsx'
import { RecordActs } from './RecordActs.tsx'
import { RecordHead } from './RecordHead.tsx'
import { RelatedList } from './RelatedList.tsx'
import { type RelatedTab, relatedTabs } from './related-tabs.ts'

const ApprovalStrip = lazy(async () => ({
  default: (await import('../approvals/ApprovalStrip.tsx')).ApprovalStrip,
}))

export interface RecordPageProps {
  readonly entity: Entity
  readonly record: RecordData
}

/** Desk: facts left, what happened in the middle, what belongs to it right. Phone: the same behind tabs. */
export function RecordPage({ entity: given, record }: RecordPageProps) {
  const entity = useMemo(() => arranged(given, record), [given, record])
  const navigate = useNavigate()
  const phone = useIsPhone()
  const trail = keptTrail(entity.name)
  const list = `/records/${entity.name}${trail?.ids.includes(record.id) === true ? trail.search : ''}`
  const mayEdit = useMayEdit(entity, record)
  const { me } = useWork()
  const title = titleOf(entity, record)
  useEffect(
    () => keepRecent(me, { entity: entity.name, id: record.id, label: title }),
    [me, entity.name, record.id, title],
  )
  useShortcut('e', () => void navigate(`${recordAddress(entity.name, record.id)}/edit`), {
    off: !mayEdit,
  })
  const related = relatedTabs(entity)
  return (
    <Page
      title={title}
      heading={false}
      crumbs={[{ label: entity.plural, to: list }]}
      backTo={list}
      backLabel={entity.plural}
      beside={
        <>
          <Star
            favourite={{ kind: 'record', entity: entity.name, id: record.id, label: title.slice(0, 200) }}
          />
          {trail === undefined ? null : <Neighbours trail={trail} id={record.id} />}
        </>
      }
      acts={
        <>
          {entity.pools.length > 0 || entity.accepts ? <OwnerActs entity={entity} record={record} /> : null}
          <RecordActs entity={entity} record={record} />
        </>
      }
    >
      <div className="record">
        <RecordHead entity={entity} record={record} />
        {entity.approvals === true ? (
          <Suspense fallback={null}>
            <ApprovalStrip entity={entity} record={record} />
          </Suspense>
        ) : null}
        {entity.page.overview === undefined ? null : (
          <Overview entity={entity} record={record} groups={entity.page.overview} />
        )}
        {phone ? (
          <PhoneBody entity={entity} record={record} related={related} />
        ) : (
          <DeskBody entity={entity} record={record} related={related} />
        )}
      </div>
    </Page>
  )
}

interface BodyProps extends RecordPageProps {
  readonly related: readonly RelatedTab[]
}

function DeskBody({ entity, record, related }: BodyProps) {
  const activity = activityTabs(entity)
  const [tab, setTab] = useState<ActivityTab>(activity[0] ?? 'timeline')
  useAskedTab(activity, setTab)
  return (
    <div className={related.length === 0 ? 'record-body no-rail' : 'record-body'}>
      <aside className="record-facts">
        <Facts entity={entity} record={record} />
      </aside>
      <section className="record-middle">
        <Activity entity={entity} record={record} tab={tab} onTab={setTab} />
      </section>
      {related.length === 0 ? null : (
        <aside className="record-rail">
          {related.map((item) => (
            <RelatedList key={item.relation.name} entity={entity} record={record} tab={item} />
          ))}
        </aside>
      )}
    </div>
  )
}

/** Pixels of a phone's bar. */
const BAR = 56

/** What an address asks for behind its #, such as the comments of which a notification tells; each time that it leads here. */
function useAskedTab(tabs: readonly ActivityTab[], show: (tab: ActivityTab) => void): void {
  const { hash, key } = useLocation()
  const asked = tabs.find((tab) => hash === `#${tab}`)
  const latest = useRef(show)
  latest.current = show
  // biome-ignore lint/correctness/useExhaustiveDependencies: a second visit of the same address asks again
  useEffect(() => {
    if (asked === undefined) return
    latest.current(asked)
    // On a phone it may stand below the fold, and its tab beyond the edge.
    const frame = requestAnimationFrame(() => {
      const tabs = document.querySelector('.phone-tabs')
      const shown = tabs?.querySelector<HTMLElement>('.on')
      if (tabs == null || shown == null) return
      tabs.scrollLeft = shown.offsetLeft - (tabs.clientWidth - shown.offsetWidth) / 2
      scrollInside(tabs, { margin: BAR })
    })
    return () => cancelAnimationFrame(frame)
  }, [asked, key])
}

function PhoneBody({ entity, record, related }: BodyProps) {
  const { t } = useTranslation()
  const activity = activityTabs(entity)
  const tabs = [
    { key: 'details', label: t('record.details') },
    { key: 'timeline', label: t('record.timeline') },
    ...related.map((item) => ({ key: `related.${item.relation.name}`, label: item.label })),
    ...activity
      .filter((name) => name !== 'timeline')
      .map((name) => ({ key: name, label: t(`record.${name}`) })),
  ]
  const [tab, setTab] = useState('details')
  useAskedTab(activity, setTab)
  const shown = related.find((item) => tab === `related.${item.relation.name}`)
  return (
    <>
      <nav className="tabs phone-tabs" aria-label={t('record.parts')}>
        {tabs.map(({ key, label }) => (
          <button
            key={key}
            type="button"
            className={key === tab ? 'plain-button tab-item on' : 'plain-button tab-item'}
            aria-current={key === tab ? 'true' : undefined}
            onClick={() => setTab(key)}
          >
            {label}
          </button>
        ))}
      </nav>
      <div className="phone-part">
        {tab === 'details' ? <Facts entity={entity} record={record} /> : null}
        {shown === undefined ? null : <RelatedList entity={entity} record={record} tab={shown} long />}
        {activity.includes(tab as ActivityTab) ? (
          <Activity entity={entity} record={record} tab={tab as ActivityTab} alone />
        ) : null}
      </div>
    </>
  )
}
