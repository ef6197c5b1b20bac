import { request } from './client.ts'

/** One record on the way of another across entities. */
export interface LaneStep {
  readonly entity: string
  readonly label: string
  readonly id: string
  readonly title: string | null
  readonly owner: { readonly id: string; readonly label: string | null } | null
  readonly began_at: string
  /** When what it became began; null while nothing has. */
  readonly became_at: string | null
  readonly is_this: boolean
  readonly stages: readonly { readonly field: string; readonly to: { readonly label: string } | null }[]
}

/** What is asked of one target of a conversion: null for none, an id for a record that is there, {} for a new one. */
export type ConversionChoice = null | { readonly id?: string }

const at = (entity: string, id: string) =>
  `/api/records/${encodeURIComponent(entity)}/${encodeURIComponent(id)}`

export async function recordLane(
  entity: string,
  id: string,
  signal?: AbortSignal,
): Promise<readonly LaneStep[]> {
  const stop = signal === undefined ? {} : { signal }
  return (await request<{ data: readonly LaneStep[] }>(`${at(entity, id)}/lane`, stop)).data
}

export function convertRecord(
  entity: string,
  id: string,
  choices: Readonly<Record<string, ConversionChoice>>,
): Promise<unknown> {
  return request(`${at(entity, id)}/actions/convert`, { method: 'POST', body: choices })
}
