import type { Executor } from '../db/database.ts'
import { AppError, type Problem, problem, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { recordFault } from './faults.ts'
import { assertFree } from './held.ts'
import { inWrite } from './in-write.ts'
import { assertCurrent } from './model-moved.ts'
import { fieldsBeside, fitSlots, unfitWithStored } from './option-fit.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import type { WriteValues } from './parse-write.ts'
import { editableSql, planBrokenChange, planUpdate } from './plan-update.ts'
import { groupReferences, guardSlots, missingReferences, referencesOf } from './references.ts'
import { atPath, isKeptElsewhere, linkIds } from './relations.ts'
import { revealed } from './reveal.ts'
import { sightPredicate } from './row-source.ts'
import { deniedEntries } from './stage-entries.ts'
import { isStored, searchTokens, storedColumns } from './store-value.ts'
import { assertTouchable } from './touch.ts'
import { checkTransition, stagesBefore } from './transitions.ts'
import { brokenBy, isConditional } from './write-conditions.ts'

/** A change about to be made to one record: checked. */
export interface RecordChange {
  readonly id: string
  readonly values: WriteValues
  /** The version that it must replace, from If-Match. */
  readonly expected: number | undefined
  /** JSON pointer of its body in the request. */
  readonly path: string
}

/** Writes a change to the record's own row, and gives its JSON text as the actor sees it. */
export async function updateRow(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  change: RecordChange,
): Promise<string> {
  const written = await tryUpdate(context, runner, entity, change)
  if (written !== undefined) return written
  await explainRefusal(context, runner, entity, change)
  // Another write came between. From here on the row is held, so that one more try is enough however many write it.
  return await inWrite(context, runner === context.db ? {} : { runner }, async (tx) => {
    await tx.query({
      text: `SELECT 1 FROM ${entity.table} t WHERE t."id" = $1::uuid FOR NO KEY UPDATE`,
      values: [change.id],
    })
    const again = await tryUpdate(context, tx, entity, change)
    if (again !== undefined) return again
    await explainRefusal(context, tx, entity, change)
    throw refuse('RECORD_BUSY', change.path)
  })
}

async function tryUpdate(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  change: RecordChange,
): Promise<string | undefined> {
  const references = referencesOf(context, entity, change.values, change.path)
  const groups = groupReferences(references)
  const tokens = await newTokens(context, runner, entity, change)
  const expected = change.expected ?? tokens?.version
  const fields = [...change.values.keys()]
  const plan = planUpdate(context, entity, {
    fields,
    groups,
    isVersioned: expected !== undefined,
    hasTokens: tokens !== undefined,
    elsewhere: fields.filter(isKeptElsewhere),
  })
  const slots = {
    id: change.id,
    via: context.via,
    version: context.model.version,
    expected,
    search: tokens?.search,
    ...guardSlots(groups),
    ...(await valueSlots(context, entity, change)),
    ...linkSlots(change.values),
    ...fitSlots(entity, change.values),
  }
  try {
    const written = await runner.query<{ j: string }>(bind(plan, context, slots))
    return revealed(context.model, plan, written.rows[0]?.j)
  } catch (error) {
    throw await recordFault(context, error, entity, change)
  }
}

function linkSlots(values: WriteValues): Record<string, unknown> {
  const elsewhere = [...values].filter(([field]) => isKeptElsewhere(field))
  return Object.fromEntries(
    elsewhere.flatMap(([field, value], at) =>
      field.relation?.kind === 'many' ? [[`links${at}`, linkIds(value)]] : [],
    ),
  )
}

async function valueSlots(
  context: RequestContext,
  entity: CompiledEntity,
  { id, values }: RecordChange,
): Promise<Record<string, unknown>> {
  const slots: Record<string, unknown> = {}
  const stored = [...values].filter(([field]) => isStored(field))
  for (const [at, [field, value]] of stored.entries()) {
    const columns = await storedColumns(context.model, field, value, id)
    for (const [part, column] of columns.entries()) slots[`value${at}.${part}`] = column.value
    const pipeline = entity.pipelines.get(field.name)
    if (pipeline !== undefined) slots[`from${at}`] = stagesBefore(pipeline, value)
  }
  return slots
}

/**
 * The search tokens that a change leads to, with the version they hold for; undefined where it touches no text
 * that is searched. They are made of all searched texts, so those that stay are read first.
 */
async function newTokens(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  change: RecordChange,
): Promise<{ search: string[]; version: number | undefined } | undefined> {
  if (!entity.searchFields.some((field) => change.values.has(field))) return undefined
  const kept = entity.searchFields.filter((field) => !change.values.has(field))
  if (kept.length === 0) return { search: searchTokens(context, entity, change.values), version: undefined }
  const stored = await readStored(context, runner, entity, change.id, kept)
  const values = new Map([...(stored?.values ?? []), ...change.values])
  return { search: searchTokens(context, entity, values), version: stored?.version ?? 0 }
}

interface StoredRecord {
  readonly version: number
  readonly values: WriteValues
}

/** Some fields of a live record in sight, with its version; undefined where there is none. */
async function readStored(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  id: string,
  fields: readonly CompiledField[],
): Promise<StoredRecord | undefined> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const items = fields.map((field, index) => `to_json(t.${field.columns[0]})::text AS f${index}`)
  const text =
    `SELECT ${['t."version"', ...items].join(', ')} FROM ${entity.table} t ` +
    `WHERE t."id" = ${parameters.open('id', 'uuid')} AND ${sightPredicate(source, entity, 't', false)}`
  const found = await runner.query<Record<string, string | null> & { version: number }>(
    bind(toPlan(text, parameters), context, { id }),
  )
  const row = found.rows[0]
  if (row === undefined) return undefined
  const values = fields.map((field, index) => [field, JSON.parse(row[`f${index}`] ?? 'null')] as const)
  return { version: Number(row.version), values: new Map<CompiledField, unknown>(values) }
}

/** @throws AppError FIELD_DENIED for each field that the actor may not change in this record, RECORD_LOCKED */
async function assertEditable(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  change: RecordChange,
): Promise<void> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const fields = [...change.values.keys()]
  const items = fields.map((field, index) => `(${editableSql(source, entity, field)}) AS f${index}`)
  const text = `SELECT ${items.join(', ')} FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')}`
  const found = await runner.query<Record<string, boolean | null>>(
    bind(toPlan(text, parameters), context, { id: change.id }),
  )
  const row = found.rows[0] ?? {}
  const denied = fields.filter((_, index) => row[`f${index}`] !== true)
  if (denied.length > 0) {
    await assertFree(context, runner, entity, [change.id], 'locked', change.path)
    throw new AppError(denied.map((field) => problem('FIELD_DENIED', `${change.path}/${field.name}`)))
  }
}

/** Why an update wrote nothing. Returns where another write came between: then it is worth another try. */
async function explainRefusal(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  change: RecordChange,
): Promise<void> {
  await assertCurrent(context, runner)
  const staged = [...change.values.keys()].filter((field) => entity.pipelines.has(field.name))
  const beside = fieldsBeside(entity, [...change.values.keys()])
  const needed = [...new Set([...staged, ...beside, entity.fields.get('id')!])]
  const stored = await readStored(context, runner, entity, change.id, needed)
  if (stored === undefined) throw refuse('RECORD_NOT_FOUND', change.path)
  await assertTouchable(context, runner, entity, change.id, 'update', change.path)
  await assertEditable(context, runner, entity, change)
  if (change.expected !== undefined && stored.version !== change.expected) {
    throw refuse('RECORD_VERSION_MOVED', change.path, { params: { version: stored.version } })
  }
  const missing = await missingReferences(
    context,
    runner,
    referencesOf(context, entity, change.values, change.path),
  )
  if (missing.length > 0) throw new AppError(missing)
  const moves = staged.map((field) => ({
    field,
    from: stored.values.get(field),
    to: change.values.get(field),
  }))
  const denied = [
    ...(await deniedEntries(context, runner, entity, change.id, moves)),
    ...moves.flatMap(
      ({ field, from, to }) => checkTransition(entity.pipelines.get(field.name)!, from, to) ?? [],
    ),
  ]
  const broken = [
    ...unfitWithStored(entity, change.values, stored.values),
    ...(await brokenByChange(context, runner, entity, change)),
  ]
  if (denied.length + broken.length > 0) throw new AppError(atPath([...denied, ...broken], change.path))
}

/** The problems of a change that does not meet the rules of its entity. */
export async function brokenByChange(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  change: RecordChange,
): Promise<readonly Problem[]> {
  if (!isConditional(context, entity)) return []
  const { plan, problems } = planBrokenChange(context, entity, [...change.values.keys()])
  const slots = { id: change.id, ...(await valueSlots(context, entity, change)) }
  const { rows } = await runner.query<{ flags: string }>(bind(plan, context, slots))
  return brokenBy(problems, rows[0]?.flags)
}
