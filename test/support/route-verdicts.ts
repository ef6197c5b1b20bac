import type { RoleDefinition } from '../../metadata/types.ts'
import { entityOf, type Route } from '../attack/routes.ts'

export type Rights = NonNullable<RoleDefinition['default']>
export type Scope = Rights['read']
/** What a role says of something for one record; `maybe` where a rule decides, which is not worked out here. */
export type Verdict = 'yes' | 'no' | 'maybe'

/** What a call does, told from its address and method alone; undefined for one that is not known here yet. */
export function needOf(
  route: Route,
): 'read' | 'export' | 'create' | 'update' | 'delete' | 'share' | 'merge' | 'write' | 'upsert' | undefined {
  const rest = route.path.replace(/^\/api\/records\/\w+/, '')
  if (/^(|\/query|\/aggregate)$/.test(rest) && !(rest === '' && route.method === 'POST')) return 'read'
  if (rest === '' || (rest === '/duplicates' && route.method === 'POST')) return 'create'
  if (rest === '/export') return 'export'
  if (rest === '/bulk') return 'write'
  if (rest.startsWith('/by/')) return 'upsert'
  // Which way back leads from records that the role may read stands in the role's own document.
  if (rest.includes('/related/')) return undefined
  if (rest === '/{id}/shares') return 'share'
  if (rest === '/{id}/comments' || route.method === 'GET') return 'read'
  if (rest === '/{id}') return route.method === 'PATCH' ? 'update' : 'delete'
  if (rest === '/{id}/restore') return 'delete'
  if (rest === '/{id}/actions/merge') return 'merge'
  return [
    '/{id}/history/restore',
    '/{id}/actions/milestone',
    '/{id}/actions/submit',
    '/{id}/duplicates',
  ].includes(rest)
    ? 'update'
    : undefined
}

export function rightsOf(role: RoleDefinition, entity: string): Rights {
  const said = { ...role.default, ...role.entities?.[entity] }
  if (entity !== 'notification') return said
  // Everybody has their own.
  const own = (scope: Scope): Scope => (grants(scope) ? scope : 'own')
  return { ...said, read: own(said.read), update: own(said.update), delete: own(said.delete) }
}

/** Whether a scope reaches a record; the people here are in no team, so that their team is they. */
export function reaches(scope: Scope, isMine: boolean): Verdict {
  if (scope === undefined || scope === 'none') return 'no'
  if (scope === 'all') return 'yes'
  if (typeof scope !== 'string') return 'maybe'
  return isMine ? 'yes' : 'no'
}

export function both(left: Verdict, right: Verdict): Verdict {
  if (left === 'no' || right === 'no') return 'no'
  return left === 'yes' && right === 'yes' ? 'yes' : 'maybe'
}

export const grants = (scope: Scope): boolean => scope !== undefined && scope !== 'none'

/** Whether people who merely read the record may make the call on their turn to approve, in the fields given for it. */
export const isOnTurn = (route: Route): boolean =>
  entityOf(route) === 'contract' && needOf(route) === 'update' && !route.path.includes('/actions/')

/** Whether some record may be deleted: of scopes it is not known whose. */
const mayDelete = ({ delete: scope }: Rights): Verdict =>
  scope === 'all' ? 'yes' : grants(scope) ? 'maybe' : 'no'

/** What the role's definition says of a call on one record, worked out as naively as it is written. */
export function verdictOf(role: RoleDefinition, route: Route, isMine: boolean): Verdict {
  const rights = rightsOf(role, entityOf(route) ?? '')
  if (!grants(rights.read)) return 'no'
  const need = needOf(route)
  const isOne = route.path.includes('{id}')
  switch (need) {
    case 'read':
      return isOne ? reaches(rights.read, isMine) : 'yes'
    case 'export': // of what may be read
      return grants(rights.export) ? 'yes' : 'no'
    case 'create':
      return rights.create === true ? 'yes' : 'no'
    case 'upsert':
      return rights.create === true && grants(rights.update) ? 'yes' : 'no'
    case 'write': // what is sent is a change of no record at all
      if (grants(rights.update)) return 'yes'
      return rights.create === true || grants(rights.delete) ? 'maybe' : 'no'
    case 'update':
      if (!grants(rights.update) && isOnTurn(route)) return both(reaches(rights.read, isMine), 'maybe')
      return both(reaches(rights.read, isMine), reaches(rights.update, isMine))
    case 'merge': // the others are those that one might delete
      return both(both(reaches(rights.read, isMine), reaches(rights.update, isMine)), mayDelete(rights))
    case 'delete':
    case 'share':
      return both(reaches(rights.read, isMine), reaches(rights[need], isMine))
    default: // at least the record must be read
      return both(isOne ? reaches(rights.read, isMine) : 'yes', 'maybe')
  }
}
