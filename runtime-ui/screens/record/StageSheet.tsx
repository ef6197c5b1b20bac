import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProblemItem } from '../../api/problem.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import { AskedField } from '../../widgets/AskedField.tsx'
import { Checklist } from './Checklist.tsx'
import './stages.css'
import { useStages, useTicking } from './use-stages.ts'

/** A move that was refused, with all that it still needs. */
export interface RefusedMove {
  readonly field: string
  readonly stage: string
  readonly items: readonly ProblemItem[]
}

interface StageSheetProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly refused: RefusedMove | undefined
  readonly onClose: () => void
  /** Tries again with what was filled in. */
  readonly onMove: (values: Readonly<Record<string, unknown>>) => Promise<unknown>
}

/** Asks for just what a stage still needs: fields, milestones, conditions; what is met stands beside. */
export function StageSheet({ entity, record, refused, onClose, onMove }: StageSheetProps) {
  const { t } = useTranslation()
  const stage = entity.pipelines[refused?.field ?? '']?.find(({ name }) => name === refused?.stage)
  return (
    <Sheet
      open={refused !== undefined}
      title={t('stage.before', { stage: stage?.label ?? refused?.stage ?? '' })}
      onClose={onClose}
    >
      {refused === undefined ? null : (
        <Needs key={refused.stage} {...{ entity, record, refused, onClose, onMove }} />
      )}
    </Sheet>
  )
}

function Needs({
  entity,
  record,
  refused,
  onClose,
  onMove,
}: StageSheetProps & { readonly refused: RefusedMove }) {
  const { t } = useTranslation()
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({})
  const [asked, setAsked] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const [isTried, setIsTried] = useState(false)
  const stages = useStages(entity, record)
  const ticking = useTicking(record)
  const wanted = fieldsOf(entity, refused)
  const about = conditionFields(entity, record, refused)
  // What was asked for once stays, so that it can be mended where the next try is refused for something else.
  const shown = entity.fields.filter(({ name }) => [...wanted, ...about, ...asked].includes(name))
  const others = refused.items.filter(
    (item) => item.code !== 'STAGE_MILESTONE_OPEN' && !wanted.includes(item.path.slice(1)),
  )
  const milestones = (stages.data?.milestones ?? []).filter(
    (one) => one.field === refused.field && one.stage === record[refused.field],
  )
  const send = async () => {
    setBusy(true)
    setAsked(shown.map(({ name }) => name))
    await onMove(values)
    setIsTried(true)
    setBusy(false)
  }
  return (
    <form
      className="stage-needs"
      onSubmit={(event) => {
        event.preventDefault()
        // The form of a record that is made in place stands above this one, but not in it.
        if (event.target === event.currentTarget) void send()
      }}
    >
      {others.map((item) => (
        <p key={item.message} className="field-problem" role="alert">
          {item.message}
        </p>
      ))}
      {milestones.length > 0 ? <Checklist {...{ entity, record, milestones }} isMissed={isTried} /> : null}
      {shown.map((field, index) => (
        <AskedField
          key={field.name}
          form="stage"
          {...{ entity, record, field }}
          required={!about.includes(field.name)}
          first={index === 0}
          canCreate
          // At first one sees what is asked for; afterwards what is still missing, or is not taken.
          problem={isTried ? refused.items.find(({ path }) => path === `/${field.name}`)?.message : undefined}
          value={
            field.name in values
              ? values[field.name]
              : about.includes(field.name)
                ? record[field.name]
                : undefined
          }
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value ?? null }))}
        />
      ))}
      <Met entity={entity} record={record} refused={refused} />
      <div className="row end">
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy} disabled={ticking}>
          {t('stage.move')}
        </Button>
      </div>
    </form>
  )
}

/** The fields that a refusal names and that may be filled in. */
function fieldsOf(entity: Entity, { field, items }: RefusedMove): readonly string[] {
  const names = items.map(({ path }) => path.split('/')[1] ?? '')
  return entity.fields
    .filter(({ name, writable }) => writable && name !== field && names.includes(name))
    .map(({ name }) => name)
}

/** The fields of a condition that does not hold, so that it can be met where it is told. */
function conditionFields(
  entity: Entity,
  record: RecordData,
  { field, stage, items }: RefusedMove,
): readonly string[] {
  if (!items.some(({ code }) => code === 'STAGE_CONDITION_UNMET')) return []
  const about = (entity.pipelines[field] ?? [])
    .filter(({ name, type }) => (type === 'open' ? name === record[field] : name === stage))
    .flatMap(({ asks }) => asks ?? [])
  return entity.fields
    .filter(({ name, writable }) => writable && name !== field && about.includes(name))
    .map(({ name }) => name)
}

/** What the stages ask for and the record has. */
function Met({
  entity,
  record,
  refused,
}: Pick<StageSheetProps, 'entity' | 'record'> & { readonly refused: RefusedMove }) {
  const { t } = useTranslation()
  const stages = entity.pipelines[refused.field] ?? []
  const names = [record[refused.field], refused.stage].flatMap(
    (name) => stages.find((stage) => stage.name === name)?.requires ?? [],
  )
  const met = entity.fields.filter(
    ({ name }) => names.includes(name) && record[name] !== null && record[name] !== undefined,
  )
  if (met.length === 0) return null
  return (
    <ul className="stage-met t13" aria-label={t('stage.met')}>
      {met.map((field) => (
        <li key={field.name} className="row">
          <Icon name="check" size="small" />
          <span className="ink-3">{field.label}</span>
          <span className="cut">
            <FieldValue entity={entity} field={field} value={record[field.name]} compact />
          </span>
        </li>
      ))}
    </ul>
  )
}
