import type { Executor } from '../../db/database.ts'
import { newId } from '../../model/uuid.ts'
import type { Channel } from './preference.ts'

/** Something that one person is told. */
export interface Told {
  readonly id: string
  readonly person: string
  readonly kind: string
  readonly title: string
  readonly text: string
  readonly entity: string | null
  readonly record: string | null
  readonly flow: string
  readonly isFirst: boolean
}

export interface Delivery {
  readonly told: Told
  readonly rank: number
  readonly channel: Channel
}

/** Why a way was passed over or failed, for those who look. */
export interface DeliveryFault {
  readonly code: string
  readonly text?: string
}

export type DeliveryState = 'later' | 'held' | 'sending' | 'sent' | 'failed' | 'skipped'

/** Stores what a person is told with the ways by which it is to reach them, none of which is taken yet. */
export async function insertTold(
  tx: Executor,
  schema: string,
  told: Omit<Told, 'id'> & { readonly run: string | undefined },
  channels: readonly Channel[],
  now: Date,
): Promise<Told> {
  const id = newId()
  await tx.query({
    text:
      `WITH told AS (INSERT INTO ${schema}.tenon_told (id, person, kind, title, text, entity, record, flow, run, is_first, created_at) ` +
      'VALUES ($1, $2::uuid, $3, $4, $5, $6, $7::uuid, $8, $9::uuid, $10, $11)) ' +
      `INSERT INTO ${schema}.tenon_delivery (told, rank, channel, person, state) ` +
      "SELECT $1, c.rank - 1, c.channel, $2::uuid, 'later' FROM unnest($12::text[]) WITH ORDINALITY c(channel, rank)",
    values: [
      ...[id, told.person, told.kind, told.title, told.text, told.entity, told.record, told.flow],
      ...[told.run ?? null, told.isFirst, now.toISOString(), channels],
    ],
  })
  const { run: _, ...rest } = told
  return { id, ...rest }
}

/** Stores what people have been told by their lists alone, and that it has reached them. */
export async function insertListed(
  tx: Executor,
  schema: string,
  listed: readonly (Told & { readonly run: string | undefined; readonly notification: string })[],
  now: Date,
): Promise<void> {
  await tx.query({
    text:
      'WITH n AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, person uuid, kind text, title text, ' +
      '"text" text, entity text, record uuid, flow text, run uuid, "isFirst" boolean, notification uuid)), ' +
      `told AS (INSERT INTO ${schema}.tenon_told (id, person, kind, title, text, entity, record, flow, run, is_first, created_at) ` +
      'SELECT n.id, n.person, n.kind, n.title, n."text", n.entity, n.record, n.flow, n.run, n."isFirst", $2::timestamptz FROM n) ' +
      `INSERT INTO ${schema}.tenon_delivery (told, rank, channel, person, state, notification, at) ` +
      "SELECT n.id, 0, 'in_app', n.person, 'sent', n.notification, $2::timestamptz FROM n",
    values: [JSON.stringify(listed), now.toISOString()],
  })
}

export interface DeliveryChange {
  readonly state: DeliveryState
  readonly dueAt?: Date
  readonly outgoing?: string
  readonly notification?: string
  readonly fault?: DeliveryFault
}

export async function saveDelivery(
  tx: Executor,
  schema: string,
  { told, rank }: Delivery,
  { state, dueAt, outgoing, notification, fault }: DeliveryChange,
  now: Date,
): Promise<void> {
  await tx.query({
    text:
      `UPDATE ${schema}.tenon_delivery SET state = $3, due_at = $4::timestamptz, outgoing = coalesce($5::uuid, outgoing), ` +
      'notification = coalesce($6::uuid, notification), fault = $7::jsonb, at = $8 WHERE told = $1 AND rank = $2',
    values: [
      ...[told.id, rank, state, dueAt?.toISOString() ?? null, outgoing ?? null, notification ?? null],
      ...[fault === undefined ? null : JSON.stringify(fault), now.toISOString()],
    ],
  })
}

interface DeliveryRow extends Omit<Told, 'isFirst'> {
  readonly is_first: boolean
  readonly rank: number
  readonly channel: Channel
}

const COLUMNS =
  't.id::text AS id, t.person::text AS person, t.kind, t.title, t.text, t.entity, t.record::text AS record, t.flow, t.is_first, ' +
  'd.rank, d.channel'

function toDelivery({ rank, channel, is_first: isFirst, ...told }: DeliveryRow): Delivery {
  return { told: { ...told, isFirst }, rank, channel }
}

async function deliveriesWhere(
  tx: Executor,
  schema: string,
  where: string,
  values: readonly unknown[],
): Promise<readonly Delivery[]> {
  const { rows } = await tx.query<DeliveryRow>({
    text:
      `SELECT ${COLUMNS} FROM ${schema}.tenon_delivery d JOIN ${schema}.tenon_told t ON t.id = d.told WHERE ${where} ` +
      'ORDER BY t.id, d.rank FOR UPDATE OF d',
    values,
  })
  return rows.map(toDelivery)
}

/** The way after this one. */
export async function nextDelivery(
  tx: Executor,
  schema: string,
  { told, rank }: Delivery,
): Promise<Delivery | undefined> {
  const [next] = await deliveriesWhere(tx, schema, "d.told = $1 AND d.rank = $2 AND d.state = 'later'", [
    told.id,
    rank + 1,
  ])
  return next
}

/** Those that a call carries. */
export async function carriedBy(
  tx: Executor,
  schema: string,
  outgoing: string,
): Promise<readonly Delivery[]> {
  return await deliveriesWhere(tx, schema, "d.outgoing = $1::uuid AND d.state = 'sending'", [outgoing])
}

/** First half of the advisory locks under which what waits for a person is gathered; any number nobody else takes. */
const GATHER_LOCK = 7_362_075

/** One comes after the other of those who hold back or let go what waits for a person on a channel. */
export async function lockGathering(
  tx: Executor,
  schema: string,
  person: string,
  channel: Channel,
): Promise<void> {
  await tx.query({
    text: 'SELECT pg_advisory_xact_lock($1::int, hashtext($2))',
    values: [GATHER_LOCK, `${schema} ${person} ${channel}`],
  })
}

/** Until when something waits for the person on the channel already. */
export async function gatheredUntil(
  tx: Executor,
  schema: string,
  person: string,
  channel: Channel,
): Promise<Date | undefined> {
  const { rows } = await tx.query<{ due: string | null }>({
    text:
      `SELECT to_json(min(due_at))#>>'{}' AS due FROM ${schema}.tenon_delivery ` +
      "WHERE person = $1::uuid AND channel = $2 AND state = 'held'",
    values: [person, channel],
  })
  return rows[0]?.due == null ? undefined : new Date(rows[0].due)
}

export async function heldFor(
  tx: Executor,
  schema: string,
  person: string,
  channel: Channel,
): Promise<readonly Delivery[]> {
  return await deliveriesWhere(tx, schema, "d.person = $1::uuid AND d.channel = $2 AND d.state = 'held'", [
    person,
    channel,
  ])
}

/** Whose time has come, each person and channel once. */
export async function dueGatherings(
  db: Executor,
  schema: string,
  now: Date,
): Promise<readonly { readonly person: string; readonly channel: Channel }[]> {
  const { rows } = await db.query<{ person: string; channel: Channel }>({
    text:
      `SELECT DISTINCT person::text AS person, channel FROM ${schema}.tenon_delivery ` +
      "WHERE state = 'held' AND due_at <= $1::timestamptz LIMIT 500",
    values: [now.toISOString()],
  })
  return rows
}

export async function nextHeld(db: Executor, schema: string): Promise<Date | undefined> {
  const { rows } = await db.query<{ due: string | null }>({
    text: `SELECT to_json(min(due_at))#>>'{}' AS due FROM ${schema}.tenon_delivery WHERE state = 'held'`,
  })
  return rows[0]?.due == null ? undefined : new Date(rows[0].due)
}
