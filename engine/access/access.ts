import type { RoleDefinition, Scope } from '../../metadata/types.ts'
import { approvalsOf, type EntityApprovals } from '../model/approval-index.ts'
import type {
  CompiledEntity,
  CompiledField,
  CompiledModel,
  InverseRelation,
  Kind,
} from '../model/compiled.ts'
import { poolsOf } from '../model/kinds/pool-place.ts'
import { type CellAccess, compileCell, type Grant, type RowRights } from './cell-access.ts'
import { PROSE } from './mask.ts'
import { anyOf, bothOf, freeTest, numberlessTest, pooledTest, type RowTest, turnTest } from './row-test.ts'
import { scopeTest } from './scope-test.ts'
import { type EntityShare, isByHand, sharesOn } from './shares.ts'
import { webformRole } from './webform-role.ts'

export type AdministrativeRight = NonNullable<RoleDefinition['administration']>[number]
export const ADMINISTRATIVE_RIGHTS: readonly AdministrativeRight[] = Object.keys({
  definitions: true,
  publish: true,
  users: true,
  roles: true,
  tokens: true,
  audit: true,
  export: true,
  flows: true,
  connections: true,
  backups: true,
} satisfies Record<AdministrativeRight, true>) as AdministrativeRight[]

/**
 * What one set of roles may do with one entity: the union over the roles, right by right. A cell is shown where a
 * single role reaches the row and shows the field, never by one role's row and another one's field.
 */
export interface EntityAccess extends RowRights {
  /** What widens reading and changing beyond the scopes of the roles. */
  readonly shares: readonly EntityShare[]
  cell(field: CompiledField): CellAccess
  /** Stages into which not each of the roles moves a record. */
  readonly guardedStages: ReadonlySet<string>
  /** The same as `cell` for a field of stages, where it is to become this one. */
  entry(field: CompiledField, stage: string): CellAccess
}

/** What one set of roles may do in one version of the model. */
export interface Access {
  entity(name: string): EntityAccess
  /** How a field of prose is shown that one reaches by other rights than one's own, such as a comment on a record. */
  prose(field: CompiledField): CellAccess
  may(right: AdministrativeRight): boolean
  /** Whether definitions of a kind may be edited; without a kind: of any at all. */
  edits(kind?: Kind): boolean
  /** What of an entity may leave as a file: rows and cells as those roles show them that let the rows be exported. */
  exported(name: string): EntityAccess
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
  export: 'none',
  cell: () => NO_CELL,
  guardedStages: new Set<string>(),
  entry: () => NO_CELL,
})

const compiled = new WeakMap<CompiledModel, Map<string, Access>>()

/** Who is asked about: their roles, and the sorted names joined, which are the key of the cache. */
interface RoleSet {
  readonly roleKey: string
  readonly roles: readonly string[]
}

/** The access of a set of roles, compiled once per version and set. */
export function accessOf(model: CompiledModel, actor: RoleSet): Access {
  return keptAccess(model, actor.roleKey, () =>
    compileAccess(model, rolesCalled(model, actor.roles), actor.roles),
  )
}

/** What a single one of somebody's roles gives them: what is shared with them widens it as it does all of them. */
export function accessByRole(model: CompiledModel, actor: RoleSet, role: string): Access {
  return keptAccess(model, `${actor.roleKey} | ${role}`, () =>
    compileAccess(model, rolesCalled(model, [role]), actor.roles, accessOf(model, actor)),
  )
}

function rolesCalled(model: CompiledModel, names: readonly string[]): readonly RoleDefinition[] {
  return names.flatMap((name) => model.definitions.role.get(name) ?? webformRole(model, name) ?? [])
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
 * The access that some roles would give, in force or not yet; not kept.
 * @param roles checked definitions: a rule that does not hold throws
 */
export function accessOfRoles(model: CompiledModel, roles: readonly RoleDefinition[]): Access {
  const held = roles.map(({ name }) => name)
  return compileAccess(model, roles, held)
}

/**
 * @param roles those whose rights are joined
 * @param held all roles of the actor: what is shared with one of them is shared with the actor
 * @param whole what all of those give together; absent where those are the ones that are joined
 */
function compileAccess(
  model: CompiledModel,
  roles: readonly RoleDefinition[],
  held: readonly string[],
  whole?: Access,
): Access {
  const rights = new Set(roles.flatMap((role) => role.administration ?? []))
  const kinds = new Set<string>(roles.flatMap((role) => role.definitions ?? []))
  const isEditor = rights.has('definitions')
  const shares = (entity: CompiledEntity) => sharesOn({ model, roles: held, whole: whole ?? access }, entity)
  const access: Access = {
    entity: keptByName((name) => compileEntity(model, name, { roles, held }, shares, grantsOf)),
    exported: keptByName((name) => compileEntity(model, name, { roles, held }, shares, exportGrantsOf)),
    prose(field) {
      const showsNumbers = roles.some((role) => role.personal?.contact === 'read')
      if (showsNumbers || !PROSE.has(field.type.name)) return FULL_CELL
      const plain = numberlessTest(field.columns[0]!)
      return { see: plain, masked: 'all', edit: plain, isCreatable: true }
    },
    may: (right) => rights.has(right),
    edits: (kind) => isEditor || (kind === undefined ? kinds.size > 0 : kinds.has(kind)),
  }
  return access
}

function keptByName(compile: (name: string) => EntityAccess): (name: string) => EntityAccess {
  const kept = new Map<string, EntityAccess>()
  return (name) => {
    let found = kept.get(name)
    if (found === undefined) {
      found = compile(name)
      kept.set(name, found)
    }
    return found
  }
}

/** The roles whose rights are joined, and all those that the actor holds. */
interface Joined {
  readonly roles: readonly RoleDefinition[]
  readonly held: readonly string[]
}

/** What each of the roles grants on an entity. */
function grantsOf(
  { name }: CompiledEntity,
  { roles, held }: Joined,
  test: (scope: Scope | undefined) => RowTest,
  shares: readonly EntityShare[],
): readonly Grant[] {
  const isOpen = shares.some(isByHand)
  return roles.map((role): Grant => {
    const said = { ...role.default, ...role.entities?.[name] }
    const rights = name === NOTIFICATION ? notificationRights(said) : said
    const scopes = { read: test(rights.read), update: test(rights.update) }
    const read = widened(
      scopes.read,
      shares.map((share) => share.read),
    )
    const edited = scopes.read === 'none' ? [] : shares.map((share) => share.edit)
    return {
      role,
      create: rights.create === true,
      read,
      update: widened(scopes.update, edited),
      delete: test(rights.delete),
      restore: test(rights.restore ?? rights.delete),
      // What is merely shared is not given away.
      transfer:
        rights.transfer !== undefined ? test(rights.transfer) : shares.length === 0 ? 'all' : scopes.update,
      scopes,
      share: shareRights(isOpen, scopes.read, scopes.update, test(rights.share)),
      bulk: rights.bulk ?? writes(rights),
      import: rights.import ?? writes(rights),
      export: bothOf(read, test(rights.export)),
      enters: (stage) => rights.transitions?.[stage]?.by.some((who) => held.includes(who.role)) ?? true,
      fields: rights.fields ?? {},
    }
  })
}

const NOTIFICATION = 'notification'
const KEPT = { edit: false } as const

/** Everybody has their own notifications: to read, to mark as read, to throw away. The rest is as the role says. */
function notificationRights(rights: NonNullable<RoleDefinition['default']>): typeof rights {
  const own = (scope: Scope | undefined) => (scope === undefined || scope === 'none' ? 'own' : scope)
  const kept = ['title', 'text', 'entity', 'record', 'flow', 'owner'].map((field) => [field, KEPT])
  return {
    ...rights,
    ...{ read: own(rights.read), update: own(rights.update), delete: own(rights.delete) },
    ...(rights.create === true ? {} : { fields: { ...Object.fromEntries(kept), ...rights.fields } }),
  }
}

/** The same where a row is read by those roles alone that let it be exported. */
const exportGrantsOf: typeof grantsOf = (entity, joined, test, shares) =>
  grantsOf(entity, joined, test, shares).map((grant) => ({ ...grant, read: grant.export }))

function compileEntity(
  model: CompiledModel,
  name: string,
  joined: Joined,
  sharesOf: (entity: CompiledEntity) => readonly EntityShare[],
  grantsFor: typeof grantsOf,
): EntityAccess {
  const entity = model.entities.get(name)
  if (entity === undefined) return NOTHING
  const test = (scope: Scope | undefined) => scopeTest(model, entity, scope)
  const shares = sharesOf(entity)
  const approvals = approvalsOf(model, entity)
  const said = grantsFor(entity, joined, test, shares)
  const grants = approvals === undefined ? said : said.map((grant) => heldGrant(grant, approvals))
  const rows = {
    read: anyOf(grants.map((grant) => grant.read)),
    update: anyOf([...grants.map((grant) => grant.update), ...turnsOf(grants, approvals)]),
  }
  const cellsOf = (able: readonly Grant[]) => {
    const cells = new Map<CompiledField, CellAccess>()
    return (field: CompiledField): CellAccess => {
      let found = cells.get(field)
      if (found === undefined) {
        found = compileCell(field, able, rows, {
          test,
          hidden: hiddenInPools(model, entity, field),
          isOnTurn: approvals?.edits.has(field.name) === true,
        })
        cells.set(field, found)
      }
      return found
    }
  }
  const cell = cellsOf(grants)
  const entries = new Map(
    guardedOf(entity, grants).map((stage) => [stage, cellsOf(grants.filter((grant) => grant.enters(stage)))]),
  )
  return Object.freeze({
    ...rows,
    create: grants.some((grant) => grant.create),
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
    export: anyOf(grants.map((grant) => grant.export)),
    cell,
    guardedStages: new Set(entries.keys()),
    entry: (field: CompiledField, stage: string) => (entries.get(stage) ?? cell)(field),
  })
}

/** Where a field is hidden until the record is claimed, as the test that must hold for it to be shown. */
function hiddenInPools(model: CompiledModel, entity: CompiledEntity, field: CompiledField): RowTest {
  const hiding = poolsOf(model.definitions, entity.name).filter(({ hide = [] }) =>
    hide.includes(field.follows ?? field.name),
  )
  return pooledTest(
    'unpooled',
    hiding.map(({ id }) => id),
  )
}

/** What an approval that runs leaves of a role's rights: a record that it locks stays as it is, and stays at all. */
function heldGrant(grant: Grant, { locks }: EntityApprovals): Grant {
  return {
    ...grant,
    update: locks ? bothOf(grant.update, freeTest('locked')) : grant.update,
    delete: bothOf(grant.delete, freeTest('running')),
  }
}

/** Whoever reads records changes on their turn what the level lets them, whatever their roles let them change. */
function turnsOf(grants: readonly Grant[], approvals: EntityApprovals | undefined): readonly RowTest[] {
  const reads = grants.some(({ read }) => read !== 'none')
  return reads && approvals !== undefined && approvals.edits.size > 0 ? [turnTest()] : []
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

function guardedOf(entity: CompiledEntity, grants: readonly Grant[]): readonly string[] {
  const stages = [...entity.pipelines.values()].flatMap((pipeline) => pipeline.stages)
  return stages.map(({ name }) => name).filter((name) => grants.some((grant) => !grant.enters(name)))
}

/** Whether a role may write to the entity at all: what it may do by one it may by default do by many. */
function writes(rights: NonNullable<RoleDefinition['default']>): boolean {
  const changes = [rights.update, rights.delete].some((scope) => scope !== undefined && scope !== 'none')
  return rights.create === true || changes
}
