import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { useText } from '../../../kit/use-text.ts'
import { isNumeric } from '../../../values/FieldValue.tsx'
import { Choice } from '../../bulk/Choice.tsx'
import type { Selection } from '../../bulk/use-selection.ts'
import { movedTo } from '../column-layout.ts'
import { nextSort, sortKeys, withKey } from '../sort-keys.ts'
import { HeadEdge } from './HeadEdge.tsx'
import { HeadMenu } from './HeadMenu.tsx'
import { type Column, frozenAt } from './use-columns.ts'
import { type HeadDrag, useHeadDrag } from './use-head-drag.ts'
import './table.css'

/** What a head does to the list. */
export interface HeadActs {
  readonly sort: string | undefined
  /** The next order is worked out of the one that the list has by then. */
  readonly onSort: (next: (sort: string | undefined) => string | undefined) => void
  /** Absent where there is no filter to begin. */
  readonly onFilter: ((path: string) => void) | undefined
  /** Puts the column that stands at `from` before the one at `to`. */
  readonly onMove: (from: number, to: number) => void
  readonly onFreeze: (count: number) => void
  readonly onHide: (path: string) => void
}

export interface TableHeadProps extends Omit<HeadActs, 'onMove'> {
  readonly columns: readonly Column[]
  readonly widths: readonly number[]
  readonly rest: number
  readonly frozen: number
  readonly onOrder: (paths: readonly string[], moved: string) => void
  readonly onPull: (sizing: { readonly path: string; readonly width: number } | undefined) => void
  readonly onSize: (path: string, width: number | undefined) => void
  readonly records: readonly { readonly id: string }[]
  readonly selection: Selection | undefined
}

/** The heads of a table: pressed they sort, pulled they move, their edges make columns wider. */
export function TableHead(props: TableHeadProps) {
  const { columns, widths, rest, frozen, onOrder, onPull, onSize, records, selection, ...acts } = props
  const t = useText()
  const row = useRef<HTMLTableRowElement>(null)
  const [moved, setMoved] = useState<string>()
  const paths = columns.map(({ path }) => path)
  const onMove = (from: number, to: number): void => {
    const next = movedTo(paths, from, to)
    const path = paths[from]
    if (next === paths || path === undefined) return
    setMoved(path)
    onOrder(next, path)
  }
  // A head that is taken to another place loses the focus on the way.
  const order = paths.join(' ')
  useLayoutEffect(() => {
    if (moved === undefined || !order.split(' ').includes(moved)) return
    row.current?.querySelector<HTMLElement>(`th[data-path="${moved}"] .head-main`)?.focus()
  }, [moved, order])
  const { drag, begin } = useHeadDrag(onMove)
  return (
    <thead>
      <tr ref={row}>
        {selection === undefined ? null : (
          <th scope="col" {...frozenAt(frozen > 0 ? -1 : undefined, frozen, 'choice-cell')}>
            <Choice
              label={t('bulk.chooseAll')}
              checked={records.length > 0 && records.every(({ id }) => selection.ids.has(id))}
              partly={selection.ids.size > 0}
              onChange={selection.toggleAll}
            />
          </th>
        )}
        {columns.map((column, at) => (
          <Head
            key={column.path}
            {...acts}
            {...{ column, at, frozen, drag, onMove }}
            count={columns.length}
            width={widths[at] ?? 0}
            onPointerDown={begin(at)}
            onPull={(width) => onPull(width === undefined ? undefined : { path: column.path, width })}
            onSize={(width) => onSize(column.path, width)}
          />
        ))}
        {rest > 0 ? <td className="filler" /> : null}
      </tr>
    </thead>
  )
}

interface HeadProps extends HeadActs {
  readonly column: Column
  readonly at: number
  readonly count: number
  readonly frozen: number
  readonly width: number
  readonly drag: HeadDrag | undefined
  readonly onPointerDown: (event: React.PointerEvent<HTMLElement>) => void
  readonly onPull: (width: number | undefined) => void
  readonly onSize: (width: number | undefined) => void
}

function Head({ width, drag, onPointerDown, onPull, onSize, ...rest }: HeadProps) {
  const { column, at, count, frozen, sort, onSort, onMove } = rest
  const { path, field } = column
  const t = useText()
  const keys = sortKeys(sort)
  const place = keys.findIndex((key) => key.field === path)
  const key = keys[place]
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 2 : 0
    if (by === 0 || !event.shiftKey || event.altKey || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    if (at + by >= 0 && at + by <= count) onMove(at, at + by)
  }
  const side =
    drag === undefined ? '' : drag.to === at ? 'drop-before' : drag.to === at + 1 ? 'drop-after' : ''
  const className = [isNumeric(field) ? 'right' : '', side, drag?.from === at ? 'pulled' : ''].join(' ')
  return (
    <th
      scope="col"
      data-path={path}
      {...frozenAt(at, frozen, className)}
      // Only one head may say so; the others say it in their names.
      aria-sort={
        !field.sortable ? undefined : place !== 0 ? 'none' : key?.isDown ? 'descending' : 'ascending'
      }
      onPointerDown={onPointerDown}
    >
      {field.sortable ? (
        <button
          type="button"
          className="plain-button head-button head-main"
          title={t('list.sortBy', { field: field.label })}
          onClick={({ shiftKey }) => onSort((now) => (shiftKey ? withKey(now, path) : nextSort(now, path)))}
          onKeyDown={onKeyDown}
        >
          {key === undefined ? null : <Icon name={key.isDown ? 'chevron_down' : 'chevron_up'} size="small" />}
          <span className="cut">{field.label}</span>
          {key === undefined || keys.length === 1 ? null : (
            <span className="head-place num">
              <span aria-hidden="true">{place + 1}</span>
              <span className="visually-hidden">
                {t(key.isDown ? 'columns.keyDown' : 'columns.keyUp', { place: place + 1 })}
              </span>
            </span>
          )}
        </button>
      ) : (
        <span className="cut head-text">{field.label}</span>
      )}
      <HeadMenu {...rest} />
      <HeadEdge label={field.label} {...{ width, onPull, onSize }} />
    </th>
  )
}
