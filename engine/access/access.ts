import type { RoleDefinition } from '../../metadata/types.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'

export type Scope = 'none' | 'own' | 'all'
export type AdministrativeRight = NonNullable<RoleDefinition['administration']>[number]
export type RecordAction = 'read' | 'update' | 'delete'

/** What one set of roles may do with one entity: the union over the roles, right by right. */
export interface EntityAccess {
  readonly create: boolean
  readonly read: Scope
  readonly update: Scope
  readonly delete: Scope
}

/** What one set of roles may do in one version of the model. */
export interface Access {
  entity(name: string): EntityAccess
  may(right: AdministrativeRight): boolean
}

const NOTHING: EntityAccess = Object.freeze({ create: false, read: 'none', update: 'none', delete: 'none' })
const WIDTH: Record<Scope, number> = { none: 0, own: 1, all: 2 }

const compiled = new WeakMap<CompiledModel, Map<string, Access>>()

/**
 * The access of a set of roles, compiled once per version and set.
 * @param roleKey the sorted role names, joined: the key of the cache
 */
export function accessOf(
  model: CompiledModel,
  actor: { readonly roleKey: string; readonly roles: readonly string[] },
): Access {
  let ofModel = compiled.get(model)
  if (ofModel === undefined) {
    ofModel = new Map()
    compiled.set(model, ofModel)
  }
  let access = ofModel.get(actor.roleKey)
  if (access === undefined) {
    access = compileAccess(model, actor.roles)
    ofModel.set(actor.roleKey, access)
  }
  return access
}

function compileAccess(model: CompiledModel, roleNames: readonly string[]): Access {
  const roles = roleNames.flatMap((name) => model.definitions.role.get(name) ?? [])
  const rights = new Set(roles.flatMap((role) => role.administration ?? []))
  const entities = new Map<string, EntityAccess>()
  for (const name of model.entities.keys()) entities.set(name, Object.freeze(unionOf(roles, name)))
  return { entity: (name) => entities.get(name) ?? NOTHING, may: (right) => rights.has(right) }
}

function unionOf(roles: readonly RoleDefinition[], entity: string): EntityAccess {
  return roles.reduce<EntityAccess>((sum, role) => {
    const rights = { ...role.default, ...role.entities?.[entity] }
    return {
      create: sum.create || rights.create === true,
      read: wider(sum.read, rights.read),
      update: wider(sum.update, rights.update),
      delete: wider(sum.delete, rights.delete),
    }
  }, NOTHING)
}

function wider(left: Scope, right: Scope = 'none'): Scope {
  return WIDTH[right] > WIDTH[left] ? right : left
}

/**
 * The SQL condition under which a row is within a scope. Denied is the default: `none` is `false`.
 * @param alias the row's alias in the statement
 * @param actor the SQL of the acting user's id
 */
export function scopePredicate(
  scope: Scope,
  entity: CompiledEntity,
  alias: string,
  actor: () => string,
): string {
  if (scope === 'all') return 'true'
  if (scope === 'none') return 'false'
  return `${alias}.${entity.ownerColumn} = ${actor()}`
}
