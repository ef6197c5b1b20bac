import type { Executor } from '../db/database.ts'
import { QUEUE_SCHEMA } from './queue.ts'

/**
 * Work that is called when there is something to do, and finds out itself what: nothing of it stands in tenon_job, nobody
 * waits for it. It may be cut off anywhere and is then called again.
 */
export interface WakeTask {
  readonly name: string
  /** @param signal comes when this node stops: leave the work as it is */
  run(payload: WakePayload, signal: AbortSignal): Promise<void>
}

export interface WakePayload {
  readonly workspace: string
}

/**
 * Calls a task, together with whatever else the transaction does. Of one key one call waits at a time: a later one takes
 * its place and its time; a call under way does not count as waiting.
 * @param at not before then; at once where nothing is said
 */
export async function wake(
  tx: Executor,
  task: string,
  payload: WakePayload,
  { key, at }: { readonly key: string; readonly at?: Date },
): Promise<void> {
  await tx.query({
    text: `SELECT ${QUEUE_SCHEMA}.add_job($1, payload => $2::json, job_key => $3, run_at => coalesce($4::timestamptz, now()))`,
    values: [task, JSON.stringify(payload), `${task} ${key}`, at?.toISOString() ?? null],
  })
}

/** Several calls of one task, each under its own key at its own time. */
export async function wakeEach(
  tx: Executor,
  task: string,
  payload: WakePayload,
  calls: readonly { readonly key: string; readonly at: Date }[],
): Promise<void> {
  if (calls.length === 0) return
  await tx.query({
    text:
      `SELECT ${QUEUE_SCHEMA}.add_job($1, payload => $2::json, job_key => c.key, run_at => c.at) ` +
      'FROM unnest($3::text[], $4::timestamptz[]) AS c(key, at)',
    values: [
      ...[task, JSON.stringify(payload)],
      ...[calls.map(({ key }) => `${task} ${key}`), calls.map(({ at }) => at.toISOString())],
    ],
  })
}

/** When a call under this key is due that waits; undefined where none does. */
export async function waitingSince(tx: Executor, task: string, key: string): Promise<Date | undefined> {
  const { rows } = await tx.query<{ at: string }>({
    text: `SELECT to_json(run_at)#>>'{}' AS at FROM ${QUEUE_SCHEMA}.jobs WHERE key = $1 AND locked_at IS NULL`,
    values: [`${task} ${key}`],
  })
  return rows[0] === undefined ? undefined : new Date(rows[0].at)
}

/** First half of the advisory locks under which a call is set to its earliest time; any number nobody else takes. */
const EARLIEST_LOCK = 7_362_072

/** Calls a task by then at the latest: an earlier call that waits under this key stays, a later one is moved forward. */
export async function wakeBy(
  tx: Executor,
  task: string,
  payload: WakePayload,
  { key, at }: { readonly key: string; readonly at: Date },
): Promise<void> {
  await tx.query({
    text: 'SELECT pg_advisory_xact_lock($1::int, hashtext($2))',
    values: [EARLIEST_LOCK, `${task} ${key}`],
  })
  const known = await waitingSince(tx, task, key)
  if (known === undefined || at < known) await wake(tx, task, payload, { key, at })
}
