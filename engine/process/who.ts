import type { People } from '../../metadata/types.ts'
import { mayActSql, userTable } from '../access/user-table.ts'
import type { Executor } from '../db/database.ts'
import { isRecordId } from '../fields/parts/formats.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { placedPeople } from '../model/kinds/people.ts'
import type { KnownPeople } from './known-people.ts'

/** What people are resolved against: the model, where to ask, and the record that fields and rules are read of. */
export interface WhoSource {
  readonly model: CompiledModel
  readonly db: Executor
  /** Whether those who may not act are named as well: by who tells why they are passed over. */
  readonly withInactive?: boolean
  /** Who is known already, where several ask in one transaction. */
  readonly people?: KnownPeople
  /** The value at a path of the record: an id, a list of ids, or nothing. */
  path(path: string): Promise<unknown>
  /** What a rule gives. */
  value(rule: unknown): Promise<unknown>
}

/**
 * Who is meant by the one form of people: ids of users, in the order in which they are said, each once. Those who are
 * deactivated or gone are passed over; of a leader who is, the leader above steps in.
 */
export async function resolvePeople(source: WhoSource, said: unknown): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const { people } of placedPeople(said, '')) {
    for (const id of await resolveOne(source, people)) found.add(id)
  }
  return [...found]
}

async function resolveOne(source: WhoSource, people: People): Promise<readonly string[]> {
  if (people.user !== undefined)
    return await usersWhere(source, (u) => `lower(${u.email}) = lower($1)`, [people.user])
  if (people.team !== undefined) return await teamMembers(source, people.team)
  if (people.role !== undefined) return await roleHolders(source, people.role, people.in?.field)
  if (people.field !== undefined) return await activeOf(source, idsIn(await source.path(people.field)))
  if (people.leaderOf !== undefined) {
    const leaders: string[] = []
    for (const id of idsIn(await source.path(people.leaderOf))) {
      const leader = await leaderOf(source, id, people.level ?? 1)
      if (leader !== undefined) leaders.push(leader)
    }
    return leaders
  }
  return await activeOf(source, idsIn(await source.value(people.value)))
}

function idsIn(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((one): one is string => typeof one === 'string')
}

type UserColumns = ReturnType<typeof userTable>

/** Users who may act, in the order of their ids. */
async function usersWhere(
  { model, db, withInactive }: WhoSource,
  where: (user: UserColumns) => string,
  values: readonly unknown[],
): Promise<readonly string[]> {
  const user = userTable(model)
  const { rows } = await db.query<{ id: string }>({
    text: `SELECT u."id"::text AS id FROM ${user.table} u WHERE ${withInactive === true ? 'u."deleted_at" IS NULL' : mayActSql(user)} AND (${where(user)}) ORDER BY u."id"`,
    values,
  })
  return rows.map(({ id }) => id)
}

/** Those of them who may act, in their order. */
async function activeOf(source: WhoSource, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return []
  if (source.people !== undefined && source.withInactive !== true) {
    const known = await source.people.findAll(ids.filter(isRecordId))
    return ids.filter((id) => known.get(id)?.mayAct === true)
  }
  const active = new Set(await usersWhere(source, () => 'u."id"::text = ANY($1::text[])', [ids]))
  return ids.filter((id) => active.has(id))
}

async function teamMembers(source: WhoSource, name: string): Promise<readonly string[]> {
  const { teams, memberOf, leader } = teamSql(source)
  const team = `(SELECT t."id" FROM ${teams.table} t WHERE t.${columnOf(source.model, 'team', 'name')} = $1 AND t."deleted_at" IS NULL)`
  return await usersWhere(
    source,
    () => `${memberOf(team)} OR u."id" IN (SELECT t.${leader} FROM ${teams.table} t WHERE t."id" IN ${team})`,
    [name],
  )
}

function teamSql({ model }: WhoSource) {
  const [people, teams] = [model.entities.get('user')!, model.entities.get('team')!]
  const link = people.fields.get('teams')?.linkTable
  const further = (of: string) =>
    link === undefined ? '' : ` OR u."id" IN (SELECT l."record" FROM ${link} l WHERE l."target" IN ${of})`
  return {
    teams,
    leader: columnOf(model, 'team', 'leader'),
    memberOf: (of: string) => `u.${columnOf(model, 'user', 'team')} IN ${of}${further(of)}`,
  }
}

function columnOf(model: CompiledModel, entity: string, field: string): string {
  const column = model.entities.get(entity)?.fields.get(field)?.columns[0]
  if (column === undefined) throw new Error(`the entity "${entity}" has no column for "${field}"`)
  return column
}

/** Everybody with a role; those alone whose field of the same name, or list of it, holds what the record's does. */
async function roleHolders(
  source: WhoSource,
  role: string,
  field: string | undefined,
): Promise<readonly string[]> {
  if (field === undefined) return await usersWhere(source, (u) => `$1 = ANY(${u.roles})`, [role])
  const wanted = await source.path(field)
  const values = (Array.isArray(wanted) ? wanted : [wanted]).filter(
    (one) => one !== null && one !== undefined,
  )
  if (values.length === 0) return []
  const fields = [field, `${field}s`].flatMap(
    (name) => source.model.entities.get('user')?.fields.get(name) ?? [],
  )
  const tests = fields.map((own) => {
    if (own.linkTable !== undefined)
      return `u."id" IN (SELECT l."record" FROM ${own.linkTable} l WHERE l."target"::text = ANY($2::text[]))`
    const column = `u.${own.columns[0]}`
    return own.ruleType === 'texts' ? `${column}::text[] && $2::text[]` : `${column}::text = ANY($2::text[])`
  })
  if (tests.length === 0) return []
  return await usersWhere(source, (u) => `$1 = ANY(${u.roles}) AND (${tests.join(' OR ')})`, [
    role,
    values.map(String),
  ])
}

/** Teams above one another that are followed at most: a circle of them ends. */
const MOST_TEAMS = 50

/**
 * The leader so many levels above a person: of their own team first. Who leads a team has the leader of the team above;
 * one who may not act counts as not there.
 */
async function leaderOf(source: WhoSource, person: string, level: number): Promise<string | undefined> {
  const { model, db } = source
  const { teams, leader } = teamSql(source)
  const user = userTable(model)
  const { rows } = await db.query<{ leader: string | null }>({
    text:
      `WITH RECURSIVE up AS (SELECT t."id", t.${leader} AS leader, t.${columnOf(model, 'team', 'parent')} AS parent, 1 AS n ` +
      `FROM ${user.table} p JOIN ${teams.table} t ON t."id" = p.${columnOf(model, 'user', 'team')} WHERE p."id"::text = $1 ` +
      `UNION ALL SELECT t."id", t.${leader}, t.${columnOf(model, 'team', 'parent')}, up.n + 1 FROM up ` +
      `JOIN ${teams.table} t ON t."id" = up.parent WHERE up.n < ${MOST_TEAMS}) ` +
      `SELECT u."id"::text AS leader FROM up JOIN ${user.table} u ON u."id" = up.leader AND ${mayActSql(user)} ORDER BY up.n`,
    values: [person],
  })
  let [last, found] = [person, 0]
  for (const { leader: id } of rows) {
    if (id === null || id === last) continue
    last = id
    if (++found === level) return id
  }
  return undefined
}
