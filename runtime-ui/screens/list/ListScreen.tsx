import { lazy, Suspense, useRef, useState } from 'react'
import { useParams } from 'react-router'
import type { Entity, Favourite, Field, RecordData, View } from '../../api/types.ts'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useEntity } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { BulkBar } from '../bulk/BulkBar.tsx'
import { bulkActs } from '../bulk/bulk-acts.ts'
import { useSelection } from '../bulk/use-selection.ts'
import { Star } from '../favourites/Star.tsx'
import { useLogKey } from '../log/use-log-key.ts'
import { NotFound } from '../NotFound.tsx'
import { Peek } from '../peek/Peek.tsx'
import { useListEntity, useStandings } from '../people/use-people.ts'
import { useTrail } from '../trail/use-trail.ts'
import { CountText } from './CountText.tsx'
import { useClipboard } from './clipboard/use-clipboard.tsx'
import { useFolding } from './groups/use-folding.ts'
import { groupFieldOf, useGroups } from './groups/use-groups.ts'
import { ListActs } from './ListActs.tsx'
import { ListBody } from './ListBody.tsx'
import { ListFoot } from './ListFoot.tsx'
import { ListHead, type ListParts } from './ListHead.tsx'
import { ANOTHER_VIEW, columnsOf, PLAIN_VIEW, viewOf } from './list-state.ts'
import { useList, useListQuestion, useTotals } from './use-list.ts'
import { useListKeys } from './use-list-keys.ts'
import { isArranging, type ListChange, useListState } from './use-list-state.ts'
import { useOpened } from './use-opened.ts'
import { ViewTabs } from './ViewTabs.tsx'
import { useOwnViews } from './views/use-own-views.ts'

const TeamTree = lazy(async () => ({ default: (await import('../people/TeamTree.tsx')).TeamTree }))
const Calendar = lazy(async () => ({ default: (await import('../calendar/Calendar.tsx')).Calendar }))
const Board = lazy(async () => ({ default: (await import('../board/Board.tsx')).Board }))
const GroupedBody = lazy(async () => ({ default: (await import('./groups/GroupedBody.tsx')).GroupedBody }))

/** What a tree asks for: all there is. */
const EVERYTHING = {}

/** A list of an entity's records, as its address says: view, search, filter, order. */
export function ListScreen() {
  const entity = useEntity(useParams().entity)
  if (entity === undefined || !entity.rights.read) return <NotFound />
  return <List key={entity.name} entity={entity} />
}

function List({ entity: known }: { readonly entity: Entity }) {
  const entity = useOwnViews(useListEntity(known))
  const { state, change } = useListState(entity)
  const isNarrowed = state.q !== '' || state.filter !== undefined
  const wanted = viewOf(entity, state.view)
  // A tree shows everything: what is searched or filtered is a list.
  const isTree = wanted?.type === 'tree' && !isNarrowed
  const listView = wanted?.type === 'tree' ? entity.views.find(({ type }) => type !== 'tree') : wanted
  const view = isTree ? wanted : listView
  useOpened(view?.name)
  const shared = { entity, view, state, change }
  const group = entity.fields.find(({ name }) => name === view?.group)
  if (view?.type === 'board' && group !== undefined)
    return <BoardList {...shared} view={view} group={group} />
  const date = entity.fields.find(({ name }) => name === view?.date)
  if (view?.type === 'calendar' && date !== undefined) return <CalendarList {...shared} date={date} />
  if (!isTree) return <Table {...shared} />
  return (
    <Page title={entity.plural} acts={<ListActs entity={entity} view={listView} question={EVERYTHING} />}>
      <div className="list-head">
        <ViewTabs
          entity={entity}
          current={view}
          onChange={(name) => change({ ...ANOTHER_VIEW, view: name })}
        />
      </div>
      <Suspense fallback={<LoadingRows rows={12} />}>
        <TeamTree entity={entity} />
      </Suspense>
    </Page>
  )
}

/** The same questions, with cards in columns instead of rows. */
function BoardList({ group, view, ...rest }: ListParts & { readonly view: View; readonly group: Field }) {
  const { entity, state } = rest
  const question = useListQuestion(entity, view, state)
  return (
    <Page
      title={entity.plural}
      beside={<Star favourite={favouriteOf(entity, view)} />}
      acts={<ListActs entity={entity} view={view} question={question} />}
    >
      <ListHead {...rest} view={view} />
      <Suspense fallback={<LoadingRows rows={12} />}>
        <Board {...{ entity, view, question }} field={group} />
      </Suspense>
    </Page>
  )
}

/** The same questions, with records on their days. */
function CalendarList({ date, ...rest }: ListParts & { readonly date: Field }) {
  const { entity, view, state } = rest
  const question = useListQuestion(entity, view, state)
  return (
    <Page
      title={entity.plural}
      beside={<Star favourite={favouriteOf(entity, view)} />}
      acts={<ListActs entity={entity} view={view} question={question} />}
    >
      <ListHead {...rest} />
      <Suspense fallback={<LoadingRows rows={12} />}>
        <Calendar {...rest} {...{ date, question }} />
      </Suspense>
    </Page>
  )
}

function Table({ entity, view, state, change: changeState }: ListParts) {
  const question = useListQuestion(entity, view, state)
  const grouped = groupFieldOf(entity, view, state)
  const groups = useGroups(entity, grouped, view, question)
  const list = useList(entity, question, { enabled: grouped === undefined })
  const [inGroups, setInGroups] = useState<readonly RecordData[]>([])
  const folding = useFolding(groups.groups, grouped)
  const records = grouped === undefined ? list.records : inGroups
  const count = grouped === undefined ? list.count : groups.count
  const sums = useTotals(entity, view, state)
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(-1)
  const chosen = useSelection(records, JSON.stringify([question.filter, question.q]))
  const selection = bulkActs(entity).length > 0 ? chosen : undefined
  const [isChoosing, setIsChoosing] = useState(false)
  useListKeys(entity, records, active, setActive, selection)
  useLogKey(entity, records[active])
  const pasted = useClipboard({ entity, columns: columnsOf(entity, view, state), records, active, selection })
  useTrail(entity, records)
  const shown = useStandings(entity, list.records)
  const [begun, setBegun] = useState<string>()
  const change = (part: ListChange, replace?: boolean): void => {
    changeState(part, replace)
    if (isArranging(part)) return
    setActive(-1)
    if (scroller.current !== null) scroller.current.scrollTop = 0
  }
  const shared = { entity, view, state, change }
  const body = {
    ...shared,
    ...{ scroller, active, selection, isChoosing },
    onActive: setActive,
    onFilter: setBegun,
  }
  return (
    <Page
      title={entity.plural}
      beside={
        <>
          <CountText entity={entity} question={question} count={count} kind={list.countKind} />
          <Star favourite={favouriteOf(entity, view)} />
        </>
      }
      acts={
        <ListActs
          entity={entity}
          view={view}
          question={question}
          columns={state.columns}
          {...(selection === undefined ? {} : { onChoose: () => setIsChoosing(true) })}
        />
      }
    >
      <ListHead
        {...shared}
        {...{ begun }}
        {...(view === undefined || view.type === 'table' ? { folding } : {})}
        onBegun={() => setBegun(undefined)}
      />
      {grouped === undefined ? (
        <ListBody {...body} entity={shown.entity} list={{ ...list, records: shown.records }} />
      ) : (
        <Suspense fallback={<LoadingRows rows={12} />}>
          <GroupedBody
            {...body}
            {...{ question, closed: folding.closed, onToggle: folding.toggle }}
            field={grouped}
            found={groups}
            onRecords={setInGroups}
          />
        </Suspense>
      )}
      {pasted}
      <Peek {...{ entity, records, active }} onActive={setActive} />
      {selection === undefined ? null : (
        <BulkBar
          {...{ entity, question, selection, isChoosing }}
          loaded={records}
          count={count}
          onEnd={() => setIsChoosing(false)}
        />
      )}
      {records.length === 0 ? null : (
        <ListFoot
          entity={entity}
          view={view}
          shown={records.length}
          count={count}
          totals={sums.data}
          loadingMore={list.isFetchingNextPage}
        />
      )}
    </Page>
  )
}

/** A list as it stands among the favourites: with the view that is shown, where it has a name. */
function favouriteOf(entity: Entity, view: View | undefined): Favourite {
  const label = (view?.label ?? entity.plural).slice(0, 200)
  const named = view === undefined || view.name === PLAIN_VIEW ? {} : { view: view.name }
  return { kind: 'list', entity: entity.name, ...named, label }
}
