import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getRecord } from '../../api/records.ts'
import type { Entity } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { callAddress } from '../../values/call-address.ts'
import { FieldValue } from '../../values/FieldValue.tsx'
import { mainFacts, phoneOf } from '../../values/main-facts.ts'
import { expandAll, titleOf } from '../../values/references.ts'
import { isPerson } from '../list/NameCell.tsx'

const MOST_FACTS = 7

/** What one knows of a record at a glance: its highlights, and the first of what else it has. */
export function PalettePreview({ entity, id }: { readonly entity: Entity; readonly id: string }) {
  const { t, i18n } = useTranslation()
  const { data: record } = useQuery({
    queryKey: ['records', entity.name, 'one', id, 'page', i18n.language],
    queryFn: ({ signal }) => getRecord(entity.name, id, expandAll(entity), signal),
  })
  if (record === undefined) return <aside className="palette-preview" />
  const title = titleOf(entity, record)
  const phone = phoneOf(entity, record)
  return (
    <aside className="palette-preview" aria-label={t('palette.preview', { label: title })}>
      <div className="row palette-preview-head">
        <Avatar name={title} person={isPerson(entity)} size="big" />
        <div className="grow">
          <div className="h2 cut">{title}</div>
          <div className="t13 ink-3">{entity.label}</div>
        </div>
      </div>
      <dl>
        {mainFacts(entity, record, MOST_FACTS).map((field) => (
          <div key={field.name} className="palette-fact">
            <dt className="t13 ink-3">{field.label}</dt>
            <dd>
              <FieldValue entity={entity} field={field} value={record[field.name]} compact />
            </dd>
          </div>
        ))}
      </dl>
      {phone === undefined ? null : (
        <a className="palette-call" href={callAddress(phone)} tabIndex={-1}>
          <Icon name="phone" />
          {t('palette.call')}
        </a>
      )}
    </aside>
  )
}
