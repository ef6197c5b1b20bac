import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { useIsPhone } from '../../kit/use-media.ts'
import { referenceOf, titleOf } from '../../values/references.ts'
import { useMayEdit } from '../approvals/use-approvals.ts'
import { recordAddress } from '../frame/places.ts'
import { mayTransfer } from '../owners/may-transfer.ts'
import { useUserActs } from '../people/use-user-acts.tsx'
import { AccessSheet } from './AccessSheet.tsx'
import { useDelete } from './use-delete.ts'
import { useFlowButtons } from './use-flow-buttons.ts'
import { useMayConvert } from './use-lane.ts'

const ShareSheet = lazy(async () => ({ default: (await import('./ShareSheet.tsx')).ShareSheet }))

const TransferSheet = lazy(async () => ({
  default: (await import('../owners/TransferSheet.tsx')).TransferSheet,
}))

const MergeSheet = lazy(async () => ({ default: (await import('../merge/MergeSheet.tsx')).MergeSheet }))

const ConvertSheet = lazy(async () => ({ default: (await import('./ConvertSheet.tsx')).ConvertSheet }))

/** What a form leaves in the history for the page of its record: with which other one it is to be merged. */
function mergeAsked(state: unknown): readonly string[] | undefined {
  const { merge } = (state ?? {}) as { readonly merge?: unknown }
  return typeof merge === 'string' ? [merge] : undefined
}

/** Buttons of flows that stand in the bar; the others are in the menu. */
const MOST_BUTTONS = 2

/** Edit, flows, and what is seldom wanted. */
export function RecordActs({ entity, record }: { readonly entity: Entity; readonly record: RecordData }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const remove = useDelete(entity)
  const phone = useIsPhone()
  const { me } = useWork()
  const person = useUserActs(record, titleOf(entity, record))
  const [showsAccess, setShowsAccess] = useState(false)
  const [sharing, setSharing] = useState<'never' | 'open' | 'closed'>('never')
  const [giving, setGiving] = useState<'never' | 'open' | 'closed'>('never')
  const { state } = useLocation()
  /** Those that are chosen at first: somebody comes from a warning that such a record is there already. */
  const [merging, setMerging] = useState(() => mergeAsked(state))
  const [converting, setConverting] = useState<'never' | 'open' | 'closed'>('never')
  const mayEdit = useMayEdit(entity, record)
  const mayConvert = useMayConvert(entity, record)
  const isAdministered = entity.name === 'user' && me.administration.includes('users')
  const buttons = useFlowButtons(entity, record)
  // A phone has them in the menu, a desk beside it as far as there is room.
  const shown = phone ? [] : buttons.slice(0, MOST_BUTTONS)
  const items = [
    ...buttons.slice(shown.length).map(({ name, label, isBusy, press }) => ({
      ...{ key: `flow ${name}`, label, disabled: isBusy, onClick: press },
      icon: <Icon name="branch" />,
    })),
    ...(isAdministered ? person.items : []),
    {
      key: 'refresh',
      icon: <Icon name="refresh" />,
      label: t('act.refresh'),
      onClick: () => void queryClient.invalidateQueries({ queryKey: ['records'] }),
    },
    ...(mayTransfer(entity)
      ? [
          {
            key: 'transfer',
            icon: <Icon name="user" />,
            label: t('owner.transfer'),
            onClick: () => setGiving('open'),
          },
        ]
      : []),
    ...(entity.rights.merge && mayEdit
      ? [
          {
            key: 'merge',
            icon: <Icon name="merge" />,
            label: t('merge.act'),
            onClick: () => setMerging([]),
          },
        ]
      : []),
    ...(mayShare(entity, record, me.user.id)
      ? [
          {
            key: 'share',
            icon: <Icon name="users" />,
            label: t('share.act'),
            onClick: () => setSharing('open'),
          },
        ]
      : []),
    {
      key: 'access',
      icon: <Icon name="eye" />,
      label: t('access.show'),
      onClick: () => setShowsAccess(true),
    },
    {
      key: 'print',
      icon: <Icon name="document" />,
      label: t('print.act'),
      // After the menu is gone.
      onClick: () => setTimeout(() => window.print(), 300),
    },
    ...(entity.rights.delete
      ? [
          {
            key: 'delete',
            danger: true,
            icon: <Icon name="trash" />,
            label: t('act.delete'),
            onClick: () => void remove(record.id, titleOf(entity, record)),
          },
        ]
      : []),
  ]
  return (
    <>
      {isAdministered ? person.dialog : null}
      <AccessSheet entity={entity} id={record.id} open={showsAccess} onClose={() => setShowsAccess(false)} />
      {sharing === 'never' ? null : (
        <Suspense fallback={null}>
          <ShareSheet
            entity={entity}
            record={record}
            open={sharing === 'open'}
            onClose={() => setSharing('closed')}
          />
        </Suspense>
      )}
      {giving === 'never' ? null : (
        <Suspense fallback={null}>
          <TransferSheet
            entity={entity}
            record={record}
            open={giving === 'open'}
            onClose={() => setGiving('closed')}
          />
        </Suspense>
      )}
      {merging !== undefined && entity.rights.merge && mayEdit ? (
        <Suspense fallback={null}>
          <MergeSheet
            {...{ entity, record }}
            others={merging}
            open
            onClose={() => setMerging(undefined)}
            onMerged={(id) => {
              if (id !== record.id) void navigate(recordAddress(entity.name, id), { replace: true })
            }}
          />
        </Suspense>
      ) : null}
      {converting === 'never' ? null : (
        <Suspense fallback={null}>
          <ConvertSheet
            entity={entity}
            record={record}
            open={converting === 'open'}
            onClose={() => setConverting('closed')}
          />
        </Suspense>
      )}
      {mayConvert ? (
        <Button icon={<Icon name="branch" />} onClick={() => setConverting('open')}>
          {t('lane.convert')}
        </Button>
      ) : null}
      {shown.map(({ name, label, isBusy, press }) => (
        <Button key={name} disabled={isBusy} icon={<Icon name="branch" />} onClick={press}>
          {label}
        </Button>
      ))}
      <Menu items={items} placement="bottomRight">
        <IconButton label={t('act.more')} icon={<Icon name="more" />} />
      </Menu>
      {mayEdit ? (
        <Button
          icon={<Icon name="edit" />}
          onClick={() => void navigate(`${recordAddress(entity.name, record.id)}/edit`)}
        >
          {t('act.edit')}
          <kbd className="no-phone">E</kbd>
        </Button>
      ) : null}
    </>
  )
}

/** Whose own records alone may be shared, a stranger's is not offered; for the rest the server knows best. */
function mayShare({ rights, owned }: Entity, record: RecordData, me: string): boolean {
  if (rights.share !== 'own') return rights.share !== 'none'
  return referenceOf(owned ? record.owner : record.created_by)?.id === me
}
