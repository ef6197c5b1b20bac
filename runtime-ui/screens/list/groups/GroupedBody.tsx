import { type ReactNode, type RefObject, useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListQuestion } from '../../../api/records.ts'
import type { Entity, Field, RecordData } from '../../../api/types.ts'
import { LoadingRows } from '../../../kit/Loading.tsx'
import { ProblemState } from '../../../kit/State.tsx'
import { useIsPhone } from '../../../kit/use-media.ts'
import type { Selection } from '../../bulk/use-selection.ts'
import { ListEmpty } from '../ListEmpty.tsx'
import type { ListParts } from '../ListHead.tsx'
import { columnsOf, sortOf } from '../list-state.ts'
import { useTable } from '../RecordTable.tsx'
import { TableHead } from '../table/TableHead.tsx'
import { CardGroup, RowGroup } from './Groups.tsx'
import './groups.css'
import { type Group, MOST_GROUPS, type useGroups } from './use-groups.ts'

export interface GroupedBodyProps extends ListParts {
  readonly field: Field
  readonly found: ReturnType<typeof useGroups>
  readonly question: ListQuestion
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly active: number
  readonly onActive: (index: number) => void
  readonly onFilter: (field: string) => void
  readonly selection: Selection | undefined
  readonly isChoosing: boolean
  /** Groups that are closed, by key. */
  readonly closed: ReadonlySet<string>
  readonly onToggle: (key: string) => void
  /** All rows that stand in the document, in their order. */
  readonly onRecords: (records: readonly RecordData[]) => void
}

/** What one group is drawn of. */
export interface GroupProps {
  readonly entity: Entity
  readonly field: Field
  readonly group: Group
  readonly isOpen: boolean
  readonly onToggle: (key: string) => void
}

/** A list in groups: each with its name, how many there are and the sums, and its rows as they come into sight. */
export function GroupedBody(props: GroupedBodyProps) {
  const { scroller, found, active } = props
  useEffect(() => {
    if (active >= 0) scroller.current?.querySelector('tr.on')?.scrollIntoView({ block: 'nearest' })
  }, [active, scroller])
  return (
    <div className="list-body grouped" ref={scroller} aria-busy={found.isFetching}>
      <Content {...props} />
    </div>
  )
}

function Content(props: GroupedBodyProps) {
  const { entity, view, state, change, found } = props
  const { t } = useTranslation()
  const phone = useIsPhone()
  if (found.isPending) return <LoadingRows rows={12} />
  if (found.isError && found.groups.length === 0)
    return <ProblemState error={found.error} title={t('list.failed')} retry={() => void found.refetch()} />
  if (found.groups.length === 0)
    return <ListEmpty {...{ entity, view, state }} onClear={() => change({ q: '', filter: undefined })} />
  const note =
    found.groups.length < MOST_GROUPS ? null : (
      <p className="t13 ink-3 groups-note">{t('groups.most', { count: MOST_GROUPS })}</p>
    )
  return (
    <>
      {phone ? <Cards {...props} /> : <Rows {...props} />}
      {note}
    </>
  )
}

/** Rows by group, told on as one list: keys and choosing go through it from top to bottom. */
function useRowsOf({ found, closed, onRecords }: GroupedBodyProps) {
  const [rows, setRows] = useState<ReadonlyMap<string, readonly RecordData[]>>(new Map())
  const onRows = useCallback(
    (key: string, records: readonly RecordData[]) => setRows((all) => new Map(all).set(key, records)),
    [],
  )
  const { groups } = found
  const shown = useMemo(() => {
    let from = 0
    return groups.map((group) => {
      const begin = from
      from += closed.has(group.key) ? 0 : (rows.get(group.key)?.length ?? 0)
      return { group, from: begin }
    })
  }, [groups, rows, closed])
  useEffect(() => {
    onRecords(groups.flatMap(({ key }) => (closed.has(key) ? [] : (rows.get(key) ?? []))))
  }, [groups, rows, closed, onRecords])
  return { shown, onRows }
}

function Rows(props: GroupedBodyProps) {
  const { entity, view, state, change, field, question, scroller, closed, onToggle, onFilter } = props
  const { t } = useTranslation()
  const { shown, onRows } = useRowsOf(props)
  const { columns: chosen, widths } = state
  const columns = useMemo(
    () => columnsOf(entity, view, { columns: chosen, widths }),
    [entity, view, chosen, widths],
  )
  const table = useTable({
    ...{ entity, columns, widths, scroller, onFilter, selection: props.selection },
    frozen: state.frozen ?? view?.frozen,
    sort: sortOf(state, view),
    onSort: (next) => change((now) => ({ sort: next(sortOf(now, view)) })),
    onArrange: (part) => change(part, true),
  })
  const totals = new Map(columns.map(({ field: path, total }) => [path, total]))
  return (
    <>
      {table.note}
      <table {...table.frame} aria-label={entity.plural}>
        {table.group}
        <TableHead {...table.head} records={[]} selection={props.selection} />
        {shown.map(({ group, from }) => (
          <RowGroup
            key={group.key}
            {...{ entity, field, group, question, onRows, onToggle, table, totals, from }}
            {...{ active: props.active, onActive: props.onActive, selection: props.selection }}
            isOpen={!closed.has(group.key)}
          />
        ))}
        <caption className="visually-hidden">{t('list.caption', { entities: entity.plural })}</caption>
      </table>
    </>
  )
}

function Cards(props: GroupedBodyProps): ReactNode {
  const { entity, view, state, field, question, closed, onToggle, selection, isChoosing } = props
  const { shown, onRows } = useRowsOf(props)
  const columns = columnsOf(entity, view, state)
  return shown.map(({ group, from }) => (
    <CardGroup
      key={group.key}
      {...{ entity, view, field, group, question, onRows, onToggle, columns, from }}
      selection={isChoosing ? selection : undefined}
      isOpen={!closed.has(group.key)}
    />
  ))
}
