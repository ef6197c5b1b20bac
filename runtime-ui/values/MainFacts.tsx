import type { Entity, RecordData } from '../api/types.ts'
import { FieldValue } from './FieldValue.tsx'
import { mainFacts } from './main-facts.ts'

interface MainFactsProps {
  readonly className: string
  readonly entity: Entity
  readonly record: RecordData
  /** So many facts are shown. */
  readonly most: number
}

/** What one knows of a record at a glance, each with its label. */
export function MainFacts({ className, entity, record, most }: MainFactsProps) {
  return (
    <dl className={className}>
      {mainFacts(entity, record, most).map((field) => (
        <div key={field.name}>
          <dt>{field.label}</dt>
          <dd>
            <FieldValue entity={entity} field={field} value={record[field.name]} compact />
          </dd>
        </div>
      ))}
    </dl>
  )
}
