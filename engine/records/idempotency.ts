import { createHash } from 'node:crypto'
import type { Executor } from '../db/database.ts'
import { refuse } from '../errors.ts'
import type { SealedPlace } from '../registry/vault.ts'
import type { RecordAnswer, RequestContext } from './context.ts'
import { vaultOf } from './reveal.ts'
import { sweepKeys } from './sweep-keys.ts'

const KEY = /^[\x20-\x7e]{1,200}$/

interface KeptAnswer {
  readonly request_hash: string
  readonly status: number | null
  readonly location: string | null
  readonly body: string | null
}

/**
 * Runs a write so that a retry with the same key finds the first answer instead of writing again. Key, write and
 * answer commit together; of two at the same moment the second waits for the first. A refused write keeps no
 * key: it may be mended and tried again.
 * @param request what identifies the request besides the key: the same key for another one is refused
 */
export async function once(
  context: RequestContext,
  key: string,
  request: readonly unknown[],
  write: (tx: Executor) => Promise<RecordAnswer>,
): Promise<RecordAnswer> {
  if (!KEY.test(key)) throw refuse('IDEMPOTENCY_KEY_INVALID')
  const table = `${context.model.schema}.tenon_idempotency`
  const actor = context.actor.id ?? '00000000-0000-0000-0000-000000000000'
  const hash = requestHash(context, JSON.stringify(request))
  await sweepKeys(context.db, context.model.schema, context.now())
  return await context.db.transaction(async (tx) => {
    await tx.query({
      text: `DELETE FROM ${table} WHERE actor = $1::uuid AND key = $2 AND at < now() - interval '24 hours'`,
      values: [actor, key],
    })
    const claimed = await tx.query({
      text:
        `INSERT INTO ${table} (actor, key, request_hash) VALUES ($1::uuid, $2, decode($3, 'hex')) ` +
        'ON CONFLICT DO NOTHING RETURNING 1',
      values: [actor, key, hash],
    })
    if (claimed.rows.length === 0) return await keptAnswer(context, tx, { table, actor, key, hash })
    const answer = await write(tx)
    await tx.query({
      text: `UPDATE ${table} SET status = $3::smallint, location = $4, body = $5 WHERE actor = $1::uuid AND key = $2`,
      values: [
        actor,
        key,
        answer.status,
        answer.headers?.Location ?? null,
        sealBody(context, key, answer.body),
      ],
    })
    return answer
  })
}

/** What tells requests apart. Where they may hold secrets it is keyed: else who reads the database could test guesses. */
function requestHash({ model }: RequestContext, text: string): string {
  return model.vault?.blind(text, 'request') ?? createHash('sha256').update(text).digest('hex')
}

/** What an answer with encrypted values begins with where it is kept; a plain one begins with a brace. */
export const SEALED_ANSWER = 'sealed '

/** An answer is kept as it went out; where it may hold encrypted values it is encrypted whole. */
function sealBody({ model }: RequestContext, key: string, body: string): string {
  if (model.vault === undefined) return body
  return SEALED_ANSWER + model.vault.seal(body, answerPlace(key)).toString('hex')
}

function openBody({ model }: RequestContext, key: string, kept: string): string {
  if (!kept.startsWith(SEALED_ANSWER)) return kept
  return vaultOf(model).open(Buffer.from(kept.slice(SEALED_ANSWER.length), 'hex'), answerPlace(key))
}

/** What a kept answer is bound to. */
export function answerPlace(key: string): SealedPlace {
  return { field: 'kept answer', record: key }
}

async function keptAnswer(
  context: RequestContext,
  tx: Executor,
  { table, actor, key, hash }: Record<'table' | 'actor' | 'key' | 'hash', string>,
): Promise<RecordAnswer> {
  const found = await tx.query<KeptAnswer>({
    text:
      `SELECT encode(request_hash, 'hex') AS request_hash, status, location, body FROM ${table} ` +
      'WHERE actor = $1::uuid AND key = $2',
    values: [actor, key],
  })
  const kept = found.rows[0]
  if (kept === undefined || kept.body === null || kept.status === null) throw refuse('RECORD_BUSY')
  if (kept.request_hash !== hash) throw refuse('IDEMPOTENCY_KEY_REUSED')
  return {
    status: Number(kept.status),
    body: openBody(context, key, kept.body),
    headers: { 'Idempotency-Replayed': 'true', ...(kept.location !== null && { Location: kept.location }) },
  }
}
