import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { Changeset } from '../api.ts'
import { DraftNameSheet } from './DraftNameSheet.tsx'

interface DraftAboutProps {
  readonly draft: Changeset
  readonly mayChange: boolean
  readonly onChanged: () => void
}

/** Whose a draft is and what it is for. */
export function DraftAbout({ draft, mayChange, onChanged }: DraftAboutProps) {
  const { t } = useTranslation()
  const [isNaming, setNaming] = useState(false)
  const { owner, description, created_at: begun } = draft
  return (
    <section className="draft-about" aria-label={t('drafts.about')}>
      <p className="row t13 ink-2">
        <Icon name="user" />
        <span>
          {owner == null ? t('history.system') : (owner.label ?? t('record.somebody'))} ·{' '}
          <InstantText instant={begun} />
        </span>
        {mayChange ? (
          <Button type="text" size="small" icon={<Icon name="edit" />} onClick={() => setNaming(true)}>
            {t('drafts.words')}
          </Button>
        ) : null}
      </p>
      {description === null ? null : <p className="t14 draft-description">{description}</p>}
      <DraftNameSheet open={isNaming} draft={draft} onClose={() => setNaming(false)} onDone={onChanged} />
    </section>
  )
}
