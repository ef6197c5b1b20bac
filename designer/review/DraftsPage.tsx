import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { State } from '../../runtime-ui/kit/State.tsx'
import { listChangesets } from '../api.ts'
import { Listed } from '../Listed.tsx'
import { useStore } from '../store/store.tsx'
import { DraftNameSheet } from './DraftNameSheet.tsx'
import { useDraftLabel } from './draft-label.ts'
import { useDrafted } from './use-drafted.ts'
import { useOpenDraft } from './use-open-draft.ts'

/** Changesets that are not in force yet: each is looked at before it is published. */
export function DraftsPage() {
  const { t } = useTranslation()
  const called = useDraftLabel()
  const query = useQuery({ queryKey: ['meta', 'changesets'], queryFn: listChangesets })
  const open = (query.data ?? []).filter(({ state }) => state === 'open')
  const [isNaming, setNaming] = useState(false)
  const openDraft = useOpenDraft()
  const { changeset } = useStore()
  const drafted = useDrafted()
  const begin = (
    <Button type="primary" icon={<Icon name="plus" />} onClick={() => setNaming(true)}>
      {t('drafts.begin')}
    </Button>
  )
  return (
    <Page
      title={t('drafts.title')}
      line
      beside={<span className="count num">{open.length}</span>}
      acts={open.length > 0 ? begin : null}
    >
      <Listed query={query} failed="drafts.failed">
        {query.isSuccess && open.length === 0 ? (
          <State joint="empty" title={t('drafts.none')} text={t('drafts.noneText')}>
            {begin}
          </State>
        ) : null}
        <ol className="definitions">
          {open.map((draft) => (
            <li key={draft.id} className="definition-row">
              <span className="grow draft-words">
                <Link className="definition-link cut" to={`/designer/drafts/${draft.id}`}>
                  {called(draft.label)}
                </Link>
                <span className="t12 ink-2 cut">{draft.description ?? drafted(draft)}</span>
              </span>
              {draft.id === changeset?.id ? <span className="chip">{t('drafts.inHand')}</span> : null}
              {draft.piloted_since == null ? null : <span className="chip">{t('pilot.trying')}</span>}
              {draft.silent_since == null ? null : <span className="chip">{t('silent.silently')}</span>}
              <span className="t12 ink-2 nowrap no-phone">
                {draft.owner === null ? t('history.system') : (draft.owner.label ?? t('record.somebody'))}
              </span>
              <span className="t12 ink-3 nowrap">
                <InstantText instant={draft.created_at} />
              </span>
            </li>
          ))}
        </ol>
      </Listed>
      <DraftNameSheet open={isNaming} onClose={() => setNaming(false)} onDone={(id) => void openDraft(id)} />
    </Page>
  )
}
