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
import { useIsPhone } from '../../kit/use-media.ts'
import './board.css'
import { BoardCard } from './BoardCard.tsx'
import { BoardLane } from './BoardLane.tsx'
import { BoardRows } from './BoardRows.tsx'
import { BoardTabs } from './BoardTabs.tsx'
import { CardMove, type Dropped } from './CardMove.tsx'
import { type CardPlace, dropOf } from './drop.ts'
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
  const [chosen, setShown] = useState<string | null>()
  // On a phone the first column that has cards is opened, and stays where it is when they go.
  if (chosen === undefined && figures.data !== undefined) setShown(firstFilled(columns, figures.data))
  const shown = chosen === undefined ? (columns[0]?.name ?? null) : chosen
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: PULL } }),
    useSensor(TouchSensor, { activationConstraint: { delay: REST_MS, tolerance: PULL } }),
  )
  const lanes = entity.fields.find(({ name }) => name === view.lanes)
  const movable =
    entity.rights.update && entity.rights.onTurn !== true && (field.writable || lanes?.writable === true)
  const dropAt = (record: RecordData, place: CardPlace): Dropped | undefined =>
    movable ? dropOf(entity, field, lanes, record, place) : undefined
  const drop = (record: RecordData, place: CardPlace): void => {
    if (dropped === undefined) setDropped(dropAt(record, place))
  }
  const onDragEnd = ({ over }: DragEndEvent): void => {
    const place = over?.data.current as CardPlace | undefined
    if (dragged !== undefined && place !== undefined) drop(dragged, place)
    setDragged(undefined)
  }
  /** ← and → of a card: the nearest column on that side that takes it. */
  const step = (row: BoardColumn | undefined) => (record: RecordData, from: BoardColumn, by: -1 | 1) => {
    const at = columns.indexOf(from)
    const side = by < 0 ? columns.slice(0, at).reverse() : columns.slice(at + 1)
    const column = side.find((other) => dropAt(record, { column: other, row }) !== undefined)
    if (column !== undefined) drop(record, { column, row })
  }
  const visible = phone ? columns.filter(({ name }) => name === shown) : columns
  const cells = (row: BoardColumn | undefined, asked: ListQuestion, sums: typeof figures.data) =>
    visible.map((column) => {
      const isOpen = dragged !== undefined && dropAt(dragged, { column, row }) !== undefined
      const isOwn = dragged?.[field.name] === column.name && (row === undefined || isIn(dragged, row))
      return (
        <BoardLane
          key={column.name}
          {...{ entity, view, field, column, row, dropped }}
          question={asked}
          figures={sums?.get(column.name ?? '')}
          open={isOpen}
          closed={dragged !== undefined && !isOpen && !isOwn}
          targets={(record) =>
            columns.filter((other) => dropAt(record, { column: other, row }) !== undefined)
          }
          onMove={(record, to) => drop(record, { column: to, row })}
          onStep={movable ? step(row) : undefined}
        />
      )
    })
  const isIn = (record: RecordData, { name }: BoardColumn): boolean =>
    lanes !== undefined && (record[lanes.name] ?? null) === name
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
        {lanes === undefined ? (
          <section className="board" aria-label={view.label}>
            {cells(undefined, question, figures.data)}
          </section>
        ) : (
          <BoardRows {...{ entity, view, field, lanes, question }} columns={visible} figures={figures.data}>
            {cells}
          </BoardRows>
        )}
        <DragOverlay dropAnimation={null}>
          {dragged === undefined ? null : <BoardCard {...{ entity, view, record: dragged }} state="lifted" />}
        </DragOverlay>
      </DndContext>
      {dropped === undefined ? null : (
        <CardMove
          key={`${dropped.record.id} ${dropped.to} ${dropped.row}`}
          {...{ entity, dropped }}
          onEnd={() => setDropped(undefined)}
        />
      )}
    </>
  )
}

function firstFilled(
  columns: readonly BoardColumn[],
  figures: NonNullable<ReturnType<typeof useFigures>['data']>,
): string | null {
  const filled = columns.find(({ name }) => Number(figures.get(name ?? '')?.count ?? 0) > 0)
  return (filled ?? columns[0])?.name ?? null
}
