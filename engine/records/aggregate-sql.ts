import type { RuleScope, RuleType } from '../../metadata/rules/types.ts'
import { ruleToSql } from '../model/sql/rule-to-sql.ts'
import { checkCondition } from './filter.ts'
import type { Parameters } from './parameters.ts'
import type { AggregateShape } from './parse-aggregate.ts'

/** What a condition on groups may ask for. */
export interface HavingColumn {
  readonly sql: string
  readonly type: RuleType
  readonly sqlType: string
}

/**
 * The groups as an answer has them, one JSON object a row.
 * @param grouped the statement that groups: `g0`, `g1` … and `m0`, `m1` …
 * @param outer what each is told as, over `x`
 */
export function groupedSql(
  grouped: string,
  outer: readonly string[],
  request: AggregateShape,
  having: string | undefined,
  parameters: Parameters,
): string {
  return (
    `SELECT row_to_json(r)::text AS j FROM (${grouped}) x CROSS JOIN LATERAL (SELECT ${outer.join(', ')}) r ` +
    `${having === undefined ? '' : `WHERE ${having} `}ORDER BY ${orderSql(request)} ` +
    `LIMIT ${parameters.add(request.limit, 'bigint')}`
  )
}

/** A condition on groups; undefined where there is none. */
export function havingSql(
  having: unknown,
  columns: ReadonlyMap<string, HavingColumn>,
  parameters: Parameters,
): string | undefined {
  const scope: RuleScope = { resolve: (path) => columns.get(path), names: () => columns.keys() }
  const typed = checkCondition(having, scope, '/having')
  if (typed === undefined) return undefined
  return ruleToSql(typed, {
    parameter: parameters.add,
    column: (path) => columns.get(path.join('.'))!,
    today: parameters.today,
    now: parameters.now,
    timeZone: parameters.timeZone,
    actorId: parameters.actor,
    actorRoles: parameters.roles,
  })
}

/** As asked, then by the groups: the order of an answer never depends on the plan. */
function orderSql(request: AggregateShape): string {
  const places = new Map<string, string>([
    ...request.groups.map((group, index) => [group.name, `x.g${index}`] as const),
    ...request.measures.map((measure, index) => [measure.name, `x.m${index}`] as const),
  ])
  const asked = request.sort.map(
    (key) => `${places.get(key.name)} ${key.descending ? 'DESC NULLS LAST' : 'ASC'}`,
  )
  const rest = request.groups.map((_, index) => `x.g${index} ASC`)
  return [...asked, ...rest].join(', ') || '1'
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
