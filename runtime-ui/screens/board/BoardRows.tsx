import type { ReactNode } from 'react'
import type { ListQuestion } from '../../api/records.ts'
import type { Entity, Field, View } from '../../api/types.ts'
import { bothOf } from '../list/filter-rule.ts'
import { LaneHead } from './BoardLane.tsx'
import { LaneCount } from './LaneCount.tsx'
import { LaneName } from './LaneName.tsx'
import { type BoardColumn, columnsOfBoard, useFigures } from './use-board.ts'

type Figures = ReturnType<typeof useFigures>['data']

interface BoardRowsProps {
  readonly entity: Entity
  readonly view: View
  readonly field: Field
  readonly lanes: Field
  readonly columns: readonly BoardColumn[]
  readonly question: ListQuestion
  readonly figures: Figures
  readonly children: (row: BoardColumn, question: ListQuestion, figures: Figures) => ReactNode
}

/** A board in rows: the columns' names above all of them, then the columns of each value of a second field. */
export function BoardRows(props: BoardRowsProps) {
  const { entity, view, field, lanes, columns, figures } = props
  return (
    <section className="board lanes" aria-label={view.label}>
      <div className="board-heads">
        {columns.map((column) => {
          const own = figures?.get(column.name ?? '')
          const count = figures === undefined ? undefined : Number(own?.count ?? 0)
          return (
            <div key={column.name} className="board-lane">
              <LaneHead {...{ entity, view, field, column, count }} figures={own} />
            </div>
          )
        })}
      </div>
      {columnsOfBoard(entity, lanes).map((row) => (
        <BoardRow key={row.name} {...props} row={row} />
      ))}
    </section>
  )
}

function BoardRow(props: BoardRowsProps & { readonly row: BoardColumn }) {
  const { entity, view, field, lanes, row, question, children } = props
  const own = { '==': [{ var: lanes.name }, row.name] }
  const asked = { ...question, filter: bothOf(question.filter, own) }
  const figures = useFigures(entity, field, view, asked).data
  const count = [...(figures?.values() ?? [])].reduce((sum, one) => sum + Number(one.count ?? 0), 0)
  // Nobody looks for what nothing lies in: the row of none stands where there is some.
  if (row.name === null && count === 0) return null
  return (
    <div className="board-row">
      <div className="row board-row-head">
        <LaneName {...{ entity, column: row }} field={lanes} />
        <LaneCount count={figures === undefined ? undefined : count} most={undefined} />
      </div>
      <div className="board-row-cells">{children(row, asked, figures)}</div>
    </div>
  )
}
