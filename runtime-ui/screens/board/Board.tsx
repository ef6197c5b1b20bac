import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListQuestion } from '../../api/records.ts'
import type { Entity, Field, RecordData, View } from '../../api/types.ts'
import { mayMove } from '../../kit/StagePath.tsx'
import { useIsPhone } from '../../kit/use-media.ts'
import './board.css'
import { BoardCard } from './BoardCard.tsx'
import { BoardLane } from './BoardLane.tsx'
import { BoardTabs } from './BoardTabs.tsx'
import { CardMove, type Dropped } from './CardMove.tsx'
import { type BoardColumn, columnsOfBoard, useFigures } from './use-board.ts'

interface BoardProps {
  readonly entity: Entity
  readonly view: View
  readonly field: Field
  readonly question: ListQuestion
}

/** Pixels that a card is pulled before it is dragged: less is a click. */
const PULL = 6
/** Milliseconds that a finger rests on a card before it is dragged: less scrolls. */
const REST_MS = 250

/** Records as cards, a column for each value of a field; a card that is dragged to another one takes its value. */
export function Board({ entity, view, field, question }: BoardProps) {
  const { t } = useTranslation()
  const phone = useIsPhone()
  const columns = columnsOfBoard(entity, field)
  const figures = useFigures(entity, field, view, question)
  const [dragged, setDragged] = useState<RecordData>()
  const [dropped, setDropped] = useState<Dropped>()
  const [shown, setShown] = useState(columns[0]?.name ?? null)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: PULL } }),
    useSensor(TouchSensor, { activationConstraint: { delay: REST_MS, tolerance: PULL } }),
  )
  const movable = entity.rights.update && entity.rights.onTurn !== true && field.writable
  const takes = (record: RecordData, { name }: BoardColumn): boolean =>
    movable && takesCard(entity, field, record, name)
  const drop = (record: RecordData, column: BoardColumn): void => {
    if (dropped === undefined && takes(record, column)) setDropped({ record, to: column.name })
  }
  const onDragEnd = ({ over }: DragEndEvent): void => {
    const column = columns.find(({ name }) => (name ?? '') === over?.id)
    if (dragged !== undefined && column !== undefined) drop(dragged, column)
    setDragged(undefined)
  }
  /** ← and → of a card: the nearest column on that side that takes it. */
  const step = (record: RecordData, from: BoardColumn, by: -1 | 1): void => {
    const at = columns.indexOf(from)
    const side = by < 0 ? columns.slice(0, at).reverse() : columns.slice(at + 1)
    const target = side.find((column) => takes(record, column))
    if (target !== undefined) drop(record, target)
  }
  const visible = phone ? columns.filter(({ name }) => name === shown) : columns
  return (
    <>
      {phone ? (
        <BoardTabs
          {...{ entity, field, columns, shown }}
          limits={view.limits}
          figures={figures.data}
          onShow={setShown}
        />
      ) : null}
      <DndContext
        sensors={sensors}
        accessibility={{ screenReaderInstructions: { draggable: t('board.keys') } }}
        onDragStart={({ active }) => setDragged(active.data.current?.record as RecordData)}
        onDragEnd={onDragEnd}
        onDragCancel={() => setDragged(undefined)}
      >
        <section className="board" aria-label={view.label}>
          {visible.map((column) => (
            <BoardLane
              key={column.name}
              {...{ entity, view, field, column, question, dropped }}
              figures={figures.data?.get(column.name ?? '')}
              open={dragged !== undefined && takes(dragged, column)}
              closed={dragged !== undefined && !takes(dragged, column) && dragged[field.name] !== column.name}
              targets={(record) => columns.filter((other) => takes(record, other))}
              onMove={drop}
              onStep={movable ? step : undefined}
            />
          ))}
        </section>
        <DragOverlay dropAnimation={null}>
          {dragged === undefined ? null : <BoardCard {...{ entity, view, record: dragged }} state="lifted" />}
        </DragOverlay>
      </DndContext>
      {dropped === undefined ? null : (
        <CardMove
          key={`${dropped.record.id} ${dropped.to}`}
          {...{ entity, field, dropped }}
          onEnd={() => setDropped(undefined)}
        />
      )}
    </>
  )
}

function takesCard(entity: Entity, field: Field, record: RecordData, to: string | null): boolean {
  const from = record[field.name]
  if (from === to || (from ?? null) === to) return false
  if (field.type !== 'stage') return true
  return (
    to !== null && mayMove(entity.pipelines[field.name] ?? [], typeof from === 'string' ? from : null, to)
  )
}
