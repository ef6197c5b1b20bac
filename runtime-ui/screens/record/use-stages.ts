import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { recordStages, tickMilestone } from '../../api/stages.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { toast } from '../../kit/toast.tsx'

/** The stages that a record went through, and its checklists. */
export function useStages(entity: Entity, record: RecordData) {
  const { i18n } = useTranslation()
  return useQuery({
    queryKey: ['records', entity.name, 'one', record.id, 'stages', i18n.language],
    queryFn: ({ signal }) => recordStages(entity.name, record.id, signal),
  })
}

/** Ticks an item of a checklist, or takes the tick back. */
export function useTick(entity: Entity, record: RecordData) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  return useMutation({
    mutationKey: tickKey(record),
    mutationFn: ({ name, done }: { readonly name: string; readonly done: boolean }) =>
      tickMilestone(entity.name, record.id, name, done),
    onError: (error) => {
      const message = error instanceof ApiProblem ? (error.items[0]?.message ?? error.message) : ''
      toast({ kind: 'problem', text: message === '' ? t('state.unreachable') : message })
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['records', entity.name] }),
  })
}

const tickKey = (record: RecordData) => ['tick', record.id]

/** Whether a tick is on its way: until the record is read again, its version is not the one in force. */
export const useTicking = (record: RecordData): boolean => useIsMutating({ mutationKey: tickKey(record) }) > 0
