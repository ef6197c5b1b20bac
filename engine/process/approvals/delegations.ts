import { recordAudit } from '../../audit/record-audit.ts'
import { AppError, type LocalText, type Problem, problem, refuse } from '../../errors.ts'
import { isRecordId, isStorableText } from '../../fields/parts/formats.ts'
import { newId } from '../../model/uuid.ts'
import type { RequestContext } from '../../records/context.ts'
import { namesOf, told } from '../../records/people.ts'
import { personActing } from './open.ts'
import { mayAct } from './people.ts'

/** Somebody's turns while they are away: whose, who takes them, from when until when. */
export interface DelegationBody {
  /** Whose; one's own when absent. */
  readonly person?: string | undefined
  readonly delegate: string
  readonly from?: string | undefined
  readonly until: string
  readonly remark?: string | undefined
}

const LOCK = 7_362_077
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/
const MOST_REMARK = 200

/** One's own absences that are not over, and those of others for whom one stands in; of everybody for who manages users. */
export async function listDelegations(context: RequestContext): Promise<object> {
  const { db, model, actor, access, now } = context
  const isAll = access.may('users')
  const { rows } = await db.query<{
    readonly id: string
    readonly person: string
    readonly delegate: string
    readonly begins_at: string
    readonly ends_at: string
    readonly remark: string | null
  }>({
    text:
      `SELECT d.id::text AS id, d.person::text AS person, d.delegate::text AS delegate, to_json(d.begins_at)#>>'{}' AS begins_at, ` +
      `to_json(d.ends_at)#>>'{}' AS ends_at, d.remark FROM ${model.schema}.tenon_delegation d WHERE d.ends_at > $2::timestamptz ` +
      'AND ($3 OR d.person = $1::uuid OR d.delegate = $1::uuid) ORDER BY d.begins_at, d.id LIMIT 200',
    values: [actor.id ?? null, now().toISOString(), isAll],
  })
  const names = await namesOf(
    context,
    db,
    rows.flatMap(({ person, delegate }) => [person, delegate]),
  )
  return {
    data: rows.map(({ id, person, delegate, begins_at, ends_at, remark }) => ({
      ...{ id, person: told(person, names), delegate: told(delegate, names) },
      ...{ from: begins_at, until: ends_at, remark },
    })),
  }
}

/**
 * Lets somebody take one's turns for a time.
 * @throws AppError AUTH_DENIED for the turns of others, DELEGATION_INVALID, FIELD_TYPE_WRONG
 */
export async function addDelegation(context: RequestContext, body: DelegationBody): Promise<object> {
  const own = personActing(context)
  const person = (body.person ?? own).toLowerCase()
  if (person !== own && !context.access.may('users')) throw refuse('AUTH_DENIED')
  const { begins, ends } = parseSpan(context, body)
  const { model } = context
  return await context.db.transaction(async (tx) => {
    await tx.query({ text: 'SELECT pg_advisory_xact_lock($1::int, hashtext($2))', values: [LOCK, person] })
    const world = { engine: context, tx, now: context.now() }
    const delegate = body.delegate.toLowerCase()
    if (delegate === person) throw invalid('/delegate', SELF)
    for (const [id, at] of [
      [delegate, '/delegate'],
      [person, '/person'],
    ] as const) {
      if (!isRecordId(id) || !(await mayAct(world, id))) throw invalid(at, GONE)
    }
    const { rows } = await tx.query({
      text: `SELECT 1 FROM ${model.schema}.tenon_delegation WHERE person = $1 AND begins_at < $3 AND ends_at > $2`,
      values: [person, begins.toISOString(), ends.toISOString()],
    })
    if (rows.length > 0) throw invalid('/from', TWICE)
    const id = newId()
    await tx.query({
      text:
        `INSERT INTO ${model.schema}.tenon_delegation (id, person, delegate, begins_at, ends_at, remark, created_at) ` +
        'VALUES ($1, $2, $3, $4, $5, $6, $7)',
      values: [
        ...[id, person, delegate, begins.toISOString(), ends.toISOString()],
        ...[body.remark ?? null, world.now.toISOString()],
      ],
    })
    await audited(context, tx, person, {
      ...{ act: 'delegate', person: delegate },
      ...{ from: begins.toISOString(), until: ends.toISOString() },
    })
    return { id }
  })
}

function parseSpan({ now }: RequestContext, { from, until, remark }: DelegationBody) {
  const problems: Problem[] = []
  const read = (text: string, at: string): Date => {
    const date = INSTANT.test(text) ? new Date(text) : new Date(Number.NaN)
    if (Number.isNaN(date.getTime()))
      problems.push(problem('FIELD_TYPE_WRONG', at, { params: { expected: TIME } }))
    return date
  }
  const begins = from === undefined ? now() : read(from, '/from')
  const ends = read(until, '/until')
  if ((remark ?? '').length > MOST_REMARK)
    problems.push(problem('FIELD_TEXT_TOO_LONG', '/remark', { params: { limit: MOST_REMARK } }))
  if (!isStorableText(remark ?? ''))
    problems.push(problem('FIELD_TYPE_WRONG', '/remark', { params: { expected: TEXT } }))
  if (problems.length > 0) throw new AppError(problems)
  if (ends <= begins || ends <= now()) throw invalid('/until', OVER)
  return { begins, ends }
}

/** Ends an absence: one's own, or anybody's for who manages users. @throws AppError DELEGATION_UNKNOWN */
export async function removeDelegation(context: RequestContext, id: string): Promise<object> {
  const own = personActing(context)
  const { model, access } = context
  return await context.db.transaction(async (tx) => {
    const { rows } = await tx.query<{ person: string; delegate: string }>({
      text:
        `DELETE FROM ${model.schema}.tenon_delegation WHERE id = $1::uuid AND (person = $2::uuid OR $3) ` +
        'RETURNING person::text AS person, delegate::text AS delegate',
      values: [isRecordId(id) ? id : null, own, access.may('users')],
    })
    const gone = rows[0]
    if (gone === undefined) throw refuse('DELEGATION_UNKNOWN')
    await audited(context, tx, gone.person, { act: 'delegate_end', person: gone.delegate })
    return { id: id.toLowerCase() }
  })
}

async function audited(
  { actor, via, origin, model }: RequestContext,
  tx: Parameters<typeof recordAudit>[0],
  person: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await recordAudit(tx, model.schema, {
    ...{ action: 'approval', actor: actor.id, via, origin, details, subject: 'delegation' },
    record: { entity: model.entities.get('user')!.id, id: person },
  })
}

function invalid(path: string, reason: LocalText): AppError {
  return refuse('DELEGATION_INVALID', path, { params: { reason } })
}

const SELF = { en: 'nobody stands in for themselves', 'zh-CN': '不能由本人代理' }
const GONE = { en: 'there is no such active user', 'zh-CN': '没有此在用用户' }
const TWICE = { en: 'there is another absence at that time', 'zh-CN': '该时段已有代理安排' }
const OVER = { en: 'it ends before it begins, or has ended', 'zh-CN': '结束时间早于开始时间或已过' }
const TIME = { en: 'an instant with its time zone', 'zh-CN': '带时区的时刻' }
const TEXT = { en: 'text', 'zh-CN': '文本' }
