import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import { poolsOf } from '../../model/kinds/pool-place.ts'
import type { ModelView } from '../model/model-view.ts'
import { dataOf, listOf, type OperationSpec, operation, type Paths, ref } from './operation.ts'
import { DRY_RUN, ID, IDEMPOTENCY_KEY } from './record-parameters.ts'

const text = { type: 'string' }
const count = { type: 'integer', minimum: 0 }
const instant = { type: 'string', format: 'date-time' }
const perhaps = (type: string) => ({ type: [type, 'null'] })
const rule = {
  type: 'object',
  required: ['name', 'label'],
  properties: { name: text, label: text, count },
}
const person = {
  type: ['object', 'null'],
  required: ['id', 'label'],
  properties: { id: text, label: perhaps('string') },
}

const pool = {
  type: 'object',
  required: ['id', 'name', 'label', 'entity', 'member', 'hidden', 'claim', 'recycle'],
  properties: {
    ...{ id: text, name: text, label: text, entity: text, member: { type: 'boolean' } },
    hidden: listOf(text),
    claim: {
      type: 'object',
      required: ['per_day', 'claimed_today', 'holding', 'held', 'cool_down'],
      properties: {
        ...{ per_day: perhaps('integer'), claimed_today: perhaps('integer') },
        ...{ holding: perhaps('integer'), held: perhaps('integer'), cool_down: perhaps('string') },
      },
    },
    recycle: listOf(rule),
  },
}

const forecast = {
  type: 'object',
  required: ['pool', 'entity', 'until', 'count', 'days', 'records'],
  properties: {
    ...{ pool: text, entity: text, until: instant, count },
    days: listOf({
      type: 'object',
      required: ['day', 'count', 'rules'],
      properties: { day: { type: 'string', format: 'date' }, count, rules: listOf(rule) },
    }),
    records: listOf({
      type: 'object',
      required: ['id', 'label', 'owner', 'rule', 'due_at'],
      properties: { id: text, label: text, owner: person, rule, due_at: instant },
    }),
  },
}

/** Pools, where there are any. */
export function poolPaths({ definitions }: CompiledModel): Paths {
  if (definitions.pool.size === 0) return {}
  const call = (spec: Omit<Parameters<typeof operation>[0], 'tag'>) => operation({ ...spec, tag: 'pools' })
  return {
    '/api/pools': {
      get: call({
        id: 'list_pools',
        summary: 'The pools of what one may read, with what one may still claim',
        parameters: [
          { name: 'entity', in: 'query', description: 'Of this entity alone.', schema: { type: 'string' } },
        ],
        answers: { 200: { description: 'By entity and name.', schema: dataOf(listOf(pool)) } },
      }),
    },
    '/api/pools/{name}/recycling': {
      get: call({
        id: 'forecast_recycling',
        summary:
          'What returns to the pool if nobody works on it: a dry run, of the records that one is shown',
        parameters: [
          {
            name: 'name',
            in: 'path',
            description: 'The pool.',
            schema: { type: 'string', enum: [...definitions.pool.keys()] },
          },
          {
            name: 'until',
            in: 'query',
            description: 'A day or an instant, a year ahead at most; seven days where nothing is said.',
            schema: { type: 'string' },
          },
        ],
        answers: {
          200: {
            description: 'How many by day and rule, and the first of them.',
            schema: dataOf(forecast),
          },
        },
      }),
    },
  }
}

/** What is done about the owner of a record of the entity. */
export function ownerActPaths(
  { model }: ModelView,
  entity: CompiledEntity,
  label: string,
  mayUpdate: boolean,
): Paths {
  const base = `/api/records/${entity.name}/{id}/actions`
  const spec = (id: string, summary: string) => ({
    ...{ id: `${id}_${entity.name}`, tag: entity.name, summary: `${summary}: ${label}`, parameters: [ID] },
    problems: [403, 409],
  })
  const whole = { 200: { description: 'The record.', schema: dataOf(ref(entity.name)) } }
  const isAsked = [...model.definitions.assignment.values()].some(
    (one) => one.entity === entity.name && one.accept !== undefined,
  )
  const pools = poolsOf(model.definitions, entity.name)
  return {
    ...(entity.owned && mayUpdate
      ? { [`${base}/transfer`]: { post: transfer(spec('transfer', 'Give to another owner')) } }
      : {}),
    ...(isAsked
      ? { [`${base}/accept`]: { post: operation({ ...spec('accept', 'Accept'), answers: whole }) } }
      : {}),
    ...(pools.length === 0
      ? {}
      : {
          [`${base}/claim`]: { post: operation({ ...spec('claim', 'Claim'), answers: whole }) },
          [`${base}/release`]: {
            post: operation({
              ...spec('release', 'Give back to a pool'),
              body: {
                type: 'object',
                additionalProperties: false,
                properties: { pool: { type: 'string', enum: pools.map(({ name }) => name) } },
              },
              answers: {
                200: {
                  description: 'Where it lies.',
                  schema: dataOf({
                    type: 'object',
                    required: ['id', 'owner'],
                    properties: { id: text, owner: text },
                  }),
                },
              },
            }),
          },
        }),
  }
}

/** Giving a record, and with it what its owner has of its related ones, to somebody else. */
function transfer(base: Pick<OperationSpec, 'id' | 'tag' | 'summary'>) {
  return operation({
    ...base,
    parameters: [ID, DRY_RUN, IDEMPOTENCY_KEY],
    problems: [403, 409, 422],
    body: {
      type: 'object',
      additionalProperties: false,
      required: ['owner'],
      properties: {
        owner: { type: 'string', format: 'uuid' },
        with: {
          ...listOf(text),
          description: 'Relations whose records pass along as far as the former owner has them.',
        },
      },
    },
    answers: {
      200: {
        description: 'The new owner, and how many records passed along by each relation.',
        schema: dataOf({
          type: 'object',
          required: ['id', 'owner', 'with'],
          properties: {
            id: text,
            owner: text,
            with: { type: 'object', additionalProperties: { type: 'integer' } },
          },
        }),
      },
    },
  })
}
