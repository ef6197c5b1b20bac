import type { Database, Executor } from '../../db/database.ts'
import { listWorkspaces } from '../../db/migrate.ts'
import { instantSql, parseJson, quoteName } from '../../db/values.ts'
import { refuse } from '../../errors.ts'
import type { PeriodicTask } from '../../jobs/periodic.ts'
import type { Observe } from '../../observe.ts'
import { cutInput } from './store.ts'

export const CALL_STATES = ['waiting', 'sending', 'done', 'failed', 'cancelled'] as const
/** Days for which calls that are over stay in the log, and what other systems told. */
const KEPT_DAYS = 30
/** Rows that go at once: nobody waits behind them for long. */
const BATCH = 5_000

const at = (column: string) => `${instantSql(`o.${column}`)} AS ${column}`

interface LogRow {
  readonly id: string
  readonly name: string
  readonly input: string
  readonly output: string | null
  readonly fault: string | null
}

export interface LogQuestion {
  /** A connection's id; null: the operator's mail server. */
  readonly connection: string | null
  readonly state?: string | undefined
  readonly limit: number
  /** The id of the last call of the page before. */
  readonly after?: string | undefined
}

/** The calls of a connection, the newest first: bodies cut, no secrets in them. */
export async function listCalls(
  db: Executor,
  schema: string,
  { connection, state, limit, after }: LogQuestion,
): Promise<{ readonly data: readonly object[]; readonly next: string | null }> {
  const { rows } = await db.query<LogRow>({
    text:
      'SELECT o.id::text AS id, o.name, o.operation, o.purpose, o.key, o.state, o.input::text AS input, o.output::text AS output, ' +
      `o.fault::text AS fault, o.tries, o.person::text AS person, o.run::text AS run, ${at('due_at')}, ${at('created_at')}, ` +
      `${at('begun_at')}, ${at('ended_at')}, o.duration_ms FROM ${schema}.tenon_outgoing o WHERE o.connection IS NOT DISTINCT FROM $1::uuid ` +
      'AND ($2::text IS NULL OR o.state = $2) AND ($3::uuid IS NULL OR o.id < $3::uuid) ORDER BY o.id DESC LIMIT $4',
    values: [connection, state ?? null, after ?? null, limit + 1],
  })
  const page = rows.slice(0, limit)
  return {
    data: page.map(({ input, output, fault, ...row }) => ({
      ...row,
      input: cutInput(parseJson(input)),
      output: output === null ? null : cutInput(parseJson(output)),
      fault: fault === null ? null : parseJson(fault),
    })),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}

/** What became of the calls of each connection in the last day. */
export async function countCalls(
  db: Executor,
  schema: string,
): Promise<
  ReadonlyMap<string, { readonly done: number; readonly failed: number; readonly waiting: number }>
> {
  const { rows } = await db.query<{ connection: string; done: string; failed: string; waiting: string }>({
    text:
      "SELECT o.connection::text AS connection, count(*) FILTER (WHERE o.state = 'done')::text AS done, " +
      "count(*) FILTER (WHERE o.state = 'failed')::text AS failed, count(*) FILTER (WHERE o.state IN ('waiting', 'sending'))::text AS waiting " +
      `FROM ${schema}.tenon_outgoing o WHERE o.connection IS NOT NULL AND (o.ended_at IS NULL OR o.ended_at > now() - interval '1 day') GROUP BY 1`,
  })
  return new Map(
    rows.map(({ connection, done, failed, waiting }) => [
      connection,
      { done: Number(done), failed: Number(failed), waiting: Number(waiting) },
    ]),
  )
}

/**
 * Makes a test that failed once more. Messages have found another way by then or are told to have failed, calls of flows
 * go on with their run.
 * @throws AppError CONNECTION_CALL_UNKNOWN, CONNECTION_CALL_STATE
 */
export async function retryCall(
  tx: Executor,
  schema: string,
  { id, connection }: { readonly id: string; readonly connection: string },
): Promise<void> {
  const { rows } = await tx.query<{ state: string; purpose: string }>({
    text: `SELECT state, purpose FROM ${schema}.tenon_outgoing WHERE id::text = $1 AND connection = $2::uuid FOR UPDATE`,
    values: [id.toLowerCase(), connection],
  })
  if (rows[0] === undefined) throw refuse('CONNECTION_CALL_UNKNOWN')
  if (rows[0].state !== 'failed' || rows[0].purpose !== 'test') throw refuse('CONNECTION_CALL_STATE')
  await tx.query({
    text:
      `UPDATE ${schema}.tenon_outgoing SET state = 'waiting', tries = 0, due_at = now(), until = now() + interval '1 hour', ` +
      'ended_at = NULL, fault = NULL WHERE id::text = $1',
    values: [id.toLowerCase()],
  })
}

/** Each night, in every workspace: what is over and old goes from the log. */
export function outgoingUpkeepTask(db: Database, observe: Observe): PeriodicTask {
  return {
    name: 'outgoing_upkeep',
    cron: '17 3 * * *',
    async run(signal) {
      for (const { schema: name } of await listWorkspaces(db)) {
        try {
          await dropOldCalls(db, quoteName(name), signal)
        } catch (error) {
          observe('fault', { during: `calls of ${name}`, error })
        }
      }
    },
  }
}

/** What people were told is shown longer: somebody may ask why they were not. */
const RECEIPT_DAYS = 180

const OLD: readonly { readonly table: string; readonly at: string; readonly days: number }[] = [
  { table: 'tenon_outgoing', at: 'ended_at', days: KEPT_DAYS },
  { table: 'tenon_hook_event', at: 'received_at', days: KEPT_DAYS },
  { table: 'tenon_told', at: 'created_at', days: RECEIPT_DAYS },
]

export async function dropOldCalls(db: Executor, schema: string, signal: AbortSignal): Promise<void> {
  for (const { table, at: column, days } of OLD) {
    for (let count = BATCH; count === BATCH && !signal.aborted; ) {
      const { rowCount } = await db.query({
        text:
          `DELETE FROM ${schema}.${table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${schema}.${table} ` +
          `WHERE ${column} < now() - make_interval(days => ${days}) LIMIT ${BATCH}))`,
      })
      count = rowCount
    }
  }
}
