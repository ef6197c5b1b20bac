import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { actOnOwner, type OwnerAct } from '../../api/owners.ts'
import type { Entity } from '../../api/types.ts'
import { toast } from '../../kit/toast.tsx'
import { useRefusal } from '../record/use-delete.ts'

/** Accepts, claims or gives back a record, and says how it went. */
export function useOwnerAct(entity: Entity): (id: string, act: OwnerAct) => Promise<boolean> {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const running = useRef(false)
  return async (id, act) => {
    if (running.current) return false
    running.current = true
    try {
      await actOnOwner(entity.name, id, act)
      toast({ text: t(`owner.did.${act}`) })
      return true
    } catch (error) {
      refuse(error)
      return false
    } finally {
      running.current = false
      await queryClient.invalidateQueries({ queryKey: ['records', entity.name] })
    }
  }
}
