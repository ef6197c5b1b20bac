import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { describeDraft } from './describe-draft.ts'

interface AnnouncePartProps {
  readonly id: string
  readonly text: string
  readonly onText: (text: string) => void
}

/** Characters, as the engine takes them. */
const MAX_TEXT = 500

/** What users are told of what is new. It is kept with the draft, so that who makes a change may say it, whoever publishes. */
export function AnnouncePart({ id, text, onText }: AnnouncePartProps) {
  const { t } = useTranslation()
  const [kept, setKept] = useState(text)
  const [fault, setFault] = useState<string>()
  const keep = async (): Promise<void> => {
    if (text.trim() === kept.trim()) return
    try {
      await describeDraft(id, { announcement: text.trim() })
      setKept(text)
      setFault(undefined)
    } catch (error) {
      setFault(faultOf(error, t))
    }
  }
  return (
    <section className="plan-part" aria-label={t('drafts.announce')}>
      <h2 className="h3">
        <label htmlFor="announcement">{t('drafts.announce')}</label>
      </h2>
      <p className="t12 ink-2" id="announcement-help">
        {t('drafts.announceHelp')}
      </p>
      <Input.TextArea
        className="plan-announcement"
        id="announcement"
        aria-describedby="announcement-help"
        value={text}
        maxLength={MAX_TEXT}
        autoSize={{ minRows: 2, maxRows: 6 }}
        onChange={(event) => onText(event.target.value)}
        onBlur={() => void keep()}
      />
      <FaultNote id="announcement-fault" fault={fault} />
    </section>
  )
}
