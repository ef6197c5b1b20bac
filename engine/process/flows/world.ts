import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { compileToJson } from '../../../metadata/rules/compile-rule.ts'
import {
  EMPTY_RECORD,
  plainRecord,
  type RuleEnvironment,
  type RuleRecord,
} from '../../../metadata/rules/environment.ts'
import { pathsOf, type RulePaths } from '../../../metadata/rules/paths-of.ts'
import type { RuleExpectation, RuleScope, TypedRule } from '../../../metadata/rules/types.ts'
import type { Transaction } from '../../db/database.ts'
import { databaseOn } from '../../db/within-transaction.ts'
import { AppError } from '../../errors.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { type FlowPlace, flowScope, namedRecords } from '../../model/kinds/flow-place.ts'
import { ruleSettings } from '../../model/rule-settings.ts'
import { ruleCalendar } from '../../model/working-time.ts'
import type { RequestContext } from '../../records/context.ts'
import { todayOf } from '../../records/parameters.ts'
import { loadRuleActor, loadRuleRecords } from '../../records/rule-record.ts'
import type { RecordRef } from '../../registry/action.ts'
import type { KnownPeople } from '../known-people.ts'
import type { Run } from './run-store.ts'

/** What the rules of a run look at. */
export interface RunWorld {
  readonly context: RequestContext
  readonly tx: Transaction
  readonly place: FlowPlace
  readonly run: Pick<Run, 'record' | 'actor' | 'cause' | 'outputs'>
  readonly entity: CompiledEntity | undefined
  readonly item: RecordRef | undefined
  readonly people: KnownPeople
}

const checked = new WeakMap<object, Map<string, TypedRule>>()

/** A rule checked once per place in the flow. @throws AppError with every problem: what it names is gone */
export function typedRule(
  rule: unknown,
  scope: () => RuleScope,
  expected: RuleExpectation,
  key: string,
): TypedRule {
  const object = typeof rule === 'object' && rule !== null ? rule : undefined
  const known = object && checked.get(object)?.get(key)
  if (known !== undefined) return known
  const { typed, problems } = checkRule(rule, scope(), expected, { runner: 'engine' })
  if (typed === undefined) throw new AppError(problems, { status: 422 })
  if (object !== undefined) {
    const byKey = checked.get(object) ?? new Map<string, TypedRule>()
    byKey.set(key, typed)
    checked.set(object, byKey)
  }
  return typed
}

/** What a rule gives, as JSON. */
export async function evaluate(world: RunWorld, rule: unknown, expected: RuleExpectation): Promise<unknown> {
  const { model } = world.context
  const key = `${model.workspace} ${model.version} ${model.contentRevision} ${expected} ${world.place.item ?? ''}`
  const typed = typedRule(rule, () => flowScope(world.place), expected, key)
  return compileToJson(typed)(await environmentOf(world, pathsOf(typed)))
}

const paths = new WeakMap<FlowPlace, Map<string, object>>()

/** The value at a path. The rule is the same one each time, so that it is checked once for its place. */
export async function valueAtPath(world: RunWorld, path: string): Promise<unknown> {
  const known = paths.get(world.place) ?? new Map<string, object>()
  paths.set(world.place, known)
  const rule = known.get(path) ?? { var: path }
  known.set(path, rule)
  return await evaluate(world, rule, 'any')
}

/** A context whose reads see what the transaction has written. */
export function readingContext({ context, tx }: Pick<RunWorld, 'context' | 'tx'>): RequestContext {
  return { ...context, db: databaseOn(tx) }
}

async function environmentOf(world: RunWorld, needs: RulePaths): Promise<RuleEnvironment> {
  const context = readingContext(world)
  const { run, entity } = world
  const named = await loadNamed(world, context, needs)
  const own = ownNeeds(needs, named)
  const isAsked = [own.own, own.related, own.before].some((set) => set.size > 0) || own.lists.size > 0
  const record =
    entity === undefined || run.record === null || !isAsked
      ? EMPTY_RECORD
      : ((await loadRuleRecords(context, entity, [run.record], own, 'any')).get(run.record) ?? EMPTY_RECORD)
  return {
    record: withNamed(record, named),
    before: beforeOf(record, run.cause.before),
    actor: await actorOf(world, context, needs),
    settings: plainRecord(ruleSettings(context.model.settings)),
    now: context.now().getTime(),
    today: todayOf(context),
    timeZone: context.model.settings.timeZone,
    ...ruleCalendar(context.model),
  }
}

/** What was there before a change: what it replaced, and the rest as it is. */
export function beforeOf(
  record: RuleRecord,
  before: Readonly<Record<string, unknown>> | undefined,
): RuleRecord {
  if (before === undefined) return EMPTY_RECORD
  return {
    read: (path) =>
      path.length === 1 && Object.hasOwn(before, path[0]!) ? before[path[0]!] : record.read(path),
  }
}

async function actorOf(
  { run, people }: RunWorld,
  context: RequestContext,
  needs: RulePaths,
): Promise<RuleRecord> {
  if (needs.actor.size === 0) return EMPTY_RECORD
  const actor = run.actor === null ? undefined : (await people.find(run.actor))?.actor
  if (actor === undefined) return EMPTY_RECORD
  return await loadRuleActor(
    { ...context, actor: { ...context.actor, id: actor.id, roles: actor.roles } },
    needs.actor,
  )
}

/** Records and values with a name of their own, by it. */
type Named = ReadonlyMap<string, RuleRecord>

function ownNeeds(needs: RulePaths, named: Named): RulePaths {
  const isOwn = (path: string) =>
    ![...named.keys()].some((name) => path === name || path.startsWith(`${name}.`))
  const only = (paths: ReadonlySet<string>) => new Set([...paths].filter(isOwn))
  return { ...needs, own: only(needs.own), related: only(needs.related) }
}

function withNamed(record: RuleRecord, named: Named): RuleRecord {
  if (named.size === 0) return record
  return {
    read(path) {
      const whole = path.join('.')
      for (const [name, one] of named) {
        if (whole === name) return one.read([])
        if (whole.startsWith(`${name}.`)) return one.read(whole.slice(name.length + 1).split('.'))
      }
      return record.read(path)
    },
  }
}

async function loadNamed(world: RunWorld, context: RequestContext, needs: RulePaths): Promise<Named> {
  const paths = [...needs.own, ...needs.related]
  const named = new Map<string, RuleRecord>()
  for (const [name, entity] of namedRecords(world.place)) {
    const below = paths.flatMap((path) => (path.startsWith(`${name}.`) ? [path.slice(name.length + 1)] : []))
    if (below.length === 0 && !paths.includes(name)) continue
    named.set(name, await namedRecord(context, entity, refOf(world, name)?.id, below))
  }
  for (const step of world.place.earlier.keys()) {
    const prefix = `steps.${step}`
    if (named.has(prefix) || !paths.some((path) => path.startsWith(`${prefix}.`))) continue
    named.set(prefix, plainRecord(world.run.outputs[step] ?? {}))
  }
  return named
}

async function namedRecord(
  context: RequestContext,
  entityName: string,
  id: string | undefined,
  paths: readonly string[],
): Promise<RuleRecord> {
  const entity = context.model.entities.get(entityName)
  if (entity === undefined || id === undefined) return EMPTY_RECORD
  const needs = {
    own: new Set(paths.filter((path) => !path.includes('.'))),
    related: new Set(paths.filter((path) => path.includes('.'))),
    ...{ lists: new Map(), before: new Set<string>() },
  }
  const record = (await loadRuleRecords(context, entity, [id], needs, 'any')).get(id) ?? EMPTY_RECORD
  return { read: (path) => (path.length === 0 ? id : record.read(path)) }
}

/** The record that a name stands for: `item`, `steps.made`, `steps.found.first`. */
export function refOf(world: Pick<RunWorld, 'item' | 'run'>, name: string): RecordRef | undefined {
  if (name === 'item') return world.item
  const [, step = '', rest] = name.split('.')
  const output = world.run.outputs[step]
  if (output === undefined || typeof output.entity !== 'string') return undefined
  const id = rest === 'first' ? (output.ids as readonly string[] | undefined)?.[0] : output.id
  return typeof id === 'string' ? { entity: output.entity, id } : undefined
}
