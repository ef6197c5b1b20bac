import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { patchRecord } from '../../api/records.ts'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { toast } from '../../kit/toast.tsx'
import { useRefusal } from '../record/use-delete.ts'
import { editedValue } from './editable.ts'

/**
 * Stores one value of a record; the toast takes it back.
 * @returns why it was refused; undefined where it is stored and shown
 */
export function useSave(entity: Entity, record: RecordData, field: Field) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const busy = useRef(false)
  const put = async (value: unknown, version: number | undefined): Promise<RecordData> => {
    try {
      return await patchRecord(entity.name, record.id, { [field.name]: value ?? null }, version)
    } finally {
      await queryClient.invalidateQueries({ queryKey: ['records'] })
    }
  }
  const save = async (value: unknown): Promise<string | undefined> => {
    busy.current = true
    const before = editedValue(field, record)
    try {
      const stored = await put(value, record.version)
      const undo = async (): Promise<void> => {
        await put(before, stored.version).catch(refuse)
      }
      toast({ text: t('inline.saved', { field: field.label }), undo })
      return undefined
    } catch (error) {
      const items = error instanceof ApiProblem ? error.items : []
      const own = items.find(({ path }) => path === `/${field.name}`) ?? items[0]
      if (own !== undefined) return own.message
      return error instanceof ApiProblem && error.status !== 0 ? error.message : t('state.unreachable')
    } finally {
      busy.current = false
    }
  }
  return { busy, save }
}
