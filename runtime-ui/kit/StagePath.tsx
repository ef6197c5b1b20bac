import { useTranslation } from 'react-i18next'
import type { Stage } from '../api/types.ts'
import { Icon } from './icons/Icon.tsx'

/** The open stages in order, then the end that the record has reached, or the won one as the aim. */
export function pathOf(stages: readonly Stage[], current: string | null): readonly Stage[] {
  const here = stages.find((stage) => stage.name === current)
  const own = stages.filter((stage) => stage.pipeline === (here ?? stages[0])?.pipeline)
  const open = own.filter((stage) => stage.type === 'open')
  const won = own.filter((stage) => stage.type === 'won')
  return here?.type === 'lost' ? [...open, here] : [...open, ...won]
}

/** Whether the pipeline, and one's roles, let a record go from one stage to another. */
export function mayMove(stages: readonly Stage[], from: string | null, to: string): boolean {
  if (from === to || stages.find((stage) => stage.name === to)?.barred) return false
  const next = stages.find((stage) => stage.name === from)?.next
  return next === undefined || next.includes(to)
}

export interface StagePathProps {
  readonly stages: readonly Stage[]
  readonly current: string | null
  /** Absent: the path is only shown. */
  readonly onMove?: ((stage: string) => void) | undefined
}

/** A pipeline as a row of jointed segments; a click on a stage that can be reached moves the record there. */
export function StagePath({ stages, current, onMove }: StagePathProps) {
  const { t } = useTranslation()
  const path = pathOf(stages, current)
  const at = path.findIndex((stage) => stage.name === current)
  return (
    <ol className="path" aria-label={t('stage.path')}>
      {path.map((stage, index) => {
        const state = index === at ? `now ${stage.type}` : index < at ? 'done' : ''
        const content = (
          <>
            {index < at ? <Icon name="check" size="small" /> : null}
            <span className="cut">{stage.label}</span>
          </>
        )
        const reachable = onMove !== undefined && mayMove(stages, current, stage.name)
        return (
          <li key={stage.name} className={state} aria-current={index === at ? 'step' : undefined}>
            {reachable ? (
              <button
                type="button"
                className="path-button"
                title={t('stage.moveTo', { stage: stage.label })}
                onClick={() => onMove(stage.name)}
              >
                {content}
              </button>
            ) : (
              <span className="path-text">{content}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
