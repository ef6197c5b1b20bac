import type { Executor } from '../db/database.ts'
import { instantSql } from '../db/values.ts'

export type Outcome = 'created' | 'updated' | 'repeated' | 'trapped' | 'failed'

/** What a visitor agreed to. */
export interface Consent {
  readonly version: string
  readonly language: string
  readonly words: string
  readonly address?: string
}

/** One page that was sent. */
export interface Entry {
  readonly id: string
  /** The form's id and its name. */
  readonly webform: string
  readonly name: string
  readonly at: Date
  /** Hexadecimal digits. */
  readonly digest: string
  readonly consent: Consent | undefined
  readonly parameters: Readonly<Record<string, string>>
}

/** The same answers from the same address within this time are one submission, milliseconds. */
const SAME_WITHIN_MS = 10 * 60_000

const table = (schema: string) => `${schema}.tenon_webform_entry`

/** Enters a page before its answers are stored. Of two at once the second waits. @returns false where it was sent before */
export async function openEntry(tx: Executor, schema: string, entry: Entry): Promise<boolean> {
  const { id, webform, name, at, digest, consent, parameters } = entry
  const json = (value: object | undefined) =>
    value === undefined || Object.keys(value).length === 0 ? null : JSON.stringify(value)
  const { rows } = await tx.query({
    text:
      `INSERT INTO ${table(schema)} (id, webform, name, at, outcome, digest, consent, parameters) ` +
      `VALUES ($1::uuid, $2::uuid, $3, $4::timestamptz, 'failed', decode($5, 'hex'), $6::jsonb, $7::jsonb) ` +
      'ON CONFLICT DO NOTHING RETURNING 1',
    values: [id, webform, name, at.toISOString(), digest, json(consent), json(parameters)],
  })
  return rows.length > 0
}

/** Whether the same answers came just before by another page; those who send them at the same moment take turns. */
export async function isSentTwice(tx: Executor, schema: string, { id, digest, at }: Entry): Promise<boolean> {
  const lock = BigInt.asIntN(64, BigInt(`0x${digest.slice(0, 16)}`))
  await tx.query({ text: 'SELECT pg_advisory_xact_lock($1::bigint)', values: [String(lock)] })
  const { rows } = await tx.query({
    text:
      `SELECT 1 FROM ${table(schema)} WHERE digest = decode($1, 'hex') AND at > $2::timestamptz AND id <> $3::uuid ` +
      `AND outcome IN ('created', 'updated') LIMIT 1`,
    values: [digest, new Date(at.getTime() - SAME_WITHIN_MS).toISOString(), id],
  })
  return rows.length > 0
}

export interface Closing {
  readonly outcome: Outcome
  readonly entity?: string
  readonly record?: string
  readonly fault?: string
}

/** What came of a page. */
export async function closeEntry(tx: Executor, schema: string, id: string, closing: Closing): Promise<void> {
  const { outcome, entity, record, fault } = closing
  await tx.query({
    text: `UPDATE ${table(schema)} SET outcome = $2, entity = $3::uuid, record = $4::uuid, fault = $5 WHERE id = $1::uuid`,
    values: [id, outcome, entity ?? null, record ?? null, fault ?? null],
  })
}

/** Submissions that a form has taken so far. @param isHeld those who count at the same moment take turns */
export async function countTaken(
  tx: Executor,
  schema: string,
  form: string,
  isHeld = false,
): Promise<number> {
  if (isHeld) {
    await tx.query({
      text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
      values: [`webform ${form}`],
    })
  }
  const { rows } = await tx.query<{ n: number }>({
    text: `SELECT count(*)::integer AS n FROM ${table(schema)} WHERE webform = $1::uuid AND outcome IN ('created', 'updated')`,
    values: [form],
  })
  return rows[0]?.n ?? 0
}

export interface FormCounts {
  readonly created: number
  readonly updated: number
  readonly trapped: number
  readonly failed: number
  /** Of the last seven days, created and updated. */
  readonly week: number
  readonly lastAt: string | null
}

/** What came in by each form, by its id. */
export async function countEntries(db: Executor, schema: string): Promise<ReadonlyMap<string, FormCounts>> {
  const { rows } = await db.query<FormCounts & { webform: string }>({
    text:
      `SELECT webform::text AS webform, ${['created', 'updated', 'trapped', 'failed']
        .map((outcome) => `(count(*) FILTER (WHERE outcome = '${outcome}'))::integer AS ${outcome}`)
        .join(', ')}, ` +
      `(count(*) FILTER (WHERE outcome IN ('created', 'updated') AND at > now() - interval '7 days'))::integer AS week, ` +
      `${instantSql(`max(at) FILTER (WHERE outcome IN ('created', 'updated'))`)} AS "lastAt" ` +
      `FROM ${table(schema)} GROUP BY webform`,
  })
  return new Map(rows.map(({ webform, ...counts }) => [webform, counts]))
}

export interface RecordEntry {
  readonly id: string
  readonly webform: string
  readonly name: string
  readonly at: string
  readonly outcome: Outcome
  readonly consent: Consent | null
  readonly parameters: Readonly<Record<string, string>> | null
}

/** What came in about one record, the newest first. */
export async function entriesOf(
  db: Executor,
  schema: string,
  record: string,
): Promise<readonly RecordEntry[]> {
  const { rows } = await db.query<Omit<RecordEntry, 'consent' | 'parameters'> & { told: string }>({
    text:
      `SELECT id::text AS id, webform::text AS webform, name, ` +
      `${instantSql('at')} AS at, outcome, ` +
      `json_build_object('consent', consent, 'parameters', parameters)::text AS told ` +
      `FROM ${table(schema)} WHERE record = $1::uuid ORDER BY at DESC, id DESC LIMIT 100`,
    values: [record],
  })
  return rows.map(({ told, ...row }) => ({
    ...row,
    ...(JSON.parse(told) as Pick<RecordEntry, 'consent' | 'parameters'>),
  }))
}
