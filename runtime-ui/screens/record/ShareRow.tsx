import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addShare, changeShare, removeShare, type Share, type ShareTerms } from '../../api/shares.ts'
import type { Entity } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { IconButton } from '../../kit/Button.tsx'
import { clearingDay } from '../../kit/clearing.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { toast } from '../../kit/toast.tsx'
import { dayOfEnd, endOfDay } from './share-end.ts'
import { useRefusal } from './use-delete.ts'

interface ShareRowProps {
  readonly entity: Entity
  readonly id: string
  readonly share: Share
  readonly mayEdit: boolean
  readonly onChanged: () => Promise<void>
}

const ICONS = { team: 'users', role: 'shield' } as const

/** One share by hand: with whom, by whom, what and until when. A change is stored as it is made. */
export function ShareRow({ entity, id, share, mayEdit, onChanged }: ShareRowProps) {
  const { t } = useTranslation()
  const { timeZone } = useWork().model
  const refuse = useRefusal()
  const [busy, setBusy] = useState(false)
  const { kind } = share.with
  const name = share.with.label ?? t('record.somebody')
  const run = async (act: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true)
    const isDone = await act().then(
      () => true,
      (error: unknown) => {
        refuse(error)
        return false
      },
    )
    await onChanged()
    setBusy(false)
    return isDone
  }
  const change = (terms: ShareTerms) => void run(() => changeShare(entity.name, id, share.id, terms))
  const again = {
    with: { [kind]: share.with.id },
    ...{ access: share.access, until: share.until, remark: share.remark },
  }
  const takeBack = async (): Promise<void> => {
    if (!(await run(() => removeShare(entity.name, id, share.id)))) return
    const undo = () => void addShare(entity.name, id, again).then(onChanged, refuse)
    toast({ text: t('share.removed', { name }), undo })
  }
  return (
    <li className="share-row" data-share={share.with.id} aria-busy={busy}>
      {kind === 'user' ? (
        <Avatar name={name} person size="medium" />
      ) : (
        <span className="share-mark">
          <Icon name={ICONS[kind]} />
        </span>
      )}
      <span className="share-name">
        <span className="cut">{name}</span>
        <span className="t12 ink-3 share-meta">{metaOf(share, t)}</span>
      </span>
      <span className="share-terms">
        <Select
          aria-label={t('share.accessOf', { name })}
          className="share-access"
          disabled={busy}
          suffixIcon={<Icon name="chevron_down" />}
          value={share.access}
          options={(['read', 'edit'] as const).map((value) => ({
            value,
            label: t(`share.${value}`),
            disabled: value === 'edit' && !mayEdit,
          }))}
          onChange={(access) => change({ access })}
        />
        <DatePicker
          aria-label={t('share.untilOf', { name })}
          className="share-until"
          disabled={busy}
          placeholder={t('share.noEnd')}
          {...clearingDay(t('act.clearOf', { title: t('share.untilOf', { name }) }))}
          suffixIcon={<Icon name="calendar" />}
          minDate={dayjs()}
          value={share.until === null ? null : dayjs(dayOfEnd(share.until, timeZone))}
          onChange={(day) =>
            change({ until: day === null ? null : endOfDay(day.format('YYYY-MM-DD'), timeZone) })
          }
        />
        <IconButton
          label={t('share.remove', { name })}
          icon={<Icon name="close" />}
          disabled={busy}
          onClick={() => void takeBack()}
        />
      </span>
    </li>
  )
}

function metaOf(share: Share, t: (key: string, values?: Record<string, string>) => string): string {
  const by = share.created_by?.label
  return [
    ...(share.with.kind === 'user' ? [] : [t(`share.kind.${share.with.kind}`)]),
    ...(by === undefined || by === null ? [] : [t('share.by', { name: by })]),
    ...(share.remark === null || share.remark === '' ? [] : [share.remark]),
  ].join(' · ')
}
