import { SETTINGS_SCOPE, withPrefix } from '../../../metadata/rules/scopes.ts'
import type { LocalText, RuleScope } from '../../../metadata/rules/types.ts'
import { roleScope, withTeams, writeScope } from '../actor-scope.ts'
import { joinedPipelines } from '../pipelines.ts'
import { withStages } from '../stage-paths.ts'
import {
  endOfPath,
  fieldOf,
  fieldsOf,
  followPath,
  type Inverse,
  inversesOf,
  optionNames,
  relationOf,
} from './follow.ts'
import type { ModelContext } from './kind-spec.ts'

/** The same with the actor's own fields under `actor.`, for rules of roles. */
export function actorScope(context: ModelContext, entity: string): RuleScope {
  const record = withLists(ruleScope(context, entity), context, entity, NOT_IN_RIGHTS)
  return roleScope(record, ruleScope(context, 'user'))
}

/** The names that the default of a field may use: the new record, its relatives, the actor, the settings. */
export function beginningScope(context: ModelContext, entity: string): RuleScope {
  return roleScope(ruleScope(context, entity), ruleScope(context, 'user'))
}

/** The names that a rule of a form may use: the record, its stored state, its relatives, the actor, the settings. */
export function formScope(context: ModelContext, entity: string): RuleScope {
  const stored = ruleScope(context, entity)
  return writeScope(stored, stored, ruleScope(context, 'user'))
}

/** The names that a rule of an entity may use which a write must meet. */
export function recordScope(context: ModelContext, entity: string): RuleScope {
  const stored = ruleScope(context, entity)
  return writeScope(withLists(stored, context, entity), stored, ruleScope(context, 'user'))
}

const NOT_IN_RIGHTS: LocalText = {
  en: 'A right looks at the record and at those that it points to, not at those that point to it.',
  'zh-CN': '权限只能依据记录本身及其指向的记录，不能依据指向它的记录。',
}

/** The names that the filter of a view may use: fields, lists of records that point here, settings. */
export function filterScope(context: ModelContext, entity: string): RuleScope {
  const record = withLists(ruleScope(context, entity), context, entity)
  return withTeams(withPrefix(record, 'settings', SETTINGS_SCOPE))
}

function withLists(scope: RuleScope, context: ModelContext, entity: string, unfit?: LocalText): RuleScope {
  const holderOf = (path: readonly string[]): string | undefined => {
    if (path.length === 0) return entity
    const last = endOfPath(context, entity, path.join('.'))
    const relation = last === undefined ? undefined : relationOf(last)
    return relation?.kind === 'one' ? relation.to : undefined
  }
  return {
    resolve(path) {
      const own = scope.resolve(path)
      if (own !== undefined) return own
      const steps = path.split('.')
      const name = steps.pop()
      const holder = holderOf(steps)
      const inverse =
        holder === undefined ? undefined : listsOf(context, holder).find((one) => one.name === name)
      if (inverse === undefined) return undefined
      const items = ruleScope(context, inverse.from)
      return unfit === undefined ? { type: 'records', items } : { type: 'records', items, unfit }
    },
    names(under) {
      const holder = unfit === undefined ? holderOf(under === undefined ? [] : under.split('.')) : undefined
      const lists = holder === undefined ? [] : listsOf(context, holder)
      return [...scope.names(under), ...lists.map((list) => list.name)]
    },
  }
}

function listsOf(context: ModelContext, entity: string): readonly Inverse[] {
  return inversesOf(context, entity).filter(({ from, field }) => {
    const place = fieldOf(context, from, field)
    const kind = place === undefined ? undefined : relationOf(place)?.kind
    return kind === 'one' || kind === 'many'
  })
}

/** The names that a rule on records of the entity may use, from definitions that are not compiled yet. */
export function ruleScope(context: ModelContext, entity: string): RuleScope {
  const scope: RuleScope = {
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
  return withStages(scope, (path) => {
    const last = path === '' ? undefined : endOfPath(context, entity, path)
    const relation = last === undefined ? undefined : relationOf(last)
    const holder = path === '' ? entity : relation?.kind === 'one' ? relation.to : undefined
    return [...joinedPipelines(context.definitions, holder).values()]
  })
}
