import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type BulkWrite, bulkWrite, undoAct } from '../../api/bulk.ts'
import type { Entity } from '../../api/types.ts'
import { toast } from '../../kit/toast.tsx'
import { useRefusal } from '../record/use-delete.ts'

/** Takes an act on many records back and says what came of it. */
export function useUndoAct(): (id: string) => Promise<void> {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  return async (id) => {
    try {
      const { done, kept } = await undoAct(id)
      const text = t('bulk.undone', { count: done })
      toast({
        ...(kept.length === 0
          ? { text }
          : { text: `${text} ${t('bulk.keptSince', { count: kept.length })}` }),
      })
    } catch (error) {
      refuse(error)
    }
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ['records'] }),
      queryClient.invalidateQueries({ queryKey: ['acts'] }),
    ])
  }
}

/**
 * Does something to many records and offers to take it back.
 * @returns the ids of those that were refused
 */
export function useBulk(
  entity: Entity,
): (write: BulkWrite, ids: readonly string[], did: 'changed' | 'deleted') => Promise<readonly string[]> {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const undo = useUndoAct()
  return async (write, ids, did) => {
    const { results, undo: act } = await bulkWrite(entity.name, write)
    const refused = results.filter(({ errors }) => errors !== undefined)
    const text = t(`bulk.${did}`, { count: results.length - refused.length })
    toast({
      text: refused.length === 0 ? text : `${text} ${t('bulk.kept', { count: refused.length })}`,
      ...(act === undefined ? { kind: 'problem' as const } : { undo: () => undo(act) }),
    })
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ['records'] }),
      queryClient.invalidateQueries({ queryKey: ['acts'] }),
    ])
    return refused.flatMap(({ index }) => ids[index] ?? [])
  }
}
