import type { RoleDefinition, Scope } from '../../metadata/types.ts'
import type { CompiledField } from '../model/compiled.ts'
import { PROSE } from './mask.ts'
import { anyOf, bothOf, isCovered, numberlessTest, type RowTest, turnTest } from './row-test.ts'

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

/** Reading and changing: each a test of its own. */
export interface ScopePair {
  readonly read: RowTest
  readonly update: RowTest
}

/** What may be done with the records of one entity, by one role or by several together. */
export interface RowRights extends ScopePair {
  readonly create: boolean
  readonly delete: RowTest
  readonly restore: RowTest
  /** What the scopes reach by themselves, without what is shared. */
  readonly scopes: ScopePair
  /** Which records may be shared by hand, to be read and to be changed: never those that are merely shared with one. */
  readonly share: { readonly read: RowTest; readonly edit: RowTest }
  /** Whether many records may be written in one call. */
  readonly bulk: boolean
  readonly import: boolean
  /** Which records may be exported. */
  readonly export: RowTest
}

/** One role's rights on one entity, its scopes as tests. */
export interface Grant extends RowRights {
  readonly role: RoleDefinition
  /** Where the owner may be changed. */
  readonly transfer: RowTest
  /** Whether the role moves records into that stage. */
  readonly enters: (stage: string) => boolean
  readonly fields: NonNullable<NonNullable<RoleDefinition['default']>['fields']>
}

/** What the rights on a field are made with. */
interface CellTests {
  readonly test: (scope: Scope | undefined) => RowTest
  /** What must hold of a row for anybody but administrators to be shown the field, whatever the role says. */
  readonly hidden: RowTest
  /** Whether some level of an approval lets its people change the field on their turn, where they are shown it. */
  readonly isOnTurn?: boolean
}

const ADMINISTRATOR = 'administrator'

function unhidden(rights: FieldRights, { role }: Grant, { hidden }: CellTests): FieldRights {
  if (hidden === 'all' || role.name === ADMINISTRATOR) return rights
  const { see, masked, edit } = rights
  return { see: bothOf(see, hidden), masked: bothOf(masked, hidden), edit: bothOf(edit, hidden) }
}

interface FieldRights {
  readonly see: RowTest
  readonly masked: RowTest
  readonly edit: RowTest
}

/** What the roles together give on a field: where one of them reaches the row and shows it. */
export function compileCell(
  field: CompiledField,
  grants: readonly Grant[],
  rows: ScopePair,
  asked: CellTests,
): CellAccess {
  const parts = grants.map((grant) => ({
    grant,
    ...unhidden(fieldRights(field, grant, asked.test), grant, asked),
  }))
  const { isOnTurn = false } = asked
  const turn = isOnTurn ? turnTest(field.id) : 'none'
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
    edit: within(rows.update, [
      ...parts.map(({ grant, edit }) => bothOf(grant.update, edit)),
      ...(isOnTurn ? parts.map(({ grant, see }) => bothOf(bothOf(grant.read, see), turn)) : []),
    ]),
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
): FieldRights {
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
