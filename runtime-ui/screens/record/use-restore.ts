import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryChange, HistoryEntry } from '../../api/history.ts'
import { restoreVersion } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { toast } from '../../kit/toast.tsx'
import { isOfType } from '../../values/of-type.ts'
import { useFieldsOpen } from '../approvals/use-approvals.ts'
import { useRefusal } from './use-delete.ts'

export interface Restore {
  /** Whether the record can go back to what a write left. */
  mayReturnTo(entry: HistoryEntry): boolean
  /** Whether the value before a change can come back. */
  mayBringBack(entry: HistoryEntry, change: HistoryChange): boolean
  returnTo(entry: HistoryEntry): void
  bringBack(entry: HistoryEntry, change: HistoryChange): void
}

/** Brings back what a record, or one field of it, was; the toast takes it back again. */
export function useRestore(entity: Entity, record: RecordData): Restore {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const running = useRef(false)
  const isOpen = useFieldsOpen(entity, record)
  const isChangeable = entity.rights.update && record.version !== undefined
  const isWhollyOpen = isChangeable && entity.fields.every(({ name }) => isOpen(name))

  const run = async (version: number, field: string | undefined, text: string | undefined): Promise<void> => {
    if (running.current) return
    running.current = true
    const before = record.version
    try {
      await restoreVersion(entity.name, record.id, version, field)
      await queryClient.invalidateQueries({ queryKey: ['records'] })
      const undo = before === undefined ? {} : { undo: () => run(before, field, undefined) }
      if (text !== undefined) toast({ text, ...undo })
    } catch (error) {
      refuse(error)
    } finally {
      running.current = false
    }
  }

  return {
    mayReturnTo: (entry) =>
      isWhollyOpen && isOwn(entry) && entry.version !== null && entry.version < (record.version ?? 0),
    mayBringBack: (entry, change) => {
      const field = entity.fields.find(({ name }) => name === change.field)
      const isOwnValue = field?.relation?.kind !== 'children' && change.concealed !== true
      const isReadable = field?.writable === true && field.masked !== true
      // What was written when the field was of another type has no place in it any more.
      const isFit = field !== undefined && isOfType(field, change.before)
      const isOurs = isOwn(entry) && entry.action === 'update'
      return isChangeable && isOpen(change.field) && isOurs && isReadable && isOwnValue && isFit
    },
    returnTo: ({ version }) => {
      if (version !== null) void run(version, undefined, t('history.returned', { version }))
    },
    bringBack: ({ version }, change) => {
      if (version !== null)
        void run(version - 1, change.field, t('history.broughtBack', { field: change.label }))
    },
  }
}

/** What happened to a record that was merged into this one has versions of its own. */
const isOwn = (entry: HistoryEntry): boolean => entry.merged_from === undefined
