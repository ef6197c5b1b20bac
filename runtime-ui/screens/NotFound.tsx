import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from '../kit/Button.tsx'
import { Page } from '../kit/Page.tsx'
import { State } from '../kit/State.tsx'

/** The same words whether a thing does not exist or is not for this person. */
export function NotFound() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Page title={t('state.deniedPage')}>
      <State joint="locked" title={t('state.denied')} text={t('state.deniedText')}>
        <Button onClick={() => void navigate('/')}>{t('state.home')}</Button>
      </State>
    </Page>
  )
}
