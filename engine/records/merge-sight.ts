import { type EntityAccess, FULL_CELL } from '../access/access.ts'
import type { Executor } from '../db/database.ts'
import { parseJson } from '../db/values.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { revealed } from './reveal.ts'
import { rowJson, selectSql } from './select.ts'

/** The values of one record, as the API writes them. */
export type MergedValues = Readonly<Record<string, unknown>>

/**
 * The context in which a merge reads and writes what its default rule keeps: whole cells, also those that the actor is not
 * shown, and what these lead to. Which records it may be done to stays a matter of the actor's own rights, and nothing that is
 * read by it is told.
 */
export function mergeContext(context: RequestContext, entity: CompiledEntity): RequestContext {
  const own = context.access
  const whole: EntityAccess = { ...own.entity(entity.name), cell: () => FULL_CELL }
  return {
    ...context,
    // Plans are kept by the roles' key; these are of other rights than the actor's own.
    actor: { ...context.actor, roleKey: `${context.actor.roleKey} +merge ${entity.name}` },
    access: {
      ...own,
      entity: (name) => (name === entity.name ? whole : { ...own.entity(name), read: 'all' }),
    },
  }
}

/** What is stored of records in these fields, by id, whatever the actor may see. */
export async function readMerged(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  fields: readonly CompiledField[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, MergedValues>> {
  const parameters = createParameters()
  const source = { model: context.model, access: mergeContext(context, entity).access, parameters }
  const select = selectSql(source, { entity, fields, expand: new Map() }, 't')
  const text =
    `SELECT t."id"::text AS id, row_to_json(r)::text AS j FROM ${entity.table} t ${select.joins.join(' ')} ` +
    `${rowJson(select)} WHERE t."id" = ANY(${parameters.open('ids', 'uuid[]')})`
  const plan = toPlan(text, parameters)
  const { rows } = await tx.query<{ id: string; j: string }>(bind(plan, context, { ids }))
  return new Map(rows.map(({ id, j }) => [id, parseJson<MergedValues>(revealed(context.model, plan, j))]))
}
