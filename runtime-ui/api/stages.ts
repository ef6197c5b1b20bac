import { request } from './client.ts'

interface StageName {
  readonly name: string
  readonly label: string
}

/** A move of a record. */
export interface StageEntry {
  readonly field: string
  readonly from: StageName | null
  readonly to: StageName | null
  readonly at: string
  /** In the stage before; null: unknown. */
  readonly seconds: number | null
  readonly actor: { readonly id: string; readonly label: string | null } | null
  readonly via: string
}

export interface Milestone {
  readonly field: string
  readonly stage: string
  readonly name: string
  readonly label: string
  readonly required: boolean
  readonly done: boolean
  readonly done_at: string | null
  readonly done_by: { readonly id: string; readonly label: string | null } | null
}

export interface RecordStages {
  readonly entries: readonly StageEntry[]
  readonly milestones: readonly Milestone[]
}

const at = (entity: string, id: string) =>
  `/api/records/${encodeURIComponent(entity)}/${encodeURIComponent(id)}`

/** Where a record stood, and the checklists of its stages. */
export async function recordStages(entity: string, id: string, signal?: AbortSignal): Promise<RecordStages> {
  const stop = signal === undefined ? {} : { signal }
  return (await request<{ data: RecordStages }>(`${at(entity, id)}/stages`, stop)).data
}

export function tickMilestone(
  entity: string,
  id: string,
  milestone: string,
  done: boolean,
): Promise<unknown> {
  return request(`${at(entity, id)}/actions/milestone`, { method: 'POST', body: { milestone, done } })
}
