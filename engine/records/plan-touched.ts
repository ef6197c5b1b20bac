import { aboutEntity } from '../../metadata/about-entity.ts'
import { accessOfRoles } from '../access/access.ts'
import { mayActSql, userTable } from '../access/user-table.ts'
import type { Definition } from '../model/compiled.ts'
import { findDefinition } from '../model/definition-set.ts'
import type { Target } from '../model/kinds/kind-spec.ts'
import type { Plan } from '../model/plan.ts'
import type { WorkspaceState } from '../model/state.ts'
import { usersOf } from '../model/uses.ts'
import type { Registry } from '../registry/registry.ts'
import type { RequestContext } from './context.ts'
import { candidateModel } from './simulate.ts'

/** What a plan reaches besides what it changes itself. */
export interface PlanTouched {
  /** Pages, rules, reports and the like that mention what is changed. */
  readonly definitions: readonly Definition[]
  /** Roles whose people read records of the entities that are changed. */
  readonly roles: readonly Definition[]
  /** How many people have one of them and may sign in. */
  readonly people: number
}

/** What would be otherwise for whom: by what mentions the things that a plan changes, in force and as it would be. */
export async function planTouched(
  context: RequestContext,
  source: { readonly registry: Registry; readonly state: WorkspaceState; readonly plan: Plan },
): Promise<PlanTouched> {
  const { registry, state, plan } = source
  const targets = plan.steps.map(
    ({ definition, item }): Target => ({ ...definition, ...(item === undefined ? {} : { item }) }),
  )
  const changed = new Set(targets.map(({ kind, name }) => `${kind}/${name}`))
  const found = new Map<string, Definition>()
  for (const definitions of [state.definitions, plan.candidate])
    for (const one of usersOf({ definitions, registry }, targets)) found.set(`${one.kind}/${one.name}`, one)
  const definitions = [...found].flatMap(([key, one]) => (changed.has(key) ? [] : [one]))
  const entities = new Set(
    targets.flatMap(({ kind, name }) => {
      const one = findDefinition(plan.candidate, kind, name) ?? findDefinition(state.definitions, kind, name)
      return (one === undefined ? undefined : aboutEntity({ ...one })) ?? []
    }),
  )
  if (entities.size === 0) return { definitions, roles: [], people: 0 }
  const model = candidateModel(context, source)
  const roles = [...plan.candidate.role.values()].filter((role) => {
    const access = accessOfRoles(model, [role])
    return [...entities].some((name) => model.entities.has(name) && access.entity(name).read !== 'none')
  })
  return {
    definitions,
    roles,
    people: await peopleOf(
      context,
      roles.map(({ name }) => name),
    ),
  }
}

async function peopleOf({ db, model }: RequestContext, roles: readonly string[]): Promise<number> {
  const user = userTable(model)
  const { rows } = await db.query<{ readonly count: number }>({
    text: `SELECT count(*)::int AS count FROM ${user.table} u WHERE ${mayActSql(user)} AND ${user.roles} && $1::text[]`,
    values: [[...roles]],
  })
  return rows[0]?.count ?? 0
}
