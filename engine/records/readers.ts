import type { Actor } from '../access/actor.ts'
import type { Executor } from '../db/database.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { type RequestContext, requestContext } from './context.ts'
import { bind, createParameters, keptPlan, toPlan } from './parameters.ts'
import { sightPredicate } from './row-source.ts'

/** Asked at the same time, of a pool that others need as well. */
const AT_ONCE = 8

/** The ids of those people who may read a live record: each is asked of the same predicate as their own reads. */
export async function readersAmong(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  record: string,
  people: readonly Actor[],
): Promise<ReadonlySet<string>> {
  const readers = new Set<string>()
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const some = people.slice(from, from + AT_ONCE)
    const reads = await Promise.all(some.map((actor) => mayRead(context, runner, entity, record, actor)))
    for (const [index, { id }] of some.entries())
      if (reads[index] === true && id !== undefined) readers.add(id)
  }
  return readers
}

async function mayRead(
  { model, db, search, now }: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  id: string,
  actor: Actor,
): Promise<boolean> {
  const own = requestContext({ model, db, search, now, actor, via: 'api' })
  if (own.access.entity(entity.name).read === 'none') return false
  const plan = keptPlan(own, `reads ${entity.name}`, () => {
    const parameters = createParameters()
    const source = { model, access: own.access, parameters }
    const at = parameters.open('id', 'uuid')
    return toPlan(
      `SELECT 1 FROM ${entity.table} t WHERE t."id" = ${at} AND ${sightPredicate(source, entity, 't', false)}`,
      parameters,
    )
  })
  return (await runner.query(bind(plan, own, { id }))).rows.length > 0
}
