import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { Listed } from '../Listed.tsx'
import { type Connection, listConnections } from './api.ts'
import { ToldList } from './ToldList.tsx'
import './connections.css'

/** Other systems: whether each can be called, and what became of its calls; below, what people were told. */
export function ConnectionsPage() {
  const { t, i18n } = useTranslation()
  const query = useQuery({ queryKey: ['connections', i18n.language], queryFn: listConnections })
  const connections = query.data ?? []
  return (
    <Page
      title={t('connections.title')}
      line
      beside={<span className="count num">{query.data?.length}</span>}
    >
      <div className="connections-body">
        <Listed
          query={query}
          failed="connections.failed"
          empty={connections.length > 0 ? undefined : 'connections.none'}
        >
          <ul className="definitions">
            {connections.map((one) => (
              <ConnectionRow key={one.name} one={one} />
            ))}
          </ul>
        </Listed>
        <ToldList />
      </div>
    </Page>
  )
}

function ConnectionRow({ one }: { readonly one: Connection }) {
  const { t } = useTranslation()
  const { done, failed, waiting } = one.calls
  return (
    <li className="definition-row" data-connection={one.name}>
      <Icon name="link" />
      <div className="grow">
        <Link className="strong definition-link" to={`/designer/connections/${encodeURIComponent(one.name)}`}>
          {one.label}
        </Link>
        <p className="t13 ink-3">
          {one.connector_label} · {t('connections.day', { done, failed, waiting })}
        </p>
      </div>
      <span className={`chip ${one.ready ? 'jade' : 'clay'}`}>
        {t(one.ready ? 'connections.ready' : 'connections.notReady')}
      </span>
    </li>
  )
}
