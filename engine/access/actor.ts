import type { Language } from '../errors.ts'

/** Who acts: a user in a session or by an API token; always with roles. */
export interface Actor {
  readonly kind: 'user' | 'token' | 'system'
  /** The user's record id; the system actor has none. */
  readonly id: string | undefined
  readonly name: string
  /** Sorted names. */
  readonly roles: readonly string[]
  /** `roles` joined: the key under which compiled access is cached. */
  readonly roleKey: string
  readonly language: Language
}
