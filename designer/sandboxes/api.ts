import type { textIn } from '../../metadata/text.ts'
import { request } from '../../runtime-ui/api/client.ts'
import type { Fault } from '../api.ts'

export interface SandboxItem {
  readonly name: string
  /** What people call it. */
  readonly label: string
  readonly made_at: string
  /** The live version that it began with, or was last refreshed onto. */
  readonly base_version: number
  readonly live_version: number
}

export interface SandboxChange {
  readonly kind: string
  readonly name: string
  readonly label: Parameters<typeof textIn>[0]
  readonly fate: 'new' | 'changed' | 'removed'
  /** Places that the live workspace has changed as well. */
  readonly conflicts: readonly Fault[]
}

export interface WholeSandbox extends SandboxItem {
  readonly changes: readonly SandboxChange[]
  /** Not in force there. */
  readonly drafts: readonly SandboxDraft[]
}

export interface SandboxDraft {
  readonly id: string
  readonly label: string
  /** What it changes, as kind/name. */
  readonly definitions: readonly string[]
}

/** Under which lists of sandboxes are kept. */
export const SANDBOXES = ['sandboxes'] as const

const BASE = '/api/sandboxes'
const at = (name: string): string => `${BASE}/${encodeURIComponent(name)}`

export const listSandboxes = async (): Promise<readonly SandboxItem[]> =>
  (await request<{ data: readonly SandboxItem[] }>(BASE)).data

export const getSandbox = async (name: string): Promise<WholeSandbox> =>
  (await request<{ data: WholeSandbox }>(at(name))).data

interface SandboxWish {
  readonly name: string
  readonly label: string
  /** Of each entity, people made up. */
  readonly records: number
}

export const makeSandbox = async (wish: SandboxWish): Promise<{ readonly records: number }> =>
  (await request<{ data: { records: number } }>(BASE, { method: 'POST', body: wish })).data

export const removeSandbox = (name: string): Promise<void> => request(at(name), { method: 'DELETE' })

/** @returns the id of a changeset of the live workspace */
export const promoteSandbox = async (
  name: string,
  definitions: readonly string[],
  changesets: readonly string[],
): Promise<string> =>
  (
    await request<{ data: { id: string } }>(`${at(name)}/promote`, {
      method: 'POST',
      body: { definitions, ...(changesets.length === 0 ? {} : { changesets }) },
    })
  ).data.id

/** @returns the draft in the sandbox that has to be looked at; null where it is on the live version now */
export const refreshSandbox = async (name: string): Promise<{ readonly changeset: string | null }> =>
  (
    await request<{ data: { changeset: string | null } }>(`${at(name)}/refresh`, {
      method: 'POST',
      body: {},
    })
  ).data
