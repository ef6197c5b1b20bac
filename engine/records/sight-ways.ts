import { type Conjunction, type Part, waysOf } from '../access/row-test.ts'
import { waySql } from '../access/row-test-sql.ts'
import { teamScope } from '../access/team-size.ts'
import { teamMembersSql } from '../access/team-sql.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { binPredicate, sightPredicate } from './row-source.ts'
import type { SelectSource } from './select.ts'

/** One way in which rows come into the actor's sight; by some a row may come twice. */
export interface SightWay {
  /** The condition, the live or binned rows' included. */
  readonly sight: string
  /** A query for the people whose rows are looked for one by one, each as `m.id`. */
  readonly members?: string
}

/** What is found by an index when it is asked alone, and not when it is one of several. */
const ALONE: ReadonlySet<Part['kind']> = new Set(['own', 'team', 'team_tree'])

const SHARED: ReadonlySet<Part['kind']> = new Set(['given', 'among', 'through', 'pooled'])

/**
 * The ways by which a list finds its rows: a single one where that is as good. An OR of own and shared records could not
 * be read in the order of an index; each way by itself can.
 * @param byMember whether a team's records are looked for member by member
 */
export function sightWays(
  source: SelectSource,
  entity: CompiledEntity,
  alias: string,
  isBin: boolean,
  byMember: boolean,
): readonly SightWay[] {
  const ways = waysInSight(source, entity)
  const live = binPredicate(alias, isBin)
  if (ways === undefined) return [{ sight: sightPredicate(source, entity, alias, isBin) }]
  return ways.map((way): SightWay => {
    const scope = byMember ? teamScope([way]) : undefined
    if (scope === undefined) return { sight: `${live} AND ${waySql(source, way, entity, alias)}` }
    return {
      sight: `${alias}.${entity.ownerColumn} = m.id AND ${live}`,
      members: teamMembersSql(source, scope === 'team_tree'),
    }
  })
}

/**
 * The same as `sightPredicate` for statements that go over all rows in sight, such as counts: where something is
 * shared, the ids that each way finds are gathered first. As conditions of one OR they would be asked of every row.
 */
export function wholeSight(
  source: SelectSource,
  entity: CompiledEntity,
  alias: string,
  isBin: boolean,
): string {
  const ways = waysInSight(source, entity)
  if (
    ways === undefined ||
    ways.length === 1 ||
    !ways.some((way) => way.some(({ kind }) => SHARED.has(kind)))
  )
    return sightPredicate(source, entity, alias, isBin)
  const queries = ways.map(
    (way) =>
      `SELECT s."id" FROM ${entity.table} s WHERE ${binPredicate('s', isBin)} AND ${waySql(source, way, entity, 's')}`,
  )
  return `${alias}."id" IN (${queries.join(' UNION ALL ')})`
}

/** Undefined where the rows in sight need not be looked for in several ways. */
function waysInSight({ access }: SelectSource, entity: CompiledEntity): readonly Conjunction[] | undefined {
  const { read } = access.entity(entity.name)
  if (typeof read === 'string') return undefined
  const ways = waysOf(read)
  if (ways.length === 1) return ways
  return ways.some((way) => way.some(({ kind }) => ALONE.has(kind) || SHARED.has(kind))) ? ways : undefined
}
