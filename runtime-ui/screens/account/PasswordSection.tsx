import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changePassword } from '../../api/account.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { PasswordInput } from '../../kit/PasswordInput.tsx'
import { toast } from '../../kit/toast.tsx'
import { FEWEST_CHARACTERS } from '../door/SetPassword.tsx'
import { Section } from './Section.tsx'

/** Another password, for who knows the present one. */
export function PasswordSection() {
  const { t } = useTranslation()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    if (current === '') return setFault(t('account.currentMissing'))
    if (password.length < FEWEST_CHARACTERS) return setFault(t('setPassword.short'))
    setBusy(true)
    setFault(undefined)
    try {
      await changePassword(current, password)
      setCurrent('')
      setPassword('')
      toast({ text: t('account.passwordChanged') })
    } catch (error) {
      setFault(faultOf(error, t))
    }
    setBusy(false)
  }
  return (
    <Section title={t('account.password')} text={t('account.passwordText')}>
      <form className="account-narrow" onSubmit={(event) => void submit(event)} noValidate>
        <FaultNote id="password-fault" fault={fault} />
        <div className="field">
          <label htmlFor="current-password">{t('account.currentPassword')}</label>
          <PasswordInput
            id="current-password"
            size="middle"
            autoComplete="current-password"
            value={current}
            onChange={setCurrent}
          />
        </div>
        <div className="field">
          <label htmlFor="new-password">{t('setPassword.password')}</label>
          <PasswordInput
            id="new-password"
            size="middle"
            autoComplete="new-password"
            value={password}
            describedBy="password-rule"
            onChange={setPassword}
          />
          <p className="t12 ink-3" id="password-rule">
            {t('setPassword.rule')}
          </p>
        </div>
        <span className="row">
          <Button htmlType="submit" aria-busy={busy}>
            {t('account.changePassword')}
          </Button>
        </span>
      </form>
    </Section>
  )
}
