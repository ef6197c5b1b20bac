import { Checkbox } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { inEveryLanguage } from '../../runtime-ui/i18n/languages.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote } from '../../runtime-ui/kit/FaultNote.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { filledLabels, LabelFields, NameField } from '../CalledFields.tsx'
import { useMadeName, useWhenRead } from '../naming/use-made-name.ts'
import { isObject, type Json } from '../store/json-value.ts'
import { useNames } from '../store/use-names.ts'
import { useRole, useRoleFates, useRoleNames } from './roles-context.tsx'
import { useMeantFor } from './use-meant-for.ts'

/** What a form of a role is for: a new one, a copy, other labels. */
export type RoleWish =
  | { readonly kind: 'new' }
  | { readonly kind: 'copy'; readonly role: Json }
  | { readonly kind: 'label'; readonly name: string; readonly role: Json }

interface RoleFormSheetProps {
  readonly wish: RoleWish | undefined
  readonly onClose: () => void
}

export function RoleFormSheet({ wish, onClose }: RoleFormSheetProps) {
  const { t } = useTranslation()
  return (
    <Sheet open={wish !== undefined} title={t(`roles.form.${wish?.kind ?? 'new'}`)} onClose={onClose}>
      {wish === undefined ? null : <RoleForm wish={wish} onClose={onClose} />}
    </Sheet>
  )
}

function labelsOf(wish: RoleWish): Readonly<Record<string, string>> {
  if (wish.kind !== 'label') return {}
  const { label } = wish.role
  if (isObject(label)) return label as Readonly<Record<string, string>>
  return typeof label === 'string' ? inEveryLanguage(label) : {}
}

/** What is wrong with a form, as the key of its text. */
function faultIn(
  label: Readonly<Record<string, string>>,
  named: { readonly name: string; readonly isTaken: boolean } | undefined,
): string | undefined {
  if (Object.keys(label).length === 0) return 'roles.labelMissing'
  if (named === undefined) return undefined
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(named.name)) return 'roles.nameInvalid'
  return named.isTaken ? 'roles.nameTaken' : undefined
}

function newRole(wish: RoleWish, name: string, label: Json): Json {
  const start: Json = wish.kind === 'copy' ? wish.role : { default: { read: 'none' } }
  const { id: _id, label: _label, ...rights } = start
  return { ...rights, kind: 'role', name, label }
}

function RoleForm({ wish, onClose }: { readonly wish: RoleWish; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const taken = useRoleNames()
  const [labels, setLabels] = useState(labelsOf(wish))
  const [typed, setTyped] = useState<string>()
  const [fault, setFault] = useState<string>()
  const fates = useRoleFates()
  const made = useMadeName(labels, { stem: 'role', taken: [...taken, ...fates.keys()] })
  const name = typed ?? made.name
  const isReading = wish.kind !== 'label' && typed === undefined && made.isReading
  const role = useRole(wish.kind === 'label' ? wish.name : name)
  const copied = wish.kind === 'copy' ? String(wish.role.name) : undefined
  const { meant, include, isKnown } = useMeantFor(copied)
  const [isIncluded, setIncluded] = useState(true)
  const { called } = useNames()
  const begin = useWhenRead(isReading, () => {
    const label = filledLabels(labels)
    const isTaken = taken.includes(name) || fates.has(name)
    const wrong = faultIn(label, wish.kind === 'label' ? undefined : { name, isTaken })
    setFault(wrong === undefined ? undefined : t(wrong, { name }))
    if (wrong !== undefined) return
    if (wish.kind === 'label') role.set(['label'], label)
    else {
      role.create(newRole(wish, name, label))
      if (copied !== undefined && isIncluded) include(name)
    }
    onClose()
    if (wish.kind !== 'label') void navigate(`/designer/role/${name}`)
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    begin()
  }
  return (
    <form className="role-form" onSubmit={submit} noValidate>
      <FaultNote id="role-fault" fault={fault} />
      <LabelFields id="role" labels={labels} onLabels={setLabels} />
      {wish.kind === 'label' ? null : (
        <NameField id="role" name={name} help={t('roles.nameHelp')} onName={setTyped} />
      )}
      {meant.length === 0 ? null : (
        <Checkbox checked={isIncluded} onChange={({ target }) => setIncluded(target.checked)}>
          {t('roles.copyMeant', { role: called('role', copied ?? ''), count: meant.length })}
        </Checkbox>
      )}
      <span className="row">
        <Button type="primary" htmlType="submit" loading={isReading} disabled={!isKnown}>
          {t(wish.kind === 'label' ? 'roles.take' : 'roles.begin')}
        </Button>
      </span>
    </form>
  )
}
