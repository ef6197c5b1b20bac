import { Select } from 'antd'
import { useRef, useState } from 'react'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { mayMove } from '../../kit/StagePath.tsx'
import { StageSheet } from '../record/StageSheet.tsx'
import { useStageMove } from '../record/use-stage-move.ts'

interface InPlaceStageProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly field: Field
  readonly onClose: () => void
}

/** The stages that a record may move to, where its stage stands; what a stage still needs is asked for as on its page. */
export function InPlaceStage({ entity, record, field, onClose }: InPlaceStageProps) {
  const { move, refused, dismiss } = useStageMove(entity, record)
  const [isMoving, setIsMoving] = useState(false)
  /** At once: the list that goes loses its focus before anything is drawn. */
  const begun = useRef(false)
  const stages = entity.pipelines[field.name] ?? []
  const current = record[field.name]
  const from = typeof current === 'string' ? current : null
  const go = async (stage: string, values?: Readonly<Record<string, unknown>>): Promise<void> => {
    if (stage === from) return onClose()
    begun.current = true
    setIsMoving(true)
    if (await move(field.name, stage, values)) onClose()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the widget that it holds
    <div
      className={isMoving ? 'in-place-editor moving' : 'in-place-editor'}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation() // the list has keys of its own
        if (event.key === 'Escape' && !isMoving) onClose()
      }}
    >
      {isMoving ? null : (
        <Select
          className="wide"
          aria-label={field.label}
          autoFocus
          defaultOpen
          value={from}
          options={stages.map(({ name, label }) => ({
            value: name,
            label,
            disabled: name !== from && from !== null && !mayMove(stages, from, name),
          }))}
          onChange={(next: string) => void go(next)}
          onBlur={() => begun.current || onClose()}
        />
      )}
      <StageSheet
        {...{ entity, record, refused }}
        onClose={() => {
          dismiss()
          onClose()
        }}
        onMove={(values) => (refused === undefined ? Promise.resolve() : go(refused.stage, values))}
      />
    </div>
  )
}
