import { mayActSql, userTable } from '../access/user-table.ts'
import type { RequestContext } from './context.ts'

/** People who have a role and may act. */
export interface Holders {
  readonly count: number
  /** The first of them by name; only for who manages the users. */
  readonly people: readonly { readonly id: string; readonly name: string }[] | undefined
}

/** People of a role that are told by name; the others are counted. */
const NAMED = 50

/** Who holds which role, by its name; roles that nobody holds are absent. */
export async function readHolders(context: RequestContext): Promise<ReadonlyMap<string, Holders>> {
  const user = userTable(context.model)
  const isNamed = context.access.may('users')
  const named = isNamed
    ? `(json_agg(json_build_object('id', u."id", 'name', ${user.name}) ORDER BY ${user.name}, u."id"))`
    : 'NULL::json'
  const { rows } = await context.db.query<{
    readonly role: string
    readonly count: number
    readonly people: string | null
  }>({
    text: `SELECT held.role, count(*)::int AS count, ${named} AS people FROM ${user.table} u
CROSS JOIN LATERAL unnest(${user.roles}) AS held(role) WHERE ${mayActSql(user)} GROUP BY held.role`,
    values: [],
  })
  return new Map(
    rows.map(({ role, count, people }) => [
      role,
      {
        count,
        people: people === null ? undefined : (JSON.parse(people) as Holders['people'])?.slice(0, NAMED),
      },
    ]),
  )
}

/** The holders of a role, none where the map has none. */
export function holdersOf(held: ReadonlyMap<string, Holders>, role: string, isNamed: boolean): object {
  const found = held.get(role)
  return { holders: found?.count ?? 0, ...(isNamed ? { people: found?.people ?? [] } : {}) }
}
