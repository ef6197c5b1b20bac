import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { getRecord, patchRecord } from '../../api/records.ts'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { same } from '../../forms/form-data.ts'
import { toast } from '../../kit/toast.tsx'
import { expandAll } from '../../values/references.ts'
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
      const stored = await put(value, record.version, along).catch(async (error: unknown) => {
        const version = await versionBeside(entity, record, [field.name, ...Object.keys(along)], error)
        if (version === undefined) throw error
        return put(value, version, along)
      })
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

/** The version to go on from where somebody else has changed other values only; undefined where they clash. */
async function versionBeside(
  entity: Entity,
  record: RecordData,
  names: readonly string[],
  error: unknown,
): Promise<number | undefined> {
  if (!(error instanceof ApiProblem) || error.status !== 412) return undefined
  const now = await getRecord(entity.name, record.id, expandAll(entity))
  const fields = entity.fields.filter(({ name }) => names.includes(name))
  return fields.every((field) => same(editedValue(field, now), editedValue(field, record)))
    ? now.version
    : undefined
}
