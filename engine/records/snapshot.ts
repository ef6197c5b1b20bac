import type { Executor } from '../db/database.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { type CompiledRollUp, dependentsOf } from '../model/computed.ts'
import { ruleToSql } from '../model/sql/rule-to-sql.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { recordTarget } from './record-target.ts'
import { isLinked, parentsSql } from './roll-up-ties.ts'
import type { SelectSource } from './select.ts'

/** What of a record others are worked out from, at one moment. */
export interface Snapshot {
  readonly id: string
  /** The watched values, as a text that differs when one of them does; null for a record in the bin. */
  readonly watched: string | null
  /** What it gives to each roll-up, in the order of `rollUpsOver`. */
  readonly gifts: readonly Gift[]
}

/** What one record gives to one roll-up: to which parents, and which value as text; no parent where it does not count. */
export interface Gift {
  readonly parents: readonly string[]
  readonly value: string | null
}

/** Every roll-up over an entity's records, in a fixed order. */
export function rollUpsOver(context: RequestContext, entity: CompiledEntity): readonly CompiledRollUp[] {
  return dependentsOf(context.model, entity).rollUps.flatMap(({ list }) => list)
}

/**
 * Snapshots of records of one entity.
 * @param isHeld whether nobody else may change them until the transaction ends; then in the order of their ids
 */
export async function takeSnapshots(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
  isHeld: boolean,
): Promise<ReadonlyMap<string, Snapshot>> {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const watched = [...dependentsOf(context.model, entity).watched].flatMap((field) => field.columns)
  const rollUps = rollUpsOver(context, entity)
  const gifts = rollUps.flatMap((rollUp) => giftSql(source, entity, rollUp))
  // Links are rows of their own: only the next statement sees those that were written while this one waited.
  if (isHeld && rollUps.some(isLinked)) await holdRows(tx, entity, ids)
  const text =
    `SELECT t."id"::text AS id, ` +
    `CASE WHEN t."deleted_at" IS NULL THEN row(${watched.map((column) => `t.${column}`).join(', ')})::text END AS w, ` +
    `to_json(ARRAY[${gifts.join(', ')}]::text[])::text AS g FROM ${entity.table} t ` +
    `WHERE t."id" = ANY(${parameters.open('ids', 'uuid[]')}) ORDER BY t."id"${isHeld ? ' FOR NO KEY UPDATE' : ''}`
  const { rows } = await tx.query<{ id: string; w: string | null; g: string }>(
    bind(toPlan(text, parameters), context, { ids }),
  )
  return new Map(rows.map(({ id, w, g }) => [id, { id, watched: w, gifts: readGifts(g) }]))
}

async function holdRows(tx: Executor, { table }: CompiledEntity, ids: readonly string[]): Promise<void> {
  await tx.query({
    text: `SELECT 1 FROM ${table} t WHERE t."id" = ANY($1::uuid[]) ORDER BY t."id" FOR NO KEY UPDATE`,
    values: [ids],
  })
}

/** The parents and the value; no parents where the record does not count. */
function giftSql(source: SelectSource, entity: CompiledEntity, rollUp: CompiledRollUp): readonly string[] {
  const { value, filter, window } = rollUp
  const own = value === undefined ? 'NULL' : `t.${value.columns[0]}::text`
  const condition =
    filter === undefined
      ? ''
      : ` AND (${ruleToSql(filter, recordTarget(source, entity, { after: 't', before: undefined }))})`
  const counts = `t."deleted_at" IS NULL${condition}`
  return [
    `CASE WHEN ${counts} THEN ${parentsSql(rollUp, 't')} END`,
    // Of a rolling window it only matters whether anything moved: it is counted anew from the records.
    window === undefined ? own : `row(${own}, t.${window.by.columns[0]})::text`,
  ]
}

function readGifts(text: string): readonly Gift[] {
  const list = JSON.parse(text) as (string | null)[]
  return Array.from({ length: list.length / 2 }, (_, index) => ({
    parents: list[2 * index]?.split(' ') ?? [],
    value: list[2 * index + 1] ?? null,
  }))
}
