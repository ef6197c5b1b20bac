import { request } from './client.ts'
import type { Share } from './shares.ts'

/** The rights of a role on one record, in the order in which they are told. */
export const RECORD_RIGHTS = ['read', 'update', 'transfer', 'share', 'export', 'delete', 'restore'] as const
export type RecordRight = (typeof RECORD_RIGHTS)[number]

/** A role, and what lets it reach the record: its scope, a sharing definition, or somebody by hand. */
export interface Reason {
  readonly role: string
  readonly scope?: unknown
  readonly sharing?: { readonly name: string; readonly label: string }
  readonly pool?: { readonly name: string; readonly label: string }
  readonly share?: Pick<Share, 'with' | 'access' | 'until' | 'created_by'>
}

/** Why somebody has a right on a record. */
export interface RightTold {
  readonly allowed: boolean
  readonly because: readonly Reason[]
}

/** Whether the rights of roles let a record be brought into a stage. */
export interface MoveTold extends RightTold {
  readonly field: string
  readonly stage: string
  readonly label: string
  /** Roles that change the record and do not move it there, with those of which one is asked for besides. */
  readonly withheld: readonly { readonly role: string; readonly by: readonly string[] }[]
}

/** What a role that reaches the record says of a field. */
export interface FieldReason {
  readonly role: string
  readonly shows: 'whole' | 'masked' | 'hidden'
  readonly edits: boolean
  readonly by: 'field' | 'personal' | 'open'
  readonly personal?: string
}

export interface FieldTold {
  readonly name: string
  readonly label: string
  readonly shown: 'whole' | 'masked' | 'hidden'
  readonly editable: boolean
  readonly because: readonly FieldReason[]
}

export interface Explanation {
  readonly user: {
    readonly id: string
    readonly name: string
    readonly roles: readonly { readonly name: string; readonly label: string }[]
  }
  /** By the names that roles know. */
  readonly rights: Readonly<Record<RecordRight, RightTold>>
  readonly moves: readonly MoveTold[]
  readonly fields: readonly FieldTold[]
}

/** @param user somebody else than oneself, for whoever manages the users */
export async function explainRecord(
  entity: string,
  id: string,
  user: string | undefined,
  signal?: AbortSignal,
): Promise<Explanation> {
  const address = `/api/explain/${encodeURIComponent(entity)}/${encodeURIComponent(id)}`
  const answer = await request<{ data: Explanation }>(address, {
    query: { user },
    ...(signal === undefined ? {} : { signal }),
  })
  return answer.data
}
