import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getRecord, listRecords } from '../api/records.ts'
import type { Entity, Reference } from '../api/types.ts'
import { Avatar } from '../kit/Avatar.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { useEntity } from '../kit/model-context.tsx'
import { titleOf } from '../values/references.ts'

const SHOWN = 20
const PAUSE_MS = 200

export interface RecordPickerProps {
  readonly entity: string
  readonly label?: string
  readonly className?: string
  readonly value?: string | undefined
  readonly onChange?: (id: string | undefined) => void
  readonly multiple?: boolean
  readonly values?: readonly string[]
  readonly onValues?: (ids: string[]) => void
  /** Names that are known already, so that the first sight shows no id. */
  readonly known?: readonly Reference[]
  readonly clearable?: boolean
  readonly disabled?: boolean
  readonly status?: '' | 'error'
  readonly aria?: Readonly<Record<string, unknown>>
  readonly autoFocus?: boolean
}

/** Finds records on the server while the person types: twenty at a time, never all. */
export function RecordPicker(props: RecordPickerProps) {
  const { t } = useTranslation()
  const entity = useEntity(props.entity)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const q = usePaused(text)
  const found = useQuery({
    queryKey: ['records', props.entity, 'pick', q],
    queryFn: ({ signal }) => listRecords(props.entity, { q, limit: SHOWN, fields: fieldsOf(entity) }, signal),
    enabled: open && entity !== undefined,
    placeholderData: keepPreviousData,
  })
  const chosen = props.multiple ? (props.values ?? []) : props.value === undefined ? [] : [props.value]
  const names = useNames(entity, chosen, props.known ?? [])
  const options = useMemo(() => {
    const list = new Map(names)
    if (entity !== undefined)
      for (const record of found.data?.data ?? []) list.set(record.id, titleOf(entity, record))
    return [...list].map(([value, label]) => ({ value, label }))
  }, [entity, found.data, names])
  const shown = (found.data?.data ?? []).map((record) => record.id)
  const listed = open ? options.filter((option) => shown.includes(option.value)) : options
  const person = props.entity === 'user'
  const nothing = found.isError
    ? t('picker.failed')
    : found.isFetching
      ? t('picker.searching')
      : t('picker.none')
  return (
    <Select
      {...props.aria}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
      className={props.className ?? 'wide'}
      mode={props.multiple ? 'multiple' : undefined}
      status={props.status ?? ''}
      disabled={props.disabled || entity === undefined}
      autoFocus={props.autoFocus}
      allowClear={props.clearable ?? true}
      labelRender={({ value }) => (
        <Name
          id={String(value)}
          name={names.get(String(value)) ?? options.find((option) => option.value === value)?.label}
          person={person}
          plain={props.multiple}
        />
      )}
      showSearch={{ filterOption: false, onSearch: setText, searchValue: text }}
      placeholder={entity === undefined ? undefined : t('picker.placeholder', { entity: entity.label })}
      suffixIcon={<Icon name="search" />}
      notFoundContent={<span className="ink-3 t13">{nothing}</span>}
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (!next) setText('')
      }}
      value={props.multiple ? [...chosen] : (props.value ?? undefined)}
      options={listed}
      optionRender={(option) => (
        <Name id={String(option.value)} name={String(option.label)} person={person} />
      )}
      onChange={(next: unknown) => {
        if (props.multiple) props.onValues?.((next as string[] | undefined) ?? [])
        else props.onChange?.(next as string | undefined)
      }}
    />
  )
}

function Name({
  id,
  name,
  person,
  plain = false,
}: {
  readonly id: string
  readonly name: string | undefined
  readonly person: boolean
  /** Several stand side by side: their names are enough. */
  readonly plain?: boolean | undefined
}) {
  const text = name ?? id.slice(0, 8)
  if (plain) return <span>{text}</span>
  return (
    <span className="row picker-name">
      <Avatar name={text} person={person} />
      <span className="cut">{text}</span>
    </span>
  )
}

const fieldsOf = (entity: Entity | undefined): string =>
  entity?.title === undefined ? 'id' : `id,${entity.title}`

/** A text that has rested for a moment. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), text === '' ? 0 : PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}

/** The names of what is chosen: those known, the others asked for one by one. */
function useNames(
  entity: Entity | undefined,
  ids: readonly string[],
  known: readonly Reference[],
): ReadonlyMap<string, string> {
  const given = new Map(
    known.flatMap((item) => (item.id === null || item.label === null ? [] : [[item.id, item.label]])),
  )
  const missing = ids.filter((id) => !given.has(id))
  const answers = useQueries({
    queries: missing.map((id) => ({
      queryKey: ['records', entity?.name, 'one', id, 'name'],
      queryFn: async () =>
        entity === undefined ? id : titleOf(entity, await getRecord(entity.name, id, '')),
      enabled: entity !== undefined,
      retry: false,
    })),
  })
  const asked = missing.flatMap((id, index) =>
    answers[index]?.data === undefined ? [] : [[id, answers[index].data] as const],
  )
  const all = [...ids.flatMap((id) => (given.has(id) ? [[id, given.get(id)!] as const] : [])), ...asked]
  const key = JSON.stringify(all)
  return useMemo(() => new Map(JSON.parse(key) as [string, string][]), [key])
}
