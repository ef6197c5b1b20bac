import { request } from './client.ts'
import type { HistoryChange } from './history.ts'

export interface PersonTold {
  readonly id: string
  readonly label: string | null
}

export type ApprovalState = 'running' | 'returned' | 'approved' | 'not_needed' | 'rejected' | 'withdrawn'
export type ApprovalWord = 'submit' | 'approve' | 'reject' | 'return' | 'withdraw' | 'transfer' | 'add_signer'

export interface LevelPerson extends PersonTold {
  readonly turn: string
  readonly why: string
  readonly state: string
  readonly of: PersonTold | null
  readonly stand_in: PersonTold | null
}

export interface ApprovalLevel {
  readonly name: string
  readonly label: string
  readonly decide: 'any' | 'all' | 'in_order'
  readonly state: 'passed' | 'current' | 'rejected' | 'left_out' | 'ahead'
  readonly people: readonly LevelPerson[]
}

export interface TrailEntry {
  readonly number: number
  readonly at: string
  readonly actor: PersonTold | null
  readonly act: string
  readonly level_label: string | null
  readonly instead_of: PersonTold | null
  readonly person: PersonTold | null
  readonly comment: string | null
  readonly files: readonly { readonly id: string; readonly name: string }[]
  readonly outcome: string | null
  readonly changes: readonly HistoryChange[]
}

export interface ApprovalRun {
  readonly id: string
  readonly approval: string
  readonly label: string
  readonly version: number
  readonly state: ApprovalState
  readonly locks: boolean
  readonly submitter: PersonTold | null
  readonly created_at: string
  readonly due_at: string | null
  readonly levels: readonly ApprovalLevel[]
  readonly turn: {
    readonly id: string
    readonly instead_of: string | null
    readonly edit: readonly string[]
    readonly back_to: readonly string[]
  } | null
  readonly withdraw: boolean
  readonly trail: readonly TrailEntry[]
  readonly changed: readonly HistoryChange[]
}

export interface RecordApprovals {
  readonly data: readonly ApprovalRun[]
  readonly submit: readonly Submittable[]
}

/** An approval for which a record may be submitted now. */
export interface Submittable {
  readonly approval: string
  readonly label: string
  /** Whether anybody would be asked, as the record stands. */
  readonly needed: boolean
  /** Where nobody would: whether something follows all the same. */
  readonly goes_on: boolean
  /** When somebody is asked, in words; null where that is not told. */
  readonly when: string | null
}

export interface Forecast {
  readonly approval: string
  readonly label: string
  readonly needed: boolean
  readonly levels: readonly {
    readonly name: string
    readonly label: string
    readonly decide: 'any' | 'all' | 'in_order'
    readonly state: 'asked' | 'not_asked' | 'passes' | 'nobody'
    readonly people: readonly (PersonTold & { readonly why: string; readonly stand_in: PersonTold | null })[]
  }[]
}

export interface InboxItem {
  readonly id: string
  readonly turn: string | null
  readonly instead_of: PersonTold | null
  readonly act: string | null
  readonly comment: string | null
  readonly at: string
  /** What people wrote when they submitted and decided, in its order. */
  readonly words: readonly {
    readonly by: PersonTold | null
    readonly act: string
    readonly comment: string
    readonly at: string
  }[]
  readonly state: ApprovalState
  readonly label: string
  readonly level: string | null
  readonly submitter: PersonTold | null
  readonly submitted_at: string
  readonly due_at: string | null
  readonly entity: string | null
  readonly record: {
    readonly id: string | null
    readonly label: string | null
    readonly version?: number
    readonly values?: Readonly<Record<string, unknown>>
  }
}

export interface InboxPage {
  readonly data: readonly InboxItem[]
  readonly page: { readonly next: string | null }
  readonly count: number
}

export interface Delegation {
  readonly id: string
  readonly person: PersonTold | null
  readonly delegate: PersonTold | null
  readonly from: string
  readonly until: string
  readonly remark: string | null
}

const at = (entity: string, id: string) =>
  `/api/records/${encodeURIComponent(entity)}/${encodeURIComponent(id)}`

export const recordApprovals = (entity: string, id: string, signal?: AbortSignal): Promise<RecordApprovals> =>
  request(`${at(entity, id)}/approvals`, signal === undefined ? {} : { signal })

export async function forecastOf(entity: string, id: string, approval?: string): Promise<Forecast> {
  const body = approval === undefined ? {} : { approval }
  const query = { dry_run: 1 }
  return (
    await request<{ data: Forecast }>(`${at(entity, id)}/actions/submit`, { method: 'POST', body, query })
  ).data
}

/** @param version of the record that was shown: of another one nothing is decided */
export async function sayWord(
  entity: string,
  id: string,
  word: ApprovalWord,
  body: object,
  version?: number,
): Promise<{ readonly state: ApprovalState }> {
  const headers: Record<string, string> = version === undefined ? {} : { 'If-Match': `"${version}"` }
  return (
    await request<{ data: { readonly state: ApprovalState } }>(`${at(entity, id)}/actions/${word}`, {
      ...{ method: 'POST', body, headers },
    })
  ).data
}

export const inbox = (state: string, after?: string, limit?: number): Promise<InboxPage> =>
  request('/api/approvals', { query: { state, after, limit } })

export async function decideMany(
  act: 'approve' | 'reject',
  turns: readonly string[],
  comment: string,
): Promise<readonly { readonly ok: boolean; readonly problem?: { readonly message: string } }[]> {
  const body = { act, turns, ...(comment === '' ? {} : { comment }) }
  return (
    await request<{ data: readonly { ok: boolean; problem?: { message: string } }[] }>(
      '/api/approvals/decide',
      {
        ...{ method: 'POST', body },
      },
    )
  ).data
}

export const delegations = async (): Promise<readonly Delegation[]> =>
  (await request<{ data: readonly Delegation[] }>('/api/approvals/delegations')).data

export const addDelegation = (body: object): Promise<unknown> =>
  request('/api/approvals/delegations', { method: 'POST', body })

export const removeDelegation = (id: string): Promise<unknown> =>
  request(`/api/approvals/delegations/${encodeURIComponent(id)}`, { method: 'DELETE' })
