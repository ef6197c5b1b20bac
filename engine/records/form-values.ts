import { plainRecord } from '../../metadata/rules/environment.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { computedOf } from '../model/computed.ts'
import { ruleSettings } from '../model/rule-settings.ts'
import { workspaceCalendar } from '../model/working-time.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, todayOf, toPlan } from './parameters.ts'
import { createRowSource, sightPredicate } from './row-source.ts'
import { jsonOf, loadRuleActor } from './rule-record.ts'

/** Values that the rules of a form look at, as the actor sees them. */
export interface RuleValues {
  /** By path, as JSON; null where there is none. */
  readonly values: Readonly<Record<string, unknown>>
  /** Paths at whose end, or on whose way, stands what the actor does not see: nobody can tell what is there. */
  readonly unseen: readonly string[]
}

/** All that rules look at besides the record. */
export interface FormSurroundings {
  readonly actor: Readonly<Record<string, unknown>>
  readonly settings: Readonly<Record<string, unknown>>
  readonly now: string
  readonly today: string
  readonly time_zone: string
  /** Which days are worked, where the workspace says so. */
  readonly calendar?: {
    readonly weekdays: readonly number[]
    readonly holidays: readonly string[]
    readonly workdays: readonly string[]
  }
}

/** The values of a stored record, relatives' among them. */
export async function storedRuleValues(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
  paths: readonly string[],
): Promise<RuleValues> {
  return await readPaths(context, entity, id, paths, '')
}

/** The values of a record that is not there yet: what the engine will fill in, and the relatives that follow from it. */
export async function newRuleValues(
  context: RequestContext,
  entity: CompiledEntity,
  paths: readonly string[],
): Promise<RuleValues> {
  const now = context.now().toISOString()
  const actor = context.actor.id ?? null
  const beginnings: Record<string, unknown> = {
    created_at: now,
    updated_at: now,
    created_by: actor,
    updated_by: actor,
    version: 1,
    ...(entity.owned ? { owner: actor } : {}),
  }
  for (const { field, fn } of computedOf(context.model, entity).rollUps) {
    beginnings[field.name] = fn === 'count' || fn === 'sum' ? 0 : null
  }
  const own = paths.filter((path) => !path.includes('.'))
  const values = Object.fromEntries(own.map((path) => [path, beginnings[path] ?? null]))
  const lookups = Object.fromEntries(
    Object.entries(beginnings).filter(
      ([name, id]) => typeof id === 'string' && entity.fields.get(name)?.relation?.kind === 'one',
    ),
  ) as Readonly<Record<string, string>>
  const related = await relativeRuleValues(context, entity, lookups, paths)
  return { values: { ...values, ...related.values }, unseen: related.unseen }
}

/** What rules see through lookups once these records are chosen in them. @param chosen ids by lookup */
export async function relativeRuleValues(
  context: RequestContext,
  entity: CompiledEntity,
  chosen: Readonly<Record<string, string>>,
  paths: readonly string[],
): Promise<RuleValues> {
  const values: Record<string, unknown> = {}
  const unseen: string[] = []
  for (const [lookup, id] of Object.entries(chosen)) {
    const relation = entity.fields.get(lookup)?.relation
    const target = relation?.kind === 'one' ? context.model.entities.get(relation.to) : undefined
    const under = paths.filter((path) => path.startsWith(`${lookup}.`))
    if (target === undefined || under.length === 0) continue
    const rests = under.map((path) => path.slice(lookup.length + 1))
    const found = await readPaths(context, target, id, rests, `${lookup}.`)
    Object.assign(values, found.values)
    unseen.push(...found.unseen)
  }
  return { values, unseen }
}

/** @param prefix stands before each path in the answer */
async function readPaths(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
  paths: readonly string[],
  prefix: string,
): Promise<RuleValues> {
  if (paths.length === 0) return { values: {}, unseen: [] }
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const rows = createRowSource(source, entity, 't')
  const columns = paths.flatMap((path, index) => [
    `${jsonOf(rows.value(path))} AS p${index}`,
    `(${rows.seen(path)}) IS TRUE AS s${index}`,
  ])
  const where = `t."id" = ${parameters.open('id', 'uuid')} AND ${sightPredicate(source, entity, 't', false)}`
  const text = `SELECT row_to_json(r)::text AS j FROM (SELECT ${columns.join(', ')} FROM ${rows.from()} WHERE ${where}) r`
  const { rows: read } = await context.db.query<{ j: string }>(
    bind(toPlan(text, parameters), context, { id }),
  )
  const json = JSON.parse(read[0]?.j ?? '{}') as Readonly<Record<string, unknown>>
  const named = paths.map((path, index) => ({ path: `${prefix}${path}`, index }))
  const seen = named.filter(({ index }) => json[`s${index}`] === true)
  return {
    values: Object.fromEntries(seen.map(({ path, index }) => [path, json[`p${index}`] ?? null])),
    unseen: named.filter(({ index }) => json[`s${index}`] !== true).map(({ path }) => path),
  }
}

/** The actor, the settings and the time, as far as rules look at them. */
export async function formSurroundings(
  context: RequestContext,
  actorPaths: ReadonlySet<string>,
): Promise<FormSurroundings> {
  const actor = await loadRuleActor(context, actorPaths)
  const settings = plainRecord(ruleSettings(context.model.settings))
  const names = ['currency', 'time_zone', 'language']
  const calendar = workspaceCalendar(context.model.definitions)
  return {
    actor: Object.fromEntries(
      ['id', 'roles', ...actorPaths].map((path) => [path, actor.read(path.split('.')) ?? null]),
    ),
    settings: Object.fromEntries(names.map((name) => [name, settings.read([name])])),
    now: context.now().toISOString(),
    today: todayOf(context),
    time_zone: context.model.settings.timeZone,
    ...(calendar === undefined
      ? {}
      : {
          calendar: {
            weekdays: [...calendar.weekdays],
            holidays: [...calendar.holidays],
            workdays: [...calendar.workdays],
          },
        }),
  }
}
