import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { getProfile, type LinkHolder, lookAtLink, setPassword } from '../../api/account.ts'
import { saveLanguage } from '../../api/session.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { PasswordInput } from '../../kit/PasswordInput.tsx'
import { Door } from './Door.tsx'

/** Fewer characters the server refuses. */
export const FEWEST_CHARACTERS = 8

/** Where the link of an invitation or a reset leads; the token stands behind the `#` and is sent in no address. */
export function SetPassword() {
  const { t } = useTranslation()
  const token = useLocation().hash.slice(1)
  const holder = useQuery({
    queryKey: ['link', token],
    queryFn: () => lookAtLink(token),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const title = t(holder.data?.purpose === 'invitation' ? 'setPassword.welcome' : 'setPassword.title')
  return (
    <Door title={title}>
      <div className="sign-in-form">
        <h1 className="sign-in-title">{title}</h1>
        {holder.isPending ? <p aria-busy="true">{t('state.loading')}</p> : null}
        {holder.isError ? (
          <>
            <FaultNote id="link-fault" fault={faultOf(holder.error, t)} />
            <p className="t13">
              <Link className="link" to="/forgot-password">
                {t('signIn.forgot')}
              </Link>
            </p>
          </>
        ) : null}
        {holder.isSuccess ? <ChooseForm token={token} holder={holder.data} /> : null}
      </div>
    </Door>
  )
}

/** Who comes in is told things in the language that they came in with, unless somebody has said another. */
async function keepLanguage(language: string): Promise<void> {
  const { language: said } = await getProfile()
  if (said === null || said === undefined) await saveLanguage(language)
}

function ChooseForm({ token, holder }: { readonly token: string; readonly holder: LinkHolder }) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [password, setPasswordText] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    if (password.length < FEWEST_CHARACTERS) return setFault(t('setPassword.short'))
    setBusy(true)
    try {
      await setPassword(token, password)
      // Without it they still get in; then they are told things in the language of the workspace.
      await keepLanguage(i18n.language).catch(() => undefined)
      queryClient.clear()
      await navigate('/', { replace: true })
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
  }
  return (
    <form className="door-form" onSubmit={(event) => void submit(event)} noValidate>
      <p className="ink-2">{t('setPassword.for', { name: holder.name, email: holder.email })}</p>
      <FaultNote id="password-fault" fault={fault} />
      {/* Password managers keep the new password with the account that they find here. */}
      <input type="hidden" name="username" autoComplete="username" value={holder.email} />
      <div className="field">
        <label htmlFor="new-password">{t('setPassword.password')}</label>
        <PasswordInput
          id="new-password"
          autoComplete="new-password"
          autoFocus
          value={password}
          invalid={fault !== undefined}
          describedBy="password-rule"
          onChange={setPasswordText}
        />
        <p className="t12 ink-3" id="password-rule">
          {t('setPassword.rule')}
        </p>
      </div>
      <Button type="primary" size="large" htmlType="submit" block aria-busy={busy} className="sign-in-go">
        {t('setPassword.submit')}
      </Button>
    </form>
  )
}
