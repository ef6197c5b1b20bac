import type { Executor, Transaction } from '../db/database.ts'
import { databaseOn } from '../db/within-transaction.ts'
import { AppError, type Problem, problem, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { removeRecord } from './delete.ts'
import { keepKeys } from './duplicate-guard.ts'
import { holdAllKeys } from './duplicate-keys.ts'
import { holdNumbers } from './gapless-numbers.ts'
import { readRecord, recordId } from './get.ts'
import { assertFree } from './held.ts'
import { holdAncestors } from './hold-ancestors.ts'
import { inWrite } from './in-write.ts'
import { passConversions, passShares } from './merge-belongings.ts'
import { chooseParents, letGo } from './merge-parents.ts'
import { type Merged, type Moved, pointAnew } from './merge-pointers.ts'
import { readMerged } from './merge-sight.ts'
import { keepMerge } from './merge-trail.ts'
import { type ChosenValue, chooseValues, type LeftValue } from './merge-values.ts'
import { writeMerged } from './merge-write.ts'
import { assertCurrent, modelGuard } from './model-moved.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { type MergeWish, mergedFields, parseMerge } from './parse-merge.ts'
import { editableSql } from './plan-update.ts'
import { sightPredicate } from './row-source.ts'
import { type ShownRecord, shownRecords } from './shown-cells.ts'
import { assertChangeable, assertTouchable } from './touch.ts'

/**
 * Merges records into one that stays: it gets the values that are said or kept by the default rule, everything that pointed
 * to the others points to it, and the others go to the recycle bin. All of it or nothing.
 * @param body `{"with": [id, …], "take": {"<field>": id}, "reason"}`
 * @throws AppError RECORD_NOT_FOUND, AUTH_DENIED, RECORD_LOCKED, with every fault of the body at its place, and as changing
 * and deleting records do
 */
export async function mergeRecords(
  context: RequestContext,
  entityName: string,
  id: string,
  body: unknown,
  options: { readonly runner?: Executor; readonly isDryRun?: boolean } = {},
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const survivor = recordId(id)
  await assertChangeable(context, options.runner ?? context.db, entity, survivor)
  if (context.access.entity(entity.name).delete === 'none') throw refuse('AUTH_DENIED', '/with')
  const wish = parseMerge(context, entity, survivor, body)
  const merged = { entity, survivor, losers: wish.losers }
  const done = await inWrite(context, options, async (tx) => {
    const inside = await holdMerged(context, tx, merged)
    await assertMergeable(inside, tx, merged, wish)
    return await merge(inside, tx, merged, wish)
  })
  return { status: 200, body: present(merged, done) }
}

/**
 * Takes what the merge needs in the order in which every write does: keys, numbers, what records are rolled up into, and the
 * records themselves by their ids, so strongly that nothing begins to point to one that goes.
 * @throws AppError RECORD_NOT_FOUND, FIELD_REFERENCE_MISSING for each that is gone or out of sight
 */
async function holdMerged(
  asked: RequestContext,
  tx: Executor,
  { entity, survivor, losers }: Merged,
): Promise<RequestContext> {
  const context = await holdAllKeys(asked, tx, entity)
  await holdNumbers(context, tx, entity)
  const ids = [survivor, ...losers]
  await holdAncestors(context, tx, entity, ids, [])
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const text =
    `SELECT t."id"::text AS id FROM ${entity.table} t WHERE t."id" = ANY(${parameters.open('ids', 'uuid[]')}) ` +
    `AND ${sightPredicate(source, entity, 't', false)} ` +
    `AND ${modelGuard(context.model.schema, parameters.open('version', 'integer'))} ORDER BY t."id" FOR UPDATE`
  const { rows } = await tx.query<{ id: string }>(
    bind(toPlan(text, parameters), context, { ids, version: context.model.version }),
  )
  const found = new Set(rows.map((row) => row.id))
  if (found.size < ids.length) await assertCurrent(context, tx)
  if (!found.has(survivor)) throw refuse('RECORD_NOT_FOUND')
  const missing = losers.flatMap((id, index) =>
    found.has(id) ? [] : [problem('FIELD_REFERENCE_MISSING', `/with/${index}`)],
  )
  if (missing.length > 0) throw new AppError(missing)
  return context
}

/** @throws AppError AUTH_DENIED, RECORD_LOCKED and FIELD_DENIED, each at its place */
async function assertMergeable(
  context: RequestContext,
  tx: Executor,
  { entity, survivor, losers }: Merged,
  wish: MergeWish,
): Promise<void> {
  await assertTouchable(context, tx, entity, survivor, 'update', '')
  // Who is to decide about a locked record may change some of its fields; that is not meant here.
  await assertFree(context, tx, entity, [survivor], 'locked')
  const problems: Problem[] = []
  for (const [index, id] of losers.entries()) {
    try {
      await assertTouchable(context, tx, entity, id, 'delete', `/with/${index}`)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new AppError(problems)
  const shown = await shownRecords(context, tx, entity, losers)
  const said = [...wish.take].filter(([, from]) => from !== survivor)
  const editable = await editableFields(context, tx, entity, survivor, said)
  const denied = said.filter(
    ([field, from]) => !editable.has(field) || shown.get(from)?.cells(field) !== 'whole',
  )
  if (denied.length > 0)
    throw new AppError(denied.map(([field]) => problem('FIELD_DENIED', `/take/${field.name}`)))
}

/** Which of the fields the actor may change in the record. */
async function editableFields(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  said: readonly (readonly [CompiledField, string])[],
): Promise<ReadonlySet<CompiledField>> {
  if (said.length === 0) return new Set()
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const items = said.map(([field], index) => `(${editableSql(source, entity, field)}) IS TRUE AS f${index}`)
  const text = `SELECT ${items.join(', ')} FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')}`
  const { rows } = await tx.query<Record<string, boolean>>(bind(toPlan(text, parameters), context, { id }))
  return new Set(said.flatMap(([field], index) => (rows[0]?.[`f${index}`] === true ? [field] : [])))
}

/** What came of a merge. */
interface Done {
  readonly record: string | undefined
  readonly values: ReadonlyMap<CompiledField, ChosenValue>
  readonly left: readonly LeftValue[]
  readonly moved: Moved
  readonly shares: number
  /** As the actor saw them before. */
  readonly shown: ReadonlyMap<string, ShownRecord>
}

async function merge(context: RequestContext, tx: Executor, merged: Merged, wish: MergeWish): Promise<Done> {
  const { entity, survivor, losers } = merged
  const ids = [survivor, ...losers]
  const shown = await shownRecords(context, tx, entity, ids)
  const stored = await readMerged(context, tx, entity, mergedFields(entity), ids)
  const merging = { entity, survivor, wish, stored }
  const chosen = chooseValues(context, merging)
  const moved = await pointAnew(context, tx, merged)
  const parents = await chooseParents(tx, merging)
  await letGo(context, tx, merged, merging)
  const shares = await passShares(context, tx, merged)
  await passConversions(context, tx, merged)
  // Before the values are written: what only one live record may have is free then.
  for (const id of losers) await removeRecord(context, tx, entity, id, undefined)
  const { cell } = context.access.entity(entity.name)
  const isClosed = (field: CompiledField) =>
    shown.get(survivor)?.cells(field) !== 'whole' || cell(field).edit === 'none'
  const written = await writeMerged(context, tx, merged, new Map([...chosen.values, ...parents]), isClosed)
  await keepKeys(context, tx, entity, [survivor])
  await keepMerge(context, tx, merged, wish.reason)
  const inside = { ...context, db: databaseOn(tx as Transaction) }
  const record = await readRecord(inside, tx, entity, survivor)
  return { record, values: written.values, left: [...chosen.left, ...written.left], moved, shares, shown }
}

/** What the actor may know of it. */
function present({ survivor, losers }: Merged, done: Done): string {
  const isShown = (field: CompiledField, ids: readonly string[]) =>
    ids.every((id) => done.shown.get(id)?.cells(field) === 'whole')
  const taken: Record<string, string> = {}
  const joined: string[] = []
  for (const [field, { from }] of done.values) {
    if (!isShown(field, from === undefined ? [survivor, ...losers] : [survivor, from])) continue
    if (from === undefined) joined.push(field.name)
    else taken[field.name] = from
  }
  const left = done.left
    .filter(({ field, from }) => isShown(field, [survivor, from]))
    .map(({ field, from, values }) => ({
      ...{ field: field.name, from },
      ...(values === undefined || field.relation !== undefined ? {} : { values }),
    }))
  const head = {
    ...{ id: survivor, merged: losers, taken, joined, left },
    ...{ moved: Object.fromEntries(done.moved), shares: done.shares },
  }
  return `{"data":${JSON.stringify(head).slice(0, -1)},"record":${done.record ?? 'null'}}}`
}
