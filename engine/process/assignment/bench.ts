import { compileToJson } from '../../../metadata/rules/compile-rule.ts'
import { EMPTY_RECORD, plainRecord, type RuleRecord } from '../../../metadata/rules/environment.ts'
import { pathsOf, type RulePaths } from '../../../metadata/rules/paths-of.ts'
import type { RuleExpectation, RuleScope, TypedRule } from '../../../metadata/rules/types.ts'
import type { AssignmentDefinition } from '../../../metadata/types.ts'
import type { Executor } from '../../db/database.ts'
import { databaseOn } from '../../db/within-transaction.ts'
import { writeScope } from '../../model/actor-scope.ts'
import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import { ruleSettings } from '../../model/rule-settings.ts'
import { ruleScope, ruleScopeWithLists } from '../../model/sql/rule-scope.ts'
import { ruleCalendar } from '../../model/working-time.ts'
import type { RequestContext } from '../../records/context.ts'
import { todayOf } from '../../records/parameters.ts'
import { loadRuleActor, loadRuleRecords } from '../../records/rule-record.ts'
import { beforeOf, typedRule } from '../flows/world.ts'
import { overlaid } from '../flows/written-world.ts'

/** Where records lie while it is decided who gets them: what rules give of them, by the engine's eyes. */
export interface Bench {
  readonly model: CompiledModel
  readonly tx: Executor
  /** Where people are looked up, if not there. */
  readonly lookups?: Executor
  /** What a rule over a record gives. */
  value(id: string, rule: unknown, expected: RuleExpectation): Promise<unknown>
  /** What a rule over a record and each of some users gives, by user. */
  ofEach(
    id: string,
    users: readonly string[],
    rule: unknown,
    expected: RuleExpectation,
  ): Promise<ReadonlyMap<string, unknown>>
}

const CANDIDATE = 'candidate'

/** A rule as it is asked again and again; a rule stands at one place, where one thing is expected of it. */
interface Prepared {
  readonly typed: TypedRule
  readonly paths: RulePaths
  readonly run: ReturnType<typeof compileToJson>
}

/** The conditions of a table, in its order. */
export function conditionsOf({ rules }: AssignmentDefinition): readonly unknown[] {
  return rules.flatMap(({ when }) => (when === undefined ? [] : [when]))
}

/**
 * @param before what the assignment's fields held before a change, by record
 * @param conditions the rules that will be asked of each record first
 * @param after what fields held when a write was done, by record, where others may have written since
 */
export function createBench(
  engine: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
  before: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  conditions: readonly unknown[],
  after: ReadonlyMap<string, Readonly<Record<string, unknown>>> = new Map(),
): Bench {
  const { model } = engine
  const context = { ...engine, db: databaseOn({ ...tx, inTransaction: true }) }
  const people = model.entities.get('user')!
  const scope = () => candidateScope(model, entity, people)
  const key = `${model.workspace} ${model.version} assignment ${entity.name}`
  const loaded = new Map<unknown, Promise<ReadonlyMap<string, RuleRecord>>>()
  const load = (key: unknown, needs: RulePaths) => {
    const loading =
      loaded.get(key) ??
      (isAsked(needs)
        ? loadRuleRecords(context, entity, ids, needs, 'any')
        : Promise.resolve(new Map<string, RuleRecord>()))
    loaded.set(key, loading)
    return loading
  }
  // What all conditions of the table look at is read at once: decisions side by side wait for one another.
  const shared = once(() =>
    conditions.map((rule) => prepare(rule, 'condition').paths).reduce(joined, NOTHING),
  )
  const records = (rule: TypedRule, needs: RulePaths) =>
    isWithin(needs, shared()) ? load(conditions, shared()) : load(rule, needs)
  const environment = async (id: string, rule: TypedRule, paths: RulePaths, needs: RulePaths) => {
    const stored = (await records(rule, needs)).get(id) ?? EMPTY_RECORD
    const record = overlaid(stored, after.get(id) ?? {})
    return {
      record,
      before: beforeOf(stored, before.get(id)),
      actor: paths.actor.size === 0 ? EMPTY_RECORD : await loadRuleActor(context, paths.actor),
      settings: plainRecord(ruleSettings(model.settings)),
      now: context.now().getTime(),
      today: todayOf(context),
      timeZone: model.settings.timeZone,
      ...ruleCalendar(model),
    }
  }
  const ready = new Map<unknown, Prepared>()
  const prepare = (rule: unknown, expected: RuleExpectation): Prepared => {
    const known = ready.get(rule)
    if (known !== undefined) return known
    const typed = typedRule(rule, scope, expected, `${key} ${expected}`)
    const made = { typed, paths: pathsOf(typed), run: compileToJson(typed) }
    ready.set(rule, made)
    return made
  }
  return {
    model,
    tx,
    async value(id, rule, expected) {
      const { typed, paths, run } = prepare(rule, expected)
      return run(await environment(id, typed, paths, paths))
    },
    async ofEach(id, users, rule, expected) {
      const { typed, paths, run } = prepare(rule, expected)
      const { own, ofCandidate } = parted(paths)
      const world = await environment(id, typed, paths, own)
      const found = isAsked(ofCandidate)
        ? await loadRuleRecords(context, people, users, ofCandidate, 'any')
        : new Map<string, RuleRecord>()
      return new Map(
        users.map((user) => [user, run({ ...world, record: beside(world.record, user, found.get(user)) })]),
      )
    },
  }
}

const NOTHING: RulePaths = {
  ...{ own: new Set(), related: new Set(), before: new Set(), actor: new Set(), lists: new Map() },
  ...{ settings: new Set(), usesToday: false, usesNow: false, usesCalendar: false },
}

function joined(one: RulePaths, other: RulePaths): RulePaths {
  // Lists are read with what their items are asked for: each by itself.
  if (other.lists.size > 0) return one
  const both = (key: 'own' | 'related' | 'before' | 'actor') => new Set([...one[key], ...other[key]])
  return {
    ...one,
    ...{ own: both('own'), related: both('related'), before: both('before'), actor: both('actor') },
  }
}

function isWithin(needs: RulePaths, all: RulePaths): boolean {
  const keys = ['own', 'related', 'before'] as const
  return needs.lists.size === 0 && keys.every((key) => [...needs[key]].every((path) => all[key].has(path)))
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

function isAsked({ own, related, before, lists }: RulePaths): boolean {
  return own.size + related.size + before.size + lists.size > 0
}

/** What a rule looks at of the record, and what of the candidate. */
function parted(paths: RulePaths): { readonly own: RulePaths; readonly ofCandidate: RulePaths } {
  const prefix = `${CANDIDATE}.`
  const all = [...paths.own, ...paths.related]
  const of = all.flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []))
  const isOwn = (path: string) => path !== CANDIDATE && !path.startsWith(prefix)
  return {
    own: {
      ...paths,
      own: new Set([...paths.own].filter(isOwn)),
      related: new Set([...paths.related].filter(isOwn)),
    },
    ofCandidate: {
      ...paths,
      own: new Set(of.filter((path) => !path.includes('.'))),
      related: new Set(of.filter((path) => path.includes('.'))),
      lists: new Map(),
      before: new Set(),
    },
  }
}

function beside(record: RuleRecord, id: string, user: RuleRecord | undefined): RuleRecord {
  return {
    read(path) {
      if (path[0] !== CANDIDATE) return record.read(path)
      return path.length === 1 ? id : user?.read(path.slice(1))
    },
  }
}

/** The names of a rule over the record, the actor and one candidate, as the check knows them. */
function candidateScope(model: CompiledModel, entity: CompiledEntity, people: CompiledEntity): RuleScope {
  const user = ruleScope(model, people)
  const record = writeScope(ruleScopeWithLists(model, entity), ruleScope(model, entity), user)
  const prefix = `${CANDIDATE}.`
  return {
    resolve(path) {
      if (path === CANDIDATE) return { type: 'id' }
      return path.startsWith(prefix) ? user.resolve(path.slice(prefix.length)) : record.resolve(path)
    },
    names: (under) => (under === CANDIDATE ? user.names() : record.names(under)),
  }
}
