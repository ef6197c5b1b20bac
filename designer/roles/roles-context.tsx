import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getSchema } from '../api.ts'
import type { Fate } from '../store/draft.ts'
import { type Difference, differences, type Path } from '../store/json-value.ts'
import { useDefinition, useStore } from '../store/store.tsx'
import { useNames } from '../store/use-names.ts'
import { type RoleShape, roleShape } from './role-schema.ts'
import './roles.css'

/** Whether roles may be changed here; what is changed is in force when somebody publishes it. */
export const useMayEditRoles = (): boolean => useStore().mayEdit('role')

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

/** A role as it is in force and as the draft has it. */
export function useRole(name: string) {
  const { now, ...definition } = useDefinition({ kind: 'role', name })
  const changes = now === undefined ? [] : roleChanges(definition.inForce, now)
  return { ...definition, role: now, changes }
}

/** What the draft says otherwise in a role, by the places that its page has cells for. */
export function roleChanges(inForce: unknown, now: unknown): readonly Difference[] {
  return inForce === undefined ? [] : differences(inForce, now, isCell)
}

/** `/entities/deal/read`, `/entities/deal/fields/fee/edit`, `/entities/deal/transitions/won`, `/personal/contact`, `/label`. */
function isCell(path: Path): boolean {
  const [part, , right] = path
  if (part === undefined) return false
  if (part === 'personal' || part === 'default') return path.length === 2
  if (part !== 'entities') return true
  if (right === 'fields') return path.length === 5
  if (right === 'transitions') return path.length === 4
  return path.length === 3
}

/** What becomes of each role that the draft touches. */
export function useRoleFates(): ReadonlyMap<string, Fate> {
  const { fates } = useStore()
  return new Map(
    [...fates].flatMap(([key, fate]) => (key.startsWith('role/') ? [[key.slice(5), fate] as const] : [])),
  )
}

/** The names that are taken by roles, those of the draft included. */
export const useRoleNames = (): readonly string[] =>
  useNames()
    .of('role')
    .map(({ value }) => value)
