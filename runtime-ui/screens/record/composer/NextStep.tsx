import { Input } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSpoken } from '../../../kit/format.ts'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { useLanguage } from '../../../kit/model-context.tsx'
import type { TimeSaid } from '../../../times/time-words.ts'
import { loadTimeWords, MORNING } from '../../../times/use-time-words.ts'
import type { FollowUp } from './follow-up.ts'

interface NextStepProps {
  readonly followUp: FollowUp
  readonly text: string
  readonly said: TimeSaid | undefined
  /** What it is called where only a time is said. */
  readonly title: string
  /** It was sent so, or could not be stored. */
  readonly problem: string | undefined
  readonly onText: (text: string) => void
}

/** When to be in touch again and what for, in one's own words; what was understood stands below before it is stored. */
export function NextStep({ followUp, text, said, title, problem, onText }: NextStepProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const id = useId()
  const time = followUp.at.type === 'date' ? undefined : (said?.time ?? MORNING)
  return (
    <div className="field wide next-step">
      <label htmlFor={id}>{t('next.label')}</label>
      <Input
        id={id}
        autoComplete="off"
        placeholder={t('next.example')}
        aria-describedby={`${id}-said`}
        status={problem === undefined ? '' : 'error'}
        value={text}
        onFocus={() => void loadTimeWords()}
        onChange={(event) => onText(event.target.value)}
      />
      <p
        id={`${id}-said`}
        className={problem === undefined ? 'next-said t13 ink-2' : 'next-said field-problem'}
        role="status"
      >
        {problem ?? (
          <>
            {said === undefined ? null : (
              <>
                <Icon name="task" size="small" />
                <span>
                  {t('next.becomes', {
                    entity: followUp.entity.label,
                    title: said.rest === '' ? title : said.rest,
                    time: formatSpoken(said.date, time, language),
                  })}
                </span>
              </>
            )}
            {said === undefined && text.trim() !== '' ? t('next.unclear') : null}
          </>
        )}
      </p>
    </div>
  )
}
