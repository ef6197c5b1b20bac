import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { editableSql } from './plan-update.ts'
import { sightPredicate } from './row-source.ts'

/**
 * Which fields of a live record the actor may change as it stands; undefined where it is out of sight.
 */
export async function editableCells(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
): Promise<((field: CompiledField) => boolean) | undefined> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const cell = context.access.entity(entity.name).cell
  const open = [...entity.fields.values()].filter((field) => typeof cell(field).edit !== 'string')
  const items = open.map((field, index) => `(${editableSql(source, entity, field)}) IS TRUE AS e${index}`)
  const text =
    `SELECT ${['1', ...items].join(', ')} FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')} ` +
    `AND ${sightPredicate(source, entity, 't', false)}`
  const found = await context.db.query<Record<string, unknown>>(
    bind(toPlan(text, parameters), context, { id }),
  )
  const row = found.rows[0]
  if (row === undefined) return undefined
  const places = new Map(open.map((field, index) => [field, `e${index}`]))
  return (field) => {
    const place = places.get(field)
    return place === undefined ? cell(field).edit === 'all' : row[place] === true
  }
}
