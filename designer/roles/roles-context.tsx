import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type Dispatch, useContext, useReducer } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { listRoles } from '../../runtime-ui/api/rights.ts'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { getDefinition, getSchema } from '../api.ts'
import { DraftLeave } from './DraftLeave.tsx'
import type { Json } from './json-value.ts'
import { type DraftAct, EMPTY_DRAFT, type RoleDraft, reduceDraft, roleIn, sizeOf } from './role-draft.ts'
import { type RoleShape, roleShape } from './role-schema.ts'
import './roles.css'

interface Roles {
  readonly draft: RoleDraft
  readonly act: Dispatch<DraftAct>
  /** Editing roles ends in a publish: without the right to it there is nothing to edit. */
  readonly mayEdit: boolean
}

const RolesContext = createContext<Roles | undefined>(undefined)

/** The area of roles: one draft for all of them, kept while one goes from role to role. */
export function RolesArea() {
  const { me } = useWork()
  const [draft, act] = useReducer(reduceDraft, EMPTY_DRAFT)
  const isViewing = me.viewer !== undefined
  const mayEdit = !isViewing && me.definitions.includes('role') && me.administration.includes('publish')
  return (
    <RolesContext.Provider value={{ draft, act, mayEdit }}>
      <DraftLeave dirty={sizeOf(draft) > 0} />
      <Outlet />
    </RolesContext.Provider>
  )
}

export function useRoles(): Roles {
  const roles = useContext(RolesContext)
  if (roles === undefined) throw new Error('useRoles is called outside the area of roles')
  return roles
}

/** What the schema lets roles say. */
export function useRoleShape(): RoleShape | undefined {
  const { i18n } = useTranslation()
  const schema = useQuery({
    queryKey: ['meta', 'schema', 'role'],
    queryFn: () => getSchema('role'),
    staleTime: 300_000,
  })
  return schema.data === undefined ? undefined : roleShape(schema.data, i18n.language)
}

const roleKey = (name: string) => ['meta', 'definition', 'role', name]

/** A role as it is in force and as the draft has it. */
export function useRole(name: string) {
  const { draft } = useRoles()
  const isNew = draft.steps.some((step) => step.kind === 'create' && step.role === name)
  const query = useQuery({
    queryKey: roleKey(name),
    queryFn: () => getDefinition('role', name),
    enabled: !isNew,
  })
  const inForce = query.data?.data
  return { query, isNew, inForce, role: roleIn(draft, name, inForce) }
}

/** The names that are taken by roles in force. */
export const useRoleNames = (): readonly string[] => [...useRoleLabels().keys()]

/** What roles in force are called, by name. */
export function useRoleLabels(): ReadonlyMap<string, string> {
  const { i18n } = useTranslation()
  const roles = useQuery({
    queryKey: ['rights', 'roles', i18n.language],
    queryFn: ({ signal }) => listRoles(signal),
  })
  return new Map(roles.data?.map(({ name, label }) => [name, label]))
}

/** Reads roles anew: what somebody else has published meanwhile counts. */
export function useRolesInForce(): (names: readonly string[]) => Promise<ReadonlyMap<string, Json>> {
  const client = useQueryClient()
  return async (names) => {
    const found = await Promise.all(
      names.map(async (name) => {
        const answer = await client.fetchQuery({
          queryKey: roleKey(name),
          queryFn: () => getDefinition('role', name),
          staleTime: 0,
        })
        return [name, answer.data] as const
      }),
    )
    return new Map(found)
  }
}
