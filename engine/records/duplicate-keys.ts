import type { Executor } from '../db/database.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { type Comparison, comparisonOf, digest } from '../model/duplicate-rules.ts'
import type { RequestContext } from './context.ts'

/** The values of some fields of a record. */
export type ComparedValues = ReadonlyMap<CompiledField, unknown>

/** The digests by which a record is found. */
export interface KeyedRecord {
  readonly id: string
  readonly keys: readonly string[]
}

/** How many records of a transaction are held key by key: PostgreSQL has room for some thousand locks in all. */
const MOST_HELD_SINGLY = 1

/**
 * Holds the keys of what is about to be written until the transaction ends, so that of two writers of the same key the
 * second looks when the first is done. Call in a statement before the check. A writer of many records holds all keys of
 * the workspace instead, against which everyone else holds a share.
 */
export async function holdKeys(
  context: RequestContext,
  tx: Executor,
  records: readonly KeyedRecord[],
): Promise<void> {
  if (context.duplicates?.isHeld === true || records.every(({ keys }) => keys.length === 0)) return
  const all = digest(`${context.model.schema} duplicates`)
  if (records.length > MOST_HELD_SINGLY) {
    await tx.query({ text: 'SELECT pg_advisory_xact_lock($1::bigint)', values: [all] })
    return
  }
  // Locks are the database's, workspaces share it. In one order, so that two writers do not wait for each other.
  const salt = BigInt(all)
  const keys = new Set(records.flatMap((record) => record.keys))
  const locks = [...keys].map((key) => BigInt.asIntN(64, BigInt(key) ^ salt)).sort(compareNumbers)
  await tx.query({
    text:
      'SELECT CASE WHEN u.n = 1 THEN pg_advisory_xact_lock_shared(u.k) IS NULL ELSE pg_advisory_xact_lock(u.k) IS NULL END ' +
      'FROM unnest($1::bigint[]) WITH ORDINALITY u(k, n)',
    values: [[all, ...locks.map(String)]],
  })
}

function compareNumbers(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/**
 * Holds all keys at once for a transaction that writes many records of an entity, before it holds any row.
 * @returns the context for its writes
 */
export async function holdAllKeys(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
): Promise<RequestContext> {
  if (comparisonOf(context.model, entity) === undefined || context.duplicates?.isHeld === true) return context
  const all = digest(`${context.model.schema} duplicates`)
  await tx.query({ text: 'SELECT pg_advisory_xact_lock($1::bigint)', values: [all] })
  return { ...context, duplicates: { ...context.duplicates, isHeld: true } }
}

/** Keeps the keys beside the records. */
export async function writeKeys(
  model: CompiledModel,
  tx: Executor,
  entity: CompiledEntity,
  records: readonly KeyedRecord[],
): Promise<void> {
  if (records.length === 0) return
  const rows = records.map(({ id, keys }) => `{"id":"${id}","keys":[${keys.join(',')}]}`)
  await tx.query({
    text:
      `INSERT INTO ${model.schema}.tenon_duplicate_key (record, entity, keys) ` +
      'SELECT r.id, $2::uuid, r.keys FROM json_to_recordset($1::json) AS r(id uuid, keys bigint[]) ' +
      'ON CONFLICT (record) DO UPDATE SET entity = EXCLUDED.entity, keys = EXCLUDED.keys',
    values: [`[${rows.join(',')}]`, entity.id],
  })
}

/** What is stored of an entity's records in the fields that rules compare, whatever the actor may see. */
export async function readCompared(
  tx: Executor,
  entity: CompiledEntity,
  { fields }: Comparison,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ComparedValues>> {
  const items = fields.map((field, index) => `t.${field.columns[0]}::text AS f${index}`)
  const { rows } = await tx.query<Record<string, string | null> & { id: string }>({
    text: `SELECT t."id"::text AS id, ${items.join(', ')} FROM ${entity.table} t WHERE t."id" = ANY($1::uuid[])`,
    values: [ids],
  })
  return new Map(rows.map((row) => [row.id, new Map(fields.map((field, at) => [field, row[`f${at}`]]))]))
}
