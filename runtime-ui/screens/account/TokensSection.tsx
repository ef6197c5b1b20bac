import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createToken, myTokens, revokeToken, type Token } from '../../api/account.ts'
import { Button } from '../../kit/Button.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useEntity, useWork } from '../../kit/model-context.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { SecretLine } from './SecretLine.tsx'
import { Section } from './Section.tsx'

/** Tokens by which programs act in one's name, with roles of their own. */
export function TokensSection() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const query = useQuery({ queryKey: ['tokens'], queryFn: myTokens })
  const [made, setMade] = useState<Token>()
  const [fault, setFault] = useState<string>()
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['tokens'] })
  const revoke = async (id: string): Promise<void> => {
    setFault(undefined)
    await revokeToken(id).catch((error: unknown) => setFault(faultOf(error, t)))
    if (made?.id === id) setMade(undefined)
    await refresh()
  }
  return (
    <Section title={t('account.tokens')} text={t('account.tokensText')}>
      <FaultNote id="tokens-fault" fault={fault} />
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.isError ? (
        <ProblemState error={query.error} title={t('account.failed')} retry={() => void query.refetch()} />
      ) : null}
      <ul>
        {(query.data ?? []).map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => void revoke(token.id)} />
        ))}
      </ul>
      {made?.token === undefined ? null : (
        <div className="note" role="status">
          <Icon name="check" />
          <span className="grow">
            {t('account.tokenMade', { label: made.label })}
            <SecretLine label={t('account.tokenSecret')} secret={made.token} />
          </span>
        </div>
      )}
      <TokenForm
        onMade={(token) => {
          setMade(token)
          void refresh()
        }}
      />
    </Section>
  )
}

function TokenRow({ token, onRevoke }: { readonly token: Token; readonly onRevoke: () => void }) {
  const { t } = useTranslation()
  const roles = useRoleOptions()
  const names = token.roles.map((name) => roles.find(({ value }) => value === name)?.label ?? name)
  return (
    <li className="row account-item">
      <Icon name="code" />
      <span className="grow">
        <span className="strong">{token.label}</span>
        <br />
        <span className="t12 ink-3">
          {names.join(t('account.comma'))} · {t('account.until')} <InstantText instant={token.expires_at} />
        </span>
      </span>
      <Button aria-label={t('account.revokeOf', { label: token.label })} onClick={onRevoke}>
        {t('account.revoke')}
      </Button>
    </li>
  )
}

/** Roles that one may hand on: all where one reads users and their roles, else one's own. */
function useRoleOptions() {
  const { me } = useWork()
  const options = useEntity('user')?.fields.find(({ name }) => name === 'roles')?.options
  const mayAny = me.administration.includes('roles')
  const own = me.roles.map((value) => ({
    value,
    label: options?.find(({ name }) => name === value)?.label ?? value,
  }))
  return mayAny && options !== undefined ? options.map(({ name, label }) => ({ value: name, label })) : own
}

function TokenForm({ onMade }: { readonly onMade: (token: Token) => void }) {
  const { t } = useTranslation()
  const options = useRoleOptions()
  const [label, setLabel] = useState('')
  const [roles, setRoles] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    if (label.trim() === '' || roles.length === 0) return setFault(t('account.tokenIncomplete'))
    setBusy(true)
    setFault(undefined)
    try {
      onMade(await createToken({ label: label.trim(), roles }))
      setLabel('')
      setRoles([])
    } catch (error) {
      setFault(faultOf(error, t))
    }
    setBusy(false)
  }
  return (
    <form className="account-form" onSubmit={(event) => void submit(event)} noValidate>
      <FaultNote id="token-fault" fault={fault} />
      <div className="account-grid">
        <div className="field">
          <label htmlFor="token-label">{t('account.tokenLabel')}</label>
          <Input
            id="token-label"
            value={label}
            maxLength={120}
            onChange={(event) => setLabel(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="token-roles">{t('account.roles')}</label>
          <Select
            id="token-roles"
            className="wide"
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            suffixIcon={<Icon name="chevron_down" />}
            value={roles}
            options={options}
            onChange={setRoles}
          />
        </div>
      </div>
      <span className="row">
        <Button htmlType="submit" icon={<Icon name="plus" />} aria-busy={busy}>
          {t('account.makeToken')}
        </Button>
      </span>
    </form>
  )
}
