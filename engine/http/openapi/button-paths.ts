import { labelOf } from '../../forms/labels.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { buttonsFor } from '../../process/flows/buttons.ts'
import type { ModelView } from '../model/model-view.ts'
import { dataOf, operation, type Paths } from './operation.ts'
import { ID } from './record-parameters.ts'

/** The buttons of flows that the actor has on an entity's records. */
export function buttonPaths(
  { model, actor, language }: ModelView,
  entity: CompiledEntity,
  base: string,
): Paths {
  return Object.fromEntries(
    buttonsFor(model, entity.name, actor.roles).map((flow) => [
      `${base}/{id}/actions/${flow.name}`,
      {
        post: operation({
          id: `press_${entity.name}_${flow.name}`,
          tag: entity.name,
          summary: labelOf(flow, language),
          parameters: [ID],
          answers: {
            202: {
              description: 'The run of the flow has begun.',
              schema: dataOf({ type: 'object', required: ['run'], properties: { run: { type: 'string' } } }),
            },
          },
          problems: [403, 409],
        }),
      },
    ]),
  )
}
