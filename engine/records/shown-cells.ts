import { isKnownField } from '../access/access.ts'
import { rowTestSql } from '../access/row-test-sql.ts'
import type { Executor } from '../db/database.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { sightPredicate } from './row-source.ts'

/** How the actor sees a field of one record. */
export type Shown = 'whole' | 'masked' | 'hidden'

/**
 * How the actor sees each field of a live record as it stands; undefined where the record itself is out of sight.
 * For what is told of a record beside its row, such as its history.
 */
export async function shownCells(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  id: string,
): Promise<((field: CompiledField) => Shown) | undefined> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const cell = context.access.entity(entity.name).cell
  const known = [...entity.fields.values()].filter((field) => isKnownField(context.access, entity, field))
  const open = known.filter((field) => cell(field).see !== 'all')
  const items = open.flatMap((field, index) => [
    `(${rowTestSql(source, cell(field).see, entity, 't')}) IS TRUE AS s${index}`,
    `(${rowTestSql(source, cell(field).masked, entity, 't')}) IS TRUE AS m${index}`,
  ])
  const text =
    `SELECT ${['1', ...items].join(', ')} FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')} ` +
    `AND ${sightPredicate(source, entity, 't', false)}`
  const found = await runner.query<Record<string, unknown>>(bind(toPlan(text, parameters), context, { id }))
  const row = found.rows[0]
  if (row === undefined) return undefined
  const shown = new Map<CompiledField, Shown>(known.map((field) => [field, 'whole']))
  for (const [index, field] of open.entries()) {
    shown.set(field, row[`s${index}`] === true ? 'whole' : row[`m${index}`] === true ? 'masked' : 'hidden')
  }
  return (field) => shown.get(field) ?? 'hidden'
}
