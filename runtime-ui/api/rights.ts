import { request } from './client.ts'

export type ScopeName = 'none' | 'own' | 'team' | 'team_tree' | 'all' | 'some'
export type Shows = 'whole' | 'some' | 'masked' | 'hidden'

/** Which records something holds for, in the server's words. */
export interface Reach {
  readonly scope: ScopeName
  readonly sentence: string
}

export interface Named {
  readonly name: string
  readonly label: string
}

/** How many people hold a role, and for who manages the users which. */
export interface Holders {
  readonly holders: number
  readonly people?: readonly { readonly id: string; readonly name: string }[]
}

export interface FieldSight {
  readonly shows: Shows
  readonly sees: Reach
  readonly masked: Reach
  readonly edits: Reach
  readonly creates: boolean
}

export interface RoleSight extends Named, Holders, FieldSight {
  readonly reads: Reach
  readonly by: 'field' | 'personal' | 'open'
  readonly personal?: string
}

/** Who can see one field. */
export interface FieldExplanation {
  readonly entity: Named
  readonly field: Named & { readonly personal?: string }
  readonly roles: readonly RoleSight[]
}

export type RightTold = boolean | Reach

interface EntityRights extends Named {
  readonly icon?: string
  readonly built_in: boolean
  readonly rights: Readonly<Record<string, RightTold>>
  readonly moves: readonly MoveReach[]
}

/** Which records are brought into a stage. */
export interface MoveReach {
  readonly field: string
  readonly stage: string
  readonly label: string
  readonly moves: Reach
}

/** What a person may do. */
export interface UserExplanation {
  readonly user: { readonly id: string; readonly name: string; readonly roles: readonly Named[] }
  readonly administration: readonly string[]
  readonly entities: readonly (EntityRights & {
    readonly because: Readonly<Record<string, readonly string[]>>
    readonly limited: readonly (Named & { readonly shows: Shows })[]
  })[]
}

export interface RoleItem extends Named, Holders {
  readonly administers: boolean
  readonly built_in: boolean
}

export interface FieldTold extends Named, FieldSight {
  readonly personal?: string
  readonly system: boolean
}

export interface EntityTold extends EntityRights {
  readonly fields: readonly FieldTold[]
}

/** What a role gives as it is written, or what is wrong with it. */
export interface RoleTold {
  readonly problems: readonly {
    readonly code: string
    readonly path: string
    readonly message: string
    readonly hint?: string
  }[]
  readonly entities: readonly EntityTold[]
}

/** Where a user stands. */
export interface Standing {
  readonly id: string
  readonly standing: 'invited' | 'active' | 'absent' | 'off'
  readonly until: string | null
}

const read = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
  (await request<{ data: T }>(path, signal === undefined ? {} : { signal })).data

export const explainField = (
  entity: string,
  field: string,
  signal?: AbortSignal,
): Promise<FieldExplanation> =>
  read(`/api/explain/fields/${encodeURIComponent(entity)}/${encodeURIComponent(field)}`, signal)

export const explainUser = (id: string, signal?: AbortSignal): Promise<UserExplanation> =>
  read(`/api/explain/users/${encodeURIComponent(id)}/rights`, signal)

export const listRoles = (signal?: AbortSignal): Promise<readonly RoleItem[]> =>
  read('/api/explain/roles', signal)

/** @param changeset a draft whose other definitions count as published */
export const explainRole = async (
  definition: unknown,
  signal?: AbortSignal,
  changeset?: string,
): Promise<RoleTold> => {
  const query = { changeset }
  const options = {
    method: 'POST',
    body: definition,
    query,
    ...(signal === undefined ? {} : { signal }),
  } as const
  return (await request<{ data: RoleTold }>('/api/explain/roles', options)).data
}

export const readStandings = (ids: readonly string[], signal?: AbortSignal): Promise<readonly Standing[]> =>
  read(`/api/users/standing?ids=${ids.map(encodeURIComponent).join(',')}`, signal)
