import { textIn } from '../../metadata/text.ts'
import { type Access, accessByRole, isKnownField } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import type { CellAccess } from '../access/cell-access.ts'
import type { RowTest } from '../access/row-test.ts'
import { rowTestSql } from '../access/row-test-sql.ts'
import { isByHand } from '../access/shares.ts'
import { type Language, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { entityFor, type RecordAnswer, type RequestContext, requestContext } from './context.ts'
import { explainMoves, moveTests } from './explain-moves.ts'
import { RIGHT_NAMES, type RightName, rightTests, saidRights } from './explain-rights.ts'
import { recordId } from './get.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { sightPredicate } from './row-source.ts'
import { readShares, type Share } from './stored-shares.ts'

/** Why somebody has a right on a record: a role, and what lets it reach the record. */
export type Reason =
  /** As the role says it: a scope, or the rule that holds for this record; nothing where the right is of no record. */
  | { readonly role: string; readonly scope?: unknown }
  /** A sharing definition. */
  | { readonly role: string; readonly sharing: { readonly name: string; readonly label: string } }
  /** A pool whose member they are. */
  | { readonly role: string; readonly pool: { readonly name: string; readonly label: string } }
  /** Somebody, by hand. */
  | { readonly role: string; readonly share: Pick<Share, 'id' | 'with' | 'access' | 'until' | 'created_by'> }

/** Why somebody sees a field, or does not: a role that reaches the record, and what it says of the field. */
interface FieldReason {
  readonly role: string
  readonly shows: 'whole' | 'masked' | 'hidden'
  readonly edits: boolean
  /** What decided: rights on the field itself, the class of personal data, or that nothing restricts it. */
  readonly by: 'field' | 'personal' | 'open'
  readonly personal?: string
}

/** One role alone, with the SQL of what it gives on the row. */
export interface RoleTests {
  readonly role: string
  readonly access: Access
  readonly at: ReadonlyMap<string, number>
}

/**
 * What a user may do with a record and each of its fields, and which role gives it. The same compiled tests decide
 * here and in every answer, so the explanation cannot differ from what happens.
 * @param asked the context of who asks; they see the record themselves, or may explain for others
 * @param subject the user that it is about
 * @throws AppError RECORD_NOT_FOUND
 */
export async function explainRecord(
  asked: RequestContext,
  entityName: string,
  id: string,
  subject: Actor,
): Promise<RecordAnswer> {
  const entity = entityFor(asked, entityName)
  const recordUuid = recordId(id)
  const context = requestContext({ ...asked, actor: subject })
  if (!asked.access.may('users') && !(await isInSight(asked, entity, recordUuid))) {
    throw refuse('RECORD_NOT_FOUND')
  }
  const { row, tests } = await evaluate(context, entity, recordUuid)
  const holds: Holds = (one, key) => row[`t${one.at.get(key)}`] === true
  const given = await givenShares(asked, context, entity, recordUuid)
  const explained = { asked, context, entity, given }
  const rights = Object.fromEntries(
    RIGHT_NAMES.map((right) => {
      const because = tests
        .filter((one) => holds(one, right))
        .flatMap((one) => reasonsOf(explained, one, right, holds))
      return [right, { allowed: because.length > 0, because }]
    }),
  )
  const moves = [...entity.pipelines.keys()]
    .map((name) => entity.fields.get(name)!)
    .filter((field) => isTold(asked, entity, field))
    .flatMap((field) =>
      explainMoves(explained, field, tests, holds, (one) => reasonsOf(explained, one, 'update', holds)),
    )
  const reaching = tests.filter((one) => holds(one, 'read'))
  const fields = [...entity.fields.values()]
    .filter((field) => isTold(asked, entity, field))
    .map((field) => explainField(field, reaching, holds, context, entity, asked.actor.language))
  const { id: user, name } = subject
  const roles = subject.roles.map((role) => ({
    name: role,
    label: textIn(context.model.translated.role.get(role)?.label ?? role, asked.actor.language, role),
  }))
  return {
    status: 200,
    body: JSON.stringify({
      data: { entity: entity.name, id: recordUuid, user: { id: user, name, roles }, rights, moves, fields },
    }),
  }
}

export type Holds = (one: RoleTests, key: string) => boolean

export interface Explained {
  readonly asked: RequestContext
  readonly context: RequestContext
  readonly entity: CompiledEntity
  readonly given: readonly Share[]
}

/** What reaching a record for a right stands on: what is shared widens reading and changing, and exporting what is read. */
const WIDENED: Readonly<Partial<Record<RightName, 'read' | 'update'>>> = {
  read: 'read',
  update: 'update',
  export: 'read',
}

/** What lets a role reach the record for a right that it has there: its own scope, what is shared, or both. */
function reasonsOf(
  { asked, context, entity, given }: Explained,
  one: RoleTests,
  right: RightName,
  holds: Holds,
): readonly Reason[] {
  const { role } = one
  const rights = one.access.entity(entity.name)
  if (typeof rightTests(rights, entity)[right] === 'boolean') return [{ role }]
  const scope = saidScope(context, role, entity, right)
  const way = WIDENED[right]
  if (way === undefined) return [{ role, scope }]
  const shared = rights.shares.flatMap((granted, index): readonly Reason[] => {
    const { sharing, pool } = granted
    if (!holds(one, `share${index} ${way}`)) return []
    if (pool !== undefined) {
      const label = context.model.translated.pool.get(pool)?.label ?? pool
      return [{ role, pool: { name: pool, label: textIn(label, asked.actor.language, pool) } }]
    }
    if (sharing === undefined) {
      return given
        .filter(({ access }) => way === 'read' || access === 'edit')
        .map(({ remark: _, created_at: __, ...share }) => ({ role, share }))
    }
    const label = context.model.translated.sharing.get(sharing)?.label ?? sharing
    return [{ role, sharing: { name: sharing, label: textIn(label, asked.actor.language, sharing) } }]
  })
  return [...(holds(one, `scope ${way}`) ? [{ role, scope }] : []), ...shared]
}

/** What somebody has by hand of a record whose entity is open to that. */
async function givenShares(
  asked: RequestContext,
  subject: RequestContext,
  entity: CompiledEntity,
  id: string,
): Promise<readonly Share[]> {
  const { shares } = subject.access.entity(entity.name)
  if (!shares.some(isByHand)) return []
  return await readShares(asked, asked.db, { entity, id }, subject)
}

/** Who manages the users is told of every field; others of none that does not exist for them. */
function isTold(asked: RequestContext, entity: CompiledEntity, field: CompiledField): boolean {
  if (field.type.writeOnly === true) return false
  return asked.access.may('users') || isKnownField(asked.access, entity, field)
}

function explainField(
  field: CompiledField,
  reaching: readonly RoleTests[],
  holds: Holds,
  context: RequestContext,
  entity: CompiledEntity,
  language: Language,
) {
  const because = reaching.map((one): FieldReason => {
    const shows = holds(one, `see ${field.name}`)
      ? 'whole'
      : holds(one, `masked ${field.name}`)
        ? 'masked'
        : 'hidden'
    const edits = holds(one, 'update') && holds(one, `edit ${field.name}`)
    const { personal } = field.definition
    const isSaid = saidRights(context.model, one.role, entity).fields?.[field.name] !== undefined
    const by = isSaid ? 'field' : personal === undefined ? 'open' : 'personal'
    return { role: one.role, shows, edits, by, ...(personal === undefined ? {} : { personal }) }
  })
  const shown = (['whole', 'masked'] as const).find((way) => because.some(({ shows }) => shows === way))
  return {
    name: field.name,
    label: textIn(field.label, language, field.name),
    shown: shown ?? 'hidden',
    editable: field.writable && because.some(({ edits }) => edits),
    because,
  }
}

async function isInSight(context: RequestContext, entity: CompiledEntity, id: string): Promise<boolean> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const text =
    `SELECT 1 FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')} ` +
    `AND ${sightPredicate(source, entity, 't', false)}`
  return (await context.db.query(bind(toPlan(text, parameters), context, { id }))).rows.length > 0
}

/** Every test of every role of the actor on one row, in one statement. */
async function evaluate(context: RequestContext, entity: CompiledEntity, id: string) {
  const parameters = createParameters()
  const source = { model: context.model, parameters }
  const items: string[] = []
  const tests = context.actor.roles.map((role): RoleTests => {
    const access = accessByRole(context.model, context.actor, role)
    const at = new Map<string, number>()
    for (const [key, test] of testsOf(access, entity)) {
      at.set(key, items.length)
      items.push(`(${rowTestSql(source, test, entity, 't')}) IS TRUE AS t${items.length}`)
    }
    return { role, access, at }
  })
  const text =
    `SELECT ${['1 AS found', ...items].join(', ')} FROM ${entity.table} t ` +
    `WHERE t."id" = ${parameters.open('id', 'uuid')} AND t."deleted_at" IS NULL`
  const found = await context.db.query<Record<string, unknown>>(
    bind(toPlan(text, parameters), context, { id }),
  )
  const row = found.rows[0]
  if (row === undefined) throw refuse('RECORD_NOT_FOUND')
  return { row, tests }
}

function testsOf(access: Access, entity: CompiledEntity): readonly (readonly [string, RowTest])[] {
  const rights = access.entity(entity.name)
  const cells = [...entity.fields.values()].flatMap((field) => {
    const cell: CellAccess = rights.cell(field)
    return (['see', 'masked', 'edit'] as const).map((way) => [`${way} ${field.name}`, cell[way]] as const)
  })
  const shares = rights.shares.flatMap(({ read, edit }, index) => [
    [`share${index} read`, read] as const,
    [`share${index} update`, edit] as const,
  ])
  const ofRights = Object.entries(rightTests(rights, entity)).map(
    ([right, test]) => [right, typeof test === 'boolean' ? (test ? 'all' : 'none') : test] as const,
  )
  return [
    ...ofRights,
    ...moveTests(rights, entity),
    ['scope read', rights.scopes.read],
    ['scope update', rights.scopes.update],
    ...shares,
    ...cells,
  ]
}

/** Where a role says nothing of a right, these speak for it. */
const INSTEAD: Readonly<Partial<Record<RightName, RightName>>> = { restore: 'delete', transfer: 'update' }

function saidScope(context: RequestContext, role: string, entity: CompiledEntity, right: RightName): unknown {
  const said = saidRights(context.model, role, entity)
  return said[right] ?? said[INSTEAD[right] ?? right]
}
