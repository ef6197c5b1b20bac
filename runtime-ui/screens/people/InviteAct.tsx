import { useQueryClient } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Invitation, inviteNew } from '../../api/account.ts'
import type { Entity } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'
import { InvitationNote } from './InvitationNote.tsx'

interface Invited {
  readonly name: string
  readonly invitation: Invitation
}

/** Invites someone from the list of users; the sheet ends with the link to pass on. */
export function InviteAct({ entity }: { readonly entity: Entity }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [open, setOpen] = useState(false)
  const [invited, setInvited] = useState<Invited>()
  const close = (): void => {
    setOpen(false)
    setInvited(undefined)
  }
  return (
    <>
      <Button type="primary" icon={<Icon name="mail" />} onClick={() => setOpen(true)}>
        {t('invite.act')}
      </Button>
      <Sheet open={open} title={t('invite.title')} onClose={close}>
        {invited === undefined ? (
          <InviteForm
            entity={entity}
            onInvited={(next) => {
              setInvited(next)
              void queryClient.invalidateQueries({ queryKey: ['records'] })
            }}
          />
        ) : (
          <div className="account-form">
            <InvitationNote {...invited} />
            <span className="row">
              <Button onClick={() => setInvited(undefined)}>{t('invite.another')}</Button>
              <Button type="primary" onClick={close}>
                {t('act.close')}
              </Button>
            </span>
          </div>
        )}
      </Sheet>
    </>
  )
}

const EMPTY = { name: '', email: '', roles: [] as string[], team: undefined as string | undefined }

function InviteForm({
  entity,
  onInvited,
}: {
  readonly entity: Entity
  readonly onInvited: (invited: Invited) => void
}) {
  const { t } = useTranslation()
  const { me } = useWork()
  const [draft, setDraft] = useState(EMPTY)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const roles = entity.fields.find(({ name }) => name === 'roles')?.options ?? []
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    const { name, email, team } = { ...draft, name: draft.name.trim(), email: draft.email.trim() }
    if (name === '' || email === '') return setFault(t('invite.incomplete'))
    setBusy(true)
    setFault(undefined)
    try {
      const roles = draft.roles.length === 0 ? {} : { roles: draft.roles }
      const body = { name, email, ...roles, ...(team === undefined ? {} : { team }) }
      const { invitation } = await inviteNew(body)
      if (invitation !== undefined) onInvited({ name, invitation })
    } catch (error) {
      const labels = Object.fromEntries(entity.fields.map(({ name, label }) => [name, label]))
      setFault(faultOf(error, t, labels))
      setBusy(false)
    }
  }
  return (
    <form className="account-form" onSubmit={(event) => void submit(event)} noValidate>
      <FaultNote id="invite-fault" fault={fault} />
      <div className="field">
        <label htmlFor="invite-name">{t('account.name')}</label>
        <Input
          id="invite-name"
          autoFocus
          autoComplete="off"
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor="invite-email">{t('account.email')}</label>
        <Input
          id="invite-email"
          inputMode="email"
          autoComplete="off"
          value={draft.email}
          onChange={(event) => setDraft({ ...draft, email: event.target.value })}
        />
      </div>
      {me.administration.includes('roles') ? (
        <div className="field">
          <label htmlFor="invite-roles">{t('account.roles')}</label>
          <Select
            id="invite-roles"
            placeholder={t('invite.noRoles')}
            className="wide"
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            suffixIcon={<Icon name="chevron_down" />}
            value={draft.roles}
            options={roles.map(({ name, label }) => ({ value: name, label }))}
            onChange={(next) => setDraft({ ...draft, roles: next })}
          />
        </div>
      ) : null}
      <div className="field">
        <label htmlFor="invite-team">{t('account.team')}</label>
        <RecordPicker
          entity="team"
          aria={{ id: 'invite-team' }}
          value={draft.team}
          onChange={(team) => setDraft({ ...draft, team })}
        />
      </div>
      <span className="row">
        <Button type="primary" htmlType="submit" aria-busy={busy}>
          {t('invite.submit')}
        </Button>
      </span>
    </form>
  )
}
