import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { KeyList } from '../keys/KeyList.tsx'
import { openRequest } from '../requests/open-request.ts'
import { openTour } from '../tour/open-tour.ts'
import { TOPICS, topicOf } from './topic.ts'
import './help.css'

/** What this page is for, the few things that one does here, and its keys. */
export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const topic = topicOf(useLocation().pathname)
  const acts = t(`help.acts.${topic}`).split('\n')
  return (
    <Sheet open title={t(`help.title.${topic}`)} onClose={onClose}>
      <p className="help-text">{t(`help.text.${topic}`)}</p>
      <h3 className="h3">{t('help.here')}</h3>
      <ul className="help-acts">
        {acts.map((act) => (
          <li key={act}>{act}</li>
        ))}
      </ul>
      <div className="no-phone">
        {[...TOPICS[topic].keys, 'everywhere' as const].map((place) => (
          <KeyList key={place} place={place} />
        ))}
      </div>
      <p className="help-tour">
        <Button
          icon={<Icon name="arrow_right" />}
          onClick={() => {
            onClose()
            openTour()
          }}
        >
          {t('help.tour')}
        </Button>
      </p>
      <p className="help-ask">
        <span className="ink-2">{t('help.missing')}</span>
        <Button
          icon={<Icon name="message" />}
          onClick={() => {
            onClose()
            openRequest()
          }}
        >
          {t('person.request')}
        </Button>
      </p>
    </Sheet>
  )
}
