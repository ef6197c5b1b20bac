import { rowTestSql } from '../access/row-test-sql.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, keptPlan, type Plan, toPlan } from './parameters.ts'

/** Which records people of the same roles may read, in one statement for all of them. */
export interface Readers {
  /** The context of one of them: they differ in who they are alone. */
  readonly context: RequestContext
  /** User ids. */
  readonly actors: readonly string[]
}

/**
 * Which of the records each of the actors may read, by actor. A record in the recycle bin counts as it did before.
 * @param ids record ids of the entity; those that are not there are read by nobody
 */
export async function readableBy(
  { context, actors }: Readers,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const plan = keptPlan(context, `readable ${entity.name}`, () => buildPlan(context, entity, 'each'))
  const { rows } = await context.db.query<{ actor: string; records: string[] }>(
    bind(plan, context, { actors, ids }),
  )
  return new Map(rows.map(({ actor, records }) => [actor, records]))
}

/** Those of the actors who may read any of the records. */
export async function readersOfAny(
  { context, actors }: Readers,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const plan = keptPlan(context, `readable any ${entity.name}`, () => buildPlan(context, entity, 'any'))
  const { rows } = await context.db.query<{ actor: string }>(bind(plan, context, { actors, ids }))
  return new Set(rows.map(({ actor }) => actor))
}

function buildPlan(context: RequestContext, entity: CompiledEntity, what: 'each' | 'any'): Plan {
  const open = createParameters()
  const actors = open.open('actors', 'uuid[]')
  const ids = open.open('ids', 'uuid[]')
  // Whoever is asked about is a column here, in place of the one actor of a request.
  const parameters = { ...open, actor: () => 'who.id' }
  const test = rowTestSql(
    { model: context.model, parameters },
    context.access.entity(entity.name).read,
    entity,
    't',
  )
  const found = `FROM ${entity.table} t WHERE t."id" = ANY(${ids}) AND ${test}`
  const people = `FROM unnest(${actors}) who(id)`
  const text =
    what === 'any'
      ? `SELECT who.id::text AS actor ${people} WHERE EXISTS (SELECT 1 ${found})`
      : `SELECT who.id::text AS actor, r.records ${people}, LATERAL (SELECT array_agg(t."id"::text) AS records ${found}) r ` +
        'WHERE r.records IS NOT NULL'
  return toPlan(text, { ...open })
}
