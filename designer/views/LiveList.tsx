import { lazy, type RefObject, Suspense, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity } from '../../runtime-ui/api/types.ts'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { Still } from '../../runtime-ui/kit/still.ts'
import { useIsPhone } from '../../runtime-ui/kit/use-media.ts'
import { GroupedBody } from '../../runtime-ui/screens/list/groups/GroupedBody.tsx'
import { useFolding } from '../../runtime-ui/screens/list/groups/use-folding.ts'
import { groupFieldOf, useGroups } from '../../runtime-ui/screens/list/groups/use-groups.ts'
import { ListFoot } from '../../runtime-ui/screens/list/ListFoot.tsx'
import type { ListParts } from '../../runtime-ui/screens/list/ListHead.tsx'
import { sortOf } from '../../runtime-ui/screens/list/list-state.ts'
import { RecordCards } from '../../runtime-ui/screens/list/RecordCards.tsx'
import { RecordTable } from '../../runtime-ui/screens/list/RecordTable.tsx'
import { useList, useListQuestion, useTotals } from '../../runtime-ui/screens/list/use-list.ts'
import type { Asked } from './live-view.ts'

const Board = lazy(async () => ({
  default: (await import('../../runtime-ui/screens/board/Board.tsx')).Board,
}))
const Calendar = lazy(async () => ({
  default: (await import('../../runtime-ui/screens/calendar/Calendar.tsx')).Calendar,
}))
const Gallery = lazy(async () => ({
  default: (await import('../../runtime-ui/screens/list/Gallery.tsx')).Gallery,
}))

interface LiveListProps extends ListParts {
  readonly view: NonNullable<ListParts['view']>
  /** Undefined where there are no records yet. */
  readonly known: Entity | undefined
  readonly asked: Asked
  /** Begins a condition on a field. */
  readonly onFilter: (field: string) => void
}

/** The list as its screen draws it, from live records and by the view as it is written here. */
export function LiveList(props: LiveListProps) {
  return (
    <Still.Provider value={true}>
      <Suspense fallback={<LoadingRows rows={12} />}>
        <OfType {...props} />
      </Suspense>
    </Still.Provider>
  )
}

function OfType(props: LiveListProps) {
  const { known, asked, state, change, view } = props
  const { t } = useTranslation()
  const question = useListQuestion(known ?? props.entity, asked.view, state)
  if (known === undefined) return <Rows {...props} question={question} />
  const fieldOf = (name: string | undefined) => known.fields.find((field) => field.name === name)
  if (view.type === 'board') {
    const field = fieldOf(asked.view.group)
    if (field === undefined) return <p className="note live-note">{t('example.boardNeeds')}</p>
    return <Board {...{ field, question }} entity={known} view={asked.view} />
  }
  if (view.type === 'calendar') {
    const date = fieldOf(asked.view.date)
    if (date === undefined) return <p className="note live-note">{t('example.calendarNeeds')}</p>
    return <Calendar {...{ date, question, state, change }} entity={known} view={asked.view} />
  }
  return <Rows {...props} question={question} />
}

/** Rows or cards: those that are there, below heads that stand even where there are none. */
function Rows(props: LiveListProps & { readonly question: ReturnType<typeof useListQuestion> }) {
  const { entity, known, view, asked, state, change, onFilter, question } = props
  const { t } = useTranslation()
  const phone = useIsPhone()
  const scroller = useRef<HTMLDivElement>(null)
  const of = known ?? entity
  const grouped = known === undefined ? undefined : groupFieldOf(of, asked.view, state)
  const groups = useGroups(of, grouped, asked.view, question)
  const folding = useFolding(groups.groups, grouped)
  const list = useList(of, question, { enabled: known !== undefined && grouped === undefined })
  const sums = useTotals(of, known === undefined ? undefined : asked.view, state)
  const fault = grouped === undefined ? list.error : groups.error
  if (grouped !== undefined && groups.groups.length > 0) {
    return (
      <GroupedBody
        {...{ entity, view, state, change, question, onFilter, scroller }}
        {...{ closed: folding.closed, onToggle: folding.toggle, active: -1, isChoosing: false }}
        field={grouped}
        found={groups}
        selection={undefined}
        onActive={nothing}
        onRecords={nothing}
      />
    )
  }
  const shared = { entity, records: list.records, scroller, columns: view.columns }
  const isPlain = phone || view.type === 'cards'
  return (
    <>
      <div
        className={list.isPlaceholderData ? 'list-body stale' : 'list-body'}
        ref={scroller as RefObject<HTMLDivElement>}
        aria-busy={list.isFetching}
        // What cannot be pressed can still be scrolled by keys.
        {...(isPlain ? { tabIndex: 0, role: 'group', 'aria-label': entity.plural } : {})}
      >
        {view.type === 'cards' ? (
          <Gallery {...shared} active={-1} onActive={nothing} onEnd={nothing} selection={undefined} />
        ) : phone ? (
          <RecordCards {...shared} onEnd={nothing} selection={undefined} />
        ) : (
          <RecordTable
            {...shared}
            {...{ onFilter, widths: state.widths, frozen: view.frozen, active: -1, selection: undefined }}
            sort={sortOf(state, view)}
            onSort={(next) => change((now) => ({ sort: next(sortOf(now, view)) }))}
            onArrange={(part) => change(part, true)}
            onActive={nothing}
            onEnd={nothing}
          />
        )}
        {fault !== null ? (
          <p className="note bad-note live-note" role="alert">
            {faultOf(fault, t)}
          </p>
        ) : known !== undefined && list.isPending ? (
          <LoadingRows rows={6} />
        ) : list.records.length === 0 ? (
          <p className="t13 ink-2 live-note">{t(known === undefined ? 'example.noneYet' : 'example.none')}</p>
        ) : null}
      </div>
      {list.records.length === 0 ? null : (
        <ListFoot
          {...{ entity, view }}
          shown={list.records.length}
          count={list.count}
          totals={sums.data}
          loadingMore={false}
        />
      )}
    </>
  )
}

const nothing = (): void => undefined
