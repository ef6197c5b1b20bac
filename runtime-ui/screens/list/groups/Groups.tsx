import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListQuestion } from '../../../api/records.ts'
import type { RecordData, View, ViewColumn } from '../../../api/types.ts'
import { Button } from '../../../kit/Button.tsx'
import { useIsSample } from '../../../kit/still.ts'
import { FieldValue, isNumeric } from '../../../values/FieldValue.tsx'
import type { Selection } from '../../bulk/use-selection.ts'
import { CARD_HEIGHT, CardsOf } from '../RecordCards.tsx'
import { Row, Spacer, type useTable } from '../RecordTable.tsx'
import { type Column, useColumns } from '../table/use-columns.ts'
import { GroupButton } from './GroupButton.tsx'
import type { GroupProps } from './GroupedBody.tsx'
import { ROWS_AT_ONCE, useGroupRows, useSeen } from './use-group-rows.ts'

interface GroupPartProps extends GroupProps {
  readonly question: ListQuestion
  readonly onRows: (key: string, rows: readonly RecordData[]) => void
  /** The place of its first row among all. */
  readonly from: number
  readonly selection: Selection | undefined
}

interface RowGroupProps extends GroupPartProps {
  readonly table: ReturnType<typeof useTable>
  /** What stands under each column, by path. */
  readonly totals: ReadonlyMap<string, ViewColumn['total']>
  readonly active: number
  readonly onActive: (index: number) => void
}

/** A group of rows: its head with a sum in each column that has one, then the rows. */
export function RowGroup(props: RowGroupProps) {
  const { entity, field, group, isOpen, question, onRows, from, selection, table, totals } = props
  const { columns, layout, span } = table
  const body = useRef<HTMLTableSectionElement>(null)
  const isSample = useIsSample()
  const isSeen = useSeen(body)
  const list = useGroupRows(entity, field, group, question, isOpen && isSeen, onRows)
  const waiting = Math.min(group.count, ROWS_AT_ONCE)
  const named = Math.max(
    0,
    columns.findIndex(({ path }) => path === entity.title),
  )
  // The name takes the room up to the first column that has a sum.
  const summed = columns.findIndex(({ path }) => sumOf(group.figures, path, totals.get(path)) !== undefined)
  const wide = summed <= 0 ? (summed === 0 ? 1 : columns.length) : summed
  return (
    <tbody ref={body} className="group" inert={isSample}>
      <tr className="group-row">
        <th scope="rowgroup" colSpan={wide + (selection === undefined ? 0 : 1)}>
          <GroupButton {...props} />
        </th>
        {columns.slice(wide).map((column) => (
          <td key={column.path} className={isNumeric(column.field) ? 'right' : undefined}>
            <Sum {...{ entity, column, group }} total={totals.get(column.path)} />
          </td>
        ))}
        {layout.rest > 0 ? <td className="filler" /> : null}
      </tr>
      {!isOpen ? null : list.isPending || !isSeen ? (
        <Spacer rows={waiting} columns={span} />
      ) : (
        list.records.map((record, at) => (
          <Row
            key={record.id}
            {...{ named, entity, record, columns, onActive: props.onActive }}
            isChosen={selection?.ids.has(record.id)}
            onToggle={selection?.toggle}
            frozen={layout.frozen}
            hasFiller={layout.rest > 0}
            index={from + at}
            active={from + at === props.active}
          />
        ))
      )}
      {isOpen && (list.hasNextPage || list.isError) ? (
        <tr className="group-more">
          <td colSpan={span}>
            <More list={list} count={group.count} />
          </td>
        </tr>
      ) : null}
    </tbody>
  )
}

function sumOf(
  figures: Readonly<Record<string, unknown>>,
  path: string,
  total: ViewColumn['total'],
): unknown {
  if (total === undefined || total === 'count') return undefined
  return figures[`${total}_${path.replaceAll('.', '_')}`] ?? undefined
}

interface SumProps extends Pick<GroupProps, 'entity' | 'group'> {
  readonly column: Column
  readonly total: ViewColumn['total']
}

function Sum({ entity, column: { path, field }, group, total }: SumProps) {
  const { t } = useTranslation()
  const value = sumOf(group.figures, path, total)
  if (value === undefined) return null
  return (
    <span title={t(`total.${total}`, { field: field.label })}>
      <FieldValue {...{ entity, field, value }} compact />
    </span>
  )
}

interface MoreProps {
  readonly list: ReturnType<typeof useGroupRows>
  readonly count: number
}

/** The next rows of a group, or why they did not come. */
function More({ list, count }: MoreProps) {
  const { t } = useTranslation()
  const fault = list.isError && list.records.length === 0 ? t('list.failed') : t('list.moreFailed')
  return (
    <span className="row">
      {list.isError ? <span role="alert">{fault}</span> : null}
      <Button
        size="small"
        type="text"
        aria-busy={list.isFetching}
        onClick={() => void (list.records.length === 0 ? list.refetch() : list.fetchNextPage())}
      >
        {list.isError
          ? t('state.retry')
          : t('board.moreOf', { count: Math.max(1, count - list.records.length) })}
      </Button>
    </span>
  )
}

interface CardGroupProps extends GroupPartProps {
  readonly view: View | undefined
  readonly columns: readonly ViewColumn[]
}

/** The same on a phone: cards below the head. */
export function CardGroup(props: CardGroupProps) {
  const { entity, field, group, isOpen, question, onRows, from, selection } = props
  const section = useRef<HTMLElement>(null)
  const isSeen = useSeen(section)
  const list = useGroupRows(entity, field, group, question, isOpen && isSeen, onRows)
  const columns = useColumns(entity, props.columns)
  const totals = new Map(props.columns.map(({ field: path, total }) => [path, total]))
  const sums = columns.filter(({ path }) => sumOf(group.figures, path, totals.get(path)) !== undefined)
  return (
    <section ref={section} className="group">
      <div className="row group-head">
        <GroupButton {...props} />
        <span className="end num t13">
          {sums.slice(0, 1).map((column) => (
            <Sum key={column.path} {...{ entity, column, group }} total={totals.get(column.path)} />
          ))}
        </span>
      </div>
      {!isOpen ? null : list.isPending || !isSeen ? (
        <div style={{ height: Math.min(group.count, ROWS_AT_ONCE) * CARD_HEIGHT }} />
      ) : (
        <CardsOf {...{ entity, columns, selection, from }} records={list.records} />
      )}
      {isOpen && (list.hasNextPage || list.isError) ? <More list={list} count={group.count} /> : null}
    </section>
  )
}
