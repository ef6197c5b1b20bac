import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Milestone } from '../../api/stages.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { useTick } from './use-stages.ts'

interface ChecklistProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly milestones: readonly Milestone[]
  /** Whether a move was tried without what is required here. */
  readonly isMissed?: boolean
}

/** What is to be done in a stage, each with a box to tick. */
export function Checklist({ entity, record, milestones, isMissed = false }: ChecklistProps) {
  const { t } = useTranslation()
  const tick = useTick(entity, record)
  return (
    <ul className="checklist" aria-label={t('stage.milestones')}>
      {milestones.map(({ name, label, required, done, done_by: by }) => (
        <li key={name} className="t13">
          <Checkbox
            checked={tick.isPending && tick.variables.name === name ? tick.variables.done : done}
            disabled={!entity.rights.update || tick.isPending}
            onChange={(event) => tick.mutate({ name, done: event.target.checked })}
          >
            {label}
          </Checkbox>
          {required && !done ? (
            <span className={isMissed ? 'field-problem' : 'ink-3'}>{t('stage.required')}</span>
          ) : null}
          {done && by?.label ? <span className="ink-3">{by.label}</span> : null}
        </li>
      ))}
    </ul>
  )
}
