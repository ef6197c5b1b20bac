import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { getJob } from '../../runtime-ui/api/backups.ts'
import { formatNumber } from '../../runtime-ui/kit/format.ts'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import { ProgressBar } from '../../runtime-ui/kit/ProgressBar.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { type Changeset, listChangesets } from '../api.ts'
import { useDraftLabel } from '../review/draft-label.ts'
import type { PublishJob } from './publish-job.ts'
import './preparing.css'

/** Asked for again in between: the news of a step may have been missed. */
const ASK_EVERY_MS = 2_000

/** Drafts that will be in force once full tables are prepared, and how far that is. */
export function Preparing() {
  const { data = [] } = useQuery({ queryKey: ['meta', 'changesets'], queryFn: listChangesets })
  return data.map((draft) =>
    draft.state === 'publishing' && draft.job != null ? (
      <Prepared key={draft.id} draft={draft} begun={draft.job} />
    ) : null,
  )
}

function Prepared({ draft, begun }: { readonly draft: Changeset; readonly begun: PublishJob }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const language = useLanguage()
  const called = useDraftLabel()
  const { data: job = begun } = useQuery({
    queryKey: ['job', begun.id],
    queryFn: () => getJob(begun.id),
    refetchInterval: ASK_EVERY_MS,
    retry: false, // whoever may not publish does not see it
  })
  const { state, done, total } = job
  const label = called(draft.label)
  useEffect(() => {
    if (state !== 'done' && state !== 'failed') return
    if (state === 'failed') toast({ kind: 'problem', text: t('versions.notPrepared', { label }) })
    void client.invalidateQueries({ queryKey: ['meta'] })
  }, [state, label, client, t])
  return (
    <div className="preparing" data-preparing={draft.id} role="status">
      <p className="row t13">
        <span className="turns" aria-hidden="true" />
        <Link className="link strong grow cut" to={`/designer/drafts/${draft.id}`}>
          {label}
        </Link>
        {total === null || total === 0 ? null : (
          <span className="num ink-2 nowrap">
            {t('versions.prepared', {
              done: formatNumber(done, language),
              total: formatNumber(total, language),
            })}
          </span>
        )}
      </p>
      <ProgressBar label={t('versions.preparing')} done={done} total={total ?? 0} />
      <p className="t13 ink-2">{t('versions.preparing')}</p>
    </div>
  )
}
