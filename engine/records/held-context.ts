import type { EntityAccess } from '../access/access.ts'
import { OWN } from '../access/row-test.ts'
import type { RequestContext } from './context.ts'

const FULL = Object.freeze({
  create: true,
  read: 'all',
  update: OWN,
  delete: OWN,
  restore: OWN,
  scopes: { read: 'all', update: OWN },
  share: { read: 'none', edit: 'none' },
  shares: [],
  bulk: false,
  import: false,
  export: 'none',
  guardedStages: new Set<string>(),
} as const)

/**
 * The context in which what hangs on a record is reached: who may read a record reads its comments and files,
 * whoever wrote them. Only for questions that are tied to a record which the actor has been found to read.
 * @param entity `comment` or `file`
 */
export function heldContext(context: RequestContext, entity: 'comment' | 'file'): RequestContext {
  const own = context.access
  const full: EntityAccess = { ...FULL, cell: own.prose, entry: own.prose }
  return {
    ...context,
    // Plans are kept by the roles' key; these are of other roles than the actor's own.
    actor: { ...context.actor, roleKey: `${context.actor.roleKey} +${entity}` },
    access: { ...own, entity: (name) => (name === entity ? full : own.entity(name)) },
  }
}
