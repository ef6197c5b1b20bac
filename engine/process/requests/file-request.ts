import { recordAudit } from '../../audit/record-audit.ts'
import type { Transaction } from '../../db/database.ts'
import { AppError, type Problem, problem, refuse } from '../../errors.ts'
import { isRecordId, isStorableText } from '../../fields/parts/formats.ts'
import { newId } from '../../model/uuid.ts'
import { entityFor, type RequestContext } from '../../records/context.ts'
import { getRecord } from '../../records/get.ts'
import { MOST_WORDS } from './request.ts'
import { type RequestDeps, tellKeepers } from './tell.ts'

export interface RequestBody {
  /** The address of the page, from the first slash on. */
  readonly page: string
  readonly text: string
  readonly expected?: string | undefined
  /** The record that was shown. */
  readonly entity?: string | undefined
  readonly record?: string | undefined
}

/** Wishes of one person within an hour. */
const MOST_AN_HOUR = 20
const HOUR_SECONDS = 3_600
const MOST_ADDRESS = 1_000
const LOCK = 7_362_079

/**
 * Keeps somebody's wish and tells those who look after the definitions.
 * @returns its id
 * @throws AppError every problem of the body; RECORD_NOT_FOUND, ENTITY_UNKNOWN; REQUEST_TOO_MANY
 */
export async function fileRequest(
  deps: RequestDeps,
  context: RequestContext,
  person: string,
  body: RequestBody,
): Promise<string> {
  const problems = problemsOf(body)
  if (problems.length > 0) throw new AppError(problems)
  const shown = await shownIn(context, body)
  const { model, db } = context
  const now = context.now()
  const id = newId()
  await db.transaction(async (tx) => {
    await assertFew(context, tx, person, now)
    await tx.query({
      text:
        `INSERT INTO ${model.schema}.tenon_change_request (id, asked_by, asked_at, page, entity, record, words, expected) ` +
        'VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      values: [
        ...[id, person, now.toISOString(), body.page, shown?.entity ?? null, shown?.id ?? null],
        ...[body.text.trim(), body.expected?.trim() || null],
      ],
    })
    await auditRequest(context, tx, id, { act: 'filed' }, shown)
    await tellKeepers(deps, context, tx, { id, asker: person, text: body.text.trim() })
  })
  return id
}

function problemsOf(body: RequestBody): readonly Problem[] {
  const problems: Problem[] = [
    ...textProblems(body.text, '/text'),
    ...textProblems(body.expected ?? '', '/expected'),
  ]
  if (body.text.trim() === '') problems.push(problem('FIELD_REQUIRED', '/text'))
  // Within these pages alone: it is a link for whoever reads it.
  const isWithin = /^\/(?![/\\])[^\s\\]*$/.test(body.page) && isStorableText(body.page)
  if (!isWithin || body.page.length > MOST_ADDRESS) problems.push(problem('REQUEST_PAGE_INVALID', '/page'))
  if ((body.entity === undefined) !== (body.record === undefined))
    problems.push(problem('FIELD_REQUIRED', body.entity === undefined ? '/entity' : '/record'))
  return problems
}

/** What is wrong with words that are kept as they are sent. */
export function textProblems(text: string, at: string): readonly Problem[] {
  if (text.length > MOST_WORDS) return [problem('FIELD_TEXT_TOO_LONG', at, { params: { limit: MOST_WORDS } })]
  return isStorableText(text) ? [] : [problem('FIELD_TEXT_INVALID', at)]
}

/** The record that was shown, where whoever asks may read it. */
async function shownIn(
  context: RequestContext,
  { entity, record }: RequestBody,
): Promise<{ readonly entity: string; readonly id: string } | undefined> {
  if (entity === undefined || record === undefined) return undefined
  const { id } = entityFor(context, entity)
  if (!isRecordId(record)) throw refuse('RECORD_NOT_FOUND', '/record')
  await getRecord(context, entity, record, { fields: 'id' })
  return { entity: id, id: record.toLowerCase() }
}

/** Counted under a lock of the person: many windows at once are no way around. */
async function assertFew(
  { model }: RequestContext,
  tx: Transaction,
  person: string,
  now: Date,
): Promise<void> {
  await tx.query({ text: 'SELECT pg_advisory_xact_lock($1::int, hashtext($2))', values: [LOCK, person] })
  const since = new Date(now.getTime() - HOUR_SECONDS * 1_000).toISOString()
  const { rows } = await tx.query<{ n: number; first: string | null }>({
    text:
      "SELECT count(*)::int AS n, to_json(min(asked_at))#>>'{}' AS first " +
      `FROM ${model.schema}.tenon_change_request WHERE asked_by = $1 AND asked_at > $2`,
    values: [person, since],
  })
  const { n = 0, first = null } = rows[0] ?? {}
  if (n < MOST_AN_HOUR || first === null) return
  const leftMs = new Date(first).getTime() + HOUR_SECONDS * 1_000 - now.getTime()
  throw new AppError(problem('REQUEST_TOO_MANY', '', { params: { limit: MOST_AN_HOUR } }), {
    retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1_000)),
  })
}

/** What was said stays out of the sealed trail: it may be personal. */
export async function auditRequest(
  { actor, via, origin, model }: RequestContext,
  tx: Transaction,
  id: string,
  details: Readonly<Record<string, unknown>>,
  record?: { readonly entity: string; readonly id: string },
): Promise<void> {
  await recordAudit(tx, model.schema, {
    ...{ action: 'change_request', actor: actor.id, via, origin, details, subject: `request/${id}` },
    record,
  })
}
