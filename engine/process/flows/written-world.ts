import { compileToJson } from '../../../metadata/rules/compile-rule.ts'
import { plainRecord, type RuleRecord } from '../../../metadata/rules/environment.ts'
import { pathsOf } from '../../../metadata/rules/paths-of.ts'
import type { TypedRule } from '../../../metadata/rules/types.ts'
import { findActor } from '../../access/find-actor.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { ruleSettings } from '../../model/rule-settings.ts'
import { ruleCalendar } from '../../model/working-time.ts'
import type { RequestContext } from '../../records/context.ts'
import { todayOf } from '../../records/parameters.ts'
import { loadRuleActor, loadRuleRecords } from '../../records/rule-record.ts'
import { beforeOf } from './world.ts'

/** A write as rules about it see it. */
export interface WrittenRecord {
  readonly record: string
  /** The id of who wrote it. */
  readonly actor: string | null
  /** What it replaced, by field; undefined for a new record. */
  readonly before: Readonly<Record<string, unknown>> | undefined
  /** What it left, by field, where later writes may have changed it since. */
  readonly after: Readonly<Record<string, unknown>>
}

export interface WrittenWorld {
  /** Whether the record is still there, be it in the recycle bin. */
  isThere(rule: TypedRule, one: WrittenRecord): boolean
  /** What a rule gives of a record as its write left it; undefined where the record is gone. */
  ask(rule: TypedRule, one: WrittenRecord): Promise<unknown>
}

/** Loads what rules look at, of all records at once. */
export async function writtenWorld(
  context: RequestContext,
  entity: CompiledEntity,
  rules: readonly TypedRule[],
  written: readonly WrittenRecord[],
): Promise<WrittenWorld> {
  const { model } = context
  const needs = rules.map(pathsOf)
  const records = new Map<TypedRule, ReadonlyMap<string, RuleRecord>>()
  const ids = [...new Set(written.map(({ record }) => record))]
  for (const [index, rule] of rules.entries()) {
    records.set(rule, await loadRuleRecords(context, entity, ids, needs[index]!, 'any'))
  }
  const actors = new Map<string, RuleRecord>()
  const asked = new Set(needs.flatMap(({ actor }) => [...actor]))
  const actorOf = async (id: string | null): Promise<RuleRecord | undefined> => {
    if (id === null || asked.size === 0) return undefined
    const known = actors.get(id)
    if (known !== undefined) return known
    const actor = await findActor(context.db, model, id)
    if (actor === undefined) return undefined
    const own = { ...context, actor: { ...context.actor, id: actor.id, roles: actor.roles } }
    const loaded = await loadRuleActor(own, asked)
    actors.set(id, loaded)
    return loaded
  }
  const storedOf = (rule: TypedRule, { record }: WrittenRecord) => records.get(rule)?.get(record)
  return {
    isThere: (rule, one) => storedOf(rule, one) !== undefined,
    async ask(rule, one) {
      const stored = storedOf(rule, one)
      if (stored === undefined) return undefined
      const actor = await actorOf(one.actor)
      return compileToJson(rule)({
        ...{ record: overlaid(stored, one.after), before: beforeOf(stored, one.before) },
        ...(actor && { actor }),
        settings: plainRecord(ruleSettings(model.settings)),
        ...{ now: context.now().getTime(), today: todayOf(context), timeZone: model.settings.timeZone },
        ...ruleCalendar(model),
      })
    },
  }
}

/** The record as a write left it, though others may have written since. */
export function overlaid(record: RuleRecord, after: Readonly<Record<string, unknown>>): RuleRecord {
  return {
    read: (path) =>
      path.length === 1 && Object.hasOwn(after, path[0]!) ? after[path[0]!] : record.read(path),
  }
}
