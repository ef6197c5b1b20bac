import type { Database, Executor } from '../db/database.ts'
import { quoteName } from '../db/values.ts'
import { isSealedPlace } from '../model/place.ts'
import { loadState } from '../model/state.ts'
import { SEALED_ANSWER } from '../records/idempotency.ts'
import { boxKeySql } from './box.ts'

/** Nobody waits at a screen for what reads whole tables: ten minutes a statement, past the pool for requests. */
export const LONG_SCAN = { direct: true, statementTimeoutMs: 600_000 } as const

/** A column of boxes. */
export interface SealedColumn {
  /** The field's id. */
  readonly field: string
  /** Qualified and quoted. */
  readonly table: string
  /** Quoted. */
  readonly column: string
}

/** How many values of a workspace are encrypted with a key. */
export interface KeyUse {
  readonly key: string
  readonly values: number
}

/**
 * Every column with encrypted values, those of retired fields and entities too: they may come back.
 * @param schema the workspace's schema, quoted
 */
export async function sealedColumns(db: Executor, schema: string): Promise<readonly SealedColumn[]> {
  const { physical } = await loadState(db, schema)
  const tables = new Map(
    physical.flatMap((row) => (row.kind === 'entity' ? [[row.itemId, row.place.table] as const] : [])),
  )
  return physical.flatMap((row) => {
    const table = tables.get(row.entityId)
    if (row.kind !== 'field' || table === undefined || !isSealedPlace(row.place)) return []
    return [
      {
        field: row.itemId,
        table: `${schema}.${quoteName(table)}`,
        column: quoteName(row.place.columns[1]!),
      },
    ]
  })
}

/** Whether a workspace has ever had encrypted fields. */
export async function hasVault(db: Executor, schema: string): Promise<boolean> {
  const { rows } = await db.query({ text: `SELECT 1 FROM ${schema}.tenon_secret` })
  return rows.length > 0
}

/** The secret that the workspace's digest key needs: without it no encrypted value is written or found. */
export async function digestSecret(db: Executor, schema: string): Promise<string | undefined> {
  const { rows } = await db.query<{ key: string }>({
    text: `SELECT ${boxKeySql('digest_key')} AS key FROM ${schema}.tenon_secret`,
  })
  return rows[0]?.key
}

/** Which keys the values of a workspace need, its digest key and kept answers included. */
export async function keyUse(db: Database, schema: string): Promise<readonly KeyUse[]> {
  const columns = await sealedColumns(db, schema)
  const sources = [
    ...columns.map(
      ({ table, column }) => `SELECT ${boxKeySql(column)} AS key FROM ${table} WHERE ${column} IS NOT NULL`,
    ),
    `SELECT ${boxKeySql('digest_key')} FROM ${schema}.tenon_secret`,
    `SELECT ${KEPT_KEY} FROM ${schema}.tenon_idempotency WHERE ${IS_SEALED_ANSWER}`,
    `SELECT ${boxKeySql('box')} FROM ${schema}.tenon_connection_secret`,
    `SELECT ${boxKeySql('token')} FROM ${schema}.tenon_connection WHERE token IS NOT NULL`,
  ]
  const text = `SELECT key, count(*)::text AS n FROM (${sources.join(' UNION ALL ')}) x GROUP BY key ORDER BY key`
  const { rows } = await db.transaction((tx) => tx.query<{ key: string; n: string }>({ text }), LONG_SCAN)
  return rows.map(({ key, n }) => ({ key, values: Number(n) }))
}

/** How many seals of a workspace's audit were made with each key: without it they cannot be verified. */
export async function sealUse(db: Executor, schema: string): Promise<readonly KeyUse[]> {
  const { rows } = await db.query<{ key: string; n: string }>({
    text: `SELECT key_id AS key, count(*)::text AS n FROM ${schema}.tenon_audit_seal GROUP BY key_id ORDER BY key_id`,
  })
  return rows.map(({ key, n }) => ({ key, values: Number(n) }))
}

/** SQL: whether a row of tenon_idempotency holds an encrypted answer, which is a box in hexadecimal digits. */
export const IS_SEALED_ANSWER = `starts_with(body, '${SEALED_ANSWER}')`
/** SQL of that box, in hexadecimal digits. */
export const KEPT_BOX = `substr(body, ${SEALED_ANSWER.length + 1})`
/** SQL of the id of its key, which stands behind the byte of the form. */
export const KEPT_KEY = `substr(body, ${SEALED_ANSWER.length + 3}, 8)`
