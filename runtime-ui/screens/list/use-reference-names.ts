import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getRecord } from '../../api/records.ts'
import type { Entity } from '../../api/types.ts'
import { useWork } from '../../kit/model-context.tsx'
import { leadsToPerson, titleOf } from '../../values/references.ts'
import { type Condition, type ConditionGroup, isGroup } from './filter-rule.ts'

/** The names of the records that a filter mentions by id; of those that one may not read, that they are. */
export function useReferenceNames(entity: Entity, group: ConditionGroup): ReadonlyMap<string, string> {
  const { t } = useTranslation()
  const { model, me } = useWork()
  const wanted = conditionsOf(group).flatMap((condition) => {
    const field = entity.fields.find((candidate) => candidate.name === condition.field)
    const target = field?.relation?.to.length === 1 ? field.relation.to[0] : undefined
    if (field?.relation === undefined) return []
    const other = model.entities.find((candidate) => candidate.name === target)
    const unread = t(leadsToPerson(field) ? 'record.somebody' : 'value.hidden')
    const ids = Array.isArray(condition.value) ? condition.value : [condition.value]
    return ids.flatMap((id) =>
      typeof id === 'string' && id !== ''
        ? [{ other, id, unread: id === me.user.id ? me.user.name : unread }]
        : [],
    )
  })
  const answers = useQueries({
    queries: wanted.map(({ other, id }) => ({
      queryKey: ['records', other?.name, 'one', id, 'name'],
      queryFn: async () => (other === undefined ? '' : titleOf(other, await getRecord(other.name, id, ''))),
      enabled: other !== undefined,
      retry: false,
    })),
  })
  return new Map(
    wanted.flatMap(({ other, id, unread }, index) => {
      const answer = answers[index]
      const name = other === undefined || answer?.isError === true ? unread : answer?.data
      return name === undefined ? [] : [[id, name]]
    }),
  )
}

function conditionsOf(group: ConditionGroup): readonly Condition[] {
  return group.rules.flatMap((item) => (isGroup(item) ? conditionsOf(item) : [item]))
}
