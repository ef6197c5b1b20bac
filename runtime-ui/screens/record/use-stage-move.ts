import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { patchRecord } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { mayMove } from '../../kit/StagePath.tsx'
import { toast } from '../../kit/toast.tsx'

/** Moves a record to a stage; the toast takes it back, and tells where the pipeline refuses. */
export function useStageMove(entity: Entity, record: RecordData): (field: string, stage: string) => void {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const running = useRef(false)

  const put = async (
    field: string,
    stage: unknown,
    version: number | undefined,
  ): Promise<RecordData | undefined> => {
    if (running.current) return undefined
    running.current = true
    try {
      return await patchRecord(entity.name, record.id, { [field]: stage }, version)
    } catch (error) {
      const message = error instanceof ApiProblem ? (error.items[0]?.message ?? error.message) : ''
      toast({ kind: 'problem', text: message === '' ? t('state.unreachable') : message })
      return undefined
    } finally {
      running.current = false
      await queryClient.invalidateQueries({ queryKey: ['records', entity.name] })
    }
  }

  return (field, stage) => {
    const before = record[field]
    const label = entity.pipelines[field]?.find((item) => item.name === stage)?.label ?? stage
    void put(field, stage, record.version).then((stored) => {
      if (stored === undefined) return
      const mayReturn = typeof before === 'string' && mayMove(entity.pipelines[field] ?? [], stage, before)
      const undo = async (): Promise<void> => void (await put(field, before, stored.version))
      toast({ text: t('stage.moved', { stage: label }), ...(mayReturn ? { undo } : {}) })
    })
  }
}
