import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { patchRecord } from '../../api/records.ts'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { toast } from '../../kit/toast.tsx'
import { useRefusal } from '../record/use-delete.ts'
import { editedValue } from './editable.ts'

/** Other values that are stored with one, and taken back with it. */
export type Along = Readonly<Record<string, string | null>>

/** What a record had where others went along. */
export const asBefore = (record: RecordData, along: Along): Along =>
  Object.fromEntries(Object.keys(along).map((name) => [name, (record[name] ?? null) as string | null]))

/**
 * Stores one value of a record; the toast takes it back.
 * @returns why it was refused; undefined where it is stored and shown
 */
export function useSave(entity: Entity, record: RecordData, field: Field) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const busy = useRef(false)
  const put = async (value: unknown, version: number | undefined, along: Along): Promise<RecordData> => {
    try {
      return await patchRecord(entity.name, record.id, { ...along, [field.name]: value ?? null }, version)
    } finally {
      await queryClient.invalidateQueries({ queryKey: ['records'] })
    }
  }
  const save = async (value: unknown, along: Along = {}): Promise<string | undefined> => {
    busy.current = true
    const before = editedValue(field, record)
    try {
      const stored = await put(value, record.version, along)
      const undo = async (): Promise<void> => {
        await put(before, stored.version, asBefore(record, along)).catch(refuse)
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
