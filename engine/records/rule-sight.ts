import { withPrefix } from '../../metadata/rules/scopes.ts'
import type { RuleScope } from '../../metadata/rules/types.ts'
import { withActor } from '../model/actor-scope.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { NamedField, NameSource } from '../model/rule-names.ts'
import { inversesOf, ruleScope } from '../model/sql/rule-scope.ts'
import { knownFields, type Sight, sightScope } from './cells.ts'

/** The names of rules that the engine runs, as the actor may know them: fields, lists, actor, settings, stored state. */
export function engineScope(sight: Sight, entity: CompiledEntity): RuleScope {
  const known = knownFields(sight.access)
  const people = sight.model.entities.get('user')
  const actor = people === undefined ? undefined : ruleScope(sight.model, people, known)
  const stored = ruleScope(sight.model, entity, known)
  return withPrefix(withActor(sightScope(sight, entity), actor), 'before', stored)
}

/** What the actor may know of entities, for texts and sentences. */
export function sightNames({ model, access }: Sight): NameSource {
  const known = knownFields(access)
  const kept = new Map<string, ReadonlyMap<string, NamedField>>()
  return {
    fields(name) {
      const entity = model.entities.get(name)
      let fields = kept.get(name)
      if (fields === undefined) {
        const own = [...(entity?.fields.values() ?? [])].filter((field) => known(entity!, field))
        fields = new Map(
          own.map(({ name: field, label, relation, options, definition }) => {
            const to = relation?.kind === 'one' ? relation.to : undefined
            return [field, { name: field, label, to, options, isStage: definition.type === 'stage' }]
          }),
        )
        kept.set(name, fields)
      }
      return fields
    },
    lists(name) {
      const entity = model.entities.get(name)
      if (entity === undefined) return []
      return inversesOf(model, entity, known).map((list) => ({ ...list, from: list.pointing.name }))
    },
  }
}
