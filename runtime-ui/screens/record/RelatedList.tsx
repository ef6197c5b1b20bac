import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { relatedRecords } from '../../api/records.ts'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { formatNumber } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useEntity, useLanguage } from '../../kit/model-context.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import { titleOf } from '../../values/references.ts'
import { newChildAddress, presetsOf } from '../form/presets.ts'
import { recordAddress } from '../frame/places.ts'
import type { RelatedTab } from './related-tabs.ts'

const QuickCreateSheet = lazy(async () => ({
  default: (await import('../form/QuickCreateSheet.tsx')).QuickCreateSheet,
}))

const SHOWN = 5
const SHOWN_LONG = 25

export interface RelatedListProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly tab: RelatedTab
  readonly long?: boolean
}

/** The records that point here by one relation: the newest few, a way to all, a way to one more. */
export function RelatedList({ entity, record, tab, long = false }: RelatedListProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const child = useEntity(tab.relation.entity)
  const [isMaking, setIsMaking] = useState(false)
  const query = useQuery({
    queryKey: ['records', tab.relation.entity, 'related', entity.name, record.id, tab.relation.name, long],
    queryFn: () =>
      relatedRecords(entity.name, record.id, tab.relation.name, {
        limit: long ? SHOWN_LONG : SHOWN,
        sort: '-created_at',
        count: 'exact',
      }),
    enabled: child !== undefined,
  })
  if (child === undefined) return null
  const { figure, facts } = shownFields(child, tab.relation.field)
  const count = query.data?.count
  const newAddress = newChildAddress(child, tab.relation.field, entity.name, record.id)
  const records = query.data?.data ?? []
  return (
    <section className={records.length === 0 ? 'related empty' : 'related'} data-relation={tab.relation.name}>
      <div className="row section-head">
        <h3 className="h3">{tab.label}</h3>
        {count === undefined ? null : <span className="count num">{formatNumber(count, language)}</span>}
        {child.rights.create ? (
          <Link
            className="icon-link end"
            aria-label={t('act.newOf', { entity: child.label })}
            title={t('act.newOf', { entity: child.label })}
            to={newAddress}
            // In place; its own page in a new window.
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return
              event.preventDefault()
              setIsMaking(true)
            }}
          >
            <Icon name="plus" />
          </Link>
        ) : null}
      </div>
      {query.isError ? <p className="t13 bad">{t('record.relatedFailed')}</p> : null}
      {long && query.isSuccess && records.length === 0 ? (
        <p className="t13 ink-3 related-none">{t('record.none')}</p>
      ) : null}
      <ul>
        {records.map((item) => (
          <RelatedRow key={item.id} child={child} record={item} figure={figure} facts={facts} />
        ))}
      </ul>
      {count !== undefined && count > records.length ? (
        <Link className="link t13 related-all" to={allAddress(child, tab.relation.field, record.id)}>
          {t('record.allRelated', { number: formatNumber(count, language) })}
        </Link>
      ) : null}
      {isMaking ? (
        <Suspense fallback={null}>
          <QuickCreateSheet
            entity={child}
            presets={presetsOf(new URLSearchParams(newAddress.split('?')[1]), child)}
            onClose={() => setIsMaking(false)}
            onCreated={() => setIsMaking(false)}
          />
        </Suspense>
      ) : null}
    </section>
  )
}

/** The list of the other entity with a filter on this record. */
function allAddress(child: Entity, field: string, id: string): string {
  const kind = child.fields.find((candidate) => candidate.name === field)?.relation?.kind
  const filter = { [kind === 'many' ? 'has' : '==']: [{ var: field }, id] }
  return `/records/${child.name}?${new URLSearchParams({ filter: JSON.stringify(filter) })}`
}

const SMALL: ReadonlySet<string> = new Set([
  'stage',
  'select',
  'date',
  'date_time',
  'boolean',
  'percent',
  'email',
  'phone',
])

/** An amount at the right, two short facts below the name. */
function shownFields(
  child: Entity,
  by: string,
): { readonly figure: Field | undefined; readonly facts: readonly Field[] } {
  const order = [...child.page.highlights, ...child.sections.flatMap((section) => section.fields)]
  const fields = [...new Set(order)]
    .map((name) => child.fields.find((field) => field.name === name))
    .filter((field): field is Field => field !== undefined && field.name !== child.title && field.name !== by)
  return {
    figure: fields.find((field) => field.type === 'currency'),
    facts: fields.filter((field) => SMALL.has(field.type)).slice(0, 2),
  }
}

interface RelatedRowProps {
  readonly child: Entity
  readonly record: RecordData
  readonly figure: Field | undefined
  readonly facts: readonly Field[]
}

function RelatedRow({ child, record, figure, facts }: RelatedRowProps) {
  return (
    <li className="related-row">
      <div className="row">
        <Link className="cut strong related-link" to={recordAddress(child.name, record.id)}>
          {titleOf(child, record)}
        </Link>
        {figure === undefined || record[figure.name] == null ? null : (
          <span className="end">
            <FieldValue entity={child} field={figure} value={record[figure.name]} compact />
          </span>
        )}
      </div>
      <div className="row t12 ink-3 related-facts">
        {facts.map((field) =>
          record[field.name] == null ? null : (
            <span key={field.name} className="cut">
              <FieldValue entity={child} field={field} value={record[field.name]} compact />
            </span>
          ),
        )}
      </div>
    </li>
  )
}
