import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import { dataOf, listOf, operation, type Paths } from './operation.ts'
import { ID } from './record-parameters.ts'

/** Why records of the entity have their owners, where something assigns them. */
export function assignmentPaths(model: CompiledModel, entity: CompiledEntity, label: string): Paths {
  const isAssigned = [...model.definitions.assignment.values()].some((one) => one.entity === entity.name)
  if (!isAssigned) return {}
  const schema = dataOf(listOf({ type: 'object' }))
  return {
    [`/api/records/${entity.name}/{id}/assignments`]: {
      get: operation({
        id: `assignments_of_${entity.name}`,
        tag: entity.name,
        summary: `Why this owner: ${label}`,
        parameters: [ID],
        answers: {
          200: {
            description:
              'Each decision, the newest first: its rules in order, of each the people with why they were passed over.',
            schema,
          },
        },
      }),
    },
  }
}
