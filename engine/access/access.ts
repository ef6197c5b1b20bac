import { checkRule } from '../../metadata/rules/check-rule.ts'
import type { RoleDefinition, Scope } from '../../metadata/types.ts'
import { roleScope } from '../model/actor-scope.ts'
import type {
  CompiledEntity,
  CompiledField,
  CompiledModel,
  InverseRelation,
  Kind,
} from '../model/compiled.ts'
import { ruleScope } from '../model/sql/rule-scope.ts'
import { PROSE } from './mask.ts'
import {
  anyOf,
  bothOf,
  isCovered,
  numberlessTest,
  OWN,
  type RowTest,
  ruleTest,
  TEAM,
  TEAM_TREE,
} from './row-test.ts'

export type AdministrativeRight = NonNullable<RoleDefinition['administration']>[number]
export const ADMINISTRATIVE_RIGHTS: readonly AdministrativeRight[] = Object.keys({
  definitions: true,
  publish: true,
  users: true,
  roles: true,
  tokens: true,
  audit: true,
  export: true,
} satisfies Record<AdministrativeRight, true>) as AdministrativeRight[]
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
  /** Whether many records may be written in one call. */
  readonly bulk: boolean
  readonly import: boolean
  /** Which records may be exported. */
  readonly export: RowTest
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
const NOTHING: EntityAccess = Object.freeze({
  create: false,
  read: 'none',
  update: 'none',
  delete: 'none',
  restore: 'none',
  bulk: false,
  import: false,
  export: 'none',
  cell: () => NO_CELL,
  guardedStages: new Set<string>(),
  entry: () => NO_CELL,
})

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

function compileAccess(model: CompiledModel, roleNames: readonly string[]): Access {
  const roles = roleNames.flatMap((name) => model.definitions.role.get(name) ?? [])
  const rights = new Set(roles.flatMap((role) => role.administration ?? []))
  const kinds = new Set<string>(roles.flatMap((role) => role.definitions ?? []))
  const isEditor = rights.has('definitions')
  return {
    entity: keptByName((name) => compileEntity(model, name, roles, grantsOf)),
    exported: keptByName((name) => compileEntity(model, name, roles, exportGrantsOf)),
    prose(field) {
      const showsNumbers = roles.some((role) => role.personal?.contact === 'read')
      if (showsNumbers || !PROSE.has(field.type.name)) return FULL_CELL
      const plain = numberlessTest(field.columns[0]!)
      return { see: plain, masked: 'all', edit: plain, isCreatable: true }
    },
    may: (right) => rights.has(right),
    edits: (kind) => isEditor || (kind === undefined ? kinds.size > 0 : kinds.has(kind)),
  }
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
  readonly bulk: boolean
  readonly import: boolean
  readonly export: RowTest
  /** Whether the role moves records into that stage. */
  readonly enters: (stage: string) => boolean
  readonly fields: NonNullable<NonNullable<RoleDefinition['default']>['fields']>
}

/** What each of the roles grants on an entity. */
function grantsOf(
  { name }: CompiledEntity,
  roles: readonly RoleDefinition[],
  test: (scope: Scope | undefined) => RowTest,
): readonly Grant[] {
  const held = new Set(roles.map((role) => role.name))
  return roles.map((role): Grant => {
    const rights = { ...role.default, ...role.entities?.[name] }
    const read = test(rights.read)
    return {
      role,
      create: rights.create === true,
      read,
      update: test(rights.update),
      delete: test(rights.delete),
      restore: test(rights.restore ?? rights.delete),
      transfer: rights.transfer === undefined ? 'all' : test(rights.transfer),
      bulk: rights.bulk ?? writes(rights),
      import: rights.import ?? writes(rights),
      export: bothOf(read, test(rights.export)),
      enters: (stage) => rights.transitions?.[stage]?.by.some((who) => held.has(who.role)) ?? true,
      fields: rights.fields ?? {},
    }
  })
}

/** The same where a row is read by those roles alone that let it be exported. */
const exportGrantsOf: typeof grantsOf = (entity, roles, test) =>
  grantsOf(entity, roles, test).map((grant) => ({ ...grant, read: grant.export }))

function compileEntity(
  model: CompiledModel,
  name: string,
  roles: readonly RoleDefinition[],
  grantsFor: typeof grantsOf,
): EntityAccess {
  const entity = model.entities.get(name)
  if (entity === undefined) return NOTHING
  const test = (scope: Scope | undefined) => scopeTest(model, entity, scope)
  const grants = grantsFor(entity, roles, test)
  const rows = {
    read: anyOf(grants.map((grant) => grant.read)),
    update: anyOf(grants.map((grant) => grant.update)),
  }
  const cellsOf = (able: readonly Grant[]) => {
    const cells = new Map<CompiledField, CellAccess>()
    return (field: CompiledField): CellAccess => {
      let found = cells.get(field)
      if (found === undefined) {
        found = compileCell(field, able, rows, test)
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
    bulk: grants.some((grant) => grant.bulk),
    import: grants.some((grant) => grant.import),
    export: anyOf(grants.map((grant) => grant.export)),
    cell,
    guardedStages: new Set(entries.keys()),
    entry: (field: CompiledField, stage: string) => (entries.get(stage) ?? cell)(field),
  })
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
  const said = grant.fields[field.follows ?? field.name]
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

/** @throws Error for a rule that the check of definitions would not have let pass */
function scopeTest(model: CompiledModel, entity: CompiledEntity, scope: Scope | undefined): RowTest {
  if (scope === undefined || scope === 'none') return 'none'
  if (scope === 'all') return 'all'
  if (scope === 'own') return OWN
  if (scope === 'team') return TEAM
  if (scope === 'team_tree') return TEAM_TREE
  const people = model.entities.get('user')
  const actor = people === undefined ? undefined : ruleScope(model, people)
  const { typed, problems } = checkRule(scope, roleScope(ruleScope(model, entity), actor), 'condition')
  if (typed === undefined) throw new Error(`a rule on "${entity.name}" does not hold: ${problems[0]?.code}`)
  return ruleTest(typed)
}
