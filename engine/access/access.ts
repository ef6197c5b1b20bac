import type { RoleDefinition, Scope } from '../../metadata/types.ts'
import type { CompiledEntity, CompiledField, CompiledModel, InverseRelation } from '../model/compiled.ts'
import { PROSE } from './mask.ts'
import { anyOf, bothOf, isCovered, numberlessTest, type RowTest } from './row-test.ts'
import { scopeTest } from './scope-test.ts'
import { type EntityShare, sharesOn } from './shares.ts'

export type AdministrativeRight = NonNullable<RoleDefinition['administration']>[number]
export type RecordAction = 'read' | 'update' | 'delete'

/**
 * What one set of roles may do with one field. The tests hold for rows that pass `read` (or `update`, for `edit`) of
 * their entity: `all` means all of those.
 */
export interface CellAccess {
  /** Where the value is shown. */
  readonly see: RowTest
  /** Where, if it is not shown, it is shown masked. */
  readonly masked: RowTest
  /** Where it may be changed. */
  readonly edit: RowTest
  /** Whether it may be said of a new record. */
  readonly isCreatable: boolean
}

/**
 * What one set of roles may do with one entity: the union over the roles, right by right. A cell is shown where a
 * single role reaches the row and shows the field, never by one role's row and another one's field.
 */
export interface EntityAccess {
  readonly create: boolean
  readonly read: RowTest
  readonly update: RowTest
  readonly delete: RowTest
  readonly restore: RowTest
  /** What the scopes of the roles reach by themselves. */
  readonly scopes: { readonly read: RowTest; readonly update: RowTest }
  /** Which records may be shared by hand, to be read and to be changed: never those that are merely shared with one. */
  readonly share: { readonly read: RowTest; readonly edit: RowTest }
  /** What widens reading and changing beyond the scopes of the roles. */
  readonly shares: readonly EntityShare[]
  /** Whether many records may be written in one call. */
  readonly bulk: boolean
  readonly import: boolean
  cell(field: CompiledField): CellAccess
}

/** What one set of roles may do in one version of the model. */
export interface Access {
  entity(name: string): EntityAccess
  /** How a field of prose is shown that one reaches by other rights than one's own, such as a comment on a record. */
  prose(field: CompiledField): CellAccess
  may(right: AdministrativeRight): boolean
}

/** Everything with a field, for whoever reaches the row. */
export const FULL_CELL: CellAccess = Object.freeze({
  see: 'all',
  masked: 'none',
  edit: 'all',
  isCreatable: true,
})
const NO_CELL: CellAccess = Object.freeze({ see: 'none', masked: 'none', edit: 'none', isCreatable: false })
const NOTHING: EntityAccess = Object.freeze<EntityAccess>({
  create: false,
  read: 'none',
  update: 'none',
  delete: 'none',
  restore: 'none',
  scopes: { read: 'none', update: 'none' },
  share: { read: 'none', edit: 'none' },
  shares: [],
  bulk: false,
  import: false,
  cell: () => NO_CELL,
})

const compiled = new WeakMap<CompiledModel, Map<string, Access>>()

/** Who is asked about: their roles, and the sorted names joined, which are the key of the cache. */
interface RoleSet {
  readonly roleKey: string
  readonly roles: readonly string[]
}

/** The access of a set of roles, compiled once per version and set. */
export function accessOf(model: CompiledModel, actor: RoleSet): Access {
  return keptAccess(model, actor.roleKey, () => compileAccess(model, actor.roles, actor.roles))
}

/** What a single one of somebody's roles gives them: what is shared with them widens it as it does all of them. */
export function accessByRole(model: CompiledModel, actor: RoleSet, role: string): Access {
  return keptAccess(model, `${actor.roleKey} | ${role}`, () =>
    compileAccess(model, [role], actor.roles, accessOf(model, actor)),
  )
}

function keptAccess(model: CompiledModel, key: string, compile: () => Access): Access {
  let ofModel = compiled.get(model)
  if (ofModel === undefined) {
    ofModel = new Map()
    compiled.set(model, ofModel)
  }
  let access = ofModel.get(key)
  if (access === undefined) {
    access = compile()
    ofModel.set(key, access)
  }
  return access
}

/** Whether the actor may know of a field at all: it is shown, or shown masked, in some row. */
export function isKnownField(access: Access, entity: CompiledEntity, field: CompiledField): boolean {
  if (field.type.writeOnly === true) return false
  const { see, masked } = access.entity(entity.name).cell(field)
  return see !== 'none' || masked !== 'none'
}

/** Whether the actor may know of the field by which other records point to one. */
export function isKnownWay(
  { model, access }: { readonly model: CompiledModel; readonly access: Access },
  inverse: InverseRelation,
): boolean {
  const pointing = model.entities.get(inverse.from)
  const field = pointing?.fields.get(inverse.field)
  return pointing !== undefined && field !== undefined && isKnownField(access, pointing, field)
}

/**
 * @param roleNames the roles whose rights are joined
 * @param held all roles of the actor: what is shared with one of them is shared with the actor
 * @param whole what all of those give together; absent where those are the ones that are joined
 */
function compileAccess(
  model: CompiledModel,
  roleNames: readonly string[],
  held: readonly string[],
  whole?: Access,
): Access {
  const roles = roleNames.flatMap((name) => model.definitions.role.get(name) ?? [])
  const rights = new Set(roles.flatMap((role) => role.administration ?? []))
  const entities = new Map<string, EntityAccess>()
  const access: Access = {
    entity(name) {
      let found = entities.get(name)
      if (found === undefined) {
        const entity = model.entities.get(name)
        found =
          entity === undefined
            ? NOTHING
            : compileEntity(
                model,
                entity,
                roles,
                sharesOn({ model, roles: held, whole: whole ?? access }, entity),
              )
        entities.set(name, found)
      }
      return found
    },
    prose(field) {
      const showsNumbers = roles.some((role) => role.personal?.contact === 'read')
      if (showsNumbers || !PROSE.has(field.type.name)) return FULL_CELL
      const plain = numberlessTest(field.columns[0]!)
      return { see: plain, masked: 'all', edit: plain, isCreatable: true }
    },
    may: (right) => rights.has(right),
  }
  return access
}

/** One role's rights on one entity, its scopes as tests. */
interface Grant {
  readonly role: RoleDefinition
  readonly create: boolean
  readonly read: RowTest
  readonly update: RowTest
  readonly delete: RowTest
  readonly restore: RowTest
  /** Where the owner may be changed. */
  readonly transfer: RowTest
  readonly share: { readonly read: RowTest; readonly edit: RowTest }
  readonly scopes: { readonly read: RowTest; readonly update: RowTest }
  readonly bulk: boolean
  readonly import: boolean
  readonly fields: NonNullable<NonNullable<RoleDefinition['default']>['fields']>
}

function compileEntity(
  model: CompiledModel,
  entity: CompiledEntity,
  roles: readonly RoleDefinition[],
  shares: readonly EntityShare[],
): EntityAccess {
  const test = (scope: Scope | undefined) => scopeTest(model, entity, scope)
  const isOpen = shares.some(({ sharing }) => sharing === undefined)
  const grants = roles.map((role): Grant => {
    const rights = { ...role.default, ...role.entities?.[entity.name] }
    const read = test(rights.read)
    const update = test(rights.update)
    return {
      role,
      create: rights.create === true,
      read: widened(
        read,
        shares.map((share) => share.read),
      ),
      update:
        read === 'none'
          ? update
          : widened(
              update,
              shares.map((share) => share.edit),
            ),
      delete: test(rights.delete),
      restore: test(rights.restore ?? rights.delete),
      // What is merely shared is not given away.
      transfer: rights.transfer !== undefined ? test(rights.transfer) : shares.length === 0 ? 'all' : update,
      scopes: { read, update },
      share: shareRights(isOpen, read, update, test(rights.share)),
      bulk: rights.bulk ?? writes(rights),
      import: rights.import ?? writes(rights),
      fields: rights.fields ?? {},
    }
  })
  const cells = new Map<CompiledField, CellAccess>()
  const read = anyOf(grants.map((grant) => grant.read))
  const update = anyOf(grants.map((grant) => grant.update))
  return Object.freeze({
    create: grants.some((grant) => grant.create),
    read,
    update,
    delete: anyOf(grants.map((grant) => grant.delete)),
    restore: anyOf(grants.map((grant) => grant.restore)),
    scopes: {
      read: anyOf(grants.map((grant) => grant.scopes.read)),
      update: anyOf(grants.map((grant) => grant.scopes.update)),
    },
    share: {
      read: anyOf(grants.map((grant) => grant.share.read)),
      edit: anyOf(grants.map((grant) => grant.share.edit)),
    },
    shares,
    bulk: grants.some((grant) => grant.bulk),
    import: grants.some((grant) => grant.import),
    cell(field: CompiledField) {
      let found = cells.get(field)
      if (found === undefined) {
        found = compileCell(field, grants, { read, update }, test)
        cells.set(field, found)
      }
      return found
    },
  })
}

/** Nobody gives more than a role of theirs gives them by itself. */
function shareRights(isOpen: boolean, read: RowTest, update: RowTest, said: RowTest) {
  const share = isOpen ? bothOf(read, said) : 'none'
  return { read: share, edit: bothOf(share, update) }
}

/** A share adds rows to those that a role reaches; what the role does not give at all stays so. */
function widened(scope: RowTest, shared: readonly RowTest[]): RowTest {
  return scope === 'none' ? 'none' : anyOf([scope, ...shared])
}

/** Whether a role may write to the entity at all: what it may do by one it may by default do by many. */
function writes(rights: NonNullable<RoleDefinition['default']>): boolean {
  const changes = [rights.update, rights.delete].some((scope) => scope !== undefined && scope !== 'none')
  return rights.create === true || changes
}

function compileCell(
  field: CompiledField,
  grants: readonly Grant[],
  rows: { readonly read: RowTest; readonly update: RowTest },
  test: (scope: Scope | undefined) => RowTest,
): CellAccess {
  const parts = grants.map((grant) => ({ grant, ...fieldRights(field, grant, test) }))
  const within = (whole: RowTest, tests: readonly RowTest[]) => {
    const sum = anyOf(tests)
    return whole !== 'none' && isCovered(whole, sum) ? 'all' : sum
  }
  return {
    see: within(
      rows.read,
      parts.map(({ grant, see }) => bothOf(grant.read, see)),
    ),
    masked: within(
      rows.read,
      parts.map(({ grant, masked }) => bothOf(grant.read, masked)),
    ),
    edit: within(
      rows.update,
      parts.map(({ grant, edit }) => bothOf(grant.update, edit)),
    ),
    isCreatable: parts.some(({ grant, edit }) => grant.create && edit !== 'none'),
  }
}

/**
 * One role's rights on one field: what is said of the field itself, else of its class of personal data; of a field
 * without a class everything. What is not shown in full cannot be changed.
 */
function fieldRights(
  field: CompiledField,
  grant: Grant,
  test: (scope: Scope | undefined) => RowTest,
): { readonly see: RowTest; readonly masked: RowTest; readonly edit: RowTest } {
  const said = grant.fields[field.name]
  const personal = field.definition.personal
  const byClass = personal === undefined ? 'read' : (grant.role.personal?.[personal] ?? 'hidden')
  const read = said?.read ?? (byClass === 'masked' ? 'masked' : byClass === 'read')
  const see = conditionTest(read === 'masked' ? false : read, test)
  const isMasked = read === 'masked' || (see !== 'all' && byClass === 'masked' && said?.read !== false)
  const masked: RowTest = isMasked ? 'all' : 'none'
  // A password is written and never shown.
  const base = field.type.writeOnly === true ? 'all' : see
  if (coversNumbers(field, grant)) {
    // Phone numbers in prose follow the class of contact details.
    const plain = bothOf(see, numberlessTest(field.columns[0]!))
    return {
      see: plain,
      masked: anyOf([masked, see]),
      edit: bothOf(plain, conditionTest(said?.edit ?? true, test)),
    }
  }
  return {
    see,
    masked,
    edit: bothOf(
      field.name === 'owner' ? bothOf(base, grant.transfer) : base,
      conditionTest(said?.edit ?? true, test),
    ),
  }
}

function coversNumbers(field: CompiledField, grant: Grant): boolean {
  if (!PROSE.has(field.type.name) || field.definition.personal !== undefined) return false
  return grant.fields[field.name]?.read !== true && grant.role.personal?.contact !== 'read'
}

function conditionTest(
  said: boolean | Readonly<Record<string, unknown>>,
  test: (scope: Scope | undefined) => RowTest,
): RowTest {
  if (typeof said === 'boolean') return said ? 'all' : 'none'
  return test(said)
}
