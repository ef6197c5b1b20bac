import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getJob } from '../../runtime-ui/api/backups.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { listChangesets } from '../api.ts'

/** Why a draft did not come into force although its tables were being prepared; until it is published again. */
export function NotPublished({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const { data = [] } = useQuery({ queryKey: ['meta', 'changesets'], queryFn: listChangesets })
  const job = data.find((one) => one.id === id)?.job
  const failed = job?.state === 'failed' ? job.id : undefined
  const { data: told } = useQuery({
    queryKey: ['job', failed],
    queryFn: () => getJob(failed ?? ''),
    enabled: failed !== undefined,
    retry: false, // whoever may not publish is told no more
  })
  if (failed === undefined) return null
  return (
    <section className="note role-note bad-note t13" aria-label={t('drafts.notPublished')}>
      <Icon name="alert" />
      <div>
        <p className="strong">{t('drafts.notPublished')}</p>
        {told?.result?.problems?.map(({ message }) => (
          <p key={message}>{message}</p>
        ))}
      </div>
    </section>
  )
}
