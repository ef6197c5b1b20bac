import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ApiProblem } from '../../api/problem.ts'
import { deleteRecord, restoreRecord } from '../../api/records.ts'
import type { Entity } from '../../api/types.ts'
import { toast } from '../../kit/toast.tsx'
import { recordAddress } from '../frame/places.ts'

/** What a refusal says, or that nobody answered. */
export function useRefusal(): (error: unknown) => void {
  const { t } = useTranslation()
  return (error) => {
    const problem = error instanceof ApiProblem && error.status !== 0 ? error : undefined
    const item = problem?.items[0]
    const text = [item?.message ?? problem?.message ?? t('state.unreachable'), item?.hint]
      .filter(Boolean)
      .join(' ')
    toast({ kind: 'problem', text })
  }
}

/** Moves a record to the recycle bin and goes to the list; the toast brings it back. */
export function useDelete(entity: Entity): (id: string, title: string) => Promise<void> {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const running = useRef(false)

  const restore = async (id: string, title: string): Promise<void> => {
    try {
      await restoreRecord(entity.name, id)
      await queryClient.invalidateQueries({ queryKey: ['records'] })
      toast({ text: t('bin.restored', { title }) })
      await navigate(recordAddress(entity.name, id))
    } catch (error) {
      refuse(error)
    }
  }

  return async (id, title) => {
    if (running.current) return
    running.current = true
    try {
      await deleteRecord(entity.name, id)
      await navigate(`/records/${entity.name}`, { replace: true })
      // The page that is being left must not ask for what is no longer there.
      const isOthers = ({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean =>
        !queryKey.includes(id)
      await queryClient.invalidateQueries({ queryKey: ['records'], predicate: isOthers })
      toast({ text: t('bin.deleted', { title }), undo: () => restore(id, title) })
    } catch (error) {
      refuse(error)
    } finally {
      running.current = false
    }
  }
}
