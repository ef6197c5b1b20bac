import { textIn } from '../../metadata/text.ts'
import { type Access, accessOf, type CellAccess, isKnownField } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import { type RowTest, scopeName } from '../access/row-test.ts'
import { rowTestSql } from '../access/row-test-sql.ts'
import { type Language, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { entityFor, type RecordAnswer, type RequestContext, requestContext } from './context.ts'
import { recordId } from './get.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { sightPredicate } from './row-source.ts'

const RIGHTS = ['read', 'update', 'delete'] as const
type Right = (typeof RIGHTS)[number]

/** Why somebody has a right on a record: a role, and how far it reaches. */
interface Reason {
  readonly role: string
  /** As the role says it: a scope, or the rule that holds for this record. */
  readonly scope: unknown
}

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
interface RoleTests {
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
  const holds = (one: RoleTests, key: string) => row[`t${one.at.get(key)}`] === true
  const rights = Object.fromEntries(
    RIGHTS.map((right) => {
      const reasons = tests
        .filter((one) => holds(one, right))
        .map((one): Reason => ({ role: one.role, scope: saidScope(context, one.role, entity, right) }))
      return [right, { allowed: reasons.length > 0, because: reasons }]
    }),
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
      data: { entity: entity.name, id: recordUuid, user: { id: user, name, roles }, rights, fields },
    }),
  }
}

/** Who manages the users is told of every field; others of none that does not exist for them. */
function isTold(asked: RequestContext, entity: CompiledEntity, field: CompiledField): boolean {
  if (field.type.writeOnly === true) return false
  return asked.access.may('users') || isKnownField(asked.access, entity, field)
}

function explainField(
  field: CompiledField,
  reaching: readonly RoleTests[],
  holds: (one: RoleTests, key: string) => boolean,
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
    const isSaid = rightsOf(context, one.role, entity)?.fields?.[field.name] !== undefined
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
    const access = accessOf(context.model, { roles: [role], roleKey: role })
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
  return [...RIGHTS.map((right) => [right, rights[right]] as const), ...cells]
}

function rightsOf(context: RequestContext, role: string, entity: CompiledEntity) {
  const definition = context.model.definitions.role.get(role)
  return { ...definition?.default, ...definition?.entities?.[entity.name] }
}

function saidScope(context: RequestContext, role: string, entity: CompiledEntity, right: Right): unknown {
  return (
    rightsOf(context, role, entity)[right] ??
    scopeName(accessOf(context.model, { roles: [role], roleKey: role }).entity(entity.name)[right])
  )
}
