import { useQueries } from '@tanstack/react-query'
import { getRecord } from '../../api/records.ts'
import type { Entity } from '../../api/types.ts'
import { useWork } from '../../kit/model-context.tsx'
import { titleOf } from '../../values/references.ts'
import { type Condition, type ConditionGroup, isGroup } from './filter-rule.ts'

/** The names of the records that a filter mentions by id. */
export function useReferenceNames(entity: Entity, group: ConditionGroup): ReadonlyMap<string, string> {
  const { model } = useWork()
  const wanted = conditionsOf(group).flatMap((condition) => {
    const field = entity.fields.find((candidate) => candidate.name === condition.field)
    const target = field?.relation?.to.length === 1 ? field.relation.to[0] : undefined
    const other = model.entities.find((candidate) => candidate.name === target)
    if (other === undefined) return []
    const ids = Array.isArray(condition.value) ? condition.value : [condition.value]
    return ids.filter((id): id is string => typeof id === 'string' && id !== '').map((id) => ({ other, id }))
  })
  const answers = useQueries({
    queries: wanted.map(({ other, id }) => ({
      queryKey: ['records', other.name, 'one', id, 'name'],
      queryFn: async () => titleOf(other, await getRecord(other.name, id, '')),
      retry: false,
    })),
  })
  return new Map(
    wanted.flatMap(({ id }, index) =>
      answers[index]?.data === undefined ? [] : [[id, answers[index].data]],
    ),
  )
}

function conditionsOf(group: ConditionGroup): readonly Condition[] {
  return group.rules.flatMap((item) => (isGroup(item) ? conditionsOf(item) : [item]))
}
