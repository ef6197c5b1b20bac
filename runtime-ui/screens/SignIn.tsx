import { useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { signIn } from '../api/session.ts'
import { Button } from '../kit/Button.tsx'
import { FaultNote, faultOf } from '../kit/FaultNote.tsx'
import { PasswordInput } from '../kit/PasswordInput.tsx'
import { Door } from './door/Door.tsx'
import { safeTarget } from './safe-target.ts'

export function SignIn() {
  const { t } = useTranslation()
  return (
    <Door title={t('signIn.title')}>
      <SignInForm />
    </Door>
  )
}

function SignInForm() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [search] = useSearchParams()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    if (email.trim() === '' || password === '') return setFault(t('signIn.incomplete'))
    setBusy(true)
    setFault(undefined)
    try {
      await signIn(email.trim(), password)
      queryClient.clear()
      await navigate(safeTarget(search.get('to')), { replace: true })
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
  }

  return (
    <form className="sign-in-form" onSubmit={(event) => void submit(event)} noValidate>
      <h1 className="sign-in-title">{t('signIn.title')}</h1>
      <FaultNote id="sign-in-fault" fault={fault} />
      <div className="field">
        <label htmlFor="email">{t('signIn.email')}</label>
        <Input
          id="email"
          size="large"
          inputMode="email"
          autoComplete="username"
          autoFocus
          value={email}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : 'sign-in-fault'}
          onChange={(event) => setEmail(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor="password">{t('signIn.password')}</label>
        <PasswordInput
          id="password"
          autoComplete="current-password"
          value={password}
          invalid={fault !== undefined}
          onChange={setPassword}
        />
      </div>
      <Button type="primary" size="large" htmlType="submit" block aria-busy={busy} className="sign-in-go">
        {busy ? t('signIn.busy') : t('signIn.submit')}
      </Button>
      <p className="t13">
        <Link className="link" to="/forgot-password">
          {t('signIn.forgot')}
        </Link>
      </p>
    </form>
  )
}
