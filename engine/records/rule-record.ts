import type { RuleRecord } from '../../metadata/rules/environment.ts'
import type { RulePaths } from '../../metadata/rules/paths-of.ts'
import { actorTeamsSql } from '../access/team-sql.ts'
import { refuse } from '../errors.ts'
import { ACTOR_TEAMS } from '../model/actor-scope.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { ColumnSql } from '../model/sql/sql-target.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { createRowSource, sightPredicate } from './row-source.ts'
import type { SelectSource } from './select.ts'

/** Records of one list that an evaluation takes in; of more its value could not be told. */
const MAX_LISTED = 10_000

type Needs = Pick<RulePaths, 'own' | 'related' | 'lists' | 'before'>

/**
 * What a rule looks at of a stored record, as the actor sees it: what is out of sight is null.
 * @throws AppError RECORD_NOT_FOUND, RULE_TOO_MUCH_WORK
 */
export async function loadRuleRecord(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
  needs: Needs,
): Promise<RuleRecord> {
  const record = (await loadRuleRecords(context, entity, [id], needs)).get(id)
  if (record === undefined) throw refuse('RECORD_NOT_FOUND')
  return record
}

/**
 * The same of several, by id; those that are not there or out of sight are left out.
 * @param bin whether records in the recycle bin count as well
 * @throws AppError RULE_TOO_MUCH_WORK
 */
export async function loadRuleRecords(
  context: RequestContext,
  entity: CompiledEntity,
  ids: readonly string[],
  needs: Needs,
  bin: 'live' | 'any' = 'live',
): Promise<ReadonlyMap<string, RuleRecord>> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const rows = createRowSource(source, entity, 't')
  const paths = [...new Set([...needs.own, ...needs.related, ...needs.before])]
  const columns = paths.map((path, index) => `${jsonOf(rows.value(path))} AS p${index}`)
  const lists = [...needs.lists].map(([path, items], index) => ({ path, items, alias: `l${index}` }))
  for (const { path, items, alias } of lists) {
    columns.push(`${listJson(rows.related(path.split('.'), alias), items)} AS ${alias}`)
  }
  const found = await readRows(context, source, entity, ids, columns, rows.from(), bin)
  return new Map(
    found.map((json) => {
      const values = new Map<string, unknown>(paths.map((path, index) => [path, json[`p${index}`]]))
      for (const { path, items, alias } of lists) {
        const listed = (json[alias] ?? []) as readonly Readonly<Record<string, unknown>>[]
        if (listed.length > MAX_LISTED) throw refuse('RULE_TOO_MUCH_WORK', '/rule')
        values.set(
          path,
          listed.map((item) => itemRecord(item, items)),
        )
      }
      return [String(json.found), recordOf(values)]
    }),
  )
}

/** What a rule looks at of the actor. */
export async function loadRuleActor(
  context: RequestContext,
  paths: ReadonlySet<string>,
): Promise<RuleRecord> {
  const { actor, model } = context
  const people = model.entities.get('user')
  const values = new Map<string, unknown>([
    ['id', actor.id ?? null],
    ['roles', actor.roles],
  ])
  const asked = [...paths].filter((path) => !values.has(path))
  if (people === undefined || actor.id === undefined || asked.length === 0) return recordOf(values)
  const parameters = createParameters()
  const source = { model, access: context.access, parameters }
  const rows = createRowSource(source, people, 't')
  const columns = asked.map((path, index) => {
    const isTeams = `actor.${path}` === ACTOR_TEAMS
    const sql = isTeams ? `to_json(ARRAY(${actorTeamsSql(source)}))` : jsonOf(rows.value(path))
    return `${sql} AS p${index}`
  })
  const [json] = await readRows(context, source, people, [actor.id], columns, rows.from())
  for (const [index, path] of asked.entries()) values.set(path, json?.[`p${index}`])
  return recordOf(values)
}

async function readRows(
  context: RequestContext,
  source: SelectSource,
  entity: CompiledEntity,
  ids: readonly string[],
  columns: readonly string[],
  from: string,
  bin: 'live' | 'any' = 'live',
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { parameters } = source
  const live = sightPredicate(source, entity, 't', false)
  const sight = bin === 'live' ? live : `(${live} OR ${sightPredicate(source, entity, 't', true)})`
  // One id is looked up as one: a list would be planned as several.
  const where =
    ids.length === 1
      ? `t."id" = ${parameters.open('id', 'uuid')}`
      : `t."id" = ANY(${parameters.open('ids', 'uuid[]')})`
  const inner = `SELECT ${['t."id" AS found', ...columns].join(', ')} FROM ${from} WHERE ${where} AND ${sight}`
  const plan = toPlan(`SELECT row_to_json(r)::text AS j FROM (${inner}) r`, parameters)
  const slots = ids.length === 1 ? { id: ids[0] } : { ids }
  const { rows } = await context.db.query<{ j: string }>(bind(plan, context, slots))
  return rows.map(({ j }) => JSON.parse(j) as Readonly<Record<string, unknown>>)
}

/** Numbers go as text: JSON.parse would round them. */
export function jsonOf({ sql, sqlType }: ColumnSql): string {
  const isNumber = /^(numeric|smallint|integer|bigint)/.test(sqlType)
  return isNumber ? `to_json((${sql})::text)` : `to_json(${sql})`
}

function pathsOfItems(items: Needs): readonly string[] {
  return [...items.own, ...items.related]
}

function listJson(related: ReturnType<ReturnType<typeof createRowSource>['related']>, items: Needs): string {
  const columns = pathsOfItems(items).map(
    (path, index) => `${jsonOf(related.column(path.split('.')))} AS p${index}`,
  )
  const inner =
    `SELECT ${[`${related.id} AS id`, ...columns].join(', ')} FROM ${related.from()} WHERE ${related.where} ` +
    `ORDER BY ${related.order.join(', ')} LIMIT ${MAX_LISTED + 1}`
  return `(SELECT json_agg(i) FROM (${inner}) i)`
}

function itemRecord(json: Readonly<Record<string, unknown>>, items: Needs): RuleRecord {
  const values = new Map<string, unknown>([['id', json.id]])
  for (const [index, path] of pathsOfItems(items).entries()) values.set(path, json[`p${index}`])
  return recordOf(values)
}

function recordOf(values: ReadonlyMap<string, unknown>): RuleRecord {
  return { read: (path) => values.get(path.join('.')) ?? null }
}
