import { MOST_WORDS, REQUEST_STATES } from '../../process/requests/request.ts'
import { dataOf, listOf, operation, type Paths } from './operation.ts'
import { AFTER, ID, LIMIT } from './record-parameters.ts'
import { uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const maybe = { type: ['string', 'null'] } as const
const instant = { type: 'string', format: 'date-time' } as const
const words = { type: 'string', maxLength: MOST_WORDS } as const

const person = {
  type: ['object', 'null'],
  required: ['id', 'label'],
  properties: { id: text, label: maybe },
} as const

const wish = {
  type: 'object',
  required: ['id', 'asked_by', 'asked_at', 'page', 'record', 'text', 'expected', 'state', 'answer'],
  properties: {
    ...{ id: uuid, asked_by: person, asked_at: instant },
    page: { ...text, description: 'The address of the page, from the first slash on.' },
    record: {
      type: ['object', 'null'],
      required: ['entity', 'id', 'label'],
      properties: { entity: text, id: uuid, label: text },
      description: 'The record that was shown, where whoever reads the wish may read it.',
    },
    ...{
      text: words,
      expected: { ...words, type: ['string', 'null'] },
      state: { enum: [...REQUEST_STATES] },
    },
    ...{ answer: maybe, closed_by: person, closed_at: { ...instant, type: ['string', 'null'] } },
  },
} as const

const LIST_AND_FILE = {
  get: operation({
    id: 'list_requests',
    tag: 'requests',
    summary: 'One’s own change requests; all of them for who looks after definitions',
    parameters: [
      {
        ...{ name: 'state', in: 'query', description: 'Of this state alone.' },
        schema: { enum: [...REQUEST_STATES] },
      },
      LIMIT,
      AFTER,
    ],
    answers: {
      200: {
        description: 'A page, the newest first, and how many are open.',
        schema: {
          type: 'object',
          required: ['data', 'page', 'open'],
          properties: {
            data: listOf(wish),
            page: { type: 'object', required: ['next'], properties: { next: maybe } },
            open: { type: 'integer' },
          },
        },
      },
    },
  }),
  post: operation({
    id: 'file_request',
    tag: 'requests',
    summary: 'Ask for a change of what a page shows or does',
    description: 'At most 20 an hour. Whoever looks after definitions is told.',
    body: {
      type: 'object',
      additionalProperties: false,
      required: ['page', 'text'],
      properties: {
        page: { ...text, maxLength: 1000, examples: ['/records/account'] },
        text: { ...words, minLength: 1 },
        expected: { ...words, description: 'What one expected instead.' },
        entity: { ...text, description: 'Of the record that is shown, by name.' },
        record: uuid,
      },
    },
    answers: { 201: { description: 'As it is kept.', schema: dataOf(wish) } },
    problems: [403, 404, 429],
  }),
}

/** What people wish to be different. */
export function requestPaths(isKeeper: boolean): Paths {
  if (!isKeeper) return { '/api/requests': LIST_AND_FILE }
  return {
    '/api/requests': LIST_AND_FILE,
    '/api/requests/{id}': {
      patch: operation({
        id: 'answer_request',
        tag: 'requests',
        summary: 'Say what became of a change request, or open it again',
        description: 'Whoever asked is told once it is closed. A declined one needs an answer.',
        parameters: [{ ...ID, description: 'The change request.' }],
        body: {
          type: 'object',
          additionalProperties: false,
          required: ['state'],
          properties: { state: { enum: [...REQUEST_STATES] }, answer: words },
        },
        answers: { 200: { description: 'As it stands.', schema: dataOf(wish) } },
        problems: [403, 404, 409],
      }),
    },
  }
}
