import { useDraggable } from '@dnd-kit/core'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity, RecordData, View } from '../../api/types.ts'
import { IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { BoardCard } from './BoardCard.tsx'
import type { BoardColumn } from './use-board.ts'

interface DraggedCardProps {
  readonly entity: Entity
  readonly view: View
  readonly record: RecordData
  readonly column: BoardColumn
  readonly targets: (record: RecordData) => readonly BoardColumn[]
  readonly onMove: (record: RecordData, column: BoardColumn) => void
  readonly onStep: ((record: RecordData, from: BoardColumn, by: -1 | 1) => void) | undefined
  /** It has been dropped here and is not stored yet. */
  readonly held?: boolean
}

/** A card that can be dragged, moved by ← and →, or by its menu. */
export function DraggedCard(props: DraggedCardProps) {
  const { entity, view, record, column, targets, onMove, onStep, held = false } = props
  const { t } = useTranslation()
  const disabled = onStep === undefined || held
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: record.id, data: { record }, disabled })
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : undefined
    if (by === undefined || disabled || event.altKey || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    onStep(record, column, by)
  }
  const to = disabled ? [] : targets(record)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the link that it holds
    <div ref={setNodeRef} {...listeners} className="board-place" onKeyDown={onKeyDown}>
      <BoardCard {...{ entity, view, record }} state={held ? 'held' : isDragging ? 'gone' : 'still'}>
        {to.length === 0 ? null : (
          <Menu
            items={to.map((target) => ({
              key: target.name ?? '',
              label: target.option?.label ?? t('board.none'),
              onClick: () => onMove(record, target),
            }))}
          >
            <IconButton
              label={t('board.move')}
              icon={<Icon name="arrow_right" size="small" />}
              className="board-move"
            />
          </Menu>
        )}
      </BoardCard>
    </div>
  )
}
