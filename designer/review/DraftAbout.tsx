import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button, IconButton } from '../../runtime-ui/kit/Button.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { Changeset } from '../api.ts'
import { useStore } from '../store/store.tsx'
import { DiscardDialog } from './DiscardDialog.tsx'
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
  const [isLeaving, setLeaving] = useState(false)
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
        {mayChange ? (
          <IconButton
            label={t('drafts.discard')}
            icon={<Icon name="trash" />}
            onClick={() => setLeaving(true)}
          />
        ) : null}
      </p>
      {description === null ? null : <p className="t14 draft-description">{description}</p>}
      <DraftNameSheet open={isNaming} draft={draft} onClose={() => setNaming(false)} onDone={onChanged} />
      {isLeaving ? <DiscardHere draft={draft} onClose={() => setLeaving(false)} /> : null}
    </section>
  )
}

/** Throws the draft away whose page this is: on a phone nowhere else can that be done. */
function DiscardHere({ draft, onClose }: { readonly draft: Changeset; readonly onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { changeset, open } = useStore()
  // Read once: it is not in hand any more while it goes.
  const [wasInHand] = useState(changeset?.id === draft.id)
  return (
    <DiscardDialog
      draft={draft}
      onClose={onClose}
      onLeave={() => wasInHand && open(undefined)}
      onStay={() => wasInHand && open(draft.id)}
      onGone={() => {
        void client.invalidateQueries({ queryKey: ['meta', 'changesets'] })
        void navigate('/designer/drafts')
      }}
    />
  )
}
