import { request } from './client.ts'
import type { ProblemItem } from './problem.ts'
import type { ListQuestion } from './records.ts'
import { listRecords } from './records.ts'
import type { RecordData } from './types.ts'

/** How many records one call changes at most. */
export const MAX_BULK = 5000

/** What is done to many records. */
export interface BulkWrite {
  readonly update?: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[]
  readonly delete?: readonly string[]
}

/** What became of one record. */
export interface BulkResult {
  readonly index: number
  readonly status: number
  readonly id?: string
  readonly errors?: readonly ProblemItem[]
}

export interface BulkOutcome {
  readonly results: readonly BulkResult[]
  /** By which it is taken back; absent where nothing was done. */
  readonly undo: string | undefined
}

/** Each record stands for itself: what is refused holds nobody up. @param isDryRun only says what would come of it */
export async function bulkWrite(entity: string, write: BulkWrite, isDryRun = false): Promise<BulkOutcome> {
  const answer = await request<{ data: readonly BulkResult[]; undo?: string }>(
    `/api/records/${encodeURIComponent(entity)}/bulk`,
    { method: 'POST', query: { dry_run: isDryRun ? 1 : undefined }, body: { ...write, atomic: false } },
  )
  return { results: answer.data, undo: answer.undo }
}

/** All records of a list up to what one call changes, with these fields. */
export async function recordsOf(
  entity: string,
  question: ListQuestion,
  fields: readonly string[],
): Promise<readonly RecordData[]> {
  const { filter, q, sort } = question
  const asked = {
    ...{ fields: fields.join(','), limit: 200 },
    ...(filter === undefined ? {} : { filter }),
    ...(q === undefined ? {} : { q }),
    ...(sort === undefined ? {} : { sort }),
  }
  const records: RecordData[] = []
  for (let after: string | undefined = ''; after !== undefined && records.length < MAX_BULK; ) {
    const page = await listRecords(entity, after === '' ? asked : { ...asked, after })
    records.push(...page.data)
    after = page.page.next ?? undefined
  }
  return records.slice(0, MAX_BULK)
}

/** What one did to many records and may still take back. */
export interface Act {
  readonly id: string
  readonly at: string
  readonly until: string
  readonly entity: string
  /** The entity's label, of many. */
  readonly label: string
  readonly created: number
  readonly changed: number
  readonly deleted: number
  readonly restored: number
  readonly of: string | null
  readonly undone_at: string | null
}

export async function myActs(signal?: AbortSignal): Promise<readonly Act[]> {
  return (await request<{ data: readonly Act[] }>('/api/undo', signal === undefined ? {} : { signal })).data
}

export interface Undone {
  /** How many records are as before. */
  readonly done: number
  readonly kept: readonly BulkResult[]
}

export async function undoAct(id: string): Promise<Undone> {
  return (await request<{ data: Undone }>(`/api/undo/${encodeURIComponent(id)}`, { method: 'POST' })).data
}
