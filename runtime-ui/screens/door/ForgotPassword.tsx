import { Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { forgotPassword } from '../../api/account.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Door } from './Door.tsx'

/** Asks for a link by which to choose a new password. The page says the same whoever has an account. */
export function ForgotPassword() {
  const { t } = useTranslation()
  const [mailed, setMailed] = useState<boolean>()
  return (
    <Door title={t('forgot.title')}>
      <div className="sign-in-form">
        <h1 className="sign-in-title">{t('forgot.title')}</h1>
        {mailed === undefined ? (
          <AskForm onDone={setMailed} />
        ) : (
          <p className="ink-2" role="status">
            {t(mailed ? 'forgot.mailed' : 'forgot.noMail')}
          </p>
        )}
        <p className="t13">
          <Link className="link" to="/sign-in">
            {t('forgot.back')}
          </Link>
        </p>
      </div>
    </Door>
  )
}

function AskForm({ onDone }: { readonly onDone: (mailed: boolean) => void }) {
  const { t } = useTranslation()
  const [account, setAccount] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    if (account.trim() === '') return setFault(t('forgot.incomplete'))
    setBusy(true)
    try {
      onDone(await forgotPassword(account.trim()))
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
  }
  return (
    <form className="door-form" onSubmit={(event) => void submit(event)} noValidate>
      <p className="ink-2">{t('forgot.text')}</p>
      <FaultNote id="forgot-fault" fault={fault} />
      <div className="field">
        <label htmlFor="account">{t('signIn.email')}</label>
        <Input
          id="account"
          size="large"
          inputMode="email"
          autoComplete="username"
          autoFocus
          value={account}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : 'forgot-fault'}
          onChange={(event) => setAccount(event.target.value)}
        />
      </div>
      <Button type="primary" size="large" htmlType="submit" block aria-busy={busy} className="sign-in-go">
        {t('forgot.submit')}
      </Button>
    </form>
  )
}
