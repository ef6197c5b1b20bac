import { Link } from 'react-router'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import { titleOf, valueAt } from '../../values/references.ts'
import { recordAddress } from '../frame/places.ts'
import { ClaimButton } from '../owners/ClaimButton.tsx'

const PEOPLE: ReadonlySet<string> = new Set(['user', 'contact', 'lead', 'sales_agent', 'person'])

/** Whether a record of an entity is a person: its mark is round. */
export const isPerson = (entity: Entity): boolean => PEOPLE.has(entity.name) || entity.icon === 'user'

export interface NameCellProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly field: Field
  readonly path: string
}

/** The first cell of a row: the mark and the way to the record. */
export function NameCell({ entity, record, field, path }: NameCellProps) {
  const isTitle = path === entity.title
  const title = titleOf(entity, record)
  return (
    <span className="row name-cell">
      <Avatar name={title} person={isPerson(entity)} />
      <Link className="cut strong" to={recordAddress(entity.name, record.id)}>
        {isTitle ? title : <FieldValue entity={entity} field={field} value={valueAt(record, path)} compact />}
      </Link>
      {entity.pools.length === 0 ? null : <ClaimButton entity={entity} record={record} />}
    </span>
  )
}
