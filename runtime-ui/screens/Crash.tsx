import { useTranslation } from 'react-i18next'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { State } from '../kit/State.tsx'

/** A fault of ours, or a part of the page that could not be loaded (a new build is in place): begin anew. */
export function Crash() {
  const { t } = useTranslation()
  return (
    <main className="alone">
      <State joint="broken" alert title={t('crash.title')} text={t('crash.text')} code="UI_UNEXPECTED">
        <Button icon={<Icon name="refresh" />} onClick={() => window.location.reload()}>
          {t('crash.reload')}
        </Button>
      </State>
    </main>
  )
}
