import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDelegation, type Delegation, delegations, removeDelegation } from '../../api/approvals.ts'
import { Button } from '../../kit/Button.tsx'
import { clearingDay } from '../../kit/clearing.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { instantOf, wallClockOf } from '../../kit/zoned.ts'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'

/** Who decides while the person is away. */
export function AwaySheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const list = useQuery({ queryKey: ['approvals', 'delegations'], queryFn: delegations })
  const renew = () => queryClient.invalidateQueries({ queryKey: ['approvals'] })
  const end = useMutation({ mutationFn: removeDelegation, onSettled: renew })
  return (
    <Sheet open title={t('approval.away.title')} onClose={onClose}>
      <p className="ink-2">{t('approval.away.text')}</p>
      <ul className="away-list">
        {(list.data ?? []).map((one) => (
          <Absence key={one.id} one={one} onEnd={() => end.mutate(one.id)} />
        ))}
      </ul>
      <FaultNote id="away-end-fault" fault={end.isError ? faultOf(end.error, t) : undefined} />
      <NewAbsence onStored={renew} />
    </Sheet>
  )
}

function Absence({ one, onEnd }: { readonly one: Delegation; readonly onEnd: () => void }) {
  const { t } = useTranslation()
  const { me } = useWork()
  const isMine = one.person?.id === me.user.id
  const other = isMine ? one.delegate : one.person
  return (
    <li className="row">
      <span className="grow">
        {t(isMine ? 'approval.away.mine' : 'approval.away.others', {
          person: other?.label ?? t('record.somebody'),
        })}
        <span className="t12 ink-3 away-span">
          <InstantText instant={one.from} /> – <InstantText instant={one.until} />
        </span>
      </span>
      {isMine ? (
        <Button size="small" onClick={onEnd}>
          {t('approval.away.end')}
        </Button>
      ) : null}
    </li>
  )
}

function NewAbsence({ onStored }: { readonly onStored: () => Promise<void> }) {
  const { t } = useTranslation()
  const [delegate, setDelegate] = useState<string>()
  const [from, setFrom] = useState<string>()
  const [until, setUntil] = useState<string>()
  const add = useMutation({
    mutationFn: addDelegation,
    onSuccess: async () => {
      setDelegate(undefined)
      setFrom(undefined)
      setUntil(undefined)
      await onStored()
    },
  })
  const isWhole = delegate !== undefined && until !== undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isWhole || add.isPending) return
    add.mutate({ delegate, until, ...(from === undefined ? {} : { from }) })
  }
  return (
    <form className="word-form" onSubmit={submit} noValidate>
      <FaultNote id="away-fault" fault={add.isError ? faultOf(add.error, t) : undefined} />
      <div className="field">
        <label htmlFor="away-delegate">{t('approval.away.delegate')}</label>
        <RecordPicker entity="user" aria={{ id: 'away-delegate' }} value={delegate} onChange={setDelegate} />
      </div>
      <div className="away-times">
        <div className="field">
          <label htmlFor="away-from">{t('approval.away.from')}</label>
          <Moment id="away-from" label={t('approval.away.from')} value={from} onChange={setFrom} />
        </div>
        <div className="field">
          <label htmlFor="away-until">{t('approval.away.until')}</label>
          <Moment id="away-until" label={t('approval.away.until')} value={until} onChange={setUntil} />
        </div>
      </div>
      <div className="word-acts">
        <Button type="primary" htmlType="submit" disabled={!isWhole} aria-busy={add.isPending}>
          {t('approval.away.add')}
        </Button>
      </div>
    </form>
  )
}

interface MomentProps {
  readonly id: string
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (instant: string | undefined) => void
}

/** A moment on the workspace's clock, wherever the browser stands. */
function Moment({ id, label, value, onChange }: MomentProps) {
  const { t } = useTranslation()
  const { timeZone } = useWork().model
  const clock = value === undefined ? undefined : wallClockOf(value, timeZone)
  return (
    <DatePicker
      id={id}
      className="wide"
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      format="YYYY-MM-DD HH:mm"
      placeholder="YYYY-MM-DD HH:MM"
      {...clearingDay(t('act.clearOf', { title: label }))}
      suffixIcon={<Icon name="calendar" />}
      value={clock === undefined ? null : dayjs(`${clock.date}T${clock.time}`)}
      onChange={(next) =>
        onChange(
          next === null
            ? undefined
            : instantOf({ date: next.format('YYYY-MM-DD'), time: next.format('HH:mm:ss') }, timeZone),
        )
      }
    />
  )
}
