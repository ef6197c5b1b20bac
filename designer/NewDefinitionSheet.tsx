import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { inEveryLanguage } from '../runtime-ui/i18n/languages.ts'
import { Button } from '../runtime-ui/kit/Button.tsx'
import { FaultNote } from '../runtime-ui/kit/FaultNote.tsx'
import { Sheet } from '../runtime-ui/kit/Sheet.tsx'
import { filledLabels, LabelFields, NameField } from './CalledFields.tsx'
import { schemaQuery } from './inspector/use-place-words.ts'
import { useKinds } from './NavPlaces.tsx'
import { useMadeName, useWhenRead } from './naming/use-made-name.ts'
import { useRename } from './naming/use-rename.ts'
import { definitionAddress, labelText } from './places.ts'
import type { Json } from './store/json-value.ts'
import { useStore, useTakeAll } from './store/store.tsx'

interface NewDefinitionSheetProps {
  readonly kind: string
  /** What it begins as; absent for an empty one. */
  readonly from?: Json
  /** It is the same definition under another name: everything that mentions it goes along when it is published. */
  readonly renames?: boolean
  readonly open: boolean
  readonly onClose: () => void
}

/** Begins a definition: what it is called, in both languages, and its name in other definitions. */
export function NewDefinitionSheet({ kind, from, renames = false, open, onClose }: NewDefinitionSheetProps) {
  const { t, i18n } = useTranslation()
  const kinds = useKinds()
  const called = labelText(kinds.data?.find((one) => one.kind === kind)?.label, i18n.language, kind)
  const title =
    from === undefined
      ? t('designer.newOf', { kind: called })
      : t(renames ? 'designer.rename' : 'designer.copyOf')
  return (
    <Sheet open={open} title={title} onClose={onClose}>
      {open ? <NewDefinitionForm {...{ kind, from, renames, onClose }} /> : null}
    </Sheet>
  )
}

/** What a definition of a kind begins with: enough to be published. */
const STARTS: Readonly<Record<string, Json>> = {
  entity: {
    owned: true,
    title: 'name',
    fields: [{ name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '名称' }, required: true }],
  },
}

const textsOf = (label: unknown): Readonly<Record<string, string>> =>
  typeof label === 'string' ? inEveryLanguage(label) : ((label ?? {}) as Readonly<Record<string, string>>)

interface FormProps {
  readonly kind: string
  readonly from: Json | undefined
  readonly renames: boolean
  readonly onClose: () => void
}

function NewDefinitionForm({ kind, from, renames, onClose }: FormProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { index, fates } = useStore()
  const schema = useQuery(schemaQuery(kind))
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>(renames ? textsOf(from?.label) : {})
  const [typed, setTyped] = useState<string>()
  const [fault, setFault] = useState<string>()
  const taken = [...index.keys(), ...fates.keys()]
    .filter((key) => key.startsWith(`${kind}/`))
    .map((key) => key.slice(kind.length + 1))
  const made = useMadeName(labels, { stem: kind, taken })
  const name = typed ?? made.name
  const isReading = typed === undefined && made.isReading
  const takeAll = useTakeAll()
  const rename = useRename()
  const hasLabel = schema.data?.properties?.label !== undefined
  const faultIn = (wanted: string): string | undefined => {
    if (!/^[a-z][a-z0-9_]{0,39}$/.test(wanted)) return t('roles.nameInvalid')
    const isTaken = index.has(`${kind}/${wanted}`) || fates.has(`${kind}/${wanted}`)
    return isTaken ? t('designer.nameTaken', { name: wanted }) : undefined
  }
  const begin = useWhenRead(isReading, async () => {
    const wrong = faultIn(name)
    setFault(wrong)
    if (wrong !== undefined) return
    const { id, was: _was, label: _label, ...rest } = from ?? STARTS[kind] ?? {}
    const said = filledLabels(labels)
    const label = hasLabel && Object.keys(said).length > 0 ? { label: said } : {}
    const definition = { ...rest, ...(renames && id !== undefined ? { id } : {}), kind, name, ...label }
    const of = { kind, name }
    const isDone = renames
      ? await rename({ kind, name: String(from?.name) }, of, definition)
      : await takeAll([{ of, change: () => ({ kind: 'create', definition }) }])
    if (!isDone) return
    onClose()
    void navigate(definitionAddress(kind, name))
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    begin()
  }
  return (
    <form className="role-form" onSubmit={submit} noValidate>
      <FaultNote id="definition-fault" fault={fault} />
      {hasLabel ? <LabelFields id="definition" labels={labels} onLabels={setLabels} /> : null}
      <NameField id="definition" name={name} help={t('designer.nameHelp')} onName={setTyped} />
      <span className="row">
        <Button type="primary" htmlType="submit" loading={isReading}>
          {t(renames ? 'designer.renameIt' : 'roles.begin')}
        </Button>
      </span>
    </form>
  )
}
