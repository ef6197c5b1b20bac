import { useDroppable } from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import type { ListQuestion } from '../../api/records.ts'
import type { Entity, Field, RecordData, View } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { useIsSample } from '../../kit/still.ts'
import { FieldValue } from '../../values/FieldValue.tsx'
import { fieldAt } from '../../values/references.ts'
import type { Dropped } from './CardMove.tsx'
import { DraggedCard } from './DraggedCard.tsx'
import { LaneCount } from './LaneCount.tsx'
import { LaneName } from './LaneName.tsx'
import { type BoardColumn, useCards } from './use-board.ts'

interface BoardLaneProps {
  readonly entity: Entity
  readonly view: View
  readonly field: Field
  readonly column: BoardColumn
  /** The row that it is a part of: its name and its figures stand above all rows then. */
  readonly row?: BoardColumn | undefined
  readonly question: ListQuestion
  readonly figures: Readonly<Record<string, unknown>> | undefined
  readonly dropped: Dropped | undefined
  /** The card that is dragged may be dropped here. */
  readonly open: boolean
  /** It may not. */
  readonly closed: boolean
  readonly targets: (record: RecordData) => readonly BoardColumn[]
  readonly onMove: (record: RecordData, column: BoardColumn) => void
  readonly onStep: ((record: RecordData, from: BoardColumn, by: -1 | 1) => void) | undefined
}

/** One column of a board: its name, how many and how much, and its cards. */
export function BoardLane(props: BoardLaneProps) {
  const { entity, view, field, column, row, question, figures, dropped, open, closed } = props
  const { t } = useTranslation()
  const { setNodeRef, isOver } = useDroppable({
    ...{ id: `${row?.name ?? ''}/${column.name ?? ''}`, data: { column, row }, disabled: !open },
  })
  const isSample = useIsSample()
  const list = useCards(entity, field, column, question)
  const name = column.option?.label ?? t('board.none')
  const label = row === undefined ? name : `${row.option?.label ?? t('board.none')} · ${name}`
  const isTarget = dropped?.to === column.name && (row === undefined || dropped.row === row.name)
  const arriving = isTarget ? dropped.record : undefined
  const cards = list.cards.filter(({ id }) => id !== dropped?.record.id)
  const count = figures === undefined ? undefined : Number(figures.count ?? 0)
  return (
    <section
      ref={setNodeRef}
      className={['board-lane', isOver ? 'over' : '', closed ? 'closed' : ''].join(' ').trim()}
      aria-label={label}
      aria-busy={list.isFetching}
    >
      {row === undefined ? (
        <LaneHead
          {...{ entity, view, field, column, figures }}
          count={count ?? (list.isPending ? undefined : list.cards.length)}
        />
      ) : null}
      <div className="board-cards" inert={isSample}>
        {arriving === undefined ? null : <DraggedCard {...props} record={arriving} held />}
        {list.isPending ? <LoadingRows rows={3} /> : null}
        {list.isError && list.cards.length === 0 ? (
          <ProblemState error={list.error} title={t('list.failed')} retry={() => void list.refetch()} />
        ) : null}
        {cards.map((record) => (
          <DraggedCard key={record.id} {...props} record={record} />
        ))}
        {!list.isPending && !list.isError && cards.length === 0 && arriving === undefined ? (
          <p className="board-empty t13 ink-3">{t('board.empty')}</p>
        ) : null}
        {list.hasNextPage ? (
          <Button
            size="small"
            type="text"
            aria-busy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {count === undefined ? t('board.more') : t('board.moreOf', { count: count - list.cards.length })}
          </Button>
        ) : null}
      </div>
    </section>
  )
}

interface LaneHeadProps extends Pick<BoardLaneProps, 'entity' | 'view' | 'field' | 'column' | 'figures'> {
  readonly count: number | undefined
}

/** What a column is called, how many stand in it and how much. */
export function LaneHead({ entity, view, field, column, figures, count }: LaneHeadProps) {
  return (
    <header>
      <div className="row">
        <LaneName {...{ entity, field, column }} />
        <LaneCount count={count} most={view.limits?.[column.name ?? '']} />
      </div>
      <Sums {...{ entity, view, figures }} />
    </header>
  )
}

/** The sums that the view asks for, of all records of the column. */
function Sums({ entity, view, figures }: Pick<BoardLaneProps, 'entity' | 'view' | 'figures'>) {
  const { model } = useWork()
  return (
    <div className="row board-sums num t13 ink-2">
      {view.columns.map(({ field: path, total }) => {
        const field = fieldAt(model.entities, entity, path)
        const value = figures?.[`${total}_${path}`]
        if (total === undefined || field === undefined || value === undefined || value === null) return null
        return <FieldValue key={`${total} ${path}`} {...{ entity, field, value }} compact />
      })}
    </div>
  )
}
