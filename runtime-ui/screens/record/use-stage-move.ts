import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { patchRecord } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { mayMove } from '../../kit/StagePath.tsx'
import { toast } from '../../kit/toast.tsx'
import { type Along, asBefore } from '../inline/use-save.ts'
import type { RefusedMove } from './StageSheet.tsx'

/** What can be mended where the move was made: everything else is told and left. */
const MENDABLE: ReadonlySet<string> = new Set([
  'STAGE_REQUIRES',
  'STAGE_MILESTONE_OPEN',
  'STAGE_CONDITION_UNMET',
  'FIELD_REQUIRED',
  'RECORD_VALIDATION_FAILED',
])

export interface StageMove {
  /** @returns whether it is over, stored or refused for good; else `refused` says what it still needs */
  readonly move: (
    field: string,
    stage: string,
    values?: Readonly<Record<string, unknown>>,
    /** Stored with it, and taken back with it. */
    along?: Along,
  ) => Promise<boolean>
  /** What a move still needs. */
  readonly refused: RefusedMove | undefined
  readonly dismiss: () => void
}

/** Moves a record to a stage; the toast takes it back, and tells where the pipeline refuses for good. */
export function useStageMove(entity: Entity, record: RecordData): StageMove {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const running = useRef(false)
  const [refused, setRefused] = useState<RefusedMove>()

  const put = async (
    field: string,
    stage: unknown,
    version: number | undefined,
    values: Readonly<Record<string, unknown>> = {},
  ): Promise<RecordData | 'open' | undefined> => {
    if (running.current) return 'open'
    running.current = true
    try {
      return await patchRecord(entity.name, record.id, { ...values, [field]: stage }, version)
    } catch (error) {
      const items = error instanceof ApiProblem ? error.items : []
      if (typeof stage === 'string' && items.length > 0 && items.every(({ code }) => MENDABLE.has(code))) {
        setRefused({ field, stage, items })
        return 'open'
      }
      const message = error instanceof ApiProblem ? (items[0]?.message ?? error.message) : ''
      toast({ kind: 'problem', text: message === '' ? t('state.unreachable') : message })
      return undefined
    } finally {
      running.current = false
      await queryClient.invalidateQueries({ queryKey: ['records', entity.name] })
    }
  }

  const move: StageMove['move'] = async (field, stage, values, along = {}) => {
    const before = record[field]
    const label = entity.pipelines[field]?.find((item) => item.name === stage)?.label ?? stage
    const stored = await put(field, stage, record.version, { ...values, ...along })
    if (stored === undefined || stored === 'open') return stored === undefined
    setRefused(undefined)
    const mayReturn = typeof before === 'string' && mayMove(entity.pipelines[field] ?? [], stage, before)
    const undo = async (): Promise<void> =>
      void (await put(field, before, stored.version, asBefore(record, along)))
    toast({ text: t('stage.moved', { stage: label }), ...(mayReturn ? { undo } : {}) })
    return true
  }
  return { move, refused, dismiss: () => setRefused(undefined) }
}
