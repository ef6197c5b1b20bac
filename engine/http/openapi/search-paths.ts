import { listOf, operation, type Paths } from './operation.ts'

const text = { type: 'string' }
const perhapsText = { type: ['string', 'null'] }

const hit = {
  type: 'object',
  required: ['entity', 'id', 'label', 'note', 'matched'],
  properties: {
    entity: text,
    id: { type: 'string', format: 'uuid' },
    label: { type: 'string', description: 'The title of the record, as the actor sees it.' },
    note: { ...perhapsText, description: 'To what it belongs: the label of its first lookup.' },
    matched: {
      type: ['object', 'null'],
      description: 'Where the words stand, if not in the label.',
      required: ['field', 'label', 'value'],
      properties: { field: text, label: text, value: text },
    },
  },
}

/** The search over all entities. */
export const SEARCH_PATHS: Paths = {
  '/api/search': {
    get: operation({
      id: 'search',
      tag: 'search',
      summary: 'Looks for a text in all records that one may read',
      description:
        'By name, number, part of a phone number, e-mail, Chinese text, pinyin or its initials; every word must be found.',
      parameters: [
        {
          name: 'q',
          in: 'query',
          description: 'What is looked for; without it nothing is found.',
          schema: text,
        },
        {
          name: 'entities',
          in: 'query',
          description: 'Only these, as a comma list.',
          schema: text,
        },
        {
          name: 'limit',
          in: 'query',
          description: 'Records of each entity.',
          schema: { type: 'integer', minimum: 1, maximum: 50, default: 5 },
        },
      ],
      answers: {
        200: {
          description: 'Entity by entity, the best first.',
          schema: {
            type: 'object',
            required: ['data', 'more'],
            properties: {
              data: listOf(hit),
              more: { ...listOf(text), description: 'Entities of which further records answer.' },
            },
          },
        },
      },
    }),
  },
}
