import { type KeyboardEvent, memo, type RefObject, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Entity, RecordData, ViewColumn } from '../../api/types.ts'
import { usePreferences } from '../../kit/preferences.ts'
import { useIsSample } from '../../kit/still.ts'
import { useIsTouch } from '../../kit/use-media.ts'
import { useText } from '../../kit/use-text.ts'
import { FieldValue, isNumeric } from '../../values/FieldValue.tsx'
import { titleOf, valueAt } from '../../values/references.ts'
import { Choice } from '../bulk/Choice.tsx'
import type { Selection } from '../bulk/use-selection.ts'
import { recordAddress } from '../frame/places.ts'
import { InPlace } from '../inline/InPlace.tsx'
import { PeekButton } from '../peek/PeekButton.tsx'
import { columnWidth } from './column-width.ts'
import { NameCell } from './NameCell.tsx'
import { TableHead, type TableHeadProps } from './table/TableHead.tsx'
import { CHOICE, type Column, frozenAt, startStyle, useColumns, useTableLayout } from './table/use-columns.ts'
import type { ListChange } from './use-list-state.ts'
import { useWindow } from './use-window.ts'

/** Pixels, as the styles have them (`--table-row`). */
function useRowHeight(): number {
  const isTouch = useIsTouch()
  const { density } = usePreferences()
  return density === 'compact' && !isTouch ? 32 : 36
}

export interface RecordTableProps extends Pick<TableHeadProps, 'sort' | 'onSort' | 'onFilter'> {
  readonly entity: Entity
  readonly columns: readonly ViewColumn[]
  /** What a person has sized, also of columns that are not shown now. */
  readonly widths: Readonly<Record<string, number>> | undefined
  /** How many columns stay; undefined = the name. */
  readonly frozen: number | undefined
  readonly records: readonly RecordData[]
  /** Takes columns to other places and sizes. */
  readonly onArrange: (change: ListChange) => void
  readonly active: number
  readonly onActive: (index: number) => void
  /** The end of what is loaded comes near. */
  readonly onEnd: () => void
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Absent where nothing can be done to many. */
  readonly selection: Selection | undefined
}

/** Rows of one height, of which only those near the window are in the document. */
export function RecordTable(props: RecordTableProps) {
  const t = useText()
  const { entity, records, scroller, active, onEnd, selection } = props
  const table = useTable(props)
  const { columns, layout, head } = table
  const isSample = useIsSample()
  const named = Math.max(
    0,
    columns.findIndex((column) => column.path === entity.title),
  )
  const rowHeight = useRowHeight()
  const { from, to, seen } = useWindow(scroller, records.length, rowHeight)
  useEffect(() => {
    if (seen >= records.length - 15) onEnd()
  }, [seen, records.length, onEnd])
  useEffect(() => {
    if (active < 0 || scroller.current === null) return
    const top = active * rowHeight
    const { scrollTop, clientHeight } = scroller.current
    if (top < scrollTop) scroller.current.scrollTop = top
    else if (top + rowHeight * 2 > scrollTop + clientHeight)
      scroller.current.scrollTop = top + rowHeight * 2 - clientHeight
  }, [active, scroller, rowHeight])
  return (
    <>
      {table.note}
      <table {...table.frame} aria-rowcount={records.length + 1} aria-label={entity.plural}>
        {table.group}
        <TableHead {...head} records={records} selection={selection} />
        <tbody inert={isSample}>
          <Spacer rows={from} columns={table.span} />
          {records.slice(from, to).map((record, offset) => (
            <Row
              key={record.id}
              {...{ named, entity, record, columns }}
              isChosen={selection?.ids.has(record.id)}
              onToggle={selection?.toggle}
              frozen={layout.frozen}
              hasFiller={layout.rest > 0}
              index={from + offset}
              active={from + offset === active}
              onActive={props.onActive}
            />
          ))}
          <Spacer rows={records.length - to} columns={table.span} />
        </tbody>
        <caption className="visually-hidden">{t('list.caption', { entities: entity.plural })}</caption>
      </table>
    </>
  )
}

type TableParts = Pick<
  RecordTableProps,
  | 'entity'
  | 'columns'
  | 'widths'
  | 'frozen'
  | 'onArrange'
  | 'scroller'
  | 'selection'
  | 'sort'
  | 'onSort'
  | 'onFilter'
>

/** What every table of records has: columns of certain widths, heads that change them. */
export function useTable(props: TableParts) {
  const { entity, onArrange, scroller, selection, sort, onSort, onFilter } = props
  const t = useText()
  const [note, setNote] = useState('')
  const columns = useColumns(entity, props.columns)
  const layout = useTableLayout(entity, columns, props.frozen, selection !== undefined, scroller)
  const { widths, rest, frozen, starts, isWide, setSizing } = layout
  const onSize = (path: string, width: number | undefined): void => {
    // Sized by hand, a table has the widths that it is seen with: none moves because another did.
    const seen = Object.fromEntries(columns.map((column, at) => [column.path, widths[at] ?? 0]))
    const usual = columns.find((column) => column.path === path)
    const size = width ?? (usual === undefined ? 0 : columnWidth(entity, usual.field, path))
    onArrange({ widths: { ...props.widths, ...seen, [path]: size } })
  }
  const paths = columns.map(({ path }) => path)
  const head = {
    ...{ columns, widths, rest, frozen, sort, onSort, onFilter, onSize },
    onPull: setSizing,
    onOrder: (order: readonly string[], path: string) => {
      const label = columns.find((column) => column.path === path)?.field.label ?? path
      setNote(t('columns.moved', { field: label, place: order.indexOf(path) + 1 }))
      onArrange({ columns: order })
    },
    onFreeze: (count: number) => onArrange({ frozen: count }),
    onHide: (path: string) => onArrange({ columns: paths.filter((one) => one !== path) }),
  }
  const classes = ['records', isWide ? 'wide' : '', (selection?.ids.size ?? 0) > 0 ? 'choosing' : '']
  return {
    ...{ columns, layout, head },
    /** What is said to those who do not see where a column went. */
    note: (
      <p className="visually-hidden" role="status">
        {note}
      </p>
    ),
    span: columns.length + (selection === undefined ? 0 : 1) + (rest > 0 ? 1 : 0),
    frame: {
      className: classes.filter((name) => name !== '').join(' '),
      style: { width: layout.width, ...startStyle(starts, widths, frozen) },
    },
    group: (
      <colgroup>
        {selection === undefined ? null : <col style={{ width: CHOICE }} />}
        {columns.map(({ path }, at) => (
          <col key={path} style={{ width: widths[at] }} />
        ))}
        {rest > 0 ? <col style={{ width: rest }} /> : null}
      </colgroup>
    ),
  }
}

export function Spacer({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  const rowHeight = useRowHeight()
  if (rows <= 0) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without content or tab stop
    <tr aria-hidden="true" style={{ height: rows * rowHeight }}>
      <td colSpan={columns} className="spacer" />
    </tr>
  )
}

interface RowProps {
  /** The column that carries the mark and leads to the record. */
  readonly named: number
  readonly entity: Entity
  readonly record: RecordData
  readonly columns: readonly Column[]
  readonly index: number
  readonly active: boolean
  readonly onActive: (index: number) => void
  /** Absent where nothing can be done to many, as `onToggle` is. */
  readonly isChosen: boolean | undefined
  readonly onToggle: Selection['toggle'] | undefined
  readonly frozen: number
  /** There is room behind the last column. */
  readonly hasFiller: boolean
}

/** One record; drawn anew when something of it is another, not while an edge is pulled. */
export const Row = memo(function Row(props: RowProps) {
  const { named, entity, record, columns, index, active, onActive, frozen, hasFiller } = props
  const { isChosen = false, onToggle } = props
  const t = useText()
  const navigate = useNavigate()
  const open = (): void => void navigate(recordAddress(entity.name, record.id))
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.target === event.currentTarget) open()
  }
  return (
    <tr
      className={[active ? 'on' : '', isChosen ? 'chosen' : ''].join(' ').trim() || undefined}
      aria-rowindex={index + 2}
      aria-current={active ? 'true' : undefined}
      data-id={record.id}
      onPointerDown={() => onActive(index)}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const chosen = window.getSelection()?.toString() ?? ''
        if (
          chosen === '' &&
          (event.target as Element).closest('a, button, .choice-cell, .in-place.open') === null
        )
          open()
      }}
    >
      {onToggle === undefined ? null : (
        <td {...frozenAt(frozen > 0 ? -1 : undefined, frozen, 'choice-cell')}>
          <Choice
            label={t('bulk.chooseOne', { title: titleOf(entity, record) })}
            checked={isChosen}
            onChange={(range) => onToggle(index, range)}
          />
        </td>
      )}
      {columns.map(({ path, field }, at) => (
        <td key={path} {...frozenAt(at, frozen, isNumeric(field) ? 'right' : at === named ? 'first' : '')}>
          {at === named ? (
            <span className="row">
              <NameCell entity={entity} record={record} field={field} path={path} />
              <PeekButton title={titleOf(entity, record)} />
            </span>
          ) : (
            <Cell {...{ entity, record, field, path }} />
          )}
        </td>
      ))}
      {hasFiller ? <td className="filler" /> : null}
    </tr>
  )
})

interface CellProps extends Column {
  readonly entity: Entity
  readonly record: RecordData
}

/** A value of the record itself is changed where it stands; one of a related record is not. */
function Cell({ entity, record, field, path }: CellProps) {
  const value = <FieldValue entity={entity} field={field} value={valueAt(record, path)} compact />
  if (path !== field.name) return value
  return (
    <InPlace {...{ entity, record, field }} inTable>
      {value}
    </InPlace>
  )
}
