import { labelOf } from '../../forms/labels.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { buttonsFor, hasButtons } from '../../process/flows/buttons.ts'
import type { ModelView } from '../model/model-view.ts'
import { dataOf, operation, type Paths } from './operation.ts'
import { ID } from './record-parameters.ts'

/**
 * The buttons of flows that the actor has on an entity's records.
 * @param mayPress whether they may change records at all
 */
export function buttonPaths(
  { model, actor, language }: ModelView,
  entity: CompiledEntity,
  base: string,
  mayPress: boolean,
): Paths {
  if (!hasButtons(model, entity.name)) return {}
  const buttons = mayPress ? buttonsFor(model, entity.name, actor.roles) : []
  const pressed = Object.fromEntries(
    buttons.map((flow) => [
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
  return { [`${base}/{id}/actions`]: { get: open(entity) }, ...pressed }
}

function open({ name }: CompiledEntity) {
  const button = {
    type: 'object',
    required: ['name', 'label'],
    properties: { name: { type: 'string' }, label: { type: 'string' } },
  }
  return operation({
    ...{ id: `buttons_of_${name}`, tag: name, parameters: [ID] },
    summary: 'The buttons of flows that may be pressed on a record as it stands',
    answers: {
      200: {
        description: 'None on a record that one may not change.',
        schema: dataOf({ type: 'array', items: button }),
      },
    },
  })
}
