import type { Database, Transaction } from '../db/database.ts'
import { monthSql } from './row-sql.ts'
import type { SealSource } from './seal.ts'
import { appendSeal, lastSeal } from './seal-store.ts'

/** Months made beyond the present one. */
const AHEAD = 2
/** Writers wait behind us for this long at most, milliseconds; what is not done then is done the next time. */
const LOCK_TIMEOUT_MS = 200
const OPTIONS = { direct: true, lockTimeoutMs: LOCK_TIMEOUT_MS, statementTimeoutMs: 0 } as const

/** The month of an instant, and those before and after it: `YYYY-MM-01`, in UTC as all months of the audit. */
export function monthOf(at: Date, offset = 0): string {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + offset, 1)).toISOString().slice(0, 10)
}

function tableOf(month: string): string {
  return `tenon_audit_${month.slice(0, 7).replace('-', '_')}`
}

/** Makes the tables of this month and the next, where they are missing. @returns the months that were made */
export async function makeMonths(db: Database, schema: string, now: Date): Promise<readonly string[]> {
  const wanted = Array.from({ length: AHEAD + 1 }, (_, offset) => monthOf(now, offset))
  const kept = new Set(await monthsOf(db, schema))
  const missing = wanted.filter((month) => !kept.has(month))
  for (const month of missing) await db.transaction((tx) => makeMonth(tx, schema, month), OPTIONS)
  return missing
}

/** The months that have a table, oldest first. */
async function monthsOf(db: Database, schema: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ name: string }>({
    text:
      `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid ` +
      `WHERE i.inhparent = $1::regclass AND c.relname ~ '^tenon_audit_\\d{4}_\\d{2}$' ORDER BY 1`,
    values: [`${schema}.tenon_audit`],
  })
  return rows.map(({ name }) => `${name.slice(-7).replace('_', '-')}-01`)
}

/** Attached, not created in place: that would keep every writer out. Rows that came before their month move in. */
async function makeMonth(tx: Transaction, schema: string, month: string): Promise<void> {
  const table = `${schema}.${tableOf(month)}`
  const from = `'${month} 00:00:00+00'`
  const until = `'${monthOf(new Date(month), 1)} 00:00:00+00'`
  const columns =
    'id, at, actor, via, action, entity, record, version, subject, request, changes, address, salt, hash, xid'
  await tx.query({ text: `LOCK TABLE ${schema}.tenon_audit_rest IN ACCESS EXCLUSIVE MODE` })
  await tx.query({ text: `CREATE TABLE ${table} (LIKE ${schema}.tenon_audit INCLUDING DEFAULTS)` })
  await tx.query({
    text:
      `WITH early AS (DELETE FROM ${schema}.tenon_audit_rest r WHERE r.at >= ${from} AND r.at < ${until} ` +
      `RETURNING ${columns}) INSERT INTO ${table} (${columns}) SELECT ${columns} FROM early`,
  })
  await tx.query({
    text: `ALTER TABLE ${schema}.tenon_audit ATTACH PARTITION ${table} FOR VALUES FROM (${from}) TO (${until})`,
  })
}

/**
 * Drops the months whose time is over by the workspace's policy, each with a seal that says so. A month with rows
 * that no seal covers yet stays.
 * @returns the months that were dropped
 */
export async function dropOldMonths(source: SealSource): Promise<readonly string[]> {
  const { db, schema, now = () => new Date() } = source
  const keepMonths = await readKeepMonths(db, schema)
  if (keepMonths === undefined) return []
  const oldest = monthOf(now(), -keepMonths)
  const old = (await monthsOf(db, schema)).filter((month) => month < oldest)
  const dropped: string[] = []
  for (const month of old) {
    if (await db.transaction((tx) => dropMonth(tx, source, month), OPTIONS)) dropped.push(month)
  }
  return dropped
}

async function dropMonth(tx: Transaction, source: SealSource, month: string): Promise<boolean> {
  const { schema, secrets, now = () => new Date() } = source
  await tx.query({ text: `SELECT s.single FROM ${schema}.tenon_audit_state s FOR UPDATE` })
  const previous = await lastSeal(tx, schema)
  const lastId = previous?.lastId ?? '0'
  const { rows } = await tx.query({
    text:
      `SELECT 1 FROM ${schema}.tenon_audit a WHERE ${monthSql('a')} = $1 AND a.at >= $1::date - 1 ` +
      `AND a.at < $1::date + 32 AND a.id > $2::bigint LIMIT 1`,
    values: [month, lastId],
  })
  if (rows.length > 0) return false
  const link = { kind: 'dropped', month, afterId: lastId, lastId, ids: '{}', marks: '' } as const
  await appendSeal(tx, schema, secrets, link, previous, now())
  await tx.query({
    text: `DELETE FROM ${schema}.tenon_audit_rest r WHERE ${monthSql('r')} = $1`,
    values: [month],
  })
  await tx.query({ text: `DROP TABLE ${schema}.${tableOf(month)}` })
  return true
}

/** How many whole months are kept besides the present one; undefined: for ever. */
export async function readKeepMonths(db: Database, schema: string): Promise<number | undefined> {
  const { rows } = await db.query<{ keep: number | null }>({
    text: `SELECT s.keep_months AS keep FROM ${schema}.tenon_audit_state s`,
  })
  return rows[0]?.keep ?? undefined
}

/**
 * Takes new pages of the present and the last month into the index by number, which no write does: what lies in
 * pages that it does not know is read in vain by every question.
 */
export async function summarizeMonths(db: Database, schema: string, now: Date): Promise<void> {
  const tables = [monthOf(now, -1), monthOf(now)].map(tableOf)
  await db.query({
    text:
      `SELECT brin_summarize_new_values(x.indexrelid) FROM pg_inherits i ` +
      `JOIN pg_index x ON x.indexrelid = i.inhrelid JOIN pg_class t ON t.oid = x.indrelid ` +
      `WHERE i.inhparent = $1::regclass AND t.relname = ANY($2::text[])`,
    values: [`${schema}.tenon_audit_id_order`, tables],
  })
}
