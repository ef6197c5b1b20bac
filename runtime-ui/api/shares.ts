import { request } from './client.ts'

export type ShareAccess = 'read' | 'edit'
export type HolderKind = 'user' | 'team' | 'role'

/** A share of a record by hand. */
export interface Share {
  readonly id: string
  /** `id` is a user's or team's, a role's name. */
  readonly with: { readonly kind: HolderKind; readonly id: string; readonly label: string | null }
  readonly access: ShareAccess
  readonly until: string | null
  readonly remark: string | null
  readonly created_by: { readonly id: string; readonly label: string | null } | null
}

/** A sharing definition that holds for a record. */
export interface ShareRule {
  readonly name: string
  readonly label: string
  readonly access: ShareAccess
  readonly with?: readonly { readonly kind: HolderKind; readonly label: string }[]
  /** The label of the lookup whose record is followed. */
  readonly through?: string
  readonly depends?: true
}

export interface Shares {
  readonly data: readonly Share[]
  readonly rules: readonly ShareRule[]
  /** Whether one may share it to be changed as well. */
  readonly may_edit: boolean
}

export interface ShareTerms {
  readonly access?: ShareAccess
  readonly until?: string | null
  readonly remark?: string | null
}

export interface NewShare extends ShareTerms {
  readonly with: Readonly<Partial<Record<HolderKind, string>>>
}

const at = (entity: string, id: string, share?: string): string => {
  const path = `/api/records/${encodeURIComponent(entity)}/${encodeURIComponent(id)}/shares`
  return share === undefined ? path : `${path}/${encodeURIComponent(share)}`
}

export const sharesOf = (entity: string, id: string, signal?: AbortSignal): Promise<Shares> =>
  request(at(entity, id), signal === undefined ? {} : { signal })

export async function addShare(entity: string, id: string, body: NewShare): Promise<Share> {
  return (await request<{ data: Share }>(at(entity, id), { method: 'POST', body })).data
}

export const changeShare = (entity: string, id: string, share: string, body: ShareTerms): Promise<unknown> =>
  request(at(entity, id, share), { method: 'PATCH', body })

export const removeShare = (entity: string, id: string, share: string): Promise<unknown> =>
  request(at(entity, id, share), { method: 'DELETE' })
