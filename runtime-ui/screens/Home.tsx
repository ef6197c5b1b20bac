import { useTranslation } from 'react-i18next'
import { Navigate } from 'react-router'
import { Page } from '../kit/Page.tsx'
import { State } from '../kit/State.tsx'
import { usePlaceGroups } from './frame/use-place-group.ts'

/** The beginning is the home of the person's app, else its first place. */
export function Home() {
  const { t } = useTranslation()
  const { current } = usePlaceGroups()
  const first = current.home ?? current.places[0]?.to
  if (first !== undefined) return <Navigate replace to={first} />
  return (
    <Page title={t('home.title')}>
      <State joint="empty" title={t('home.nothing')} text={t('home.nothingText')} />
    </Page>
  )
}
