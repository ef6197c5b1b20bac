import { useEffect, useRef } from 'react'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { toast } from '../../kit/toast.tsx'
import { type Along, useSave } from '../inline/use-save.ts'
import { StageSheet } from '../record/StageSheet.tsx'
import { useStageMove } from '../record/use-stage-move.ts'

/** A card on its way to another column. */
export interface Dropped {
  readonly record: RecordData
  readonly to: string | null
  /** The row that it went to; absent where a board has none. */
  readonly row?: string | null
  /** The field whose value it takes first: its column, or its row where the column stays. */
  readonly field: Field
  readonly value: string | null
  /** What it takes besides. */
  readonly along: Along
}

interface CardMoveProps {
  readonly entity: Entity
  readonly dropped: Dropped
  /** It is stored, or back where it was. */
  readonly onEnd: () => void
}

/** Gives a dropped card its value; where a stage still needs something, it asks for just that. */
export function CardMove(props: CardMoveProps) {
  return props.dropped.field.type === 'stage' ? <StageCardMove {...props} /> : <PlainCardMove {...props} />
}

function StageCardMove({ entity, dropped: { record, field, value: to, along }, onEnd }: CardMoveProps) {
  const { move, refused, dismiss } = useStageMove(entity, record)
  useOnce(async () => {
    if (to === null || (await move(field.name, to, undefined, along))) onEnd()
  })
  return (
    <StageSheet
      {...{ entity, record, refused }}
      onClose={() => {
        dismiss()
        onEnd()
      }}
      onMove={async (values) => {
        if (to === null || (await move(field.name, to, values, along))) onEnd()
      }}
    />
  )
}

function PlainCardMove({ entity, dropped: { record, field, value, along }, onEnd }: CardMoveProps) {
  const { save } = useSave(entity, record, field)
  useOnce(async () => {
    const fault = await save(value, along)
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
