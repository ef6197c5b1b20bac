import type { Text } from '../../metadata/types.ts'
import { request } from '../../runtime-ui/api/client.ts'
import type { Fault } from '../api.ts'
import type { PersonTold } from './agreement-api.ts'

/** Who tries a draft before all have it. */
export interface Pilot {
  readonly begun_at: string
  readonly begun_by: PersonTold | null
  readonly people: readonly PersonTold[]
  readonly roles: readonly { readonly name: string; readonly label: Text }[]
  /** How many users that are. */
  readonly count: number
  /** Whether they have the draft as it is now. */
  readonly current: boolean
}

export interface PilotState {
  readonly pilot: Pilot | null
  readonly ended: {
    readonly why: 'withdrawn' | 'published' | 'clash'
    readonly at: string
    readonly problems: readonly Fault[]
  } | null
  /** What of the draft cannot be tried, and why. */
  readonly problems: readonly Fault[]
}

export interface PilotWish {
  /** Of the plan that was looked at; absent: only who tries it changes. */
  readonly hash?: string
  readonly people: readonly string[]
  readonly roles: readonly string[]
}

const at = (id: string): string => `/api/meta/changesets/${encodeURIComponent(id)}/pilot`

export const getPilot = async (id: string): Promise<PilotState> =>
  (await request<{ data: PilotState }>(at(id))).data

export const putPilot = (id: string, body: PilotWish): Promise<unknown> =>
  request(at(id), { method: 'PUT', body })

export const withdrawPilot = (id: string): Promise<void> => request(at(id), { method: 'DELETE' })
