import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { State } from '../../runtime-ui/kit/State.tsx'
import { Listed } from '../Listed.tsx'
import { listSandboxes, SANDBOXES, type SandboxItem } from './api.ts'
import { SandboxSheet } from './SandboxSheet.tsx'
import './sandboxes.css'
import { useEnter } from './use-enter.ts'

/** Workspaces to try things in: each leads to what it has otherwise, and into it. */
export function SandboxesPage() {
  const { t } = useTranslation()
  const { me } = useWork()
  const [isMaking, setMaking] = useState(false)
  const query = useQuery({ queryKey: SANDBOXES, queryFn: listSandboxes })
  const list = query.data ?? []
  const mayMake = me.viewer === undefined
  const make = (
    <Button type="primary" icon={<Icon name="plus" />} onClick={() => setMaking(true)}>
      {t('sandboxes.make')}
    </Button>
  )
  return (
    <Page
      title={t('sandboxes.title')}
      line
      beside={<span className="count num">{query.data?.length}</span>}
      acts={mayMake && list.length > 0 ? make : null}
    >
      <Listed query={query} failed="sandboxes.failed">
        {query.isSuccess && list.length === 0 ? (
          <State joint="empty" title={t('sandboxes.none')} text={t('sandboxes.noneText')}>
            {mayMake ? make : null}
          </State>
        ) : null}
        <ul className="definitions">
          {list.map((sandbox) => (
            <SandboxRow key={sandbox.name} sandbox={sandbox} />
          ))}
        </ul>
      </Listed>
      <SandboxSheet open={isMaking} sandboxes={list} onClose={() => setMaking(false)} />
    </Page>
  )
}

function SandboxRow({ sandbox }: { readonly sandbox: SandboxItem }) {
  const { t } = useTranslation()
  const enter = useEnter()
  const { name, label, base_version: base, live_version: live } = sandbox
  return (
    <li className="definition-row" data-sandbox={name}>
      <Icon name="cube" />
      <span className="grow sandbox-name">
        <Link className="definition-link strong" to={`/designer/sandboxes/${name}`}>
          {label}
        </Link>
        <span className="t12 ink-3">
          {t(base === live ? 'sandboxes.onLive' : 'sandboxes.behind', { base, live })}
        </span>
      </span>
      <span className="t12 ink-3 nowrap no-phone">
        <InstantText instant={sandbox.made_at} />
      </span>
      <span className="sandbox-act">
        <Button size="small" onClick={() => enter(name)}>
          {t('sandboxes.enter')}
        </Button>
      </span>
    </li>
  )
}
