import { randomUUID } from 'node:crypto'
import type { Executor } from '../db/database.ts'
import { parseJson } from '../db/values.ts'
import { refuse } from '../errors.ts'

/** How far an import of one file has come; it is written in the transaction of the rows that it counts. */
export interface Checkpoint {
  readonly id: string
  /** Visits to rows that are over; an import with several passes counts each pass. */
  readonly rowsDone: number
  readonly rowsStored: number
  readonly rowsRejected: number
  readonly isFinished: boolean
}

export interface CheckpointKey {
  readonly entityId: string
  /** Of the file's bytes. */
  readonly digest: Buffer
  readonly mapping: Readonly<Record<string, string>>
}

interface CheckpointRow {
  readonly id: string
  readonly rows_done: string
  readonly rows_stored: string
  readonly rows_rejected: string
  readonly finished: boolean
  readonly mapping: string
}

/**
 * The checkpoint of a file, made where there is none.
 * @param schema quoted
 * @param again forgets what was done before
 * @throws AppError IMPORT_MAPPING_MOVED when the file was begun with other columns and is not finished
 */
export async function openCheckpoint(
  db: Executor,
  schema: string,
  key: CheckpointKey,
  again: boolean,
): Promise<Checkpoint> {
  const place = [key.entityId, key.digest]
  if (again) {
    await db.query({
      text: `DELETE FROM ${schema}.tenon_import WHERE entity = $1 AND digest = $2`,
      values: place,
    })
  }
  await db.query({
    text: `INSERT INTO ${schema}.tenon_import (id, entity, digest, mapping) VALUES ($1, $2, $3, $4)
      ON CONFLICT (entity, digest) DO NOTHING`,
    values: [randomUUID(), ...place, JSON.stringify(key.mapping)],
  })
  const found = await readCheckpoint(db, schema, key.entityId, key.digest)
  if (found === undefined) throw refuse('IMPORT_UNDER_WAY')
  const { mapping, ...checkpoint } = found
  const isSame = sameMapping(mapping, key.mapping)
  if (isSame || checkpoint.isFinished) return checkpoint
  throw refuse('IMPORT_MAPPING_MOVED', '/map', { params: { rows: checkpoint.rowsDone } })
}

/** The checkpoint of a file and the columns with which it was begun; undefined where it was not. */
export async function readCheckpoint(
  db: Executor,
  schema: string,
  entityId: string,
  digest: Buffer,
): Promise<(Checkpoint & { readonly mapping: CheckpointKey['mapping'] }) | undefined> {
  const found = await db.query<CheckpointRow>({
    text: `SELECT id::text AS id, rows_done, rows_stored, rows_rejected, finished, mapping::text AS mapping
      FROM ${schema}.tenon_import WHERE entity = $1 AND digest = $2`,
    values: [entityId, digest],
  })
  const row = found.rows[0]
  if (row === undefined) return undefined
  return {
    id: row.id,
    rowsDone: Number(row.rows_done),
    rowsStored: Number(row.rows_stored),
    rowsRejected: Number(row.rows_rejected),
    isFinished: row.finished,
    mapping: parseJson(row.mapping),
  }
}

function sameMapping(
  left: Readonly<Record<string, string>>,
  right: Readonly<Record<string, string>>,
): boolean {
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key])
}

/**
 * Moves a checkpoint on, in the transaction of a batch.
 * @throws AppError IMPORT_UNDER_WAY when another import of the file has moved it meanwhile
 */
export async function moveCheckpoint(
  tx: Executor,
  schema: string,
  from: Checkpoint,
  to: Checkpoint,
): Promise<void> {
  const moved = await tx.query({
    text: `UPDATE ${schema}.tenon_import SET rows_done = $3, rows_stored = $4, rows_rejected = $5,
      finished = $6, updated_at = now() WHERE id = $1 AND rows_done = $2`,
    values: [from.id, from.rowsDone, to.rowsDone, to.rowsStored, to.rowsRejected, to.isFinished],
  })
  if (moved.rowCount === 0) throw refuse('IMPORT_UNDER_WAY')
}
