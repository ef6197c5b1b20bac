import { lazy, type RefObject, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../kit/Button.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { useIsPhone } from '../../kit/use-media.ts'
import type { Selection } from '../bulk/use-selection.ts'
import { ListEmpty } from './ListEmpty.tsx'
import type { ListParts } from './ListHead.tsx'
import { columnsOf, sortOf } from './list-state.ts'
import { RecordCards } from './RecordCards.tsx'
import { RecordTable } from './RecordTable.tsx'
import type { useList } from './use-list.ts'

const Gallery = lazy(async () => ({ default: (await import('./Gallery.tsx')).Gallery }))

export interface ListBodyProps extends ListParts {
  readonly list: ReturnType<typeof useList>
  /** Begins a condition on a field. */
  readonly onFilter: (field: string) => void
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly active: number
  readonly onActive: (index: number) => void
  /** Absent where nothing can be done to many. */
  readonly selection: Selection | undefined
  /** On a phone: whether rows are being chosen. */
  readonly isChoosing: boolean
}

/** The rows, or why there are none. */
export function ListBody(props: ListBodyProps) {
  const { list, scroller } = props
  return (
    <div
      className={list.isPlaceholderData ? 'list-body stale' : 'list-body'}
      ref={scroller}
      aria-busy={list.isFetching}
    >
      <Content {...props} />
      <MoreFailed list={list} />
    </div>
  )
}

function Content(props: ListBodyProps) {
  const { entity, view, state, change, list, scroller, active, onActive, selection, isChoosing, onFilter } =
    props
  const { t } = useTranslation()
  const phone = useIsPhone()
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
  const { columns: chosen, widths } = state
  const columns = useMemo(
    () => columnsOf(entity, view, { columns: chosen, widths }),
    [entity, view, chosen, widths],
  )
  if (list.isPending) return <LoadingRows rows={12} />
  if (list.records.length === 0) {
    if (list.isError) {
      return <ProblemState error={list.error} title={t('list.failed')} retry={() => void list.refetch()} />
    }
    return (
      <ListEmpty
        entity={entity}
        view={view}
        state={state}
        onClear={() => change({ q: '', filter: undefined })}
      />
    )
  }
  const shared = {
    entity,
    columns,
    records: list.records,
    onEnd,
    scroller,
  }
  if (view?.type === 'cards') {
    return (
      <Suspense fallback={<LoadingRows rows={12} />}>
        <Gallery
          {...shared}
          {...{ active, onActive }}
          selection={phone && !isChoosing ? undefined : selection}
        />
      </Suspense>
    )
  }
  if (phone) return <RecordCards {...shared} selection={isChoosing ? selection : undefined} />
  return (
    <RecordTable
      {...shared}
      sort={sortOf(state, view)}
      onSort={(next) => change((now) => ({ sort: next(sortOf(now, view)) }))}
      onFilter={onFilter}
      onArrange={(part) => change(part, true)}
      widths={widths}
      frozen={state.frozen ?? view?.frozen}
      active={active}
      onActive={onActive}
      selection={selection}
    />
  )
}

/** The next page did not come; what is there stays. */
function MoreFailed({ list }: Pick<ListBodyProps, 'list'>) {
  const { t } = useTranslation()
  if (!list.isFetchNextPageError) return null
  return (
    <div className="row list-more" role="alert">
      <span>{t('list.moreFailed')}</span>
      <Button size="small" onClick={() => void list.fetchNextPage()}>
        {t('state.retry')}
      </Button>
    </div>
  )
}
