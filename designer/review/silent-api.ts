import type { Text } from '../../metadata/types.ts'
import { request } from '../../runtime-ui/api/client.ts'
import type { Fault } from '../api.ts'
import type { PersonTold } from './agreement-api.ts'

export type Difference =
  | 'would_refuse'
  | 'would_accept'
  | 'only_now'
  | 'only_draft'
  | 'other_steps'
  | 'other_owner'
  | 'not_comparable'

/** What one side says of a write, or would do about it. */
export type SilentSide =
  | { readonly does: 'accepts' }
  | { readonly does: 'nothing' }
  | { readonly does: 'refuses'; readonly message: string }
  | { readonly does: 'gives'; readonly to: PersonTold | null; readonly rule: string | null }
  | {
      readonly does: 'runs'
      readonly steps: readonly { readonly text: string; readonly fault: string | null }[]
      readonly more: number
    }

export interface SilentExample {
  readonly differs: Difference
  readonly at: string
  readonly entity: string | null
  readonly record: { readonly id: string; readonly label: string } | null
  /** Whether it was refused before it was there. */
  readonly is_new: boolean
  /** What has come: a write, the time of a record, a schedule, a button, an event of a connection. */
  readonly by: 'write' | 'time' | 'schedule' | 'button' | 'event'
  readonly now: SilentSide | null
  readonly draft: SilentSide | null
  /** Why the two could not be compared. */
  readonly problem: Fault | null
}

export interface SilentWatched {
  readonly kind: 'flow' | 'validation' | 'assignment'
  readonly name: string
  readonly label: Text
  readonly looked_at: number
  readonly same: number
  readonly differing: Readonly<Record<Difference, number>>
  readonly examples: readonly SilentExample[]
}

export interface SilentRun {
  readonly begun_at: string
  readonly begun_by: PersonTold | null
  readonly ended: {
    readonly why: 'withdrawn' | 'published' | 'clash'
    readonly at: string
    readonly problems: readonly Fault[]
  } | null
  /** Whether it judges by the draft as it is now. */
  readonly current: boolean
  readonly looked_at: number
  readonly waiting: number
  readonly limit: number
  readonly passed_over: number
  readonly definitions: readonly SilentWatched[]
}

export interface SilentState {
  readonly run: SilentRun | null
  /** What of the draft cannot be compared, and why. */
  readonly problems: readonly Fault[]
}

const at = (id: string): string => `/api/meta/changesets/${encodeURIComponent(id)}/silent`

/** @param figuresOnly without the examples, which may be many */
export const getSilent = async (id: string, figuresOnly: boolean): Promise<SilentState> =>
  (await request<{ data: SilentState }>(figuresOnly ? `${at(id)}?figures_only=true` : at(id))).data

export const beginSilent = (id: string, hash: string): Promise<unknown> =>
  request(at(id), { method: 'PUT', body: { hash } })

export const endSilent = (id: string): Promise<void> => request(at(id), { method: 'DELETE' })
