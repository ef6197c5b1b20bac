import { MOST_EFFORT_MS } from '../../records/field-effort.ts'
import { edit, path, text } from './meta-parts.ts'
import { dataOf, listOf, operation, type Paths } from './operation.ts'

const ENTITY = path('entity', 'The entity’s name.')

const field = {
  type: 'object',
  required: ['name', 'label', 'type', 'required', 'filled', 'seconds', 'last', 'uses', 'layouts', 'on_form'],
  properties: {
    name: text,
    label: text,
    type: text,
    required: { type: 'boolean' },
    filled: {
      type: ['number', 'null'],
      description:
        'Share of the newest records in which it holds something, 0 to 1; null where nothing can be said.',
    },
    seconds: { type: ['number', 'null'], description: 'Spent at it for each form that was stored.' },
    last: { type: ['string', 'null'], description: 'The last day on which somebody was at it in a form.' },
    uses: {
      ...listOf({
        type: 'object',
        required: ['kind', 'name', 'label'],
        properties: { kind: text, name: text, label: text },
      }),
      description: 'Rules, views, reports and whatever else reads it; not layouts, roles and texts.',
    },
    layouts: { ...listOf(text), description: 'Those in whose form it stands.' },
    on_form: { type: 'boolean', description: 'Whether a form asks for it.' },
  },
} as const

/** What a form tells of itself when it is stored. */
export const EFFORT_PATHS: Paths = {
  '/api/forms/{entity}/effort': {
    post: operation({
      id: 'tell_effort',
      tag: 'forms',
      summary:
        'How long the fields of one form took, when it is stored: summed by day, of nobody in particular',
      parameters: [ENTITY],
      body: {
        type: 'object',
        required: ['fields'],
        additionalProperties: false,
        properties: {
          fields: {
            type: 'object',
            additionalProperties: { type: 'integer', minimum: 0, maximum: MOST_EFFORT_MS },
            description: 'Milliseconds by field.',
          },
        },
      },
      answers: { 204: null },
      problems: [422],
    }),
  },
}

/** For who edits entities. */
export const FRICTION_PATHS: Paths = {
  '/api/meta/friction/{entity}': {
    get: edit({
      id: 'get_friction',
      summary: 'What each field costs those who fill in forms, and what has anything from it',
      parameters: [ENTITY],
      answers: {
        200: {
          description: 'Of the newest 2,000 records and the forms of the last 90 days.',
          schema: dataOf({
            type: 'object',
            required: ['records', 'forms', 'days', 'fields', 'spare'],
            properties: {
              records: { type: 'integer', description: 'That were looked at.' },
              forms: { type: 'integer', description: 'That were stored.' },
              days: { type: 'integer' },
              fields: listOf(field),
              spare: {
                type: 'object',
                required: ['fields', 'seconds'],
                description: 'What is hardly filled and read by nothing, with what it takes in each form.',
                properties: { fields: listOf(text), seconds: { type: ['integer', 'null'] } },
              },
            },
          }),
        },
      },
      problems: [404],
    }),
  },
}
