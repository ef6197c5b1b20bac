import { OPERATORS } from '../../metadata/rules/catalogue.ts'
import { checkRule } from '../../metadata/rules/check-rule.ts'
import { compileToJson } from '../../metadata/rules/compile-rule.ts'
import { plainRecord, type RuleEnvironment } from '../../metadata/rules/environment.ts'
import { pathsOf } from '../../metadata/rules/paths-of.ts'
import type { TypedRule } from '../../metadata/rules/types.ts'
import { AppError } from '../errors.ts'
import { ruleSettings } from '../model/rule-settings.ts'
import { ruleCalendar } from '../model/working-time.ts'
import { entityFor, type RequestContext } from './context.ts'
import { recordId } from './get.ts'
import { todayOf } from './parameters.ts'
import { loadRuleActor, loadRuleRecord } from './rule-record.ts'
import { engineScope } from './rule-sight.ts'
import { typedRecord } from './typed-values.ts'

/** A part of a rule with its value, at a JSON pointer into the rule. */
export interface EvaluatedPart {
  readonly path: string
  readonly type: string
  /** JSON; an error value is `{"error": reason}`. */
  readonly value: unknown
}

const MAX_PARTS = 200

/** What a rule is tried on: a stored record, or values that somebody types. */
export type RuleSubject = { readonly id: string } | { readonly values: unknown }

/**
 * What a rule gives for a stored record as the actor sees it, or for typed values, with every part that has one value: what stands within
 * a list has as many as the list has items.
 * @throws AppError with every problem of the rule or of the values (422), ENTITY_UNKNOWN, RECORD_NOT_FOUND
 */
export async function evaluateRule(
  context: RequestContext,
  { rule, entity: name }: { readonly rule: unknown; readonly entity: string },
  subject: RuleSubject,
): Promise<{ readonly value: unknown; readonly parts: readonly EvaluatedPart[] }> {
  const entity = entityFor(context, name)
  const places = new Map<TypedRule, string>()
  const { typed, problems } = checkRule(rule, engineScope(context, entity), 'any', {
    runner: 'engine',
    places,
  })
  if (typed === undefined) {
    throw new AppError(
      problems.map((fault) => ({ ...fault, path: `/rule${fault.path}` })),
      { status: 422 },
    )
  }
  const needs = pathsOf(typed)
  const record =
    'id' in subject
      ? await loadRuleRecord(context, entity, recordId(subject.id), needs)
      : typedRecord(context, entity, subject.values, needs)
  const environment: RuleEnvironment = {
    record,
    before: record,
    actor: await loadRuleActor(context, needs.actor),
    settings: plainRecord(ruleSettings(context.model.settings)),
    now: context.now().getTime(),
    today: todayOf(context),
    timeZone: context.model.settings.timeZone,
    ...ruleCalendar(context.model),
  }
  const parts = [...shownParts(typed)].slice(0, MAX_PARTS).flatMap((part): readonly EvaluatedPart[] => {
    const path = places.get(part)
    return path === undefined ? [] : [{ path, type: part.type, value: compileToJson(part)(environment) }]
  })
  return { value: compileToJson(typed)(environment), parts }
}

/** The parts that are computed, outside of lists' bodies, the whole first. */
function* shownParts(part: TypedRule): Generator<TypedRule> {
  if (part.kind === 'literal' || part.kind === 'list' || part.type === 'records') return
  yield part
  if (part.kind === 'fallback') yield* shownParts(part.value)
  if (part.kind !== 'call') return
  const isEach = OPERATORS.get(part.operator)?.signature.shape === 'each'
  for (const argument of isEach ? part.arguments.slice(0, 1) : part.arguments) yield* shownParts(argument)
}
