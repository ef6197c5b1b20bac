import { textIn } from '../../metadata/text.ts'
import { accessOf } from '../access/access.ts'
import { findActor } from '../access/find-actor.ts'
import { rowTestSql } from '../access/row-test-sql.ts'
import type { OtherAction } from '../audit/actions.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Executor } from '../db/database.ts'
import { refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { newId } from '../model/uuid.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { recordId } from './get.ts'
import { inWrite } from './in-write.ts'
import { assertCurrent } from './model-moved.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import {
  type HolderKind,
  parseNewShare,
  parseShareTerms,
  type SharedWith,
  type ShareTerms,
} from './parse-share.ts'
import { sightPredicate } from './row-source.ts'
import { rulesOn } from './share-rules.ts'
import { readShares, type Share } from './stored-shares.ts'

/** A record that the actor may share, and how. */
interface Sharable {
  readonly entity: CompiledEntity
  readonly id: string
  /** Whether it may be shared to be changed as well. */
  readonly mayEdit: boolean
}

interface WriteOptions {
  readonly runner?: Executor
}

/** With whom a record is shared by hand, and by which definitions besides. */
export async function sharesOf(
  context: RequestContext,
  entityName: string,
  id: string,
): Promise<RecordAnswer> {
  const sharable = await sharableRecord(context, context.db, entityName, id)
  const [data, rules] = await Promise.all([
    readShares(context, context.db, sharable),
    rulesOn(context, sharable.entity, sharable.id),
  ])
  return { status: 200, body: JSON.stringify({ data, rules, may_edit: sharable.mayEdit }) }
}

/**
 * Shares a record with a user, a team or a role. One that has ended gives way.
 * @throws AppError SHARE_EXISTS where they have a share already
 */
export async function addShare(
  context: RequestContext,
  entityName: string,
  id: string,
  body: unknown,
  options: WriteOptions = {},
): Promise<RecordAnswer> {
  return await inWrite(context, options, async (tx) => {
    const sharable = await sharableRecord(context, tx, entityName, id)
    const share = parseNewShare(body, context.now())
    assertGiven(sharable, share)
    const holder = await holderId(context, tx, sharable.entity, share.with)
    const { rows } = await tx.query<{ id: string }>({
      text: `INSERT INTO ${context.model.schema}.tenon_share AS s
  (id, entity, record, holder_kind, holder, edits, until, remark, created_by)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5::uuid, $6, coalesce($7::timestamptz, 'infinity'), $8, $9::uuid)
ON CONFLICT (record, holder) DO UPDATE SET id = excluded.id, edits = excluded.edits, until = excluded.until,
  remark = excluded.remark, created_at = now(), created_by = excluded.created_by WHERE s.until <= $10::timestamptz
RETURNING id`,
      values: [
        newId(),
        sharable.entity.id,
        sharable.id,
        share.with.kind,
        holder,
        share.access === 'edit',
        share.until ?? null,
        share.remark ?? null,
        context.actor.id ?? null,
        context.now().toISOString(),
      ],
    })
    if (rows[0] === undefined) throw refuse('SHARE_EXISTS', '/with')
    const stored = await storedShare(context, tx, sharable, rows[0].id)
    await audit(context, tx, sharable, 'shared', toldOf(stored))
    const Location = `/api/records/${sharable.entity.name}/${sharable.id}/shares/${stored.id}`
    return { status: 201, body: JSON.stringify({ data: stored }), headers: { Location } }
  })
}

/** Changes what a share gives, until when, or its remark. */
export async function changeShare(
  context: RequestContext,
  entityName: string,
  id: string,
  shareId: string,
  body: unknown,
): Promise<RecordAnswer> {
  return await inWrite(context, {}, async (tx) => {
    const sharable = await sharableRecord(context, tx, entityName, id)
    const terms = parseShareTerms(body, context.now())
    const before = await storedShare(context, tx, sharable, shareId)
    assertGiven(sharable, { ...terms, access: terms.access ?? before.access })
    const until = terms.until === undefined ? before.until : terms.until
    await tx.query({
      text: `UPDATE ${context.model.schema}.tenon_share
SET edits = $2, until = coalesce($3::timestamptz, 'infinity'), remark = $4 WHERE id = $1::uuid`,
      values: [
        before.id,
        (terms.access ?? before.access) === 'edit',
        until,
        terms.remark === undefined ? before.remark : terms.remark,
      ],
    })
    const after = await storedShare(context, tx, sharable, before.id)
    const details = { ...toldOf(after), before: { access: before.access, until: before.until } }
    await audit(context, tx, sharable, 'share_changed', details)
    return { status: 200, body: JSON.stringify({ data: after }) }
  })
}

/** Takes a share back: it is over at once. */
export async function removeShare(
  context: RequestContext,
  entityName: string,
  id: string,
  shareId: string,
): Promise<RecordAnswer> {
  return await inWrite(context, {}, async (tx) => {
    const sharable = await sharableRecord(context, tx, entityName, id)
    const share = await storedShare(context, tx, sharable, shareId)
    await tx.query({
      text: `DELETE FROM ${context.model.schema}.tenon_share WHERE id = $1::uuid`,
      values: [share.id],
    })
    await audit(context, tx, sharable, 'unshared', toldOf(share))
    return { status: 204, body: '' }
  })
}

/**
 * The live record, held so that it is not deleted meanwhile.
 * @throws AppError RECORD_NOT_FOUND where it is out of sight, AUTH_DENIED where it may not be shared by the actor
 */
async function sharableRecord(
  context: RequestContext,
  runner: Executor,
  entityName: string,
  id: string,
): Promise<Sharable> {
  const entity = entityFor(context, entityName)
  const recordUuid = recordId(id)
  const { share } = context.access.entity(entity.name)
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const hold = runner === context.db ? '' : ' FOR KEY SHARE'
  const text =
    `SELECT (${rowTestSql(source, share.read, entity, 't')}) IS TRUE AS may, ` +
    `(${rowTestSql(source, share.edit, entity, 't')}) IS TRUE AS may_edit FROM ${entity.table} t ` +
    `WHERE t."id" = ${parameters.open('id', 'uuid')} AND ${sightPredicate(source, entity, 't', false)}${hold}`
  const found = await runner.query<{ may: boolean; may_edit: boolean }>(
    bind(toPlan(text, parameters), context, { id: recordUuid }),
  )
  await assertCurrent(context, runner)
  const row = found.rows[0]
  if (row === undefined) throw refuse('RECORD_NOT_FOUND')
  if (!row.may) throw refuse('AUTH_DENIED')
  return { entity, id: recordUuid, mayEdit: row.may_edit }
}

/** @throws AppError AUTH_DENIED for more than the actor may do themselves */
function assertGiven({ mayEdit }: Sharable, { access }: ShareTerms): void {
  if (access === 'edit' && !mayEdit) throw refuse('AUTH_DENIED', '/access')
}

/** @throws AppError SHARE_NOT_FOUND */
async function storedShare(
  context: RequestContext,
  runner: Executor,
  sharable: Sharable,
  shareId: string,
): Promise<Share> {
  const shares = await readShares(context, runner, sharable)
  const share = shares.find(({ id }) => id === shareId.toLowerCase())
  if (share === undefined) throw refuse('SHARE_NOT_FOUND')
  return share
}

/**
 * The id under which a holder is stored.
 * @throws AppError FIELD_REFERENCE_MISSING, SHARE_USELESS
 */
async function holderId(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  { kind, name }: SharedWith,
): Promise<string> {
  const path = `/with/${kind}`
  if (kind === 'role') {
    const id = context.model.definitions.role.get(name)?.id
    if (id === undefined) throw refuse('FIELD_REFERENCE_MISSING', path)
    assertUseful(context, entity, [name], path)
    return id
  }
  if (!(await isInSight(context, runner, kind, name))) throw refuse('FIELD_REFERENCE_MISSING', path)
  const user = kind === 'user' ? await findActor(runner, context.model, name) : undefined
  if (user !== undefined) assertUseful(context, entity, user.roles, path)
  return name
}

function assertUseful(
  { model, actor }: RequestContext,
  entity: CompiledEntity,
  roles: readonly string[],
  path: string,
): void {
  const { scopes } = accessOf(model, { roles, roleKey: roles.join(' ') }).entity(entity.name)
  if (scopes.read !== 'none') return
  throw refuse('SHARE_USELESS', path, {
    params: { entity: textIn(entity.label, actor.language, entity.name) },
  })
}

/** Whether there is such a person, who is not switched off, or such a team; as far as the actor sees them. */
async function isInSight(
  context: RequestContext,
  runner: Executor,
  kind: Exclude<HolderKind, 'role'>,
  id: string,
): Promise<boolean> {
  const entity = context.model.entities.get(kind)
  if (entity === undefined) return false
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const active = entity.fields.get('active')?.columns[0]
  const isActive = kind === 'user' && active !== undefined ? ` AND t.${active} IS DISTINCT FROM false` : ''
  const text =
    `SELECT 1 FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')} ` +
    `AND ${sightPredicate(source, entity, 't', false)}${isActive} FOR KEY SHARE`
  return (await runner.query(bind(toPlan(text, parameters), context, { id }))).rows.length > 0
}

/** What the audit keeps of a share: ids, since names may change and be erased. */
function toldOf({ with: holder, access, until }: Share): Readonly<Record<string, unknown>> {
  return { with: { kind: holder.kind, id: holder.id }, access, until }
}

async function audit(
  context: RequestContext,
  tx: Executor,
  { entity, id }: Sharable,
  action: Extract<OtherAction, 'shared' | 'share_changed' | 'unshared'>,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { actor, via, origin } = context
  await recordAudit(tx, context.model.schema, {
    ...{ action, actor: actor.id, via, origin, details },
    record: { entity: entity.id, id },
  })
}
