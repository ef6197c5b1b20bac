import { useTranslation } from 'react-i18next'
import { Navigate } from 'react-router'
import { ButtonLink } from '../kit/Button.tsx'
import { useWork } from '../kit/model-context.tsx'
import { Page } from '../kit/Page.tsx'
import { State } from '../kit/State.tsx'
import { usePlaceGroups } from './frame/use-place-group.ts'

/** The beginning is the home of the person's app, else its first place; of an empty workspace the way to fill it. */
export function Home() {
  const { t } = useTranslation()
  const { current } = usePlaceGroups()
  const { me, model } = useWork()
  if (me.definitions.length > 0 && model.entities.every(({ builtIn }) => builtIn === true)) {
    return (
      <Page title={t('home.title')}>
        <State joint="empty" title={t('home.begin')} text={t('home.beginText')}>
          <ButtonLink type="primary" href="/designer/begin">
            {t('home.beginAct')}
          </ButtonLink>
        </State>
      </Page>
    )
  }
  const first = current.home ?? current.places[0]?.to
  if (first !== undefined) return <Navigate replace to={first} />
  return (
    <Page title={t('home.title')}>
      <State joint="empty" title={t('home.nothing')} text={t('home.nothingText')} />
    </Page>
  )
}
