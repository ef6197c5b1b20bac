import type { Executor } from '../db/database.ts'
import type { CompiledModel } from '../model/compiled.ts'
import type { RowTest } from './row-test.ts'
import type { AccessParameters, AccessSource } from './row-test-sql.ts'
import { teamMembersSql } from './team-sql.ts'

/** The scope of a test that a row passes by nothing but a team, among other ways; undefined for any other. */
export function teamScope(test: RowTest): 'team' | 'team_tree' | undefined {
  if (typeof test === 'string') return undefined
  for (const one of test) {
    const kind = one.length === 1 ? one[0]!.kind : undefined
    if (kind === 'team' || kind === 'team_tree') return kind
  }
  return undefined
}

/** A wrong size costs time and nothing else, so it need not be fresh. */
const KEPT_FOR_MS = 60_000
const MAX_KEPT = 10_000

interface KeptSize {
  readonly size: number
  readonly until: number
}
const kept = new WeakMap<CompiledModel, Map<string, KeptSize>>()

/** How many users an actor's teams have, as of a minute ago at most: it decides how their records are looked for. */
export async function teamSize(
  executor: Executor,
  model: CompiledModel,
  actorId: string,
  scope: 'team' | 'team_tree',
): Promise<number> {
  let sizes = kept.get(model)
  if (sizes === undefined) {
    sizes = new Map()
    kept.set(model, sizes)
  }
  const key = `${scope} ${actorId}`
  const known = sizes.get(key)
  if (known !== undefined && known.until > performance.now()) return known.size
  const source: AccessSource = { model, parameters: onlyActor }
  const { rows } = await executor.query<{ n: number }>({
    text: `SELECT count(*)::int AS n FROM (${teamMembersSql(source, scope === 'team_tree')}) m`,
    values: [actorId],
  })
  const size = Number(rows[0]?.n ?? 0)
  if (sizes.size >= MAX_KEPT) sizes.delete(sizes.keys().next().value as string)
  sizes.set(key, { size, until: performance.now() + KEPT_FOR_MS })
  return size
}

function unused(): never {
  throw new Error('who is in a team depends on the actor alone')
}
const onlyActor: AccessParameters = {
  actor: () => '$1::uuid',
  add: unused,
  roles: unused,
  today: unused,
  now: unused,
  timeZone: unused,
  via: unused,
  request: unused,
}
