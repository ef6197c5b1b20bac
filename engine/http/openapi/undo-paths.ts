import { dataOf, listOf, operation, type Paths, ref } from './operation.ts'
import { DRY_RUN } from './record-parameters.ts'
import { uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const instant = { type: 'string', format: 'date-time' } as const
const count = { type: 'integer', minimum: 0 } as const

const act = {
  type: 'object',
  required: [
    'id',
    'at',
    'until',
    'entity',
    'label',
    'created',
    'changed',
    'deleted',
    'restored',
    'undone_at',
  ],
  properties: {
    id: uuid,
    at: instant,
    until: { ...instant, description: 'Until when it can be taken back.' },
    entity: text,
    label: { ...text, description: 'The entity’s label, of many.' },
    created: count,
    changed: count,
    deleted: count,
    restored: count,
    of: { type: ['string', 'null'], format: 'uuid', description: 'The act that this one took back.' },
    undone_at: { type: ['string', 'null'], format: 'date-time' },
  },
} as const

/** Taking back what was done to many records. */
export const UNDO_PATHS: Paths = {
  '/api/undo': {
    get: operation({
      id: 'list_acts',
      tag: 'records',
      summary: 'What one did to many records within 24 hours',
      answers: { 200: { description: 'The last first.', schema: dataOf(listOf(act)) } },
    }),
  },
  '/api/undo/{id}': {
    post: operation({
      id: 'undo_act',
      tag: 'records',
      summary: 'Take back what one did to many records',
      description:
        'The id is the `undo` of a bulk call’s answer. What somebody changed since, or what is refused now, stays as it is.',
      parameters: [{ name: 'id', in: 'path', description: 'The act.', schema: uuid }, DRY_RUN],
      answers: {
        200: {
          description: 'How many records are as before, and which are not. `undo` takes this back.',
          schema: {
            type: 'object',
            required: ['data'],
            properties: {
              data: {
                type: 'object',
                required: ['done', 'kept'],
                properties: { done: count, kept: listOf(ref('BulkResult')) },
              },
              undo: uuid,
            },
          },
        },
      },
      problems: [404, 409],
    }),
  },
}
