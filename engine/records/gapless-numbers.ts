import type { Executor } from '../db/database.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { TASK } from '../model/task-fields.ts'
import type { RequestContext } from './context.ts'
import { patternSql, seriesOf } from './numbers.ts'
import { todayOf } from './parameters.ts'
import type { WriteValues } from './parse-write.ts'

/** The auto-numbers of an entity between whose numbers there are no gaps. */
export function gaplessFields(entity: CompiledEntity): readonly CompiledField[] {
  const known = kept.get(entity)
  if (known !== undefined) return known
  const found = [...entity.fields.values()].filter(isGapless)
  kept.set(entity, found)
  return found
}
const kept = new WeakMap<CompiledEntity, readonly CompiledField[]>()

export function isGapless({ sequence, definition }: CompiledField): boolean {
  return sequence !== undefined && definition.gapless === true
}

/**
 * Gives written records their numbers. From here until the transaction ends nobody else gets a number of the same series:
 * so this comes last, and what is rolled back has used up none.
 * @param records in the order in which they are numbered; who has been given a number keeps it
 */
export async function giveNumbers(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  records: readonly { readonly id: string; readonly values: WriteValues }[],
): Promise<void> {
  await holdNumbers(context, tx, entity)
  const today = todayOf(context)
  for (const field of gaplessFields(entity)) {
    const ids = records.filter(({ values }) => (values.get(field) ?? null) === null).map(({ id }) => id)
    if (ids.length === 0) continue
    const last = await advance(context, tx, seriesOf(field, today), ids.length)
    const number = patternSql(String(field.definition.pattern ?? '{####}'), today, '$2::bigint + x.at')
    await tx.query({
      text:
        `UPDATE ${entity.table} t SET ${field.columns[0]} = ${number} ` +
        'FROM unnest($1::uuid[]) WITH ORDINALITY AS x(id, at) WHERE t."id" = x.id',
      values: [ids, last - BigInt(ids.length)],
    })
  }
}

/**
 * Holds every series from which a write of an entity's records may take numbers, in the order of their names, where
 * that is more than one: a write that numbers an invoice and then a delivery, and another that does it the other way
 * round, would else wait for each other. Call before the first of them is taken.
 */
export async function holdNumbers(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
): Promise<void> {
  const fields = numberedWith(context.model, entity)
  if (fields.length < 2) return
  const today = todayOf(context)
  for (const series of fields.map((field) => seriesOf(field, today)).sort()) {
    await advance(context, tx, series, 0)
  }
}

const together = new WeakMap<CompiledEntity, readonly CompiledField[]>()

/** The gapless numbers of an entity and of all whose records come with its own: as its lines, or by a stage. */
function numberedWith(model: CompiledModel, entity: CompiledEntity): readonly CompiledField[] {
  let fields = together.get(entity)
  if (fields === undefined) {
    const found = new Set<CompiledEntity>()
    const add = (name: string) => {
      const one = model.entities.get(name)
      if (one === undefined || found.has(one)) return
      found.add(one)
      for (const next of madeWith(one)) add(next)
    }
    add(entity.name)
    fields = [...found].flatMap(gaplessFields)
    together.set(entity, fields)
  }
  return fields
}

function madeWith({ fields, pipelines }: CompiledEntity): readonly string[] {
  const lines = [...fields.values()].flatMap(({ relation }) =>
    relation?.kind === 'children' ? [relation.of] : [],
  )
  const stages = [...pipelines.values()].flatMap((pipeline) => pipeline.stages)
  const acts = stages.flatMap(({ onEnter = [], onLeave = [] }) => [...onEnter, ...onLeave])
  const created = acts.flatMap((act) => (act.do === 'create' && act.entity !== undefined ? [act.entity] : []))
  return [...lines, ...created, ...(stages.some(({ todo }) => todo !== undefined) ? [TASK] : [])]
}

/** Takes the next numbers of a series, and gives the last of them. */
async function advance(
  { model }: RequestContext,
  tx: Executor,
  series: string,
  count: number,
): Promise<bigint> {
  const table = `${model.schema}.tenon_counter`
  const taken = await tx.query<{ value: string }>({
    text: `UPDATE ${table} SET value = value + $2 WHERE name = $1 RETURNING value::text`,
    values: [series, count],
  })
  if (taken.rows[0] !== undefined) return BigInt(taken.rows[0].value)
  const begun = await tx.query<{ value: string }>({
    text:
      `INSERT INTO ${table} AS c (name, value) VALUES ($1, $2::bigint + $3::bigint) ` +
      'ON CONFLICT (name) DO UPDATE SET value = c.value + $2::bigint RETURNING value::text',
    values: [series, count, await lastDrawn(tx, `${model.schema}."${series}"`)],
  })
  return BigInt(begun.rows[0]!.value)
}

/** Where a series goes on that had gaps before. */
async function lastDrawn(tx: Executor, sequence: string): Promise<string> {
  const there = await tx.query<{ there: boolean }>({
    text: 'SELECT to_regclass($1) IS NOT NULL AS there',
    values: [sequence],
  })
  if (there.rows[0]?.there !== true) return '0'
  const last = await tx.query<{ last: string }>({
    text: `SELECT (CASE WHEN is_called THEN last_value ELSE 0 END)::text AS last FROM ${sequence}`,
  })
  return last.rows[0]?.last ?? '0'
}
