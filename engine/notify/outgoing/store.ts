import type { Executor } from '../../db/database.ts'
import { parseJson } from '../../db/values.ts'
import { newId } from '../../model/uuid.ts'
import type { ConnectorFault } from '../../registry/connector-fault.ts'

export type Purpose = 'call' | 'message' | 'test'

type Values = Readonly<Record<string, unknown>>

export interface NewCall {
  /** Null: the operator's mail server. */
  readonly connection: string | null
  readonly name: string
  readonly operation: string
  readonly purpose: Purpose
  /** What the other side can tell a repetition by; the call's own id where nothing is said. */
  readonly key?: string | undefined
  readonly input: Values
  readonly mostTries: number
  readonly until: Date
  readonly person?: string | undefined
  readonly run?: string | undefined
  readonly step?: number | undefined
}

export interface OutgoingCall {
  readonly id: string
  readonly connection: string | null
  readonly name: string
  readonly operation: string
  readonly purpose: Purpose
  readonly key: string
  readonly input: Values
  readonly tries: number
  readonly mostTries: number
  readonly until: Date
  readonly person: string | null
  readonly run: string | null
}

/** Stores a call that is to be made, together with whatever made it due. @returns its id */
export async function insertCall(tx: Executor, schema: string, call: NewCall, now: Date): Promise<string> {
  const id = newId()
  await tx.query({
    text:
      `INSERT INTO ${schema}.tenon_outgoing (id, connection, name, operation, purpose, key, state, input, most_tries, due_at, ` +
      "until, person, run, step, created_at) VALUES ($1, $2::uuid, $3, $4, $5, $6, 'waiting', $7::jsonb, $8, $9, $10, $11::uuid, " +
      '$12::uuid, $13, $9)',
    values: [
      ...[id, call.connection, call.name, call.operation, call.purpose, call.key ?? id],
      ...[JSON.stringify(call.input), call.mostTries, now.toISOString(), call.until.toISOString()],
      ...[call.person ?? null, call.run ?? null, call.step ?? null],
    ],
  })
  return id
}

interface CallRow extends Omit<OutgoingCall, 'input' | 'mostTries' | 'until'> {
  readonly input: string
  readonly most_tries: number
  readonly until: string
}

const COLUMNS =
  'o.id::text AS id, o.connection::text AS connection, o.name, o.operation, o.purpose, o.key, o.input::text AS input, ' +
  `o.tries, o.most_tries, to_json(o.until)#>>'{}' AS until, o.person::text AS person, o.run::text AS run`

function toCall({ input, most_tries: mostTries, until, ...row }: CallRow): OutgoingCall {
  return { ...row, input: parseJson(input), mostTries, until: new Date(until) }
}

/**
 * Takes the call that is due next: one that waits, or one whose sender is gone. It is held by the time until which it is
 * taken for lost, not by a lock: what is under way for seconds must not hold the database.
 */
export async function claimCall(
  tx: Executor,
  schema: string,
  now: Date,
  lostAt: Date,
): Promise<OutgoingCall | undefined> {
  const { rows } = await tx.query<CallRow>({
    text:
      `UPDATE ${schema}.tenon_outgoing o SET state = 'sending', tries = o.tries + 1, begun_at = $1, due_at = $2 WHERE o.id = (` +
      `SELECT q.id FROM ${schema}.tenon_outgoing q LEFT JOIN ${schema}.tenon_connection c ON c.connection = q.connection ` +
      "WHERE q.state IN ('waiting', 'sending') AND q.due_at <= $1::timestamptz AND coalesce(c.paused_until <= $1::timestamptz, true) " +
      `ORDER BY q.due_at, q.id LIMIT 1 FOR UPDATE OF q SKIP LOCKED) RETURNING ${COLUMNS}`,
    values: [now.toISOString(), lostAt.toISOString()],
  })
  return rows[0] === undefined ? undefined : toCall(rows[0])
}

/** First half of the advisory locks under which the messages to one person are counted. */
const PERSON_LOCK = 7_362_074

/**
 * When this person may be told again through the connection; undefined: now. Of those that are counted at once one comes
 * after the other.
 */
export async function roomFor(
  tx: Executor,
  schema: string,
  call: OutgoingCall,
  perMinute: number,
  now: Date,
): Promise<Date | undefined> {
  await tx.query({
    text: 'SELECT pg_advisory_xact_lock($1::int, hashtext($2))',
    values: [PERSON_LOCK, `${schema} ${call.connection} ${call.person}`],
  })
  const { rows } = await tx.query<{ at: string }>({
    text:
      `SELECT to_json(o.begun_at)#>>'{}' AS at FROM ${schema}.tenon_outgoing o WHERE o.person = $1::uuid AND o.connection = $2::uuid ` +
      'AND o.id <> $3::uuid AND o.begun_at > $4::timestamptz ORDER BY o.begun_at DESC OFFSET $5 LIMIT 1',
    values: [
      call.person,
      call.connection,
      call.id,
      new Date(now.getTime() - MINUTE_MS).toISOString(),
      perMinute - 1,
    ],
  })
  return rows[0] === undefined ? undefined : new Date(new Date(rows[0].at).getTime() + MINUTE_MS)
}

const MINUTE_MS = 60_000

/** Puts a call back as if it had not been taken. */
export async function postponeCall(
  tx: Executor,
  schema: string,
  { id, tries }: OutgoingCall,
  at: Date,
): Promise<void> {
  await tx.query({
    text:
      `UPDATE ${schema}.tenon_outgoing SET state = 'waiting', tries = tries - 1, due_at = $3, begun_at = NULL ` +
      "WHERE id = $1 AND tries = $2 AND state = 'sending'",
    values: [id, tries, at.toISOString()],
  })
}

/** What came of a try. */
export type Outcome =
  | { readonly kind: 'done'; readonly output: Values }
  | { readonly kind: 'failed'; readonly fault: ConnectorFault }
  /** It is tried again, not before then. @param counts whether it was a try of its own */
  | { readonly kind: 'again'; readonly fault: ConnectorFault; readonly at: Date; readonly counts: boolean }

/** Writes down what came of a try. @returns whether it is still this sender's: another one may have taken it for lost */
export async function keepOutcome(
  tx: Executor,
  schema: string,
  call: OutgoingCall,
  outcome: Outcome,
  { now, durationMs }: { readonly now: Date; readonly durationMs: number },
): Promise<boolean> {
  const isOver = outcome.kind !== 'again'
  const state = outcome.kind === 'again' ? 'waiting' : outcome.kind
  const { rowCount } = await tx.query({
    text:
      `UPDATE ${schema}.tenon_outgoing SET state = $3, output = $4::jsonb, fault = $5::jsonb, due_at = coalesce($6::timestamptz, due_at), ` +
      'ended_at = $7::timestamptz, duration_ms = $8, input = coalesce($9::jsonb, input), tries = tries - $10::int ' +
      "WHERE id = $1 AND tries = $2 AND state = 'sending'",
    values: [
      ...[call.id, call.tries, state],
      outcome.kind === 'done' ? JSON.stringify(outcome.output) : null,
      outcome.kind === 'done' ? null : JSON.stringify(outcome.fault),
      outcome.kind === 'again' ? outcome.at.toISOString() : null,
      ...[isOver ? now.toISOString() : null, Math.round(durationMs)],
      isOver && call.purpose !== 'call' ? JSON.stringify(cutInput(call.input)) : null,
      outcome.kind === 'again' && !outcome.counts ? 1 : 0,
    ],
  })
  return rowCount > 0
}

const LONGEST_SHOWN = 200

/** What the log keeps of a body: its texts, short. */
export function cutInput(input: Values): Values {
  return Object.fromEntries(
    Object.entries(input)
      .filter(([key]) => key !== 'html')
      .map(([key, value]) => [key, shortened(value)]),
  )
}

function shortened(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (text === undefined || text.length <= LONGEST_SHOWN) return value
  return `${text.slice(0, LONGEST_SHOWN).toWellFormed()}…`
}

/** Nothing of the connection goes out until then. */
export async function pauseConnection(
  tx: Executor,
  schema: string,
  connection: string,
  until: Date,
): Promise<void> {
  await tx.query({
    text:
      `INSERT INTO ${schema}.tenon_connection AS c (connection, paused_until) VALUES ($1::uuid, $2) ` +
      'ON CONFLICT (connection) DO UPDATE SET paused_until = greatest(c.paused_until, excluded.paused_until)',
    values: [connection, until.toISOString()],
  })
}

/** When something is due next; undefined where nothing waits. */
export async function nextCallDue(db: Executor, schema: string): Promise<Date | undefined> {
  const { rows } = await db.query<{ due: string | null }>({
    text:
      `SELECT to_json(min(greatest(o.due_at, c.paused_until)))#>>'{}' AS due FROM ${schema}.tenon_outgoing o ` +
      `LEFT JOIN ${schema}.tenon_connection c ON c.connection = o.connection WHERE o.state IN ('waiting', 'sending')`,
  })
  return rows[0]?.due == null ? undefined : new Date(rows[0].due)
}
