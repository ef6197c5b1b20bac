import { useQueries } from '@tanstack/react-query'
import { Select } from 'antd'
import type { TFunction } from 'i18next'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getRecord } from '../api/records.ts'
import type { Entity, Reference } from '../api/types.ts'
import type { FormData } from '../forms/form-data.ts'
import { Avatar } from '../kit/Avatar.tsx'
import { clearing } from '../kit/clearing.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { useEntity, useWork } from '../kit/model-context.tsx'
import { nameOf, titleOf } from '../values/references.ts'
import { type Offered, useOffered, type Within } from './use-offered.ts'

const QuickCreateSheet = lazy(async () => ({
  default: (await import('../screens/form/QuickCreateSheet.tsx')).QuickCreateSheet,
}))

/** Stands among the options for a record that is yet to be made, and for none; ids are UUIDs, so neither is one. */
const NEW = 'new'
const NONE = 'none'

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
  /** What is emptied, where another control says what this is; its own label, else the kind of record. */
  readonly clears?: string
  readonly disabled?: boolean
  readonly status?: '' | 'error'
  readonly aria?: Readonly<Record<string, unknown>>
  readonly autoFocus?: boolean
  readonly within?: Within | undefined
  /** Whether what is not there yet can be made here, by who may. */
  readonly canCreate?: boolean
}

/** Finds records on the server while the person types; what is not there yet is made in place. */
export function RecordPicker(props: RecordPickerProps) {
  const { t } = useTranslation()
  const entity = useEntity(props.entity)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  /** What a new record begins with, while it is being made. */
  const [making, setMaking] = useState<FormData>()
  const [made, setMade] = useState<readonly Reference[]>([])
  const offered = useOffered(entity, text, props.within, open)
  const chosen = props.multiple ? (props.values ?? []) : props.value === undefined ? [] : [props.value]
  const { names, asking } = useNames(entity, chosen, [...(props.known ?? []), ...made])
  const person = props.entity === 'user'
  const nothing = offered.isError
    ? t('picker.failed')
    : !offered.isSettled
      ? t('picker.searching')
      : t('picker.none')
  // Once something is found or not: what comes first is what Enter takes.
  const canCreate = props.canCreate === true && entity?.rights.create === true && offered.isSettled
  const take = (id: string): void => {
    if (props.multiple) props.onValues?.([...chosen.filter((one) => one !== id), id])
    else props.onChange?.(id)
  }
  const begin = (): void => {
    const { within } = props
    setOpen(false)
    setText('')
    setMaking({
      ...(entity?.title === undefined || text.trim() === '' ? {} : { [entity.title]: text.trim() }),
      ...(within === undefined ? {} : { [within.field]: within.id }),
    })
  }
  const change = (next: unknown): void => {
    if ((props.multiple ? (next as string[]) : [next]).includes(NEW)) begin()
    else if (props.multiple) props.onValues?.((next as string[] | undefined) ?? [])
    else props.onChange?.(next as string | undefined)
  }
  const newLabel = entity === undefined ? '' : newLabelOf(entity, text.trim(), t)
  return (
    <>
      <Select
        {...props.aria}
        {...(props.label === undefined ? {} : { 'aria-label': props.label })}
        className={props.className ?? 'wide'}
        mode={props.multiple ? 'multiple' : undefined}
        status={props.status ?? ''}
        disabled={props.disabled || entity === undefined}
        autoFocus={props.autoFocus}
        allowClear={
          (props.clearable ?? true) &&
          clearing(t('act.clearOf', { title: props.clears ?? props.label ?? entity?.label ?? '' }))
        }
        labelRender={({ value }) => (
          <Name
            id={String(value)}
            name={names.get(String(value)) ?? labelIn(offered, String(value))}
            person={person}
            plain={props.multiple}
            isAsked={asking.has(String(value))}
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
        // Null, not undefined: else antd would keep what was chosen by itself, such as the act to make one.
        value={props.multiple ? [...chosen] : (props.value ?? null)}
        options={
          open
            ? [
                ...grouped(offered, t('palette.recent'), entity?.plural ?? ''),
                ...(canCreate && offered.last.length + offered.others.length === 0
                  ? [{ value: NONE, label: nothing, disabled: true }]
                  : []),
                ...(canCreate ? [{ value: NEW, label: newLabel }] : []),
              ]
            : [...names].map(([value, label]) => ({ value, label }))
        }
        optionRender={({ value, label }) =>
          value === NEW || value === NONE ? (
            <span className={value === NEW ? 'row picker-name brand' : 'ink-3 t13'}>
              {value === NEW ? <Icon name="plus" /> : null}
              <span className="cut">{label}</span>
            </span>
          ) : (
            <Name id={String(value)} name={String(label)} person={person} />
          )
        }
        onChange={change}
      />
      {making === undefined || entity === undefined ? null : (
        <Suspense fallback={null}>
          <QuickCreateSheet
            entity={entity}
            presets={making}
            onClose={() => setMaking(undefined)}
            onCreated={(record) => {
              setMaking(undefined)
              setMade([...made, { id: record.id, label: titleOf(entity, record) }])
              take(record.id)
            }}
            onFound={(id) => {
              setMaking(undefined)
              take(id)
            }}
          />
        </Suspense>
      )}
    </>
  )
}

const newLabelOf = (entity: Entity, name: string, t: TFunction): string =>
  name === ''
    ? t('act.newOf', { entity: entity.label })
    : t('picker.newOf', { entity: entity.label, name: name.slice(0, 60) })

type OfferedNow = Pick<ReturnType<typeof useOffered>, 'last' | 'others'>

const labelIn = ({ last, others }: OfferedNow, id: string): string | undefined =>
  [...last, ...others].find((one) => one.id === id)?.label

/** What was looked at last stands apart, where there is any. */
function grouped({ last, others }: OfferedNow, lastLabel: string, othersLabel: string) {
  const options = (list: readonly Offered[]) => list.map(({ id, label }) => ({ value: id, label }))
  if (last.length === 0) return options(others)
  const groups = [{ label: lastLabel, options: options(last) }]
  return others.length === 0 ? groups : [...groups, { label: othersLabel, options: options(others) }]
}

function Name({
  id,
  name,
  person,
  plain = false,
  isAsked = false,
}: {
  readonly id: string
  readonly name: string | undefined
  readonly person: boolean
  /** Several stand side by side: their names are enough. */
  readonly plain?: boolean | undefined
  /** Its name is on its way. */
  readonly isAsked?: boolean
}) {
  const { t } = useTranslation()
  const { me } = useWork()
  const unread = id === me.user.id ? me.user.name : t(person ? 'record.somebody' : 'value.hidden')
  const text = name ?? (isAsked ? '…' : unread)
  if (plain) return <span>{text}</span>
  return (
    <span className="row picker-name">
      <Avatar name={text} person={person} />
      <span className="cut">{text}</span>
    </span>
  )
}

/** The names of what is chosen: those known, the others asked for one by one. */
function useNames(
  entity: Entity | undefined,
  ids: readonly string[],
  known: readonly Reference[],
): { readonly names: ReadonlyMap<string, string>; readonly asking: ReadonlySet<string> } {
  const given = new Map(
    known.flatMap((item) => {
      const name = nameOf(item)
      return item.id === null || name === undefined ? [] : [[item.id, name]]
    }),
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
  const names = useMemo(() => new Map(JSON.parse(key) as [string, string][]), [key])
  return { names, asking: new Set(missing.filter((_, index) => answers[index]?.isLoading === true)) }
}
