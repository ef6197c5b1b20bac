import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { poolsOf } from '../model/kinds/pool-place.ts'
import type { SelectSource } from './select.ts'

/** Whether the ledger of owners is kept of an entity: where it has pools. */
function isKept({ model }: Pick<SelectSource, 'model'>, entity: CompiledEntity): boolean {
  return entity.owned && poolsOf(model.definitions, entity.name).length > 0
}

/** The CTE that opens the ledger of new records `w`; nothing where none is kept. */
export function heldCtes(source: SelectSource, entity: CompiledEntity): readonly string[] {
  if (!isKept(source, entity)) return []
  return [
    `oh AS (${openSql(source, entity, { from: 'w."created_at"', before: 'NULL::uuid', where: 'w."owner" IS NOT NULL' })})`,
  ]
}

/** The CTEs that keep the ledger where a change `w` gives a record to somebody else. */
export function passedCtes(
  source: SelectSource,
  entity: CompiledEntity,
  stored: readonly CompiledField[],
  beforeName: (column: string) => string,
): readonly string[] {
  if (!stored.some(({ name }) => name === 'owner') || !isKept(source, entity)) return []
  const now = source.parameters.now()
  const before = `w.${beforeName('"owner"')}`
  const isPassed = `w."owner" IS DISTINCT FROM ${before}`
  const where = `w."owner" IS NOT NULL AND ${isPassed}`
  return [
    `oc AS (UPDATE ${source.model.schema}.tenon_ownership h SET held_until = ${now} FROM w ` +
      `WHERE h.record = w."id" AND h.held_until IS NULL AND ${isPassed})`,
    `oh AS (${openSql(source, entity, { from: now, before, where })})`,
  ]
}

function openSql(
  { model, parameters }: SelectSource,
  { id }: CompiledEntity,
  { from, before, where }: { readonly from: string; readonly before: string; readonly where: string },
): string {
  const why = parameters.open('why', 'text')
  return (
    `INSERT INTO ${model.schema}.tenon_ownership (entity, record, holder, taken_from, held_from, why, actor) ` +
    `SELECT '${id}'::uuid, w."id", w."owner", ${before}, ${from}, ${why}, ${parameters.actor()} FROM w WHERE ${where}`
  )
}
