import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { Entity } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useEntity } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { useIsPhone } from '../../kit/use-media.ts'
import { useShortcut } from '../../kit/use-shortcut.ts'
import { recordAddress } from '../frame/places.ts'
import { NotFound } from '../NotFound.tsx'
import { CountText } from './CountText.tsx'
import { FilterBar } from './FilterBar.tsx'
import { ListEmpty } from './ListEmpty.tsx'
import { ListFoot } from './ListFoot.tsx'
import { columnsOf, type ListState, readListState, sortOf, viewOf, writeListState } from './list-state.ts'
import { MoreMenu } from './MoreMenu.tsx'
import { RecordCards } from './RecordCards.tsx'
import { RecordTable } from './RecordTable.tsx'
import { SearchBox } from './SearchBox.tsx'
import { SortMenu } from './SortMenu.tsx'
import { useList, useListQuestion, useTotals } from './use-list.ts'
import { ViewTabs } from './ViewTabs.tsx'

/** A list of an entity's records, as its address says: view, search, filter, order. */
export function ListScreen() {
  const entity = useEntity(useParams().entity)
  if (entity === undefined || !entity.rights.read) return <NotFound />
  return <List key={entity.name} entity={entity} />
}

function List({ entity }: { readonly entity: Entity }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const phone = useIsPhone()
  const [search, setSearch] = useSearchParams()
  const state = readListState(search)
  const view = viewOf(entity, state.view)
  const question = useListQuestion(entity, view, state)
  const list = useList(entity, question)
  const sums = useTotals(entity, view, state)
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(-1)

  const change = (part: Partial<ListState>, replace = false): void => {
    setActive(-1)
    if (scroller.current !== null) scroller.current.scrollTop = 0
    setSearch(writeListState({ ...state, ...part }), { replace })
  }
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
  useListKeys(entity, list.records, active, setActive)

  const columns = columnsOf(entity, view)
  const create = entity.rights.create ? (
    <Button
      type="primary"
      icon={<Icon name="plus" />}
      className="no-phone"
      onClick={() => void navigate(`/records/${entity.name}/new`)}
    >
      {t('act.newOf', { entity: entity.label })}
      <kbd className="on-brand">C</kbd>
    </Button>
  ) : null
  return (
    <Page
      title={entity.plural}
      beside={<CountText entity={entity} question={question} count={list.count} kind={list.countKind} />}
      acts={
        <>
          <MoreMenu entity={entity} />
          {create}
        </>
      }
    >
      <div className="list-head">
        <ViewTabs
          entity={entity}
          current={view}
          onChange={(name) => change({ view: name, sort: undefined })}
        />
        <div className="list-tools">
          <SearchBox entity={entity} value={state.q} onChange={(q) => change({ q }, state.q !== '')} />
          <FilterBar entity={entity} filter={state.filter} onChange={(filter) => change({ filter })} />
          <SortMenu
            entity={entity}
            columns={columns}
            sort={sortOf(state, view)}
            onSort={(sort) => change({ sort })}
          />
        </div>
        {state.filterBroken ? (
          <p className="note bad-note" role="alert">
            {t('filter.broken')}
          </p>
        ) : null}
      </div>
      <div
        className={list.isPlaceholderData ? 'list-body stale' : 'list-body'}
        ref={scroller}
        aria-busy={list.isFetching}
      >
        {list.isPending ? (
          <LoadingRows rows={12} />
        ) : list.isError && list.records.length === 0 ? (
          <ProblemState error={list.error} title={t('list.failed')} retry={() => void list.refetch()} />
        ) : list.records.length === 0 ? (
          <ListEmpty
            entity={entity}
            view={view}
            state={state}
            onClear={() => change({ q: '', filter: undefined })}
          />
        ) : phone ? (
          <RecordCards
            entity={entity}
            columns={columns}
            records={list.records}
            onEnd={onEnd}
            scroller={scroller}
          />
        ) : (
          <RecordTable
            entity={entity}
            columns={columns}
            records={list.records}
            sort={sortOf(state, view)}
            onSort={(sort) => change({ sort })}
            active={active}
            onActive={setActive}
            onEnd={onEnd}
            scroller={scroller}
          />
        )}
        {list.isFetchNextPageError ? (
          <div className="row list-more" role="alert">
            <span>{t('list.moreFailed')}</span>
            <Button size="small" onClick={() => void fetchNextPage()}>
              {t('state.retry')}
            </Button>
          </div>
        ) : null}
      </div>
      {list.records.length === 0 ? null : (
        <ListFoot
          entity={entity}
          view={view}
          shown={list.records.length}
          count={list.count}
          totals={sums.data}
          loadingMore={isFetchingNextPage}
        />
      )}
    </Page>
  )
}

/** ↑↓ J K go through the rows, Enter opens, C creates, Escape lets go. */
function useListKeys(
  entity: Entity,
  records: readonly { readonly id: string }[],
  active: number,
  setActive: (index: number) => void,
): void {
  const navigate = useNavigate()
  const step = (by: number) => (event: globalThis.KeyboardEvent) => {
    if (records.length === 0) return
    event.preventDefault()
    setActive(Math.max(0, Math.min(records.length - 1, active + by)))
  }
  useShortcut('j', step(1))
  useShortcut('ArrowDown', step(1))
  useShortcut('k', step(active < 0 ? 1 : -1))
  useShortcut('ArrowUp', step(active < 0 ? 1 : -1))
  useShortcut('Escape', () => setActive(-1))
  useShortcut(
    'c',
    (event) => {
      event.preventDefault()
      void navigate(`/records/${entity.name}/new`)
    },
    { off: !entity.rights.create },
  )
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const record = records[active]
      if (event.key !== 'Enter' || record === undefined || event.target !== document.body) return
      void navigate(recordAddress(entity.name, record.id))
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [records, active, entity.name, navigate])
}
