import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../../runtime-ui/kit/Menu.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { listChangesets } from '../api.ts'
import { useStore } from '../store/store.tsx'
import { DiscardDialog } from './DiscardDialog.tsx'
import { DraftNameSheet } from './DraftNameSheet.tsx'
import { useDraftLabel } from './draft-label.ts'
import { useDrafted } from './use-drafted.ts'
import { useOpenDraft } from './use-open-draft.ts'

/** Which draft is open and whether it is stored; another one is chosen here, or begun under a name. */
export function DraftMenu() {
  const { t } = useTranslation()
  const called = useDraftLabel()
  const { me } = useWork()
  const { changeset, fates, saving, flush, open } = useStore()
  const [isShown, setIsShown] = useState(false)
  const [isNaming, setIsNaming] = useState(false)
  const [leaving, setLeaving] = useState<typeof changeset>()
  const drafts = useQuery({ queryKey: ['meta', 'changesets'], queryFn: listChangesets, enabled: isShown })
  const others = (drafts.data ?? []).filter(({ id, state }) => state === 'open' && id !== changeset?.id)
  const goTo = useOpenDraft()
  const drafted = useDrafted()
  if (saving.state === 'failed') {
    return (
      <Button
        className="draft-name bad"
        icon={<Icon name="alert" />}
        // This button stays, and says so, when it fails again.
        onClick={() => void flush().catch(() => undefined)}
      >
        <span className="cut">{t('drafts.notStored')}</span>
      </Button>
    )
  }
  const items = [
    { key: 'new', icon: <Icon name="plus" />, label: t('drafts.begin'), onClick: () => setIsNaming(true) },
    ...(changeset === undefined
      ? []
      : [
          {
            key: 'close',
            icon: <Icon name="close" />,
            label: t('drafts.close'),
            onClick: () => void goTo(undefined),
          },
          {
            key: 'discard',
            danger: true,
            icon: <Icon name="trash" />,
            label: t('drafts.discard'),
            onClick: () => setLeaving(changeset),
          },
        ]),
    ...(others.length === 0 ? [] : [{ type: 'divider' as const }]),
    ...others.slice(0, MOST).map((one) => ({
      key: one.id,
      icon: <Icon name={one.created_by === me.user.id ? 'edit' : 'users'} />,
      label: (
        <span className="draft-choice">
          <span className="cut">{called(one.label)}</span>
          <span className="t12 ink-3 cut">
            {drafted(one)} · <InstantText instant={one.created_at} />
          </span>
        </span>
      ),
      onClick: () => void goTo(one.id),
    })),
  ]
  return (
    <>
      <Menu items={items} placement="bottomRight" onOpenChange={setIsShown}>
        <Button type="text" className="draft-name no-phone" aria-busy={saving.state === 'saving'}>
          <Icon name="edit" />
          <span className="cut">
            {changeset === undefined ? t('drafts.noneOpen') : called(changeset.label)}
          </span>
          {fates.size === 0 ? null : (
            <span className="count num" title={t('drafts.touched', { count: fates.size })}>
              {fates.size}
            </span>
          )}
        </Button>
      </Menu>
      <span className="visually-hidden" role="status">
        {saving.state === 'saving' ? t('drafts.storing') : fates.size > 0 ? t('drafts.stored') : ''}
      </span>
      {leaving === undefined ? null : (
        <DiscardDialog
          draft={leaving}
          onClose={() => setLeaving(undefined)}
          onLeave={() => open(undefined)}
          onStay={() => open(leaving.id)}
        />
      )}
      <DraftNameSheet open={isNaming} onClose={() => setIsNaming(false)} onDone={(id) => void goTo(id)} />
    </>
  )
}

/** Other drafts that the menu offers; the page of drafts has all of them. */
const MOST = 8
