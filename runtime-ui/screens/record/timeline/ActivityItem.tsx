import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ActivityTold } from '../../../api/timeline.ts'
import type { Entity, Field } from '../../../api/types.ts'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { iconNamed } from '../../../kit/icons/paths.ts'
import { useEntity } from '../../../kit/model-context.tsx'
import { FieldValue } from '../../../values/FieldValue.tsx'
import { recordAddress } from '../../frame/places.ts'
import { Told } from './Told.tsx'

const PROSE: ReadonlySet<string> = new Set(['long_text', 'rich_text'])

/** A call, a meeting, a task: its title leads to it, its facts stand in one line, its words below. */
export function ActivityItem({ entry }: { readonly entry: ActivityTold }) {
  const { t } = useTranslation()
  const entity = useEntity(entry.entity)
  const told = entity === undefined ? [] : toldFields(entity, entry.fields)
  const facts = told.filter(({ type }) => !PROSE.has(type))
  const words = told.filter(({ type }) => PROSE.has(type))
  return (
    <Told
      entry={entry}
      act={
        <span className="activity-kind">
          <Icon name={iconNamed(entity?.icon)} size="small" />
          {entry.entity_label}
        </span>
      }
    >
      <Link className="link activity-title" to={recordAddress(entry.entity, entry.id)}>
        {entry.label ?? t('value.empty')}
      </Link>
      {entity === undefined || facts.length === 0 ? null : (
        <dl className="activity-facts t13">
          {facts.map((field) => (
            <div key={field.name}>
              <dt className="ink-3">{field.label}</dt>
              <dd>
                <FieldValue entity={entity} field={field} value={entry.fields[field.name]} compact />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {entity === undefined
        ? null
        : words.map((field) => (
            <div key={field.name} className="activity-words">
              <FieldValue entity={entity} field={field} value={entry.fields[field.name]} compact />
            </div>
          ))}
    </Told>
  )
}

/** The fields of a card that say something: neither empty nor a plain no. */
function toldFields(entity: Entity, values: ActivityTold['fields']): readonly Field[] {
  return entity.fields.filter(({ name }) => {
    const value = values[name]
    const isList = Array.isArray(value) && value.length === 0
    return value !== undefined && value !== null && value !== '' && value !== false && !isList
  })
}
