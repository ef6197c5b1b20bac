import { MOST_EFFORT_MS } from '../../records/field-effort.ts'
import { edit, path, text } from './meta-parts.ts'
import { dataOf, listOf, operation, type Paths } from './operation.ts'

const ENTITY = path('entity', 'The entity’s name.')

const field = {
  type: 'object',
  required: [
    ...(['name', 'label', 'type', 'required', 'filled', 'seconds', 'last', 'last_use', 'uses'] as const),
    ...(['layouts', 'on_form'] as const),
  ],
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
    last_use: {
      type: ['string', 'null'],
      description: 'The last day on which one of its uses was opened or at work; null where none is known.',
    },
    uses: {
      ...listOf({
        type: 'object',
        required: ['kind', 'name', 'label'],
        properties: {
          ...{ kind: text, name: text, label: text },
          last: {
            type: ['string', 'null'],
            description:
              'The last day on which it was opened or at work; null: not since that is noted; absent: it leaves no trace.',
          },
        },
      }),
      description:
        'Rules, views, reports and whatever else reads it; not layouts, roles and texts. The last used first.',
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

/** What a list tells when somebody stays with one of its views. */
export const OPENED_PATHS: Paths = {
  '/api/views/{name}/opened': {
    post: operation({
      id: 'tell_opened',
      tag: 'forms',
      summary: 'That a view was opened: the day is noted, of nobody in particular',
      parameters: [path('name', 'The view’s name.')],
      answers: { 204: null },
      problems: [404],
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
            required: ['records', 'forms', 'days', 'uses_since', 'fields', 'spare'],
            properties: {
              records: { type: 'integer', description: 'That were looked at.' },
              forms: { type: 'integer', description: 'That were stored.' },
              days: { type: 'integer' },
              uses_since: { type: 'string', description: 'The day since when it is noted what is opened.' },
              fields: listOf(field),
              spare: {
                type: 'object',
                required: ['fields', 'seconds'],
                description:
                  'What is hardly filled and read by nothing that was used in those days, with what it takes in each form.',
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
