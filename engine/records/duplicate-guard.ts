import type { Executor } from '../db/database.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import {
  type Comparison,
  type CompiledDuplicateRule,
  type CompiledMatch,
  comparisonOf,
  digestsOf,
  recordDigests,
  type ValueOf,
} from '../model/duplicate-rules.ts'
import type { RequestContext } from './context.ts'
import { holdKeys, readCompared, writeKeys } from './duplicate-keys.ts'
import { judgeDuplicates } from './judge-duplicates.ts'
import type { WriteValues } from './parse-write.ts'

/** A record that is being written, with what is compared. */
export interface GuardedRecord {
  readonly id: string
  /** JSON pointer of its body in the request. */
  readonly path: string
  readonly valueAt: ValueOf
  /** The digests by which it is found. */
  readonly keys: readonly string[]
  /** What is to be looked for, each with its digests. */
  readonly asked: readonly AskedMatch[]
}

export interface AskedMatch {
  readonly rule: CompiledDuplicateRule
  readonly match: CompiledMatch
  readonly keys: readonly string[]
}

interface NewValues {
  readonly id: string
  readonly path: string
  readonly values: WriteValues
}

/** Runs the insert of new records of an entity between holding their keys and judging them. */
export async function guardInsert<T>(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  comparison: Comparison,
  records: readonly NewValues[],
  insert: () => Promise<T>,
): Promise<T> {
  const guarded = records.map((record) => guardNew(context, comparison, record))
  await holdKeys(context, tx, guarded)
  const written = await insert()
  await writeKeys(
    context.model,
    tx,
    entity,
    guarded.filter(({ keys }) => keys.length > 0),
  )
  await judgeDuplicates(context, tx, entity, guarded)
  return written
}

/** A new record as far as it is filled in, of which nothing is stored or held. */
export function guardNew(
  context: RequestContext,
  comparison: Comparison,
  { id, path, values }: NewValues,
): GuardedRecord {
  return guard(context, comparison, id, path, (field) => values.get(field))
}

/** The comparison that a change of these fields may move; undefined where it moves none. */
export function movedComparison(
  context: RequestContext,
  entity: CompiledEntity,
  values: WriteValues,
): Comparison | undefined {
  const comparison = comparisonOf(context.model, entity)
  return comparison?.fields.some((field) => values.has(field)) === true ? comparison : undefined
}

/**
 * Runs a change of a record between holding its new keys and judging it: by what it moves alone, so that one that was let
 * pass as another record does not have to say so at every save.
 */
export async function guardChange<T>(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  comparison: Comparison,
  { id, path, values }: NewValues,
  change: () => Promise<T>,
): Promise<T> {
  const read = async () => (await readCompared(tx, entity, comparison, [id])).get(id)
  const before = await read()
  if (before === undefined) return await change()
  const { soundOf } = context.search
  const keysBefore = recordDigests(comparison, (field) => before.get(field), soundOf)
  const planned = guard(context, comparison, id, path, (field) =>
    values.has(field) ? values.get(field) : before.get(field),
  )
  await holdKeys(context, tx, [planned])
  const outcome = await change()
  // Somebody may have changed another of the fields between our look and our write.
  const after = (await read()) ?? before
  const stored = guard(context, comparison, id, path, (field) => after.get(field))
  if (stored.keys.join() !== planned.keys.join()) await holdKeys(context, tx, [stored])
  if (stored.keys.join() !== keysBefore.join()) await writeKeys(context.model, tx, entity, [stored])
  await judgeDuplicates(context, tx, entity, [movedOf(context, stored, before)])
  return outcome
}

/**
 * A change of a record as far as it is filled in, by what it moves, of which nothing is written or held; undefined where
 * there is no such record.
 */
export async function guardUnsaved(
  context: RequestContext,
  entity: CompiledEntity,
  comparison: Comparison,
  { id, path, values }: NewValues,
): Promise<GuardedRecord | undefined> {
  const before = (await readCompared(context.db, entity, comparison, [id])).get(id)
  if (before === undefined) return undefined
  const planned = guard(context, comparison, id, path, (field) =>
    values.has(field) ? values.get(field) : before.get(field),
  )
  return movedOf(context, planned, before)
}

/** Only what is compared otherwise than before. */
function movedOf(
  { search: { soundOf } }: RequestContext,
  record: GuardedRecord,
  before: ReadonlyMap<CompiledField, unknown>,
): GuardedRecord {
  const asked = record.asked.filter(({ match, keys }) => {
    const was = digestsOf(keySpec(match), (field) => before.get(field), soundOf)
    return keys.join() !== was.join()
  })
  return { ...record, asked }
}

/** Keys and judgement of records that came back from the recycle bin, which were stored before rules may have changed. */
export async function guardRestored(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<void> {
  const comparison = comparisonOf(context.model, entity)
  if (comparison === undefined) return
  const guarded = await guardStored(context, tx, entity, comparison, ids)
  await holdKeys(context, tx, guarded)
  await writeKeys(context.model, tx, entity, guarded)
  await judgeDuplicates(context, tx, entity, guarded)
}

/** Keeps the keys of records that another write changed as its consequence: about that nobody is asked. */
export async function keepKeys(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<void> {
  const comparison = comparisonOf(context.model, entity)
  if (comparison === undefined || ids.length === 0) return
  const guarded = await guardStored(context, tx, entity, comparison, ids)
  await writeKeys(context.model, tx, entity, guarded)
}

/** Records as they are stored, with what is compared. */
export async function guardStored(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  comparison: Comparison,
  ids: readonly string[],
): Promise<readonly GuardedRecord[]> {
  const values = await readCompared(runner, entity, comparison, ids)
  return [...values].map(([id, own]) => guard(context, comparison, id, '', (field) => own.get(field)))
}

function guard(
  { search }: RequestContext,
  comparison: Comparison,
  id: string,
  path: string,
  valueAt: (field: CompiledField) => unknown,
): GuardedRecord {
  const asked = comparison.rules.flatMap((rule) =>
    rule.matches.flatMap((match) => {
      const keys = digestsOf(keySpec(match), valueAt, search.soundOf)
      return keys.length === 0 ? [] : [{ rule, match, keys }]
    }),
  )
  return { id, path, valueAt, keys: recordDigests(comparison, valueAt, search.soundOf), asked }
}

function keySpec({ own, comparing }: CompiledMatch) {
  return { compared: own, comparing }
}
