import type { TypedRule } from '../../metadata/rules/types.ts'
import { trailKey } from '../audit/trail.ts'
import type { Executor } from '../db/database.ts'
import { AppError, type Problem, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { isWatched } from '../model/computed.ts'
import { comparisonOf } from '../model/duplicate-rules.ts'
import { isConcealed } from '../registry/field-type.ts'
import type { RequestContext } from './context.ts'
import { guardInsert } from './duplicate-guard.ts'
import { recordFault } from './faults.ts'
import { gaplessFields, giveNumbers } from './gapless-numbers.ts'
import { readRecord } from './get.ts'
import { holdAncestors } from './hold-ancestors.ts'
import { inWrite } from './in-write.ts'
import { assertCurrent } from './model-moved.ts'
import { numberSql } from './numbers.ts'
import { bind } from './parameters.ts'
import type { WriteValues } from './parse-write.ts'
import { columnSlot, emptySlots, planBroken, planCreate, planHolding } from './plan-create.ts'
import { groupReferences, guardSlots, missingReferences, referencesOf } from './references.ts'
import { atPath } from './relations.ts'
import { revealed } from './reveal.ts'
import { settle } from './settle.ts'
import { isStored, rowJsonText, type StoredColumn, searchTokens, storedColumns } from './store-value.ts'
import { brokenBy, isConditional } from './write-conditions.ts'

/** A record about to be made: checked, with its id. */
export interface NewRecord {
  readonly id: string
  readonly values: WriteValues
  /** JSON pointer of its body in the request. */
  readonly path: string
}

interface WrittenRow {
  readonly id: string
  readonly j?: string
}

/**
 * Inserts checked records of one entity in one statement, with their audit rows.
 * Where duplicate rules speak of the entity, they are judged with it, in one transaction.
 * @throws ModelMovedError, or AppError for a missing reference, a duplicate, or what a duplicate rule refuses
 */
export async function insertRows(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  records: readonly NewRecord[],
  answer: 'record' | 'ids',
): Promise<readonly WrittenRow[]> {
  const comparison = comparisonOf(context.model, entity)
  if (comparison === undefined) return await insertNumbered(context, runner, entity, records, answer)
  return await inWrite(context, runner === context.db ? {} : { runner }, (tx) =>
    guardInsert(context, tx, entity, comparison, records, () =>
      insertNumbered(context, tx, entity, records, answer),
    ),
  )
}

async function insertNumbered(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  records: readonly NewRecord[],
  answer: 'record' | 'ids',
): Promise<readonly WrittenRow[]> {
  if (gaplessFields(entity).length === 0) return await insertPlain(context, runner, entity, records, answer)
  // A number that is given back when the rest fails needs one transaction with the rest.
  return await inWrite(context, runner === context.db ? {} : { runner }, async (tx) => {
    const written = await insertPlain(context, tx, entity, records, answer)
    await giveNumbers(context, tx, entity, records)
    if (answer === 'ids') return written
    const json = await readRecord(context, tx, entity, records[0]!.id)
    return json === undefined ? written : [{ id: records[0]!.id, j: json }]
  })
}

async function insertPlain(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  records: readonly NewRecord[],
  answer: 'record' | 'ids',
): Promise<readonly WrittenRow[]> {
  const references = records.flatMap((record) => referencesOf(context, entity, record.values, record.path))
  const groups = groupReferences(references)
  const plan = planCreate(context, entity, groups, await numberSql(context, entity), answer)
  const slots = {
    ...(answer === 'record'
      ? await singleSlots(context, entity, records[0]!)
      : await manySlots(context, entity, records)),
    via: context.via,
    version: context.model.version,
    ...guardSlots(groups),
  }
  if (isWatched(context.model, entity)) {
    const values = records.map((record) => record.values)
    await holdAncestors(context, runner, entity, [], values)
  }
  const written = await insert()
  if (written.length === records.length) {
    await settle(context, runner, { entity, ids: records.map(({ id }) => id), before: new Map() })
    return written
  }
  await assertCurrent(context, runner)
  const missing = await missingReferences(context, runner, references)
  const broken = [...(await brokenNew(context, runner, entity, records, answer)).values()].flat()
  if (missing.length + broken.length > 0) throw new AppError([...missing, ...broken])
  throw refuse('RECORD_BUSY') // what was missing a moment ago is there now: nothing was stored
  async function insert(): Promise<readonly WrittenRow[]> {
    try {
      const { rows } = await runner.query<WrittenRow>(bind(plan, context, slots))
      return rows.map((row) =>
        row.j === undefined ? row : { ...row, j: revealed(context.model, plan, row.j) },
      )
    } catch (error) {
      throw await recordFault(context, error, entity, records.length === 1 ? records[0] : undefined)
    }
  }
}

/** The problems of those new records that do not meet the rules of their entity, by id. */
export async function brokenNew(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  records: readonly NewRecord[],
  answer: 'record' | 'ids',
): Promise<ReadonlyMap<string, readonly Problem[]>> {
  if (records.length === 0 || !isConditional(context, entity)) return new Map()
  const { plan, problems } = planBroken(context, entity, answer)
  const slots =
    answer === 'record'
      ? await singleSlots(context, entity, records[0]!)
      : await manySlots(context, entity, records)
  const { rows } = await runner.query<{ id: string; flags: string }>(bind(plan, context, slots))
  const paths = new Map(records.map(({ id, path }) => [id, path]))
  return new Map(rows.map(({ id, flags }) => [id, atPath(brokenBy(problems, flags), paths.get(id) ?? '')]))
}

/** Whether each of some rules holds for a new record, of which nothing is stored. */
export async function holdingRules(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  record: NewRecord,
  rules: readonly TypedRule[],
): Promise<readonly boolean[]> {
  if (rules.length === 0) return []
  const slots = await singleSlots(context, entity, record)
  const { rows } = await runner.query<Readonly<Record<string, boolean>>>(
    bind(planHolding(context, entity, rules), context, slots),
  )
  return rules.map((_rule, index) => rows[0]?.[`w${index}`] === true)
}

/** A single record goes in as one parameter a column: reading it from JSON would cost a tenth more. */
async function singleSlots(
  context: RequestContext,
  entity: CompiledEntity,
  record: NewRecord,
): Promise<Record<string, unknown>> {
  const slots: Record<string, unknown> = { ...emptySlots(entity), changes: changesText(context, record) }
  for (const { column, value } of await rowColumns(context, entity, record)) slots[columnSlot(column)] = value
  return slots
}

async function manySlots(
  context: RequestContext,
  entity: CompiledEntity,
  records: readonly NewRecord[],
): Promise<Record<string, unknown>> {
  const texts: string[] = []
  for (const record of records) texts.push(rowJsonText(await rowColumns(context, entity, record)))
  return { rows: `[${texts.join(',')}]`, changes: changesList(context, records) }
}

async function rowColumns(
  context: RequestContext,
  entity: CompiledEntity,
  record: NewRecord,
): Promise<readonly StoredColumn[]> {
  const columns: StoredColumn[] = [{ column: '"id"', sqlType: 'uuid', value: record.id }]
  for (const [field, value] of record.values) {
    if (value === null || field.name === 'id' || !isStored(field)) continue
    const stored = storedColumns(context.model, field, value, record.id)
    columns.push(...(stored instanceof Promise ? await stored : stored))
  }
  if (entity.searchFields.length > 0) {
    const tokens = searchTokens(context, entity, record.values)
    columns.push({ column: '"search"', sqlType: 'text[]', value: tokens })
  }
  return columns
}

/** What the audit keeps of a new record: each value that was set, by column. */
function changesText(context: RequestContext, record: NewRecord): string {
  const changes: Record<string, unknown> = {}
  for (const [field, value] of record.values) {
    if (value === null || field.system) continue
    changes[trailKey(field)] = isConcealed(field.type) ? null : auditValue(context, field, value)
  }
  return JSON.stringify(changes)
}

function changesList(context: RequestContext, records: readonly NewRecord[]): string {
  const items = records.map((record) => `{"id":"${record.id}","changes":${changesText(context, record)}}`)
  return `[${items.join(',')}]`
}

/** A dynamic lookup is kept with its target's id, as in its column: it outlives a rename of the entity. */
function auditValue(context: RequestContext, field: CompiledField, value: unknown): unknown {
  if (field.relation?.kind !== 'dynamic') return value
  const { entity, id } = value as { entity: string; id: string }
  return { entity: context.model.entities.get(entity)?.id ?? entity, id }
}
