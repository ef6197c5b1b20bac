import { useQueryClient } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ConversionChoice, convertRecord } from '../../api/lane.ts'
import { ApiProblem } from '../../api/problem.ts'
import type { Conversion, Entity, RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { toast } from '../../kit/toast.tsx'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'
import './lane.css'
import './stages.css'

interface ConvertSheetProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly open: boolean
  readonly onClose: () => void
}

type Way = 'new' | 'existing' | 'none'
type Ways = Readonly<Record<string, { readonly way: Way; readonly id?: string | undefined }>>

/** Asks for each record that this one may become: a new one, one that is there, or none. */
export function ConvertSheet({ entity, record, open, onClose }: ConvertSheetProps) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} title={t('lane.convertTitle', { entity: entity.label })} onClose={onClose}>
      {open ? <Choices {...{ entity, record, onClose }} /> : null}
    </Sheet>
  )
}

function Choices({ entity, record, onClose }: Omit<ConvertSheetProps, 'open'>) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const targets = entity.converts ?? []
  const [ways, setWays] = useState<Ways>(() =>
    Object.fromEntries(targets.map((one) => [one.name, beginning(one)])),
  )
  const [faults, setFaults] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    try {
      await convertRecord(entity.name, record.id, choicesOf(ways))
      toast({ text: t('lane.converted') })
      onClose()
      await queryClient.invalidateQueries({ queryKey: ['records'] })
    } catch (error) {
      setFaults(faultsOf(error, targets) ?? [t('state.unreachable')])
    } finally {
      setBusy(false)
    }
  }
  const isOpen = Object.values(ways).some(({ way, id }) => way === 'existing' && id === undefined)
  return (
    <form
      className="stage-needs"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {faults.map((text) => (
        <p key={text} className="field-problem" role="alert">
          {text}
        </p>
      ))}
      {targets.map((target) => (
        <Target
          key={target.name}
          target={target}
          choice={ways[target.name] ?? beginning(target)}
          onChange={(choice) => setWays((before) => ({ ...before, [target.name]: choice }))}
        />
      ))}
      <div className="row end">
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy} disabled={isOpen}>
          {t('lane.convert')}
        </Button>
      </div>
    </form>
  )
}

interface TargetProps {
  readonly target: Conversion
  readonly choice: Ways[string]
  readonly onChange: (choice: Ways[string]) => void
}

function Target({ target, choice, onChange }: TargetProps) {
  const { t } = useTranslation()
  const ways: Way[] = [
    ...(target.may ? (['new'] as const) : []),
    'existing',
    ...(target.isOptional ? (['none'] as const) : []),
  ]
  return (
    <fieldset className="field lane-target">
      <legend className="t14">{target.label}</legend>
      <Segmented
        aria-label={target.label}
        value={choice.way}
        options={ways.map((value) => ({ value, label: t(`lane.${value}`) }))}
        onChange={(way) => onChange({ way })}
      />
      {choice.way === 'existing' ? (
        <RecordPicker
          entity={target.entity}
          label={t('lane.which', { entity: target.label })}
          value={choice.id}
          onChange={(id) => onChange({ way: 'existing', id })}
        />
      ) : null}
    </fieldset>
  )
}

function beginning({ may, isOptional }: Conversion): Ways[string] {
  return { way: may ? 'new' : isOptional ? 'none' : 'existing' }
}

function choicesOf(ways: Ways): Readonly<Record<string, ConversionChoice>> {
  const choice = ({ way, id }: Ways[string]): ConversionChoice =>
    way === 'none' ? null : way === 'existing' && id !== undefined ? { id } : {}
  return Object.fromEntries(Object.entries(ways).map(([name, one]) => [name, choice(one)]))
}

/** Each fault with the target that it is about; undefined where nobody answered. */
function faultsOf(error: unknown, targets: readonly Conversion[]): readonly string[] | undefined {
  if (!(error instanceof ApiProblem) || error.status === 0) return undefined
  const texts = error.items.map(({ path, message, hint }) => {
    const target = targets.find(({ name }) => path.split('/')[1] === name)
    const text = [message, hint].filter(Boolean).join(' ')
    return target === undefined ? text : `${target.label}: ${text}`
  })
  return texts.length > 0 ? texts : [error.message]
}
