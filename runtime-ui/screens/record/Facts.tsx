import { useTranslation } from 'react-i18next'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { FieldValue } from '../../values/FieldValue.tsx'
import { useFieldsOpen } from '../approvals/use-approvals.ts'
import { InPlace } from '../inline/InPlace.tsx'

const STACKED: ReadonlySet<string> = new Set(['long_text', 'rich_text', 'json', 'child_list', 'address'])

/** The fields of a record by the layout's sections, and who made it at the end. */
export function Facts({ entity, record }: { readonly entity: Entity; readonly record: RecordData }) {
  const { t } = useTranslation()
  const system = ['created_at', 'created_by', 'updated_at', 'updated_by'].filter(
    (name) => record[name] != null,
  )
  return (
    <>
      {entity.sections.map((section) => (
        <section key={section.name} className="facts">
          <h3 className="h3">{section.label}</h3>
          <FactList
            entity={entity}
            record={record}
            names={section.fields.filter((name) => name !== entity.title)}
          />
        </section>
      ))}
      {system.length === 0 ? null : (
        <section className="facts">
          <h3 className="h3">{t('record.system')}</h3>
          <FactList entity={entity} record={record} names={system} />
        </section>
      )}
    </>
  )
}

interface FactListProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly names: readonly string[]
}

function FactList({ entity, record, names }: FactListProps) {
  const isOpen = useFieldsOpen(entity, record)
  const fields = names
    .map((name) => entity.fields.find((field) => field.name === name))
    .filter((field): field is Field => field !== undefined)
  return (
    <dl className="fact-list">
      {fields.map((field) => (
        <div
          key={field.name}
          className={STACKED.has(field.type) && record[field.name] != null ? 'fact stacked' : 'fact'}
        >
          <dt>{field.label}</dt>
          <dd>
            {isOpen(field.name) ? (
              <InPlace {...{ entity, record, field }}>
                <FieldValue entity={entity} field={field} value={record[field.name]} />
              </InPlace>
            ) : (
              <FieldValue entity={entity} field={field} value={record[field.name]} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
