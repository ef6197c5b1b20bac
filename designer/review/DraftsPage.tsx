import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { listChangesets } from '../api.ts'
import { Listed } from '../Listed.tsx'

/** Changesets that are not in force yet: each is looked at before it is published. */
export function DraftsPage() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['meta', 'changesets'], queryFn: listChangesets })
  const open = (query.data ?? []).filter(({ state }) => state === 'open')
  return (
    <Page title={t('drafts.title')} line beside={<span className="count num">{open.length}</span>}>
      <Listed
        query={query}
        failed="drafts.failed"
        empty={open.length === 0 && query.isSuccess ? 'drafts.none' : undefined}
      >
        <ol className="definitions">
          {open.map((draft) => (
            <li key={draft.id} className="definition-row">
              <span className="grow draft-words">
                <Link className="definition-link cut" to={`/designer/drafts/${draft.id}`}>
                  {draft.label}
                </Link>
                {draft.description === null ? null : (
                  <span className="t12 ink-2 cut">{draft.description}</span>
                )}
              </span>
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
    </Page>
  )
}
