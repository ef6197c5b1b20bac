import { useTranslation } from 'react-i18next'
import type { Entity, Field } from '../../../api/types.ts'
import { Avatar } from '../../../kit/Avatar.tsx'
import { formatMonth } from '../../../kit/format.ts'
import { useLanguage, useWork } from '../../../kit/model-context.tsx'
import { FieldValue } from '../../../values/FieldValue.tsx'
import { leadsToPerson } from '../../../values/references.ts'
import { isByMonth } from './group-rule.ts'
import type { Group } from './use-groups.ts'

interface GroupNameProps {
  readonly entity: Entity
  readonly field: Field
  readonly group: Pick<Group, 'value' | 'name'>
}

/** What a group is called, as its value is shown everywhere else. */
export function GroupName({ entity, field, group: { value, name } }: GroupNameProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { me } = useWork()
  if (value === null) return <span className="ink-3">{t('groups.none', { field: field.label })}</span>
  if (typeof value === 'string' && isByMonth(field)) return <span>{formatMonth(value, language)}</span>
  if (field.relation !== undefined) {
    const person = leadsToPerson(field)
    const shown = name ?? (value === me.user.id ? me.user.name : undefined)
    if (shown === undefined)
      return <span className="ink-3">{t(person ? 'record.somebody' : 'groups.hidden')}</span>
    return (
      <>
        <Avatar name={shown} person={person} />
        <span className="cut">{shown}</span>
      </>
    )
  }
  return (
    <>
      {typeof value === 'boolean' ? <span className="ink-2">{field.label}</span> : null}
      <FieldValue {...{ entity, field, value }} compact />
    </>
  )
}
