import { useQuery } from '@tanstack/react-query'
import { Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { getRecord, listRecords } from '../../runtime-ui/api/records.ts'
import type { Entity } from '../../runtime-ui/api/types.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { LanguageChoice } from '../../runtime-ui/kit/LanguageChoice.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useEntity } from '../../runtime-ui/kit/model-context.tsx'
import type { UiLanguage } from '../../runtime-ui/kit/remembered.ts'
import { State } from '../../runtime-ui/kit/State.tsx'
import { expandAll } from '../../runtime-ui/values/references.ts'
import { RecordPicker } from '../../runtime-ui/widgets/RecordPicker.tsx'
import { PreviewFault } from '../connections/MessagePreview.tsx'
import { isObject } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { useNames } from '../store/use-names.ts'
import { AsOthers } from './AsOthers.tsx'
import { DraftForm } from './DraftForm.tsx'
import { DraftPage } from './DraftPage.tsx'
import { type DraftForm as Told, useDraftForm } from './use-draft-form.ts'

interface LayoutPreviewProps {
  readonly layout: string
  readonly entity: string
  /** Whom the layout is for, as the draft has it. */
  readonly people: unknown
  /** Which records the layout is for, as the draft has it. */
  readonly where: unknown
}

/** The form or the page as a role meets it, in a language, on a device, with a real record: drawn by what draws it there. */
export function LayoutPreview({ layout, entity: name, people, where }: LayoutPreviewProps) {
  const { t, i18n } = useTranslation()
  const entity = useEntity(name)
  const roles = useNames().of('role')
  const [search] = useSearchParams()
  const [role, setRole] = useState<string | undefined>(() => search.get('as') ?? firstRole(people))
  const [language, setLanguage] = useState<UiLanguage>(i18n.language)
  const [isPhone, setIsPhone] = useState(false)
  const [shown, setShown] = useState<'form' | 'page'>('form')
  // Undefined until somebody chooses: the newest one; null is a new one.
  const [chosen, setChosen] = useState<string | null>()
  const newest = useNewest(entity, where)
  const record = (chosen === undefined ? newest : chosen) ?? undefined
  const isKnown = newest !== undefined || chosen !== undefined || entity === undefined
  const told = useDraftForm({ entity: name, role, record, language, isOff: !isKnown })
  return (
    <div className="layout-preview">
      <div className="row preview-bar">
        <label className="row t13 ink-2" htmlFor="preview-role">
          {t('layouts.asRole')}
        </label>
        <Select
          id="preview-role"
          className="preview-role"
          value={role ?? ''}
          options={[{ value: '', label: t('layouts.ownRoles') }, ...roles]}
          suffixIcon={<Icon name="chevron_down" />}
          onChange={(next: string) => setRole(next === '' ? undefined : next)}
        />
        <LanguageChoice label={t('preview.language')} value={language} onChange={setLanguage} />
        <Segmented<'desk' | 'phone'>
          aria-label={t('layouts.device')}
          value={isPhone ? 'phone' : 'desk'}
          options={(['desk', 'phone'] as const).map((value) => ({
            value,
            label: t(`layouts.device.${value}`),
          }))}
          onChange={(next) => setIsPhone(next === 'phone')}
        />
        <Segmented<'form' | 'page'>
          aria-label={t('layouts.surface')}
          value={shown}
          options={(['form', 'page'] as const).map((value) => ({
            value,
            label: t(`layouts.surface.${value}`),
          }))}
          onChange={setShown}
        />
        {entity === undefined ? null : (
          <RecordPicker
            className="preview-record"
            entity={name}
            aria={{ 'aria-label': t('layouts.record') }}
            value={record}
            onChange={(next) => setChosen(next ?? null)}
          />
        )}
      </div>
      <div className="layout-scroll">
        {told.isError ? (
          <PreviewFault error={told.error} retry={() => void told.refetch()} />
        ) : told.data === undefined ? (
          <LoadingRows />
        ) : (
          <Seen {...{ told: told.data, layout, name, record, language, isPhone, shown }} />
        )}
      </div>
    </div>
  )
}

interface SeenProps {
  readonly told: Told
  readonly layout: string
  /** Of the entity. */
  readonly name: string
  readonly record: string | undefined
  readonly language: UiLanguage
  readonly isPhone: boolean
  readonly shown: 'form' | 'page'
}

function Seen({ told, layout, name, record: id, language, isPhone, shown }: SeenProps) {
  const { t } = useTranslation()
  const { index } = useStore()
  const inForce = useEntity(name)
  const record = useQuery({
    queryKey: ['records', name, id, 'preview'],
    queryFn: () => getRecord(name, id!, expandAll(inForce!)),
    enabled: inForce !== undefined && id !== undefined,
  })
  const { form, entity } = told
  const { i18n } = useTranslation()
  if (form === null || entity === null)
    return <State joint="locked" title={t('layouts.unseen')} text={t('layouts.unseenText')} />
  const other = form.layout === layout ? undefined : form.layout
  const otherLabel = other === undefined ? undefined : index.get(`layout/${other}`)?.label
  const isReady = id === undefined || record.data !== undefined
  return (
    <>
      {other === undefined ? null : (
        <p className="note row layout-other">
          <Icon name="alert" />
          {other === null
            ? t('layouts.noLayout')
            : t('layouts.otherLayout', { name: textIn(otherLabel, i18n.language, other) })}
        </p>
      )}
      {record.isError ? <PreviewFault error={record.error} retry={() => void record.refetch()} /> : null}
      {!isReady ? null : (
        <AsOthers entity={entity} language={language} isPhone={isPhone}>
          {shown === 'form' ? (
            <DraftForm
              key={`${form.schema.$id} ${id} ${language} ${JSON.stringify(form.uiSchema['ui:sections'])}`}
              form={{ ...form, record: record.data ?? null }}
              entity={entity}
              isNew={id === undefined}
            />
          ) : record.data === undefined ? (
            <State joint="empty" title={t('layouts.noRecord')} text={t('layouts.noRecordText')} />
          ) : (
            <DraftPage entity={entity} inForce={inForce} record={record.data} />
          )}
        </AsOthers>
      )}
    </>
  )
}

/**
 * The newest record that the person may read and the layout is for; null where there is none, undefined while that is
 * asked.
 */
function useNewest(entity: Entity | undefined, where: unknown): string | null | undefined {
  const filter = entity === undefined ? undefined : filterOf(entity, where)
  const query = useQuery({
    queryKey: ['records', entity?.name, 'newest', filter],
    queryFn: ({ signal }) =>
      listRecords(entity!.name, { limit: 1, sort: '-created_at', fields: 'id', ...filter }, signal),
    enabled: entity !== undefined,
  })
  if (query.isError) return null
  return query.data === undefined ? undefined : (query.data.data[0]?.id ?? null)
}

/** Records that a layout is for; what the draft alone knows filters nothing. */
function filterOf(entity: Entity, where: unknown): { readonly filter: unknown } | undefined {
  const known = (Array.isArray(where) ? where : []).flatMap((one: unknown) => {
    if (!isObject(one) || !Array.isArray(one.is)) return []
    const field = entity.fields.find(({ name }) => name === one.field)
    const options = field === undefined ? undefined : (entity.pipelines[field.name] ?? field.options)
    const is =
      options?.flatMap(({ name }) => ((one.is as readonly unknown[]).includes(name) ? [name] : [])) ?? []
    return is.length === 0 ? [] : [{ in: [{ var: one.field }, is] }]
  })
  return known.length === 0 ? undefined : { filter: { and: known } }
}

function firstRole(people: unknown): string | undefined {
  const [first] = Array.isArray(people) ? people : []
  return isObject(first) && typeof first.role === 'string' ? first.role : undefined
}
