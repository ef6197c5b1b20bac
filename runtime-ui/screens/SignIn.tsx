import { useQueryClient } from '@tanstack/react-query'
import { Input, Segmented } from 'antd'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { ApiProblem } from '../api/problem.ts'
import { signIn } from '../api/session.ts'
import { changeLanguage } from '../i18n/index.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { Joinery } from '../kit/Joinery.tsx'
import { Mark } from '../kit/Mark.tsx'
import { useLanguage } from '../kit/model-context.tsx'
import type { UiLanguage } from '../kit/preferences.ts'
import { safeTarget } from './safe-target.ts'

export function SignIn() {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${t('signIn.title')} · Tenon`
  }, [t])
  return (
    <div className="sign-in">
      <main className="sign-in-side">
        <div className="row sign-in-brand">
          <Mark size={28} />
          <b className="h2">Tenon</b>
        </div>
        <SignInForm />
        <LanguageFoot />
      </main>
      <aside className="sign-in-art">
        <Joinery />
        <p className="sign-in-motto ink-2">
          <b lang="zh-CN">榫</b>
          {t('signIn.motto')}
        </p>
      </aside>
    </div>
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
      setFault(messageOf(error, t))
      setBusy(false)
    }
  }

  return (
    <form className="sign-in-form" onSubmit={(event) => void submit(event)} noValidate>
      <h1 className="sign-in-title">{t('signIn.title')}</h1>
      {fault === undefined ? null : (
        <div className="note bad-note" role="alert" id="sign-in-fault">
          <Icon name="alert" />
          <span>{fault}</span>
        </div>
      )}
      <div className="field">
        <label htmlFor="email">{t('signIn.email')}</label>
        <Input
          id="email"
          size="large"
          type="email"
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
        <Input.Password
          id="password"
          size="large"
          autoComplete="current-password"
          value={password}
          aria-invalid={fault !== undefined}
          iconRender={(visible) => (
            <span>
              <Icon name={visible ? 'eye_off' : 'eye'} />
            </span>
          )}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      <Button type="primary" size="large" htmlType="submit" block aria-busy={busy} className="sign-in-go">
        {busy ? t('signIn.busy') : t('signIn.submit')}
      </Button>
      <p className="t12 ink-3">{t('signIn.help')}</p>
    </form>
  )
}

function messageOf(error: unknown, t: (key: string) => string): string {
  if (error instanceof ApiProblem && error.status !== 0) return error.message
  return t('state.unreachable')
}

function LanguageFoot() {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <footer className="row">
      <Segmented
        aria-label={t('person.language')}
        value={language}
        options={[
          { value: 'zh-CN', label: <span lang="zh-CN">中文</span> },
          { value: 'en', label: <span lang="en">English</span> },
        ]}
        onChange={(value) => void changeLanguage(value as UiLanguage)}
      />
    </footer>
  )
}
