import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { AutoComplete } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listRecords } from '../../../runtime-ui/api/records.ts'
import { overlayPlace } from '../../../runtime-ui/kit/overlays.ts'
import { useRested } from '../use-rested.ts'

interface HolderInputProps {
  readonly form: 'team' | 'user'
  readonly label: string
  readonly value: string
  readonly disabled: boolean
  readonly onChange: (value: string) => void
}

/** What each is found and written by. */
const WRITTEN = { team: 'name', user: 'email' } as const
const OFFERED = 20
const REST_MS = 200

/**
 * A person by e-mail address or a team by name, found by a part of either while one types. Who is not there yet may be
 * written as well: a template names people of the workspaces to come.
 */
export function HolderInput({ form, label, value, disabled, onChange }: HolderInputProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  /** What is looked for, before it is anybody's address. */
  const [sought, setSought] = useState<string>()
  // What was chosen stands there: it is no search for itself.
  const [typed, setTyped] = useState('')
  const q = useRested(typed.trim(), REST_MS)
  const write = (next = ''): void => {
    const isSought = form === 'user' && next !== '' && !next.includes('@')
    setSought(isSought ? next : undefined)
    if (!isSought) onChange(next)
  }
  const field = WRITTEN[form]
  const found = useQuery({
    queryKey: ['records', form, 'holders', q],
    queryFn: ({ signal }) =>
      listRecords(
        form,
        { fields: `name,${field}`, limit: OFFERED, ...(q === '' ? { sort: 'name' } : { q }) },
        signal,
      ),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  })
  const options = (found.data?.data ?? []).map((record) => ({
    value: String(record[field]),
    label: form === 'team' ? String(record.name) : <Person name={record.name} email={record.email} />,
  }))
  const input = (
    <AutoComplete
      className="grow"
      aria-label={label}
      disabled={disabled}
      placeholder={t(form === 'user' ? 'people.email' : 'people.teamName')}
      value={sought ?? value}
      options={options}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      getPopupContainer={overlayPlace}
      onOpenChange={(next) => {
        setOpen(next)
        if (!next) setTyped('')
      }}
      onChange={write}
      // Who leaves it so is told what is wrong with it.
      onBlur={() => {
        setSought(undefined)
        if (sought !== undefined) onChange(sought)
      }}
    />
  )
  if (form === 'team') return input
  return (
    <span className="holder-input">
      {input}
      <CalledBy email={value} />
    </span>
  )
}

/** Whose address it is, in upper or lower case as the engine takes it: an address alone says that to nobody. */
function CalledBy({ email }: { readonly email: string }) {
  const { t } = useTranslation()
  const rested = useRested(email, REST_MS)
  const isAsked = email.includes('@') && email === rested
  const { data } = useQuery({
    queryKey: ['records', 'user', 'called', email],
    queryFn: ({ signal }) =>
      listRecords(
        'user',
        // Of those that begin so the address itself comes first.
        {
          ...{ fields: 'name,email', limit: OFFERED, sort: 'email' },
          filter: { starts_with: [{ var: 'email' }, email] },
        },
        signal,
      ),
    enabled: isAsked,
  })
  if (data === undefined || !isAsked) return null
  const person = data.data.find((one) => String(one.email).toLowerCase() === email.toLowerCase())
  return (
    <span className="t12 ink-3 cut holder-called">
      {person === undefined ? t('people.notHere') : String(person.name)}
    </span>
  )
}

function Person({ name, email }: { readonly name: unknown; readonly email: unknown }) {
  return (
    <span className="holder-person">
      <span className="cut">{String(name)}</span>
      <span className="t12 ink-3 cut">{String(email)}</span>
    </span>
  )
}
