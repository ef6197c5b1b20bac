import { type RefObject, useMemo, useState } from 'react'
import type { Entity, Field, ViewColumn } from '../../../api/types.ts'
import { useWork } from '../../../kit/model-context.tsx'
import { fieldAt } from '../../../values/references.ts'
import { frozenWithin, spread, startsOf } from '../column-layout.ts'
import { columnWidth } from '../column-width.ts'
import { useRoom } from './use-room.ts'

export interface Column {
  readonly path: string
  readonly field: Field
  /** Pixels that somebody has given it. */
  readonly width?: number | undefined
}

/** Columns that the person may know; others are silently left out. */
export function useColumns(entity: Entity, columns: readonly ViewColumn[]): readonly Column[] {
  const { model } = useWork()
  return useMemo(
    () =>
      columns.flatMap(({ field: path, width }) => {
        const field = fieldAt(model.entities, entity, path)
        return field === undefined ? [] : [{ path, field, width }]
      }),
    [model.entities, entity, columns],
  )
}

/** Pixels of the column of boxes. */
export const CHOICE = 40

/** A column whose edge is being pulled. */
export interface Sizing {
  readonly path: string
  readonly width: number
}

/** The widths of a table's columns, and which of them stay. */
export function useTableLayout(
  entity: Entity,
  columns: readonly Column[],
  wanted: number | undefined,
  hasChoice: boolean,
  scroller: RefObject<HTMLElement | null>,
) {
  const room = useRoom(scroller)
  const [sizing, setSizing] = useState<Sizing>()
  const before = hasChoice ? CHOICE : 0
  // What is pulled alone is no reason for the others to move under the pointer.
  const { widths: lying } = spreadOf(entity, columns, room - before)
  const { widths, rest } =
    sizing === undefined
      ? spreadOf(entity, columns, room - before)
      : spreadOf(
          entity,
          columns.map((column, at) => ({
            ...column,
            width: column.path === sizing.path ? sizing.width : lying[at],
          })),
          room - before,
        )
  const frozen = frozenWithin(widths, wanted ?? usuallyFrozen(entity, columns), room, before)
  const width = before + widths.reduce((sum, one) => sum + one, 0) + rest
  return { widths, rest, frozen, width, starts: startsOf(widths, before), isWide: width > room, setSizing }
}

const spreadOf = (entity: Entity, columns: readonly Column[], room: number) =>
  spread(
    columns.map(({ field, path, width }) => ({ own: width, usual: columnWidth(entity, field, path) })),
    room,
  )

/** The name stays, where it is the first or only a number stands before it. */
function usuallyFrozen(entity: Entity, columns: readonly Column[]): number {
  const named = columns.findIndex(({ path }) => path === entity.title)
  return named <= 1 ? named + 1 : 0
}

/** How a cell of a column stands: -1 is the column of boxes; one that stays says from where. */
export function frozenAt(at: number | undefined, frozen: number, className = '') {
  if (at === undefined || at >= frozen) return { className: className.trim() || undefined }
  return {
    className: [className, at + 1 === frozen ? 'frozen last-frozen' : 'frozen'].join(' ').trim(),
    style: { left: at < 0 ? 0 : `var(--start-${at})` },
  }
}

/**
 * Where the columns that stay begin and where they end, for the cells: rows need not be drawn anew while an edge is
 * pulled.
 */
export function startStyle(
  starts: readonly number[],
  widths: readonly number[],
  frozen: number,
): Readonly<Record<string, string>> {
  const staying = starts.slice(0, frozen)
  const end = frozen === 0 ? 0 : (staying.at(-1) ?? 0) + (widths[frozen - 1] ?? 0)
  return Object.fromEntries([
    ['--staying', `${end}px`],
    ...staying.map((start, at) => [`--start-${at}`, `${start}px`] as const),
  ])
}
