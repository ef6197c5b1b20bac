import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { Entity } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useEntity, useWork } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { NotFound } from '../NotFound.tsx'
import { CountText } from './CountText.tsx'
import { ListBody } from './ListBody.tsx'
import { ListFoot } from './ListFoot.tsx'
import { ListHead } from './ListHead.tsx'
import { type ListState, readListState, viewOf, writeListState } from './list-state.ts'
import { MoreMenu, type MoreMenuProps } from './MoreMenu.tsx'
import { useList, useListQuestion, useTotals } from './use-list.ts'
import { useListKeys } from './use-list-keys.ts'

const InviteAct = lazy(async () => ({ default: (await import('../people/InviteAct.tsx')).InviteAct }))

/** A list of an entity's records, as its address says: view, search, filter, order. */
export function ListScreen() {
  const entity = useEntity(useParams().entity)
  if (entity === undefined || !entity.rights.read) return <NotFound />
  return <List key={entity.name} entity={entity} />
}

function List({ entity }: { readonly entity: Entity }) {
  const [search, setSearch] = useSearchParams()
  const state = readListState(search)
  const view = viewOf(entity, state.view)
  const question = useListQuestion(entity, view, state)
  const list = useList(entity, question)
  const sums = useTotals(entity, view, state)
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(-1)
  useListKeys(entity, list.records, active, setActive)
  const change = (part: Partial<ListState>, replace = false): void => {
    setActive(-1)
    if (scroller.current !== null) scroller.current.scrollTop = 0
    setSearch(writeListState({ ...state, ...part }), { replace })
  }
  const shared = { entity, view, state, change }
  return (
    <Page
      title={entity.plural}
      beside={<CountText entity={entity} question={question} count={list.count} kind={list.countKind} />}
      acts={<ListActs entity={entity} view={view} question={question} />}
    >
      <ListHead {...shared} />
      <ListBody {...shared} list={list} scroller={scroller} active={active} onActive={setActive} />
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

function ListActs({ entity, view, question }: MoreMenuProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { me } = useWork()
  return (
    <>
      <MoreMenu entity={entity} view={view} question={question} />
      {entity.name === 'user' && entity.rights.create && me.administration.includes('users') ? (
        <Suspense fallback={null}>
          <InviteAct entity={entity} />
        </Suspense>
      ) : null}
      {entity.rights.create ? (
        <Button
          type="primary"
          icon={<Icon name="plus" />}
          className="no-phone"
          onClick={() => void navigate(`/records/${entity.name}/new`)}
        >
          {t('act.newOf', { entity: entity.label })}
          <kbd className="on-brand">C</kbd>
        </Button>
      ) : null}
    </>
  )
}
