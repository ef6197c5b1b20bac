import type { BelongsTo } from '../../metadata/types.ts'
import { actorTeamsSql } from '../access/team-sql.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'

/** Whose teams somebody is in or leads; asked where something belongs to a team. */
export async function teamsOf(context: RequestContext): Promise<ReadonlySet<string>> {
  if (context.actor.id === undefined) return new Set()
  const parameters = createParameters()
  const text = `SELECT x.id::text AS id FROM (${actorTeamsSql({ model: context.model, parameters })}) x`
  const { rows } = await context.db.query<{ id: string }>(bind(toPlan(text, parameters), context))
  return new Set(rows.map(({ id }) => id))
}

/** Whether what belongs to a person or a team is the actor's own. */
export async function isOwn(context: RequestContext, belongsTo: BelongsTo): Promise<boolean> {
  if (belongsTo.user !== undefined) return belongsTo.user === context.actor.id
  return belongsTo.team !== undefined && (await teamsOf(context)).has(belongsTo.team)
}

/**
 * Of some content what the actor meets: their own, that of their teams, and of what belongs to nobody whatever `opens`
 * says.
 */
export async function metBy<D extends { readonly belongsTo?: BelongsTo }>(
  context: RequestContext,
  definitions: Iterable<D>,
  opens: (definition: D) => boolean,
): Promise<readonly D[]> {
  const all = [...definitions]
  const teams = all.some(({ belongsTo }) => belongsTo?.team !== undefined)
    ? await teamsOf(context)
    : new Set<string>()
  return all.filter((definition) => {
    const { belongsTo } = definition
    if (belongsTo?.user !== undefined) return belongsTo.user === context.actor.id
    if (belongsTo?.team !== undefined) return teams.has(belongsTo.team)
    return opens(definition)
  })
}
