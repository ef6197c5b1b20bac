import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { Button, IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../../runtime-ui/kit/Menu.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { Listed } from '../Listed.tsx'
import { faultsIn, RefusedSheet } from '../RefusedSheet.tsx'
import { getSandbox, promoteSandbox, refreshSandbox, SANDBOXES } from './api.ts'
import { RemoveSandboxDialog } from './RemoveSandboxDialog.tsx'
import { keyOf, SandboxChanges } from './SandboxChanges.tsx'
import { SandboxDrafts } from './SandboxDrafts.tsx'
import './sandboxes.css'
import { useClashPlace } from './use-clash-place.ts'
import { useEnter } from './use-enter.ts'

/** What a sandbox has otherwise than the live workspace, and the ways of it: here, in, onto what is live now, away. */
export function SandboxPage() {
  const { t } = useTranslation()
  const { name = '' } = useParams()
  const { me } = useWork()
  const navigate = useNavigate()
  const client = useQueryClient()
  const enter = useEnter()
  const query = useQuery({ queryKey: [...SANDBOXES, name], queryFn: () => getSandbox(name) })
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set())
  const [isBusy, setBusy] = useState(false)
  const [isLeaving, setLeaving] = useState(false)
  const [refusal, setRefusal] = useState<unknown>()
  const place = useClashPlace(refusal)
  const [draftInside, setDraftInside] = useState<string>()
  const changes = query.data?.changes ?? []
  const label = query.data?.label ?? name
  const chosen = changes.map(keyOf).filter((key) => !left.has(key))
  const isBehind = query.data !== undefined && query.data.base_version !== query.data.live_version
  const run = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true)
    try {
      await act()
    } catch (error) {
      setRefusal(error)
      // What it was refused for may be told by the list as well: a draft that is gone, a version that is newer.
      await client.invalidateQueries({ queryKey: SANDBOXES })
    } finally {
      setBusy(false)
    }
  }
  const promote = () =>
    run(async () => {
      const id = await promoteSandbox(name, chosen, [...taken])
      await client.invalidateQueries({ queryKey: ['meta', 'changesets'] })
      await navigate(`/designer/drafts/${id}`)
    })
  const refresh = () =>
    run(async () => {
      const { changeset } = await refreshSandbox(name)
      setDraftInside(changeset ?? undefined)
      if (changeset === null) toast({ text: t('sandboxes.refreshed') })
      await client.invalidateQueries({ queryKey: SANDBOXES })
    })
  const more = [
    ...(isBehind
      ? [
          {
            key: 'refresh',
            icon: <Icon name="refresh" />,
            label: t('sandboxes.refresh'),
            onClick: () => void refresh(),
          },
        ]
      : []),
    {
      key: 'remove',
      danger: true,
      icon: <Icon name="trash" />,
      label: t('sandboxes.remove'),
      onClick: () => setLeaving(true),
    },
  ]
  return (
    <Page
      title={label}
      crumbs={[{ label: t('sandboxes.title'), to: '/designer/sandboxes' }]}
      backTo="/designer/sandboxes"
      backLabel={t('sandboxes.title')}
      line
      acts={
        me.viewer !== undefined || query.data === undefined ? null : (
          <>
            <Menu items={more} placement="bottomRight">
              <IconButton label={t('act.more')} icon={<Icon name="more" />} />
            </Menu>
            <Button onClick={() => enter(name)}>{t('sandboxes.enter')}</Button>
            <Button
              type="primary"
              disabled={chosen.length + taken.size === 0 && !isBusy}
              aria-busy={isBusy}
              onClick={() => void promote()}
            >
              {t('sandboxes.promote')}
            </Button>
          </>
        )
      }
    >
      <Listed query={query} failed="sandboxes.oneFailed">
        {draftInside === undefined ? null : (
          <div className="note t13 sandbox-note" role="alert">
            <Icon name="alert" />
            <span className="grow">{t('sandboxes.refreshHeld')}</span>
            <Button size="small" onClick={() => enter(name, `/designer/drafts/${draftInside}`)}>
              {t('sandboxes.refreshLook')}
            </Button>
          </div>
        )}
        {query.data === undefined ? null : (
          <>
            <SandboxChanges sandbox={query.data} left={left} onLeft={setLeft} />
            <SandboxDrafts drafts={query.data.drafts} taken={taken} onTaken={setTaken} />
          </>
        )}
      </Listed>
      <RefusedSheet
        refusal={refusal}
        place={place}
        acts={
          // Which of two drafts stands is settled where they are.
          faultsIn(refusal).some(({ code }) => code === 'SANDBOX_DRAFTS_CLASH') ? (
            <Button onClick={() => enter(name, '/designer/drafts')}>{t('sandboxes.draftsLook')}</Button>
          ) : undefined
        }
        onClose={() => setRefusal(undefined)}
      />
      {isLeaving ? (
        <RemoveSandboxDialog
          name={name}
          label={label}
          changes={changes.length}
          onClose={() => setLeaving(false)}
          onGone={() => void navigate('/designer/sandboxes')}
        />
      ) : null}
    </Page>
  )
}
