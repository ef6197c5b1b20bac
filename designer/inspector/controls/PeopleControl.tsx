import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../../metadata/text.ts'
import { Button, IconButton } from '../../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { fieldsOf } from '../../model/model-graph.ts'
import { isObject, type Json } from '../../store/json-value.ts'
import { useDefinition } from '../../store/store.tsx'
import { useNames } from '../../store/use-names.ts'
import type { ControlProps } from '../Control.tsx'
import { useInspected } from '../inspected.ts'
import { matchesNamed, type NamedOption, namedOptions } from '../named-options.tsx'
import { beginOf, entriesOf, formOf, formsOf, type PersonForm, writtenOf } from '../people.ts'
import { type Choice, entityAround, useFieldChoices } from '../references.ts'
import { choiceWord } from '../schema.ts'
import { useReadable } from '../use-readable.ts'
import { HolderInput } from './HolderInput.tsx'
import { JsonControl } from './JsonControl.tsx'

const ARROW = { suffixIcon: <Icon name="chevron_down" /> }

/** Who, in the one form of everywhere: a role, the people in a field, a leader, a team, somebody by e-mail. */
export function PeopleControl(props: ControlProps) {
  const { path, schema, value, title } = props
  const { t, i18n } = useTranslation()
  const { readOnly, set } = useInspected()
  const { forms, words, isHolder } = formsOf(schema)
  const word = typeof value === 'string' && words.includes(value) ? value : undefined
  const entries = word === undefined ? entriesOf(value) : []
  // A rule that gives people is written by hand.
  if (entries === undefined) return <JsonControl {...props} />
  const change = (next: readonly Json[]): void => set(path, writtenOf(next, schema))
  const wordOf = (one: string): string => choiceWord(schema, one, i18n.language)
  // A table or a pool stands alone.
  const isAlone = entries.some((one) => ['table', 'pool'].includes(formOf(one) ?? ''))
  const options = (at: number) => [
    ...forms
      .filter((form) => entries.length <= 1 || !['table', 'pool'].includes(form))
      .map((form) => ({ value: form as string, label: t(`people.${form}`) })),
    ...(at === 0 && entries.length <= 1 ? words.map((one) => ({ value: one, label: wordOf(one) })) : []),
  ]
  const choose = (at: number, chosen: string): void => {
    if (words.includes(chosen)) set(path, chosen)
    else change([...entries].toSpliced(at, 1, beginOf(chosen as PersonForm)))
  }
  const rows = word === undefined ? entries : [undefined]
  return (
    <div className="people-control">
      {rows.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place in the list.
        <div key={at} className="people-entry">
          <Select<string>
            className="people-form"
            aria-label={`${title}: ${t('people.form')}`}
            disabled={readOnly}
            value={entry === undefined ? word! : (formOf(entry) ?? 'role')}
            options={options(at)}
            onChange={(chosen) => choose(at, chosen)}
            {...ARROW}
          />
          {entry === undefined ? null : (
            <EntryValue {...{ entry, props, isHolder }} onChange={(next) => change(entries.with(at, next))} />
          )}
          {readOnly || entries.length < 2 ? null : (
            <IconButton
              size="small"
              label={t('inspector.leaveOut', { title: String(at + 1) })}
              icon={<Icon name="close" />}
              onClick={() => change(entries.toSpliced(at, 1))}
            />
          )}
        </div>
      ))}
      {readOnly || isAlone || word !== undefined ? null : (
        <Button
          type="text"
          size="small"
          icon={<Icon name="plus" />}
          onClick={() => change([...entries, beginOf('role')])}
        >
          {t(entries.length === 0 ? 'people.add' : 'people.addAlso')}
        </Button>
      )}
    </div>
  )
}

interface EntryValueProps {
  readonly entry: Json
  readonly props: ControlProps
  /** Who holds a role holds it everywhere. */
  readonly isHolder: boolean
  readonly onChange: (entry: Json) => void
}

/** What belongs to a form: which role, which field, which table. */
function EntryValue({ entry, props: { path, title }, isHolder, onChange }: EntryValueProps) {
  const { t } = useTranslation()
  const { kind, name, definition, readOnly } = useInspected()
  const form = formOf(entry) ?? 'role'
  const entity = entityAround(kind, name, useReadable()(kind, definition), path)
  const people = usePeopleFields(entity)
  const kinds = useNames().of(form === 'pool' ? 'pool' : form === 'table' ? 'entity' : 'role')
  const label = `${title}: ${t(`people.${form}`)}`
  const value = String(entry[form] ?? '')
  const setValue = (next: string): void => onChange({ ...entry, [form]: next })
  if (form === 'team' || form === 'user') {
    return <HolderInput {...{ form, label, value }} disabled={readOnly} onChange={setValue} />
  }
  const isField = form === 'field' || form === 'leaderOf'
  return (
    <>
      <Named {...{ label, value }} choices={isField ? people : kinds} onChange={setValue} />
      {form === 'role' && !isHolder ? <RoleWhere {...{ entry, label, entity, onChange }} /> : null}
      {form === 'leaderOf' ? (
        <Select<number>
          className="people-in"
          aria-label={`${label}, ${t('people.level')}`}
          disabled={readOnly}
          value={typeof entry.level === 'number' ? entry.level : 1}
          options={LEADERS_UP.map((count) => ({
            value: count,
            label: count === 1 ? t('people.ownLeader') : t('people.leadersUp', { number: count }),
          }))}
          onChange={(level) => {
            const { level: _former, ...rest } = entry
            onChange(level === 1 ? rest : { ...rest, level })
          }}
          {...ARROW}
        />
      ) : null}
      {form === 'table' ? <TableParts {...{ entry, label, onChange, entity }} /> : null}
    </>
  )
}

/** Whether records that share a value of the field belong together: a choice, or another record. */
const isGroup = ({ type, to, options, optionSet }: Json): boolean =>
  type === 'team' || to !== undefined || options !== undefined || optionSet !== undefined

/** How many leaders up somebody may be named. */
const LEADERS_UP = Array.from({ length: 10 }, (_, index) => index + 1)

/**
 * Whether everybody with a role is meant, or who shares a field with the record: people have that field too, or a list of it.
 */
function RoleWhere({ entry, label, entity, onChange }: TablePartsProps) {
  const { t } = useTranslation()
  const { readOnly } = useInspected()
  const own = useFieldChoices(entity) ?? []
  const { now } = useDefinition({ kind: 'entity', name: entity ?? '' })
  // A name or a number that is the same says nothing about who.
  const groups = new Set(fieldsOf(now).flatMap((one) => (isGroup(one) ? String(one.name) : [])))
  const ofPeople = new Set(useFieldChoices('user')?.map(({ value }) => value))
  const said = isObject(entry.in) ? String(entry.in.field ?? '') : ''
  const shared = own.filter(
    ({ value }) => groups.has(value) && (ofPeople.has(value) || ofPeople.has(`${value}s`)),
  )
  const choices =
    said === '' || shared.some(({ value }) => value === said)
      ? shared
      : [...shared, { value: said, label: said }]
  if (choices.length === 0) return null
  return (
    <Select<string>
      className="people-in"
      aria-label={`${label}, ${t('people.in')}`}
      disabled={readOnly}
      value={said}
      options={[
        { value: '', label: t('people.everywhere') },
        ...choices.map((one) => ({ value: one.value, label: t('people.sameOf', { field: one.label }) })),
      ]}
      onChange={(field) => {
        const { in: _former, ...rest } = entry
        onChange(field === '' ? rest : { ...rest, in: { field } })
      }}
      {...ARROW}
    />
  )
}

interface TablePartsProps {
  readonly entry: Json
  readonly label: string
  readonly entity: string | undefined
  readonly onChange: (entry: Json) => void
}

/** By which fields a row of the table is found, and whom it names. */
function TableParts({ entry, label, entity, onChange }: TablePartsProps) {
  const { t } = useTranslation()
  const { readOnly } = useInspected()
  const table = typeof entry.table === 'string' && entry.table !== '' ? entry.table : undefined
  const own = useFieldChoices(entity) ?? []
  const rows = useFieldChoices(table) ?? []
  const shared = rows.filter(({ value }) => own.some((one) => one.value === value))
  const people = usePeopleFields(table)
  const match = Array.isArray(entry.match) ? entry.match.map(String) : []
  return (
    <>
      <Select<string[]>
        className="people-match"
        mode="multiple"
        aria-label={`${label}, ${t('people.match')}`}
        placeholder={t('people.match')}
        disabled={readOnly}
        value={match}
        options={shared.map((one) => ({ ...one }))}
        onChange={(next) => onChange({ ...entry, match: next })}
        {...ARROW}
      />
      <Named
        label={`${label}, ${t('people.take')}`}
        value={String(entry.take ?? '')}
        choices={people}
        onChange={(take) => onChange({ ...entry, take })}
      />
    </>
  )
}

interface NamedProps {
  readonly label: string
  readonly value: string
  readonly choices: readonly Choice[]
  readonly onChange: (value: string) => void
}

function Named({ label, value, choices, onChange }: NamedProps) {
  const { t } = useTranslation()
  const { readOnly } = useInspected()
  // What is named and not offered, such as a path through a lookup, stays what it is.
  const isOffered = value === '' || choices.some((one) => one.value === value)
  return (
    <Select<string, NamedOption>
      className="grow people-named"
      aria-label={label}
      placeholder={t('people.choose')}
      disabled={readOnly}
      value={value === '' ? (null as unknown as string) : value}
      options={namedOptions(isOffered ? choices : [...choices, { value, label: value }])}
      showSearch={{ filterOption: matchesNamed }}
      onChange={onChange}
      {...ARROW}
    />
  )
}

/** The fields of an entity in which people stand. */
function usePeopleFields(entity: string | undefined): readonly Choice[] {
  const { t, i18n } = useTranslation()
  const { now } = useDefinition({ kind: 'entity', name: entity ?? '' })
  const own = fieldsOf(now)
    .filter(({ type, to }) => type === 'user' || type === 'team' || to === 'user' || to === 'team')
    .map((field) => ({
      value: String(field.name),
      label: textIn(field.label as Parameters<typeof textIn>[0], i18n.language, String(field.name)),
    }))
  return now?.owned === true ? [{ value: 'owner', label: t('layouts.owner') }, ...own] : own
}
