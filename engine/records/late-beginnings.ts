import { plainRecord, type RuleRecord } from '../../metadata/rules/environment.ts'
import { pathsOf } from '../../metadata/rules/paths-of.ts'
import { inputsOf, type RecordWorld, startRecordRules } from '../../metadata/rules/record-rules.ts'
import { pathSql } from '../access/row-test-sql.ts'
import { type Problem, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { computedOf } from '../model/computed.ts'
import { fieldRules, lateBeginnings } from '../model/default-rules.ts'
import { ruleSettings } from '../model/rule-settings.ts'
import { ruleCalendar } from '../model/working-time.ts'
import type { RequestContext } from './context.ts'
import { unfitOptions } from './option-fit.ts'
import { bind, createParameters, todayOf, toPlan } from './parameters.ts'
import { checkValues, isAlwaysRequired, isBlank, type ParsedWrite } from './parse-write.ts'
import { createRowSource, sightPredicate } from './row-source.ts'
import { jsonOf, loadRuleActor } from './rule-record.ts'
import { deniedBeginnings } from './stage-entries.ts'

/**
 * A new record with what it begins with where that depends on its other values: rules give it, and what is hidden or
 * locked begins empty. Then all its values are known, and options must fit each other.
 */
export async function withLateBeginnings(
  context: RequestContext,
  entity: CompiledEntity,
  parsed: ParsedWrite,
): Promise<ParsedWrite> {
  const begun = await beginLate(context, entity, parsed)
  const unfit = unfitOptions(entity, begun.values)
  return unfit.length === 0 ? begun : { ...begun, problems: [...begun.problems, ...unfit] }
}

async function beginLate(
  context: RequestContext,
  entity: CompiledEntity,
  parsed: ParsedWrite,
): Promise<ParsedWrite> {
  const names = lateBeginnings(context.model, entity)
  // A body that is at fault is not stored.
  if (names.size === 0 || parsed.problems.length > 0) return parsed
  const given = new Set([...parsed.values.keys()].map(({ name }) => name))
  const open = [...names].filter((name) => !given.has(name)).map((name) => entity.fields.get(name)!)
  if (open.length === 0) return parsed
  const said = new Map([...parsed.values].map(([field, value]) => [field.name, value]))
  const found = await begin(context, entity, said, open)
  const values = new Map(parsed.values)
  const problems: Problem[] = []
  for (const [field, value] of found) {
    if (value !== null && !isBlank(value)) values.set(field, value)
    else if (isAlwaysRequired(field)) problems.push(problem('FIELD_REQUIRED', `/${field.name}`))
  }
  const present = Object.fromEntries(
    found.filter(([field]) => values.has(field)).map(([field, value]) => [field.name, value]),
  )
  problems.push(...checkValues(entity, present, values), ...deniedBeginnings(context, entity, values))
  return { values, problems }
}

/** What the open fields begin with; null where with nothing. */
async function begin(
  context: RequestContext,
  entity: CompiledEntity,
  said: ReadonlyMap<string, unknown>,
  open: readonly CompiledField[],
): Promise<readonly (readonly [CompiledField, unknown])[]> {
  const fields = fieldRules(context.model, entity)
  const session = startRecordRules({ fields, sections: [], validations: [] })
  const first = { ...(await worldOf(context, entity, said)), related: () => null }
  const relatives = await loadRelatives(context, entity, (name) => session.value(first, name))
  const world: RecordWorld = {
    ...first,
    related: (path, purpose) => relatives.get(`${purpose} ${path}`) ?? null,
  }
  return open.map((field) => [field, session.value(world, field.name)] as const)
}

async function worldOf(
  context: RequestContext,
  entity: CompiledEntity,
  said: ReadonlyMap<string, unknown>,
): Promise<RecordWorld> {
  const now = context.now()
  const beginnings = new Map<string, unknown>([
    ['created_at', now.toISOString()],
    ['updated_at', now.toISOString()],
    ['created_by', context.actor.id ?? null],
    ['updated_by', context.actor.id ?? null],
    ['version', 1],
    ...computedOf(context.model, entity).rollUps.map(
      ({ field, fn }) => [field.name, fn === 'count' || fn === 'sum' ? 0 : null] as const,
    ),
    ...entity.inverses.map(({ name }) => [name, []] as const), // nothing points here yet
  ])
  return {
    isNew: true,
    said: (field) => (said.has(field) ? said.get(field) : undefined),
    stored: (field) => beginnings.get(field) ?? null,
    related: () => null,
    before: () => null,
    environment: {
      actor: await actorOf(context, entity),
      settings: plainRecord(ruleSettings(context.model.settings)),
      now: now.getTime(),
      today: todayOf(context),
      timeZone: context.model.settings.timeZone,
      ...ruleCalendar(context.model),
    },
  }
}

const actors = new WeakMap<RequestContext, Map<string, Promise<RuleRecord>>>()

/** What the rules look at of the actor, read once a request. */
async function actorOf(context: RequestContext, entity: CompiledEntity): Promise<RuleRecord> {
  const known = actors.get(context) ?? new Map<string, Promise<RuleRecord>>()
  actors.set(context, known)
  let loading = known.get(entity.name)
  if (loading === undefined) {
    const paths = rulesOf(context, entity).flatMap(({ rule }) => [...pathsOf(rule).actor])
    loading = loadRuleActor(context, new Set(paths))
    known.set(entity.name, loading)
  }
  return await loading
}

function rulesOf({ model }: RequestContext, entity: CompiledEntity) {
  return fieldRules(model, entity).flatMap(({ visible, readOnly, formula, default: begins }) => [
    ...[visible, readOnly, formula].flatMap((rule) =>
      rule === undefined ? [] : [{ rule, purpose: 'condition' as const }],
    ),
    ...(begins === undefined ? [] : [{ rule: begins, purpose: 'default' as const }]),
  ])
}

/**
 * The values behind lookups that the rules look at, by purpose and path: for conditions as they are stored, for defaults,
 * which the actor gets to see, as the actor sees them.
 */
async function loadRelatives(
  context: RequestContext,
  entity: CompiledEntity,
  valueIn: (field: string) => unknown,
): Promise<ReadonlyMap<string, unknown>> {
  const wanted = new Map<string, Set<string>>()
  for (const { rule, purpose } of rulesOf(context, entity)) {
    for (const path of inputsOf(rule)) {
      const lookup = path.split('.')[0]!
      if (path === lookup || entity.fields.get(lookup)?.relation?.kind !== 'one') continue
      wanted.set(lookup, (wanted.get(lookup) ?? new Set()).add(`${purpose} ${path}`))
    }
  }
  const found = new Map<string, unknown>()
  for (const [lookup, keys] of wanted) {
    const id = valueIn(lookup)
    const relation = entity.fields.get(lookup)!.relation as { readonly to: string }
    const target = context.model.entities.get(relation.to)
    if (typeof id !== 'string' || target === undefined) continue
    for (const [key, value] of await readRelative(context, target, id, [...keys])) found.set(key, value)
  }
  return found
}

async function readRelative(
  context: RequestContext,
  target: CompiledEntity,
  id: string,
  keys: readonly string[],
): Promise<readonly (readonly [string, unknown])[]> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const rows = createRowSource(source, target, 't')
  const sight = sightPredicate(source, target, 't', false)
  const columns = keys.map((key, index) => {
    const [purpose, path] = key.split(' ') as [string, string]
    const rest = path.split('.').slice(1)
    const column = purpose === 'default' ? rows.value(rest.join('.')) : pathSql(source, target, 't', rest)
    return `${purpose === 'default' ? `CASE WHEN ${sight} THEN ${jsonOf(column)} END` : jsonOf(column)} AS p${index}`
  })
  const text =
    `SELECT row_to_json(r)::text AS j FROM (SELECT ${columns.join(', ')} FROM ${rows.from()} ` +
    `WHERE t."id" = ${parameters.open('id', 'uuid')} AND t."deleted_at" IS NULL) r`
  const plan = bind(toPlan(text, parameters), context, { id })
  // Past the pool for writes: whoever asks may hold one of its connections.
  const { rows: read } = await context.db.transaction((tx) => tx.query<{ j: string }>(plan), { direct: true })
  const json = JSON.parse(read[0]?.j ?? '{}') as Readonly<Record<string, unknown>>
  return keys.map((key, index) => [key, json[`p${index}`] ?? null] as const)
}
