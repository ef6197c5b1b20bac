import { Input } from 'antd'
import { useTranslation } from 'react-i18next'

interface AnnouncePartProps {
  readonly text: string
  readonly onText: (text: string) => void
}

/** Characters, as the engine takes them. */
const MAX_TEXT = 500

/** What users are told of what is new, by whoever publishes; nothing where nothing is written. */
export function AnnouncePart({ text, onText }: AnnouncePartProps) {
  const { t } = useTranslation()
  return (
    <section className="plan-part" aria-label={t('drafts.announce')}>
      <h2 className="h3" id="announcement-label">
        {t('drafts.announce')}
      </h2>
      <p className="t12 ink-2" id="announcement-help">
        {t('drafts.announceHelp')}
      </p>
      <Input.TextArea
        className="plan-announcement"
        aria-labelledby="announcement-label"
        aria-describedby="announcement-help"
        value={text}
        maxLength={MAX_TEXT}
        autoSize={{ minRows: 2, maxRows: 6 }}
        onChange={(event) => onText(event.target.value)}
      />
    </section>
  )
}
