import { setTimeout as delay } from 'node:timers/promises'
import type { Database, Statement } from '../db/database.ts'
import { AppError } from '../errors.ts'
import type { JobTask, RunningJob } from '../jobs/run-job.ts'
import { secretPlace } from '../notify/outgoing/secrets.ts'
import { answerPlace, SEALED_ANSWER } from '../records/idempotency.ts'
import type { Registry } from '../registry/registry.ts'
import type { SealedPlace, Vault } from '../registry/vault.ts'
import { boxKeySql } from './box.ts'
import {
  IS_SEALED_ANSWER,
  KEPT_BOX,
  KEPT_KEY,
  keyUse,
  LONG_SCAN,
  type SealedColumn,
  sealedColumns,
} from './sealed-columns.ts'
import { DIGEST_KEY_PLACE } from './vaults.ts'

export const ROTATE_SECRET = 'rotate_secret'

/** Values a statement. */
const BATCH = 500
/** Other nodes notice a new key within a second; what they wrote with the old one until then is found by the next pass. */
const SETTLE_MS = 1_500
const MOST_PASSES = 10

export interface RotatePayload {
  /** The id of the key that all values shall be encrypted with. */
  readonly key: string
}

export interface RotateResult {
  /** Values that were encrypted anew. */
  readonly values: number
  /** Values that no key opens: altered in the database; left as they are. */
  readonly damaged: number
}

/** What one run carries along. */
interface Rotation {
  readonly db: Database
  readonly job: RunningJob
  readonly vault: Vault
  readonly key: string
  values: number
  damaged: number
  total: number
}

/**
 * The job that encrypts all values of a workspace with another key. Versions, audit and events stay: the values are
 * the same. It may be cut off anywhere: each value says which key it needs, so that the next run goes on with the rest;
 * meanwhile both keys are read.
 */
export function rotateSecretTask(db: Database, registry: Registry): JobTask {
  return {
    kind: ROTATE_SECRET,
    async run(job): Promise<RotateResult> {
      const { key } = job.payload as RotatePayload
      const vault = await registry.vaults().open(job.schema)
      const rotation: Rotation = { db, job, vault, key, values: 0, damaged: 0, total: 0 }
      rotation.total = await countLeft(rotation)
      await rotateDigestKey(rotation)
      for (let pass = 1; pass <= MOST_PASSES; pass++) {
        const before = rotation.values
        rotation.damaged = 0
        for (const column of await sealedColumns(db, job.schema)) await rotateColumn(rotation, column)
        await rotateAnswers(rotation)
        await rotateConnections(rotation)
        if (rotation.values === before && pass > 1) break
        await delay(SETTLE_MS, undefined, { signal: job.signal })
      }
      await job.progress(rotation.values, rotation.values)
      return { values: rotation.values, damaged: rotation.damaged }
    },
  }
}

async function countLeft({ db, job, key }: Rotation): Promise<number> {
  const uses = await keyUse(db, job.schema)
  return uses.filter((use) => use.key !== key).reduce((sum, use) => sum + use.values, 0)
}

async function rotateDigestKey(rotation: Rotation): Promise<void> {
  const { db, job, vault, key } = rotation
  const table = `${job.schema}.tenon_secret`
  const { rows } = await db.query<{ box: string }>({
    text: `SELECT encode(digest_key, 'hex') AS box FROM ${table}`,
  })
  const box = rows[0] === undefined ? undefined : Buffer.from(rows[0].box, 'hex')
  const fresh = box === undefined ? undefined : vault.reseal(box, DIGEST_KEY_PLACE, key)
  if (fresh === undefined) return
  await db.query({
    text: `UPDATE ${table} SET digest_key = decode($1, 'hex') WHERE digest_key = decode($2, 'hex')`,
    values: [fresh.toString('hex'), box!.toString('hex')],
  })
  rotation.values++
}

/** A value that someone changes meanwhile is left to them: what they wrote has its own key. */
async function rotateColumn(rotation: Rotation, { field, table, column }: SealedColumn): Promise<void> {
  const { db, job, key } = rotation
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    job.signal.throwIfAborted()
    const batch: Statement = {
      text:
        `SELECT t."id"::text AS id, encode(t.${column}, 'hex') AS box FROM ${table} t WHERE t.${column} IS NOT NULL ` +
        `AND ${boxKeySql(`t.${column}`)} <> $1 AND t."id" > $2::uuid ORDER BY t."id" LIMIT ${BATCH}`,
      values: [key, after],
    }
    const { rows } = await db.transaction((tx) => tx.query<{ id: string; box: string }>(batch), LONG_SCAN)
    const fresh = rows.flatMap(({ id, box }) => {
      const resealed = resealOrCount(rotation, box, { field, record: id })
      return resealed === undefined ? [] : [{ id, was: `\\x${box}`, box: `\\x${resealed}` }]
    })
    const written = await db.query({
      text:
        `UPDATE ${table} t SET ${column} = x.box FROM jsonb_to_recordset($1::jsonb) AS x(id uuid, was bytea, box bytea) ` +
        `WHERE t."id" = x.id AND t.${column} = x.was`,
      values: [JSON.stringify(fresh)],
    })
    rotation.values += written.rowCount
    await job.progress(rotation.values, Math.max(rotation.total, rotation.values))
    const last = rows.at(-1)
    if (last === undefined || rows.length < BATCH) return
    after = last.id
  }
}

async function rotateAnswers(rotation: Rotation): Promise<void> {
  const { db, job, key } = rotation
  const table = `${job.schema}.tenon_idempotency`
  const { rows } = await db.query<{ actor: string; key: string; box: string }>({
    text: `SELECT actor::text AS actor, key, ${KEPT_BOX} AS box FROM ${table} WHERE ${IS_SEALED_ANSWER} AND ${KEPT_KEY} <> $1`,
    values: [key],
  })
  for (const row of rows) {
    job.signal.throwIfAborted()
    const resealed = resealOrCount(rotation, row.box, answerPlace(row.key))
    if (resealed === undefined) continue
    const written = await db.query({
      text: `UPDATE ${table} SET body = $3 WHERE actor = $1::uuid AND key = $2 AND body = $4`,
      values: [row.actor, row.key, SEALED_ANSWER + resealed, SEALED_ANSWER + row.box],
    })
    rotation.values += written.rowCount
  }
}

/** Secrets of connections are encrypted anew; their tokens are forgotten, since they are given again. */
async function rotateConnections(rotation: Rotation): Promise<void> {
  const { db, job, key } = rotation
  const table = `${job.schema}.tenon_connection_secret`
  const { rows } = await db.query<{ connection: string; name: string; box: string }>({
    text: `SELECT connection::text AS connection, name, encode(box, 'hex') AS box FROM ${table} WHERE ${boxKeySql('box')} <> $1`,
    values: [key],
  })
  for (const { connection, name, box } of rows) {
    job.signal.throwIfAborted()
    const resealed = resealOrCount(rotation, box, secretPlace(connection, name))
    if (resealed === undefined) continue
    const written = await db.query({
      text:
        `UPDATE ${table} SET box = decode($3, 'hex') WHERE connection = $1::uuid AND name = $2 ` +
        "AND box = decode($4, 'hex')",
      values: [connection, name, resealed, box],
    })
    rotation.values += written.rowCount
  }
  await db.query({
    text:
      `UPDATE ${job.schema}.tenon_connection SET token = NULL, token_until = NULL WHERE token IS NOT NULL ` +
      `AND ${boxKeySql('token')} <> $1`,
    values: [key],
  })
}

/** The value encrypted anew; undefined for one that was altered, which is counted and left as it is. */
function resealOrCount(rotation: Rotation, box: string, place: SealedPlace): string | undefined {
  try {
    return rotation.vault.reseal(Buffer.from(box, 'hex'), place, rotation.key)?.toString('hex')
  } catch (fault) {
    if (!(fault instanceof AppError) || fault.code !== 'SECRET_VALUE_DAMAGED') throw fault
    rotation.damaged++
    return undefined
  }
}
