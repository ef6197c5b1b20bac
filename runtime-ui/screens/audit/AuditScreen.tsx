import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { searchAudit } from '../../api/audit.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { ProblemState, State } from '../../kit/State.tsx'
import { useIsPhone } from '../../kit/use-media.ts'
import { NotFound } from '../NotFound.tsx'
import { MoreButton } from '../record/MoreButton.tsx'
import { AuditEntryItem } from './AuditEntryItem.tsx'
import { AuditFilters } from './AuditFilters.tsx'
import './audit.css'
import { filterOf, useAuditQuestion } from './audit-question.ts'
import { RetentionButton } from './RetentionButton.tsx'

/** Who did what, for those who may see it: by person, record, field, action and period. */
export function AuditScreen() {
  const { me } = useWork()
  return me.administration.includes('audit') ? <Audit /> : <NotFound />
}

function Audit() {
  const { t } = useTranslation()
  const phone = useIsPhone()
  return (
    <Page title={t('audit.title')} line acts={<RetentionButton />}>
      <div className="audit">
        {phone ? <FilterSheet /> : <AuditFilters />}
        <Entries />
      </div>
    </Page>
  )
}

/** A phone has no room for the filters beside what they find. */
function FilterSheet() {
  const { t } = useTranslation()
  const { question } = useAuditQuestion()
  const [open, setOpen] = useState(false)
  const count = Object.keys(question).length
  return (
    <>
      <Button block icon={<Icon name="filter" />} onClick={() => setOpen(true)}>
        {count === 0 ? t('audit.filter') : t('audit.filters', { count })}
      </Button>
      <Sheet
        open={open}
        title={t('audit.filter')}
        onClose={() => setOpen(false)}
        footer={
          <Button type="primary" block onClick={() => setOpen(false)}>
            {t('audit.show')}
          </Button>
        }
      >
        <AuditFilters />
      </Sheet>
    </>
  )
}

function Entries() {
  const { t, i18n } = useTranslation()
  const { model } = useWork()
  const { question } = useAuditQuestion()
  const query = useInfiniteQuery({
    queryKey: ['audit', 'search', question, i18n.language],
    queryFn: ({ pageParam, signal }) =>
      searchAudit(filterOf(question, model.timeZone), pageParam || undefined, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  const entries = query.data?.pages.flatMap((page) => page.data) ?? []
  if (query.isPending) return <LoadingRows />
  if (query.isError)
    return <ProblemState error={query.error} title={t('audit.failed')} retry={() => void query.refetch()} />
  if (entries.length === 0 && !query.hasNextPage)
    return <State joint="empty" title={t('audit.none')} text={t('audit.noneText')} />
  return (
    <>
      <ul className="events">
        {entries.map((entry) => (
          <AuditEntryItem key={entry.id} entry={entry} />
        ))}
      </ul>
      <MoreButton query={query} />
    </>
  )
}
