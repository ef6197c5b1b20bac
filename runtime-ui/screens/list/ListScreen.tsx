import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { Entity, Field, View } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useEntity, useWork } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { BulkBar } from '../bulk/BulkBar.tsx'
import { bulkActs } from '../bulk/bulk-acts.ts'
import { useSelection } from '../bulk/use-selection.ts'
import { useLogKey } from '../log/use-log-key.ts'
import { NotFound } from '../NotFound.tsx'
import { Peek } from '../peek/Peek.tsx'
import { useListEntity, useStandings } from '../people/use-people.ts'
import { useTrail } from '../trail/use-trail.ts'
import { CountText } from './CountText.tsx'
import { ListBody } from './ListBody.tsx'
import { ListFoot } from './ListFoot.tsx'
import { ListHead, type ListParts } from './ListHead.tsx'
import { type ListState, readListState, viewOf, writeListState } from './list-state.ts'
import { MoreMenu, type MoreMenuProps } from './MoreMenu.tsx'
import { useList, useListQuestion, useTotals } from './use-list.ts'
import { useListKeys } from './use-list-keys.ts'
import { ViewTabs } from './ViewTabs.tsx'
import { useOwnViews } from './views/use-own-views.ts'

const TeamTree = lazy(async () => ({ default: (await import('../people/TeamTree.tsx')).TeamTree }))
const Board = lazy(async () => ({ default: (await import('../board/Board.tsx')).Board }))
const InviteAct = lazy(async () => ({ default: (await import('../people/InviteAct.tsx')).InviteAct }))

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
  const [search, setSearch] = useSearchParams()
  const state = readListState(search)
  const isNarrowed = state.q !== '' || state.filter !== undefined
  const wanted = viewOf(entity, state.view)
  // A tree shows everything: what is searched or filtered is a list.
  const isTree = wanted?.type === 'tree' && !isNarrowed
  const listView = wanted?.type === 'tree' ? entity.views.find(({ type }) => type !== 'tree') : wanted
  const view = isTree ? wanted : listView
  const change = (part: Partial<ListState>, replace = false): void =>
    setSearch(writeListState({ ...state, ...part }), { replace })
  const shared = { entity, view, state, change }
  const group = entity.fields.find(({ name }) => name === view?.group)
  if (view?.type === 'board' && group !== undefined)
    return <BoardList {...shared} view={view} group={group} />
  if (!isTree) return <Table {...shared} />
  return (
    <Page title={entity.plural} acts={<ListActs entity={entity} view={listView} question={EVERYTHING} />}>
      <div className="list-head">
        <ViewTabs
          entity={entity}
          current={view}
          onChange={(name) => change({ view: name, sort: undefined, columns: undefined })}
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
    <Page title={entity.plural} acts={<ListActs entity={entity} view={view} question={question} />}>
      <ListHead {...rest} view={view} />
      <Suspense fallback={<LoadingRows rows={12} />}>
        <Board {...{ entity, view, question }} field={group} />
      </Suspense>
    </Page>
  )
}

function Table({ entity, view, state, change: changeState }: ListParts) {
  const question = useListQuestion(entity, view, state)
  const list = useList(entity, question)
  const sums = useTotals(entity, view, state)
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(-1)
  const chosen = useSelection(list.records, JSON.stringify([question.filter, question.q]))
  const selection = bulkActs(entity).length > 0 ? chosen : undefined
  const [isChoosing, setIsChoosing] = useState(false)
  useListKeys(entity, list.records, active, setActive, selection)
  useLogKey(entity, list.records[active])
  useTrail(entity, list.records)
  const shown = useStandings(entity, list.records)
  const change = (part: Partial<ListState>, replace?: boolean): void => {
    setActive(-1)
    if (scroller.current !== null) scroller.current.scrollTop = 0
    changeState(part, replace)
  }
  const shared = { entity, view, state, change }
  return (
    <Page
      title={entity.plural}
      beside={<CountText entity={entity} question={question} count={list.count} kind={list.countKind} />}
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
      <ListHead {...shared} />
      <ListBody
        {...shared}
        entity={shown.entity}
        list={{ ...list, records: shown.records }}
        scroller={scroller}
        active={active}
        onActive={setActive}
        selection={selection}
        isChoosing={isChoosing}
      />
      <Peek entity={entity} records={list.records} active={active} onActive={setActive} />
      {selection === undefined ? null : (
        <BulkBar
          {...{ entity, question, selection, isChoosing }}
          loaded={list.records}
          count={list.count}
          onEnd={() => setIsChoosing(false)}
        />
      )}
      {list.records.length === 0 ? null : (
        <ListFoot
          entity={entity}
          view={view}
          shown={list.records.length}
          count={list.count}
          totals={sums.data}
          loadingMore={list.isFetchingNextPage}
        />
      )}
    </Page>
  )
}

function ListActs({ entity, view, question, ...menu }: MoreMenuProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { me } = useWork()
  const invites = entity.name === 'user' && entity.rights.create && me.administration.includes('users')
  return (
    <>
      <MoreMenu entity={entity} view={view} question={question} {...menu} />
      {entity.rights.create ? (
        <Button
          type={invites ? 'default' : 'primary'}
          icon={<Icon name="plus" />}
          className="no-phone"
          onClick={() => void navigate(`/records/${entity.name}/new`)}
        >
          {t('act.newOf', { entity: entity.label })}
          <kbd className={invites ? undefined : 'on-brand'}>C</kbd>
        </Button>
      ) : null}
      {invites ? (
        <Suspense fallback={null}>
          <InviteAct entity={entity} />
        </Suspense>
      ) : null}
    </>
  )
}
