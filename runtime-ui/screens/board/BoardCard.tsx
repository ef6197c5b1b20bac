import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Entity, RecordData, View } from '../../api/types.ts'
import { FieldValue, isNumeric } from '../../values/FieldValue.tsx'
import { titleOf, valueAt } from '../../values/references.ts'
import { recordAddress } from '../frame/places.ts'
import { useColumns } from '../list/table/use-columns.ts'

interface BoardCardProps {
  readonly entity: Entity
  readonly view: View
  readonly record: RecordData
  /** Where it lies, in the hand, just dropped and not stored, or away in the hand. */
  readonly state: 'still' | 'lifted' | 'held' | 'gone'
  readonly children?: ReactNode
}

/** Lines between the title and the foot of a card. */
const LINES = 3

/** A record as a card: its title, the first values of the view, an amount and its owner at the foot. */
export function BoardCard({ entity, view, record, state, children }: BoardCardProps) {
  const columns = useColumns(entity, view.columns).filter(
    ({ path, field }) => path !== entity.title && field.name !== view.group,
  )
  const filled = columns.filter(({ path }) => {
    const value = valueAt(record, path)
    return value !== null && value !== undefined && value !== ''
  })
  const figure = filled.find(({ field }) => isNumeric(field))
  const owner = filled.find(({ path }) => path === 'owner')
  const lines = filled.filter((column) => column !== figure && column !== owner).slice(0, LINES)
  const show = ({ path, field }: (typeof columns)[number]) => (
    <FieldValue entity={entity} field={field} value={valueAt(record, path)} compact />
  )
  return (
    <article className={`board-card ${state}`} data-id={record.id}>
      <div className="row board-title">
        <Link className="grow strong" to={recordAddress(entity.name, record.id)} draggable={false}>
          {titleOf(entity, record)}
        </Link>
        {children}
      </div>
      {lines.map((column) => (
        <div key={column.path} className="cut t12 ink-3" title={column.field.label}>
          {show(column)}
        </div>
      ))}
      {figure === undefined && owner === undefined ? null : (
        <div className="row board-foot t13">
          {figure === undefined ? null : <span>{show(figure)}</span>}
          {owner === undefined ? null : <span className="end cut">{show(owner)}</span>}
        </div>
      )}
    </article>
  )
}
