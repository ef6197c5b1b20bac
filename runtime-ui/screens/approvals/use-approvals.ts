import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type ApprovalWord, inbox, recordApprovals, sayWord } from '../../api/approvals.ts'
import { uploadFile } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { languageNamed } from '../../i18n/languages.ts'
import { useWork } from '../../kit/model-context.tsx'
import { toast } from '../../kit/toast.tsx'

/** The approvals of a record. */
export function useRecordApprovals(entity: Entity, record: Pick<RecordData, 'id'>, enabled = true) {
  const { i18n } = useTranslation()
  return useQuery({
    queryKey: ['records', entity.name, 'one', record.id, 'approvals', i18n.language],
    queryFn: ({ signal }) => recordApprovals(entity.name, record.id, signal),
    enabled,
  })
}

/** Whether the person may change the record as it stands: one that an approval holds only on their turn. */
export function useMayEdit(entity: Entity, record: Pick<RecordData, 'id'>): boolean {
  const { update, onTurn } = entity.rights
  const query = useRecordApprovals(entity, record, entity.approvals === true && update)
  if (!update || entity.approvals !== true) return update
  const running = query.data?.data.filter(({ state }) => state === 'running') ?? []
  const isOnTurn = running.some(({ turn }) => turn !== null && turn.edit.length > 0)
  if (onTurn === true || running.some(({ locks }) => locks)) return isOnTurn
  return query.data !== undefined
}

/**
 * Which fields the person may change as the record stands: of one that an approval holds those of their turn, and none before
 * it is known.
 */
export function useFieldsOpen(entity: Entity, record: Pick<RecordData, 'id'>): (field: string) => boolean {
  const { update } = entity.rights
  const query = useRecordApprovals(entity, record, entity.approvals === true && update)
  if (entity.approvals !== true) return () => update
  if (query.data === undefined) return () => false
  const holding = query.data.data.filter(({ state, locks }) => state === 'running' && locks)
  return (field) => update && holding.every(({ turn }) => turn?.edit.includes(field) === true)
}

/** Names one after the other, as the language parts them. */
export function useListed(): (names: readonly string[]) => string {
  const { i18n } = useTranslation()
  return (names) => names.join(languageNamed(i18n.language).comma)
}

/** Whether there is anything here to approve at all. */
export function useHasApprovals(): boolean {
  return useWork().model.entities.some(({ approvals }) => approvals === true)
}

const EVERY_MS = 60_000

/** How many wait for the person; undefined while that is not known. */
export function useWaitingCount(): number | undefined {
  const has = useHasApprovals()
  const query = useQuery({
    queryKey: ['approvals', 'count'],
    queryFn: () => inbox('waiting', undefined, 1),
    enabled: has,
    refetchInterval: EVERY_MS,
  })
  return query.data?.count
}

export interface Said {
  readonly word: ApprovalWord
  readonly body: object
  readonly version?: number | undefined
  /** What goes with it; each becomes a file of the record. */
  readonly files?: readonly File[]
}

/** Says a word about a record's approval; afterwards everything that shows it is read again. */
export function useWord(entity: string, id: string, title: string, onDone?: () => void) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  // What has arrived with a word that was refused need not be sent again with the next.
  const sent = useRef(new Map<File, string>())
  const keptId = async (file: File): Promise<string> => {
    const known = sent.current.get(file) ?? (await uploadFile(file, { entity, record: id })).id
    sent.current.set(file, known)
    return known
  }
  return useMutation({
    mutationFn: async ({ word, body, version, files = [] }: Said) => {
      const ids: string[] = []
      for (const file of files) ids.push(await keptId(file))
      return await sayWord(entity, id, word, ids.length === 0 ? body : { ...body, files: ids }, version)
    },
    onSuccess: (_state, { word }) => {
      toast({ text: t(`approval.done.${word}`, { title }) })
      onDone?.()
    },
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: ['approvals'] })
      await queryClient.invalidateQueries({ queryKey: ['records', entity] })
    },
  })
}
