import { DatePicker, Input, Segmented, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addShare, type HolderKind, type ShareAccess } from '../../api/shares.ts'
import type { Entity } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { clearingDay } from '../../kit/clearing.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useEntity, useWork } from '../../kit/model-context.tsx'
import { toast } from '../../kit/toast.tsx'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'
import { endOfDay } from './share-end.ts'

interface ShareFormProps {
  readonly entity: Entity
  readonly id: string
  /** Whether the person may share it to be changed as well. */
  readonly mayEdit: boolean
  readonly onChanged: () => Promise<void>
}

/** Gives a record to one more person, team or role. */
export function ShareForm({ entity, id, mayEdit, onChanged }: ShareFormProps) {
  const { t } = useTranslation()
  const { timeZone } = useWork().model
  const kinds = useKinds()
  const [kind, setKind] = useState<HolderKind>(kinds[0] ?? 'user')
  const [holder, setHolder] = useState<string>()
  const [access, setAccess] = useState<ShareAccess>('read')
  const [day, setDay] = useState<Dayjs | null>(null)
  const [remark, setRemark] = useState('')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    if (holder === undefined) return setFault(t('share.missing'))
    setBusy(true)
    setFault(undefined)
    try {
      const until = day === null ? null : endOfDay(day.format('YYYY-MM-DD'), timeZone)
      const text = remark.trim() === '' ? null : remark.trim()
      const share = await addShare(entity.name, id, { with: { [kind]: holder }, access, until, remark: text })
      toast({ text: t('share.added', { name: share.with.label ?? t('record.somebody') }) })
      setHolder(undefined)
      setDay(null)
      setRemark('')
      await onChanged()
    } catch (error) {
      setFault(faultOf(error, t))
    }
    setBusy(false)
  }
  return (
    <form className="share-form" onSubmit={(event) => void submit(event)} noValidate>
      <FaultNote id="share-fault" fault={fault} />
      <div className="share-holder">
        <Segmented
          aria-label={t('share.with')}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`share.kind.${value}`) }))}
          onChange={(next) => {
            setKind(next)
            setHolder(undefined)
          }}
        />
        <Holder kind={kind} value={holder} onChange={setHolder} />
      </div>
      <div className="share-grid">
        <div className="field">
          <label htmlFor="share-access">{t('share.access')}</label>
          <Select
            id="share-access"
            className="wide"
            suffixIcon={<Icon name="chevron_down" />}
            value={access}
            options={(['read', 'edit'] as const).map((value) => ({
              value,
              label: t(`share.${value}`),
              disabled: value === 'edit' && !mayEdit,
            }))}
            onChange={setAccess}
          />
        </div>
        <div className="field">
          <label htmlFor="share-until">{t('share.until')}</label>
          <DatePicker
            id="share-until"
            className="wide"
            placeholder={t('share.noEnd')}
            {...clearingDay(t('act.clearOf', { title: t('share.until') }))}
            suffixIcon={<Icon name="calendar" />}
            minDate={dayjs()}
            value={day}
            // Enter takes the written day; it does not send the form.
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.preventDefault()
            }}
            onChange={setDay}
          />
        </div>
      </div>
      <div className="field">
        <label htmlFor="share-remark">{t('share.remark')}</label>
        <Input
          id="share-remark"
          value={remark}
          maxLength={500}
          onChange={(event) => setRemark(event.target.value)}
        />
      </div>
      <Button type="primary" htmlType="submit" aria-busy={busy}>
        {t('share.add')}
      </Button>
    </form>
  )
}

/** What the person may choose from: people and teams that they may read, roles that they know of. */
function useKinds(): readonly HolderKind[] {
  const [user, team] = [useEntity('user'), useEntity('team')]
  const roles = user?.fields.find(({ name }) => name === 'roles')
  return [
    ...(user === undefined ? [] : (['user'] as const)),
    ...(team === undefined ? [] : (['team'] as const)),
    ...(roles?.options === undefined ? [] : (['role'] as const)),
  ]
}

interface HolderProps {
  readonly kind: HolderKind
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

function Holder({ kind, value, onChange }: HolderProps) {
  const { t } = useTranslation()
  const roles = useEntity('user')?.fields.find(({ name }) => name === 'roles')?.options ?? []
  if (kind !== 'role') {
    return (
      <RecordPicker
        key={kind}
        entity={kind}
        label={t(`share.kind.${kind}`)}
        value={value}
        onChange={onChange}
      />
    )
  }
  return (
    <Select
      aria-label={t('share.kind.role')}
      className="wide"
      showSearch={{ optionFilterProp: 'label' }}
      suffixIcon={<Icon name="chevron_down" />}
      placeholder={t('share.chooseRole')}
      value={value}
      options={roles.map(({ name, label }) => ({ value: name, label }))}
      onChange={onChange}
    />
  )
}
