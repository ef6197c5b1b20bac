import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { MoreButton } from '../../runtime-ui/screens/record/MoreButton.tsx'
import { listTold, type Told, type Way } from './api.ts'

const TONES: { readonly [S in Way['state']]: string } = {
  later: '',
  held: '',
  sending: '',
  sent: 'jade',
  read: 'jade',
  failed: 'clay',
  skipped: '',
}

/** What people were told, with the receipt of each way. */
export function ToldList() {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['connections', 'told'],
    queryFn: ({ pageParam }) => listTold(pageParam),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  const told = query.data?.pages.flatMap((page) => page.data) ?? []
  return (
    <section className="connections-part" aria-labelledby="told">
      <h2 className="h2" id="told">
        {t('connections.told')}
      </h2>
      {query.isPending ? <LoadingRows rows={3} /> : null}
      {query.isError ? <ProblemState error={query.error} title={t('connections.toldFailed')} /> : null}
      {query.isSuccess && told.length === 0 ? <p className="t13 ink-3">{t('connections.toldNone')}</p> : null}
      <ul>
        {told.map((one) => (
          <ToldRow key={one.id} one={one} />
        ))}
      </ul>
      <MoreButton query={query} />
    </section>
  )
}

function ToldRow({ one }: { readonly one: Told }) {
  const { t } = useTranslation()
  return (
    <li className="call-row" data-told={one.id}>
      <div className="row">
        <span className="strong grow cut">{one.title}</span>
        <span className="t12 ink-3 nowrap">
          <InstantText instant={one.created_at} />
        </span>
      </div>
      <div className="row told-words t13">
        <span className="ink-2">{one.name ?? t('connections.somebody')}</span>
        {one.ways.map((way) => (
          <span key={way.channel} className={`chip ${TONES[way.state]}`} title={way.fault?.text}>
            {t(`channel.${way.channel}`)}: {t(`connections.way.${way.state}`)}
            {way.state === 'held' && way.due_at !== null ? <InstantText instant={way.due_at} /> : null}
            {way.fault === null
              ? null
              : ` (${t(`connections.fault.${way.fault.code}`, { defaultValue: way.fault.code })})`}
          </span>
        ))}
      </div>
    </li>
  )
}
