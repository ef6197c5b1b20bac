import { useEffect, useRef } from 'react'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { toast } from '../../kit/toast.tsx'
import { useSave } from '../inline/use-save.ts'
import { StageSheet } from '../record/StageSheet.tsx'
import { useStageMove } from '../record/use-stage-move.ts'

/** A card on its way to another column. */
export interface Dropped {
  readonly record: RecordData
  readonly to: string | null
}

interface CardMoveProps {
  readonly entity: Entity
  readonly field: Field
  readonly dropped: Dropped
  /** It is stored, or back where it was. */
  readonly onEnd: () => void
}

/** Gives a dropped card its value; where a stage still needs something, it asks for just that. */
export function CardMove(props: CardMoveProps) {
  return props.field.type === 'stage' ? <StageCardMove {...props} /> : <PlainCardMove {...props} />
}

function StageCardMove({ entity, field, dropped: { record, to }, onEnd }: CardMoveProps) {
  const { move, refused, dismiss } = useStageMove(entity, record)
  useOnce(async () => {
    if (to === null || (await move(field.name, to))) onEnd()
  })
  return (
    <StageSheet
      {...{ entity, record, refused }}
      onClose={() => {
        dismiss()
        onEnd()
      }}
      onMove={async (values) => {
        if (to === null || (await move(field.name, to, values))) onEnd()
      }}
    />
  )
}

function PlainCardMove({ entity, field, dropped: { record, to }, onEnd }: CardMoveProps) {
  const { save } = useSave(entity, record, field)
  useOnce(async () => {
    const fault = await save(to)
    if (fault !== undefined) toast({ kind: 'problem', text: fault })
    onEnd()
  })
  return null
}

/** Once for the life of a component, also where React mounts it twice to find faults. */
function useOnce(act: () => Promise<void>): void {
  const begun = useRef(false)
  const latest = useRef(act)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    void latest.current()
  }, [])
}
