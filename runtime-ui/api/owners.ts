import { request } from './client.ts'
import type { RecordData } from './types.ts'

export interface Person {
  readonly id: string
  /** Null for those who may not read people. */
  readonly label: string | null
  /** It is a pool, by this name. */
  readonly pool?: string
}

/** Why somebody got a record or did not. */
export interface TracedPerson {
  readonly user: Person
  readonly chosen: boolean
  readonly skip: string | null
  readonly text: string
  readonly open?: number
  readonly today?: number
  readonly weight?: number
}

export interface TracedRule {
  readonly name: string
  readonly label: string
  readonly result: 'passed_over' | 'nobody' | 'closed' | 'full' | 'waiting' | 'given'
  readonly text: string
  readonly people: readonly TracedPerson[]
}

export interface Decision {
  readonly at: string
  readonly assignment: { readonly name: string; readonly label: string }
  readonly cause: 'created' | 'changed' | 'waited' | 'not_accepted' | 'flow'
  readonly outcome: 'given' | 'otherwise' | 'waiting' | 'nobody'
  readonly owner: Person | null
  readonly accept_by: string | null
  readonly accepted_at: string | null
  /** It waits for one's own word. */
  readonly awaits: boolean
  readonly rules: readonly TracedRule[]
}

export interface Pool {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly entity: string
  readonly member: boolean
  readonly claim: {
    readonly per_day: number | null
    readonly claimed_today: number | null
    readonly holding: number | null
    readonly held: number | null
    readonly cool_down: string | null
  }
  readonly recycle: readonly { readonly name: string; readonly label: string }[]
}

export interface Recycling {
  readonly count: number
  readonly until: string
  readonly days: readonly {
    readonly day: string
    readonly count: number
    readonly rules: readonly { readonly name: string; readonly label: string; readonly count: number }[]
  }[]
  readonly records: readonly {
    readonly id: string
    readonly label: string
    readonly owner: Person | null
    readonly rule: { readonly name: string; readonly label: string }
    readonly due_at: string
  }[]
}

const signalOf = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal })
const addressOf = (entity: string, id: string) =>
  `/api/records/${encodeURIComponent(entity)}/${encodeURIComponent(id)}`

/** Why a record has its owner, the last decision first. */
export async function recordDecisions(
  entity: string,
  id: string,
  signal?: AbortSignal,
): Promise<readonly Decision[]> {
  const address = `${addressOf(entity, id)}/assignments`
  return (await request<{ data: readonly Decision[] }>(address, signalOf(signal))).data
}

export async function poolsOfEntity(entity: string, signal?: AbortSignal): Promise<readonly Pool[]> {
  const answer = await request<{ data: readonly Pool[] }>('/api/pools', {
    ...{ query: { entity } },
    ...signalOf(signal),
  })
  return answer.data
}

/** What returns to a pool by the end of a day. */
export async function recyclingOf(pool: string, until: string, signal?: AbortSignal): Promise<Recycling> {
  const address = `/api/pools/${encodeURIComponent(pool)}/recycling`
  return (await request<{ data: Recycling }>(address, { query: { until }, ...signalOf(signal) })).data
}

export type OwnerAct = 'accept' | 'claim' | 'release'

export async function actOnOwner(entity: string, id: string, act: OwnerAct): Promise<RecordData> {
  const address = `${addressOf(entity, id)}/actions/${act}`
  return (await request<{ data: RecordData }>(address, { method: 'POST' })).data
}

/** How many records pass to the new owner along with one, by relation. */
export type MovedAlong = Readonly<Record<string, number>>

/** Gives a record to somebody else, with what its owner has of these relations; a dry run only counts them. */
export async function transferRecord(
  entity: string,
  id: string,
  transfer: { readonly owner: string; readonly along: readonly string[] },
  isDryRun = false,
): Promise<MovedAlong> {
  const path = `/api/records/${encodeURIComponent(entity)}/${encodeURIComponent(id)}/actions/transfer`
  const answer = await request<{ data: { with: MovedAlong } }>(path, {
    method: 'POST',
    query: { dry_run: isDryRun ? 1 : undefined },
    body: { owner: transfer.owner, with: transfer.along },
  })
  return answer.data.with
}
