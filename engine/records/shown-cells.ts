import { isKnownField } from '../access/access.ts'
import { rowTestSql } from '../access/row-test-sql.ts'
import type { Executor } from '../db/database.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { sightPredicate } from './row-source.ts'
import { labelSql, type SelectSource } from './select.ts'

/** How the actor sees a field of one record. */
export type Shown = 'whole' | 'masked' | 'hidden'
export type ShownCells = (field: CompiledField) => Shown

type Row = Readonly<Record<string, unknown>>

/**
 * How the actor sees each field of a live record as it stands; undefined where the record itself is out of sight.
 * For what is told of a record beside its row, such as its history.
 */
export async function shownCells(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  id: string,
): Promise<ShownCells | undefined> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const { items, read } = cellTests(source, entity)
  const text =
    `SELECT ${['1', ...items].join(', ')} FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')} ` +
    `AND ${sightPredicate(source, entity, 't', false)}`
  const found = await runner.query<Row>(bind(toPlan(text, parameters), context, { id }))
  return found.rows[0] === undefined ? undefined : read(found.rows[0])
}

/** A record as the actor knows it. */
export interface ShownRecord {
  readonly label: string
  readonly cells: ShownCells
}

/** The same of several records at once, those of the recycle bin among them; by id, without those out of sight. */
export async function shownRecords(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ShownRecord>> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const { items, read } = cellTests(source, entity)
  const columns = ['t."id"::text AS id', `${labelSql(source, entity, 't')} AS label`, ...items]
  const text =
    `SELECT ${columns.join(', ')} FROM ${entity.table} t WHERE t."id" = ANY(${parameters.open('ids', 'uuid[]')}) ` +
    `AND ${rowTestSql(source, context.access.entity(entity.name).read, entity, 't')}`
  const found = await runner.query<Row & { id: string; label: string }>(
    bind(toPlan(text, parameters), context, { ids }),
  )
  return new Map(found.rows.map((row) => [row.id, { label: row.label, cells: read(row) }]))
}

/** What to select of the row `t` to know how its cells are shown, and how to read it. */
function cellTests(
  source: SelectSource,
  entity: CompiledEntity,
): { readonly items: readonly string[]; readonly read: (row: Row) => ShownCells } {
  const { cell } = source.access.entity(entity.name)
  const known = [...entity.fields.values()].filter((field) => isKnownField(source.access, entity, field))
  const open = known.filter((field) => cell(field).see !== 'all')
  const items = open.flatMap((field, index) => [
    `(${rowTestSql(source, cell(field).see, entity, 't')}) IS TRUE AS s${index}`,
    `(${rowTestSql(source, cell(field).masked, entity, 't')}) IS TRUE AS m${index}`,
  ])
  const read = (row: Row): ShownCells => {
    const shown = new Map<CompiledField, Shown>(known.map((field) => [field, 'whole']))
    for (const [index, field] of open.entries()) {
      shown.set(field, row[`s${index}`] === true ? 'whole' : row[`m${index}`] === true ? 'masked' : 'hidden')
    }
    return (field) => shown.get(field) ?? 'hidden'
  }
  return { items, read }
}
