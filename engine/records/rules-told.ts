import { checkRule } from '../../metadata/rules/check-rule.ts'
import { describeRule } from '../../metadata/rules/describe-rule.ts'
import { printRule, RuleNotPrintable } from '../../metadata/rules/text/print-rule.ts'
import type { RuleScope } from '../../metadata/rules/types.ts'
import type { Language } from '../errors.ts'
import type { Definition } from '../model/compiled.ts'
import { KINDS } from '../model/kinds/kinds.ts'
import { pointer, valueAt } from '../model/pointer.ts'
import { ruleNames } from '../model/rule-names.ts'
import type { RequestContext } from './context.ts'
import { engineScope, sightNames } from './rule-sight.ts'

/** A rule within a definition, as it is found by its words. */
export interface RuleTold {
  /** A JSON pointer into the definition. */
  readonly path: string
  /** As a sentence; as people type it where it looks at more than a record. */
  readonly text: string
}

/** Tells the rules of definitions in a language; what entities hold is looked up once for all of them. */
export function rulesTold(
  context: RequestContext,
  language: Language,
): (definition: Definition) => readonly RuleTold[] {
  const names = sightNames(context)
  const scopes = new Map<string, RuleScope | undefined>()
  const scopeOf = (name: string): RuleScope | undefined => {
    if (!scopes.has(name)) {
      const entity = context.model.entities.get(name)
      scopes.set(name, entity === undefined ? undefined : engineScope(context, entity))
    }
    return scopes.get(name)
  }
  return (definition) => {
    const places = KINDS[definition.kind].rules?.(definition as never) ?? []
    return places.flatMap(({ at, entity, relation }): readonly RuleTold[] => {
      const rule = valueAt(definition, at)
      // A word or a number stands there for something else, or is worth no search.
      if (typeof rule !== 'object' || rule === null) return []
      const scope = relation === undefined ? scopeOf(entity) : undefined
      const { typed } =
        scope === undefined ? { typed: undefined } : checkRule(rule, scope, 'any', { runner: 'engine' })
      const text =
        typed === undefined
          ? printed(rule)
          : describeRule(typed, ruleNames(names, entity, language), language)
      return text === undefined ? [] : [{ path: pointer(...at), text }]
    })
  }
}

function printed(rule: object): string | undefined {
  try {
    return printRule(rule)
  } catch (error) {
    if (error instanceof RuleNotPrintable) return undefined
    throw error
  }
}
