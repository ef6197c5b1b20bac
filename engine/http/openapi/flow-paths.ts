import { dataOf, listOf, type OperationSpec, operation, type Paths } from './operation.ts'
import { ID } from './record-parameters.ts'

const text = { type: 'string' } as const
const maybe = { type: ['string', 'null'] } as const
const count = { type: 'integer' } as const

const fault = {
  type: ['object', 'null'],
  required: ['code', 'path', 'message'],
  properties: { code: text, path: text, message: text, hint: text },
} as const

const runProperties = {
  id: text,
  flow: { ...text, description: 'Name of the flow.' },
  name: { ...text, description: 'As it was called when the run began.' },
  label: text,
  version: { ...count, description: 'The version of the model on which it began and ends.' },
  tried: { type: 'boolean', description: 'Of a draft that some people try: as they have it.' },
  entity: maybe,
  record: maybe,
  state: { enum: ['waiting', 'sleeping', 'done', 'failed', 'cancelled', 'cut'] },
  cause: { type: 'object', description: 'What set it off.' },
  actor: { ...maybe, description: 'Who did, by id.' },
  fault,
  tries: count,
  steps: count,
  due_at: text,
  created_at: text,
  updated_at: text,
  ended_at: maybe,
} as const

const run = { type: 'object', required: Object.keys(runProperties), properties: runProperties } as const

const stepProperties = {
  number: count,
  path: { ...text, description: 'JSON pointer into the flow.' },
  name: maybe,
  action: text,
  label: text,
  sentence: { ...text, description: 'What the step does, in words.' },
  item: { ...maybe, description: 'The record at hand within a list.' },
  state: { enum: ['done', 'skipped', 'failed', 'waiting', 'late'] },
  input: {},
  output: {},
  fault,
  tries: count,
  begun_at: text,
  ended_at: maybe,
} as const

const journal = listOf({
  type: 'object',
  required: Object.keys(stepProperties),
  properties: stepProperties,
})
const whole = {
  ...run,
  required: [...run.required, 'journal'],
  properties: {
    ...{ ...runProperties, journal },
    definition: { type: 'object', description: 'The flow, where it is one that some people try.' },
  },
}

function call(spec: Omit<OperationSpec, 'tag'>) {
  return operation({ tag: 'flows', ...spec, problems: [403, ...(spec.problems ?? [])] })
}

const act = (id: string, summary: string) => ({
  post: call({
    ...{ id, summary, parameters: [ID] },
    answers: {
      200: {
        description: 'The run that goes on.',
        schema: dataOf({ type: 'object', required: ['run'], properties: { run: text } }),
      },
    },
    problems: [404, 409],
  }),
})

/** Runs of flows, for those who may look after them. */
export const FLOW_PATHS: Paths = {
  '/api/flows/runs': {
    get: call({
      id: 'list_flow_runs',
      summary: 'Runs of flows, the newest first',
      parameters: [
        { name: 'flow', in: 'query', description: 'Of this flow, by name.', schema: text },
        {
          name: 'state',
          in: 'query',
          description: 'In this state; dead: those that failed and loops that were cut.',
          schema: { enum: ['waiting', 'sleeping', 'done', 'failed', 'cancelled', 'cut', 'dead'] },
        },
        { name: 'record', in: 'query', description: 'About this record, by id.', schema: text },
        {
          name: 'limit',
          in: 'query',
          description: 'At most so many.',
          schema: { type: 'integer', minimum: 1, maximum: 200, default: 25 },
        },
        {
          name: 'after',
          in: 'query',
          description: 'The `next` of the page before.',
          schema: { ...text, format: 'uuid' },
        },
      ],
      answers: {
        200: {
          description: 'A page.',
          schema: {
            type: 'object',
            required: ['data', 'page'],
            properties: {
              data: listOf(run),
              page: { type: 'object', required: ['next'], properties: { next: maybe } },
            },
          },
        },
      },
      problems: [400],
    }),
  },
  '/api/flows/runs/{id}': {
    get: call({
      id: 'get_flow_run',
      summary: 'One run with its journal',
      parameters: [ID],
      answers: {
        200: { description: 'Each step with what went in and what came out.', schema: dataOf(whole) },
      },
      problems: [404],
    }),
  },
  '/api/flows/runs/{id}/retry': act('retry_flow_run', 'Take a failed run up at the step that failed'),
  '/api/flows/runs/{id}/cancel': act('cancel_flow_run', 'End a run'),
  '/api/flows/runs/{id}/replay': act('replay_flow_run', 'Do a run again from its beginning'),
  '/api/flows/{name}/simulate': {
    post: call({
      id: 'simulate_flow',
      summary: 'What a flow would do to a record, without doing it',
      parameters: [{ name: 'name', in: 'path', description: 'Name of the flow.', schema: text }],
      body: {
        type: 'object',
        additionalProperties: false,
        properties: {
          record: { ...text, description: 'Id of the record.' },
          changeset: {
            ...text,
            description: 'Id of a draft: the flow as it is drafted, not as it is in force.',
          },
        },
      },
      answers: { 200: { description: 'The run that it would be.', schema: dataOf(whole) } },
      problems: [404, 409, 422],
    }),
  },
}
