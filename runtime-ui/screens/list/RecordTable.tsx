import { type KeyboardEvent, type RefObject, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { FieldValue, isNumeric } from '../../values/FieldValue.tsx'
import { fieldAt, titleOf, valueAt } from '../../values/references.ts'
import { Choice } from '../bulk/Choice.tsx'
import type { Selection } from '../bulk/use-selection.ts'
import { recordAddress } from '../frame/places.ts'
import { InPlace } from '../inline/InPlace.tsx'
import { PeekButton } from '../peek/PeekButton.tsx'
import { columnWidth, tableWidth } from './column-width.ts'
import { nextSort } from './list-state.ts'
import { NameCell } from './NameCell.tsx'
import { useWindow } from './use-window.ts'

const ROW_HEIGHT = 36

export interface RecordTableProps {
  readonly entity: Entity
  readonly columns: readonly { readonly field: string }[]
  readonly records: readonly RecordData[]
  readonly sort: string | undefined
  readonly onSort: (sort: string | undefined) => void
  readonly active: number
  readonly onActive: (index: number) => void
  /** The end of what is loaded comes near. */
  readonly onEnd: () => void
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Absent where nothing can be done to many. */
  readonly selection: Selection | undefined
}

export interface Column {
  readonly path: string
  readonly field: Field
}

/** Columns that the person may know; others are silently left out. */
export function useColumns(
  entity: Entity,
  columns: readonly { readonly field: string }[],
): readonly Column[] {
  const { model } = useWork()
  return columns.flatMap(({ field: path }) => {
    const field = fieldAt(model.entities, entity, path)
    return field === undefined ? [] : [{ path, field }]
  })
}

/** Rows of one height, of which only those near the window are in the document. */
export function RecordTable(props: RecordTableProps) {
  const { t } = useTranslation()
  const { entity, records, scroller, active, onEnd, selection } = props
  const columns = useColumns(entity, props.columns)
  const named = Math.max(
    0,
    columns.findIndex((column) => column.path === entity.title),
  )
  const width = columns.length + (selection === undefined ? 0 : 1)
  const { from, to } = useWindow(scroller, records.length, ROW_HEIGHT)
  useEffect(() => {
    if (to >= records.length - 15) onEnd()
  }, [to, records.length, onEnd])
  useEffect(() => {
    if (active < 0 || scroller.current === null) return
    const top = active * ROW_HEIGHT
    const { scrollTop, clientHeight } = scroller.current
    if (top < scrollTop) scroller.current.scrollTop = top
    else if (top + ROW_HEIGHT * 2 > scrollTop + clientHeight)
      scroller.current.scrollTop = top + ROW_HEIGHT * 2 - clientHeight
  }, [active, scroller])
  return (
    <table
      className={(selection?.ids.size ?? 0) > 0 ? 'records choosing' : 'records'}
      style={{ minWidth: tableWidth(entity, columns) }}
      aria-rowcount={records.length + 1}
      aria-label={entity.plural}
    >
      <colgroup>
        {selection === undefined ? null : <col className="choice-col" />}
        {columns.map(({ path, field }) => (
          <col key={path} style={{ width: columnWidth(entity, field, path) }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {selection === undefined ? null : (
            <th scope="col" className="choice-cell">
              <Choice
                label={t('bulk.chooseAll')}
                checked={records.length > 0 && records.every(({ id }) => selection.ids.has(id))}
                partly={selection.ids.size > 0}
                onChange={selection.toggleAll}
              />
            </th>
          )}
          {columns.map((column) => (
            <Head key={column.path} column={column} sort={props.sort} onSort={props.onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        <Spacer rows={from} columns={width} />
        {records.slice(from, to).map((record, offset) => (
          <Row
            named={named}
            key={record.id}
            entity={entity}
            record={record}
            columns={columns}
            index={from + offset}
            active={from + offset === active}
            onActive={props.onActive}
            selection={selection}
          />
        ))}
        <Spacer rows={records.length - to} columns={width} />
      </tbody>
      <caption className="visually-hidden">{t('list.caption', { entities: entity.plural })}</caption>
    </table>
  )
}

function Spacer({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  if (rows <= 0) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without content or tab stop
    <tr aria-hidden="true" style={{ height: rows * ROW_HEIGHT }}>
      <td colSpan={columns} className="spacer" />
    </tr>
  )
}

interface HeadProps {
  readonly column: Column
  readonly sort: string | undefined
  readonly onSort: (sort: string | undefined) => void
}

function Head({ column: { path, field }, sort, onSort }: HeadProps) {
  const { t } = useTranslation()
  const first = sort?.split(',')[0]
  const order = first === path ? 'ascending' : first === `-${path}` ? 'descending' : undefined
  const className = isNumeric(field) ? 'right' : undefined
  if (!field.sortable) {
    return (
      <th scope="col" className={className}>
        <span className="cut head-text">{field.label}</span>
      </th>
    )
  }
  return (
    <th scope="col" className={className} aria-sort={order ?? 'none'}>
      <button
        type="button"
        className="plain-button head-button"
        title={t('list.sortBy', { field: field.label })}
        onClick={() => onSort(nextSort(first, path))}
      >
        {order === undefined ? null : (
          <Icon name={order === 'ascending' ? 'chevron_up' : 'chevron_down'} size="small" />
        )}
        <span className="cut">{field.label}</span>
      </button>
    </th>
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
  readonly selection: Selection | undefined
}

function Row({ named, entity, record, columns, index, active, onActive, selection }: RowProps) {
  const { t } = useTranslation()
  const isChosen = selection?.ids.has(record.id) === true
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
      {selection === undefined ? null : (
        <td className="choice-cell">
          <Choice
            label={t('bulk.chooseOne', { title: titleOf(entity, record) })}
            checked={isChosen}
            onChange={(range) => selection.toggle(index, range)}
          />
        </td>
      )}
      {columns.map(({ path, field }, at) => (
        <td key={path} className={isNumeric(field) ? 'right' : at === named ? 'first' : undefined}>
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
    </tr>
  )
}

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
