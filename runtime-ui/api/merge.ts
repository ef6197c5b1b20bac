import { request } from './client.ts'
import type { ProblemItem } from './problem.ts'
import type { RecordData } from './types.ts'

/** What is asked of a merge: which records go, and by field the one whose value is kept. */
export interface MergeWish {
  readonly others: readonly string[]
  readonly take: Readonly<Record<string, string>>
}

export interface MergeOutcome {
  readonly id: string
  readonly merged: readonly string[]
  /** By field: from which record its value comes. */
  readonly taken: Readonly<Record<string, string>>
  /** Lists to which entries of the others are added. */
  readonly joined: readonly string[]
  /** What the record's rules or the room in a list do not let in. */
  readonly left: readonly { readonly field: string; readonly from: string }[]
  /** How many records come along, by their entity. */
  readonly moved: Readonly<Record<string, number>>
  readonly shares: number
  readonly record: RecordData | null
}

/** A record that the duplicate rules find like another one. */
export interface LikeRecord {
  readonly id: string
  readonly label: string
  readonly owner: { readonly id: string; readonly label: string | null } | null
  /** From 0 to 1. */
  readonly likeness: number
  readonly field: string
}

const addressOf = (entity: string, id: string): string =>
  `/api/records/${encodeURIComponent(entity)}/${encodeURIComponent(id)}`

/** Merges records into one; a dry run only tells what would come of it. */
export async function mergeRecords(
  entity: string,
  id: string,
  { others, take }: MergeWish,
  options: { readonly isDryRun?: boolean; readonly key?: string; readonly signal?: AbortSignal } = {},
): Promise<MergeOutcome> {
  const { isDryRun = false, key, signal } = options
  const answer = await request<{ data: MergeOutcome }>(`${addressOf(entity, id)}/actions/merge`, {
    method: 'POST',
    query: { dry_run: isDryRun ? 1 : undefined },
    body: { with: others, take },
    ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
    ...(signal === undefined ? {} : { signal }),
  })
  return answer.data
}

export async function likesOf(
  entity: string,
  id: string,
  signal?: AbortSignal,
): Promise<readonly LikeRecord[]> {
  const options = signal === undefined ? {} : { signal }
  return (await request<{ data: readonly LikeRecord[] }>(`${addressOf(entity, id)}/duplicates`, options)).data
}

/** Records that are probably the same. */
export interface LikeGroup {
  readonly records: readonly { readonly id: string; readonly label: string }[]
  /** What is alike in them. */
  readonly fields: readonly string[]
}

export interface LikeGroups {
  readonly data: readonly LikeGroup[]
  readonly page: { readonly next: string | null; readonly looked_at: number }
}

/** The groups among the next records. */
export const duplicateGroups = (
  entity: string,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<LikeGroups> =>
  request(`/api/records/${encodeURIComponent(entity)}/duplicates`, {
    query: { after },
    ...(signal === undefined ? {} : { signal }),
  })

/**
 * What is there already like a record that is being filled in, of what the person may read.
 * @param id of the record that is changed, which the body says only the changes of; undefined for a new one
 */
export async function likesOfDraft(
  entity: string,
  id: string | undefined,
  body: unknown,
  signal: AbortSignal,
): Promise<readonly ProblemItem[]> {
  const at = id === undefined ? `/api/records/${encodeURIComponent(entity)}` : addressOf(entity, id)
  const path = `${at}/duplicates`
  type Found = Omit<ProblemItem, 'code'> & { readonly action: 'allow' | 'warn' | 'block' }
  const { data } = await request<{ data: readonly Found[] }>(path, { method: 'POST', body, signal })
  return data.map(({ action, ...item }) => ({
    ...item,
    code: action === 'block' ? 'DUPLICATE_BLOCKED' : 'DUPLICATE_WARNED',
  }))
}
