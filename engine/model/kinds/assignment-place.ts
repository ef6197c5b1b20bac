import type { RuleScope } from '../../../metadata/rules/types.ts'
import type {
  AssignmentDefinition,
  AssignmentPool,
  AssignmentRule,
  AssignmentTable,
} from '../../../metadata/types.ts'
import type { DefinitionSet } from '../compiled.ts'
import type { ModelContext } from './kind-spec.ts'
import { recordScope, ruleScope } from './rule-scope.ts'

const CANDIDATE = 'candidate'

/** Whether a rule looks its people up in a table. */
export function isTable(to: AssignmentRule['to']): to is AssignmentTable {
  return !Array.isArray(to) && Object.hasOwn(to, 'table')
}

/** Whether what no rule gives goes to a pool. */
export function isPool(
  otherwise: NonNullable<AssignmentDefinition['otherwise']>,
): otherwise is AssignmentPool {
  return !Array.isArray(otherwise) && Object.hasOwn(otherwise, 'pool')
}

/** The names of a rule over the record, the actor and one candidate. */
export function candidateScope(context: ModelContext, entity: string): RuleScope {
  const record = recordScope(context, entity)
  const user = ruleScope(context, 'user')
  return {
    resolve(path) {
      if (path === CANDIDATE) return { type: 'id' }
      return path.startsWith(`${CANDIDATE}.`)
        ? user.resolve(path.slice(CANDIDATE.length + 1))
        : record.resolve(path)
    },
    names(under) {
      if (under === undefined) return [...record.names(), CANDIDATE]
      return under === CANDIDATE ? user.names() : record.names(under)
    },
  }
}

const found = new WeakMap<DefinitionSet, ReadonlyMap<string, readonly AssignmentDefinition[]>>()

/** The assignments in force of an entity, in the order of their names. */
export function assignmentsOf(definitions: DefinitionSet, entity: string): readonly AssignmentDefinition[] {
  let byEntity = found.get(definitions)
  if (byEntity === undefined) {
    const made = new Map<string, AssignmentDefinition[]>()
    const active = [...definitions.assignment.values()].filter(({ active: is }) => is !== false)
    for (const one of active.sort((a, b) => (a.name < b.name ? -1 : 1)))
      made.set(one.entity, [...(made.get(one.entity) ?? []), one])
    byEntity = made
    found.set(definitions, made)
  }
  return byEntity.get(entity) ?? NONE
}

const NONE: readonly AssignmentDefinition[] = []
