import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type MergeOutcome, mergeRecords } from '../../api/merge.ts'
import { getRecord } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { faultOf } from '../../kit/FaultNote.tsx'
import { expandAll } from '../../values/references.ts'

export interface MergePreview {
  /** The records that go, as far as they are read. */
  readonly others: readonly RecordData[]
  readonly outcome: MergeOutcome | undefined
  /** Why it could not be done; undefined where it could. */
  readonly fault: string | undefined
  readonly isWaiting: boolean
}

/** What a merge would come to: worked out by the server, which stores nothing then. */
export function useMergePreview(
  entity: Entity,
  survivor: string,
  ids: readonly string[],
  take: Readonly<Record<string, string>>,
): MergePreview {
  const { t, i18n } = useTranslation()
  const others = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['records', entity.name, 'one', id, 'merge', i18n.language],
      queryFn: ({ signal }: { signal: AbortSignal }) => getRecord(entity.name, id, expandAll(entity), signal),
      retry: false,
    })),
  })
  const tried = useQuery({
    queryKey: ['records', entity.name, 'one', survivor, 'merged', i18n.language, ids, take],
    queryFn: ({ signal }) =>
      mergeRecords(entity.name, survivor, { others: ids, take }, { isDryRun: true, signal }),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const isAsked = ids.length > 0
  return {
    others: others.flatMap(({ data }) => data ?? []),
    outcome: isAsked && !tried.isError ? tried.data : undefined,
    fault: isAsked && tried.isError ? faultOf(tried.error, t) : undefined,
    isWaiting: isAsked && (tried.isPending || tried.isPlaceholderData || others.some((one) => one.isPending)),
  }
}
