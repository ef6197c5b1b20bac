import type { RuleScope } from '../../../metadata/rules/types.ts'
import { withActor } from '../actor-scope.ts'
import { endOfPath, fieldsOf, followPath, optionNames, relationOf } from './follow.ts'
import type { ModelContext } from './kind-spec.ts'

/** The same with the actor's own fields under `actor.`, for rules of roles. */
export function actorScope(context: ModelContext, entity: string): RuleScope {
  return withActor(ruleScope(context, entity), ruleScope(context, 'user'))
}

/** The names that a rule on records of the entity may use, from definitions that are not compiled yet. */
export function ruleScope(context: ModelContext, entity: string): RuleScope {
  return {
    resolve(path) {
      const place = endOfPath(context, entity, path)
      const type = place?.type?.rule?.type
      if (place === undefined || type === undefined) return undefined
      const options = optionNames(context, place)
      return options === undefined ? { type } : { type, options }
    },
    names(under) {
      if (under === undefined) return fieldsOf(context, entity).keys()
      const last = followPath(context, entity, under).at(-1)?.place
      const relation = last === undefined ? undefined : relationOf(last)
      return relation?.kind === 'one' ? fieldsOf(context, relation.to).keys() : []
    },
  }
}
