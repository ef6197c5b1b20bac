import type { Rights, RoleDefinition } from '../../metadata/types.ts'
import { type Access, accessOf, type EntityAccess } from '../access/access.ts'
import { type Reach, reachOf } from '../access/reach.ts'
import { type RowTest, scopeName } from '../access/row-test.ts'
import type { Language } from '../errors.ts'
import { labelOf } from '../forms/labels.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'

/** How the values of a field are shown: in full in some records only is `some`. */
export type Shows = 'whole' | 'some' | 'masked' | 'hidden'

/** What some roles may do with one field. */
export interface FieldSight {
  readonly shows: Shows
  /** Where it is shown in full. */
  readonly sees: Reach
  /** Where it is shown masked, if not in full. */
  readonly masked: Reach
  readonly edits: Reach
  /** Whether it may be said of a new record. */
  readonly creates: boolean
}

/** What decides about a field: rights on itself, its class of personal data, or that nothing restricts it. */
export type DecidedBy = 'field' | 'personal' | 'open'

export interface Told {
  readonly model: CompiledModel
  readonly language: Language
}

/** What the access shows of a field and lets be changed, in words. */
export function sightOf(
  told: Told,
  access: Access,
  entity: CompiledEntity,
  field: CompiledField,
): FieldSight {
  const rights = access.entity(entity.name)
  const cell = rights.cell(field)
  const isSecret = field.type.writeOnly === true
  const within = (rows: RowTest, test: RowTest): RowTest => (test === 'all' ? rows : test)
  const words = (test: RowTest) => reachOf(told.model, entity, test, told.language)
  const see = isSecret || rights.read === 'none' ? 'none' : cell.see
  const masked = isSecret || rights.read === 'none' || see === 'all' ? 'none' : cell.masked
  return {
    shows: showsOf(see, masked),
    sees: words(within(rights.read, see)),
    masked: words(within(rights.read, masked)),
    edits: words(field.writable && rights.update !== 'none' ? within(rights.update, cell.edit) : 'none'),
    creates: field.writable && rights.create && cell.isCreatable,
  }
}

function showsOf(see: RowTest, masked: RowTest): Shows {
  if (see === 'all') return 'whole'
  if (see !== 'none') return 'some'
  return masked === 'none' ? 'hidden' : 'masked'
}

/** What a role's definition says of an entity, on top of its default. */
const written = (role: RoleDefinition | undefined, { name }: CompiledEntity): Rights => ({
  ...role?.default,
  ...role?.entities?.[name],
})

/** The same of a role in force. */
export const saidRights = (model: CompiledModel, role: string, entity: CompiledEntity): Rights =>
  written(model.definitions.role.get(role), entity)

/** What a role's definition says of a field, told by its place in it. */
export function decidedBy(role: RoleDefinition | undefined, entity: CompiledEntity, field: CompiledField) {
  const said = written(role, entity).fields?.[field.name]
  const { personal } = field.definition
  const by: DecidedBy = said !== undefined ? 'field' : personal === undefined ? 'open' : 'personal'
  return { by, ...(personal === undefined ? {} : { personal }) }
}

/** A right on records: yes or no, or which. */
export type RightTold = boolean | Reach

/**
 * The rights on an entity by their names in a role; the compiler tells of a right of the schema that is forgotten here.
 */
export function rightsOn(
  told: Told,
  access: Access,
  entity: CompiledEntity,
): Readonly<Record<string, RightTold>> {
  const rights = access.entity(entity.name)
  const tests = Object.entries(rightTests(rights, entity)).map(([right, test]): [string, RightTold] => [
    right,
    typeof test === 'boolean' ? test : reachOf(told.model, entity, test, told.language),
  ])
  return withOwnScopes(Object.fromEntries(tests), rights)
}

/** A right is called by its own scope; the records that are shared besides stand in its sentence. */
function withOwnScopes(
  told: Readonly<Record<string, RightTold>>,
  { scopes }: EntityAccess,
): Readonly<Record<string, RightTold>> {
  const named = (['read', 'update'] as const).map((right) => [
    right,
    { ...(told[right] as Reach), scope: scopeName(scopes[right]) },
  ])
  return { ...told, ...Object.fromEntries(named) }
}

/** What the compiled access says of each right of a role but `transfer`, which hangs on the field of the owner. */
const TESTS: {
  readonly [R in Exclude<RightName, 'transfer'>]-?: (access: EntityAccess) => boolean | RowTest
} = {
  create: (access) => access.create,
  read: (access) => access.read,
  update: (access) => access.update,
  delete: (access) => access.delete,
  restore: (access) => access.restore,
  share: (access) => access.share.read,
  bulk: (access) => access.bulk,
  import: (access) => access.import,
  export: (access) => access.export,
}

/** A right of the schema on the records of an entity; what is said of stages and fields stands for itself. */
export type RightName = Exclude<keyof Rights, 'fields' | 'transitions'>

export const RIGHT_NAMES = [...Object.keys(TESTS), 'transfer'] as readonly RightName[]

/** Where each right holds; yes or no of those that are of no record. */
export function rightTests(
  rights: EntityAccess,
  entity: CompiledEntity,
): Readonly<Record<RightName, boolean | RowTest>> {
  const tests = Object.fromEntries(
    Object.entries(TESTS).map(([right, test]) => [right, test(rights)]),
  ) as Record<keyof typeof TESTS, boolean | RowTest>
  const owner = entity.owned ? entity.fields.get('owner') : undefined
  const given = owner === undefined || rights.update === 'none' ? 'none' : rights.cell(owner).edit
  return { ...tests, transfer: given === 'all' ? rights.update : given }
}

/** Into which stages records are brought, and which: the pipeline itself may still refuse it. */
function movesOn({ model, language }: Told, access: Access, entity: CompiledEntity) {
  const rights = access.entity(entity.name)
  return [...entity.pipelines].flatMap(([name, { stages }]) =>
    stages.map((stage) => {
      const { edit } = rights.entry(entity.fields.get(name)!, stage.name)
      const within = edit === 'all' ? rights.update : edit
      const moved = rights.update === 'none' ? 'none' : within
      return {
        field: name,
        stage: stage.name,
        label: labelOf(stage, language),
        moves: reachOf(model, entity, moved, language),
      }
    }),
  )
}

/** The same of a right on one role alone: whether it gives anything. */
export const gives = (told: RightTold): boolean => (typeof told === 'boolean' ? told : told.scope !== 'none')

/** Everything that some roles give, entity by entity. */
export function explainAccess(told: Told, access: Access) {
  return [...told.model.entities.values()].map((entity) => ({
    name: entity.name,
    label: labelOf({ name: entity.name, label: entity.plural }, told.language),
    icon: entity.icon,
    built_in: entity.builtIn,
    rights: rightsOn(told, access, entity),
    moves: movesOn(told, access, entity),
    fields: [...entity.fields.values()].map((field) => ({
      name: field.name,
      label: labelOf(field, told.language),
      personal: field.definition.personal,
      system: field.system,
      ...sightOf(told, access, entity, field),
    })),
  }))
}

/** One role of the model as it is in force. */
export const accessOfRole = (model: CompiledModel, role: string): Access =>
  accessOf(model, { roles: [role], roleKey: role })
