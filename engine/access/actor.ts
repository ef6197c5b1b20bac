import type { Language } from '../errors.ts'

/** Who acts: a user in a session or by an API token, a run of a flow, or a visitor by a web form; always with roles. */
export interface Actor {
  readonly kind: 'user' | 'token' | 'flow' | 'webform' | 'system'
  /** The user's record id; the system, a flow and a web form have none. */
  readonly id: string | undefined
  readonly name: string
  /** Sorted names. */
  readonly roles: readonly string[]
  /** `roles` joined: the key under which compiled access is cached. */
  readonly roleKey: string
  readonly language: Language
  /** Another language that they have chosen and the engine does not speak, where they are looked up to be told something. */
  readonly reading?: string
  /** Who really looks, where somebody sees as this user does: then nothing may be written. */
  readonly viewer?: Viewer
}

export interface Viewer {
  readonly id: string
  readonly name: string
  /** When it ends by itself, ISO. */
  readonly until: string
}

/** The engine itself, where it installs or mends: it may all, and may tell the history as it was. */
export const SYSTEM_ACTOR: Actor = Object.freeze({
  kind: 'system',
  id: undefined,
  name: 'Tenon',
  roles: ['administrator'],
  roleKey: 'administrator',
  language: 'en',
})
