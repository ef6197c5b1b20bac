import { request } from './client.ts'
import type { HistoryEntry } from './history.ts'
import type { CommentFile, Mention } from './records.ts'
import type { StageEntry } from './stages.ts'
import type { ListPage } from './types.ts'

export interface TimelinePerson {
  readonly id: string
  /** Null to those who may not read people. */
  readonly label: string | null
}

interface Named {
  readonly name: string
  readonly label: string
}

interface Told<T extends string> {
  readonly type: T
  readonly at: string
  /** Null: the engine. */
  readonly actor: TimelinePerson | null
  readonly merged_from?: MergedFrom
}

/** The record that it happened to, where that was merged into this one. */
export interface MergedFrom {
  readonly id: string
  readonly label: string
}

export interface CommentTold extends Told<'comment'> {
  readonly id: string
  readonly text: string
  /** Null where it stands as it was written. */
  readonly edited_at: string | null
  readonly mentions: readonly Mention[]
  readonly files: readonly CommentFile[]
}

export interface FileTold extends Told<'file'> {
  readonly id: string
  readonly name: string
  readonly size: number
  /** The comment that holds it. */
  readonly comment: string | null
}

export interface ActivityTold extends Told<'record'> {
  readonly entity: string
  readonly entity_label: string
  readonly id: string
  readonly label: string | null
  readonly fields: Readonly<Record<string, unknown>>
}

export interface AssignmentTold extends Told<'assignment'> {
  readonly assignment: Named
  readonly rule: Named | null
  readonly cause: string
  readonly outcome: 'given' | 'otherwise' | 'waiting' | 'nobody'
  readonly owner: TimelinePerson | null
}

export interface FlowTold extends Told<'flow'> {
  readonly flow: Named
  readonly run: string
  readonly state: 'waiting' | 'sleeping' | 'done' | 'failed' | 'cancelled' | 'cut'
  readonly fault: { readonly message: string } | null
}

export interface ApprovalTold extends Told<'approval'> {
  readonly approval: Named
  readonly run: string
  readonly number: number
  readonly act: string
  readonly level: Named | null
  readonly instead_of: TimelinePerson | null
  readonly person: TimelinePerson | null
  readonly comment: string | null
  readonly outcome: string | null
}

export type ChangeTold = HistoryEntry & { readonly type: 'change' }
export type StageTold = StageEntry & { readonly type: 'stage'; readonly merged_from?: MergedFrom }

export type TimelineEntry =
  | ChangeTold
  | StageTold
  | CommentTold
  | FileTold
  | ActivityTold
  | AssignmentTold
  | FlowTold
  | ApprovalTold

/**
 * A page of all that happened to a record, newest first.
 * @param types only these; all where there are none
 */
export const recordTimeline = (
  entity: string,
  id: string,
  types: readonly string[],
  after: string | undefined,
  signal?: AbortSignal,
): Promise<ListPage<TimelineEntry>> =>
  request(`/api/records/${encodeURIComponent(entity)}/${encodeURIComponent(id)}/timeline`, {
    query: { types: types.length === 0 ? undefined : types.join(','), after },
    ...(signal === undefined ? {} : { signal }),
  })
