import type { CompiledEntity } from '../../model/compiled.ts'
import type { JsonSchema } from '../../registry/field-type.ts'
import { dataOf, listOf, operation, type Paths } from './operation.ts'
import { ID, IDEMPOTENCY_KEY } from './record-parameters.ts'
import { instant, uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const access = { enum: ['read', 'edit'] } as const
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] })
const until: JsonSchema = { ...orNull(instant), description: 'When it ends by itself; null: never.' }
const remark: JsonSchema = { type: ['string', 'null'], maxLength: 500 }

/** One share of a record by hand. */
export const SHARE: JsonSchema = {
  type: 'object',
  required: ['id', 'with', 'access', 'until', 'remark', 'created_at', 'created_by'],
  properties: {
    id: uuid,
    with: {
      type: 'object',
      required: ['kind', 'id', 'label'],
      properties: {
        kind: { enum: ['user', 'team', 'role'] },
        id: { ...text, description: 'The user’s or team’s id, the role’s name.' },
        label: { type: ['string', 'null'] },
      },
    },
    access,
    until,
    remark,
    created_at: instant,
    created_by: orNull({ type: 'object', properties: { id: uuid, label: { type: ['string', 'null'] } } }),
  },
}

const HOLDER: JsonSchema = {
  type: 'object',
  description: 'One user, team or role.',
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: { user: uuid, team: uuid, role: text },
}

const RULE: JsonSchema = {
  type: 'object',
  description: 'A sharing definition that holds for the record.',
  required: ['name', 'label', 'access'],
  properties: {
    name: text,
    label: text,
    access,
    with: listOf({
      type: 'object',
      required: ['kind', 'label'],
      properties: { kind: { enum: ['role', 'team', 'user'] }, label: text },
    }),
    through: { ...text, description: 'The lookup whose record is followed.' },
    depends: { const: true, description: 'Its rule asks who looks.' },
  },
}

const SHARE_ID = { name: 'share', in: 'path', description: 'The share.', schema: uuid } as const

/** Sharing single records of an entity by hand. */
export function sharePaths(entity: CompiledEntity, label: string): Paths {
  const base = `/api/records/${entity.name}/{id}/shares`
  const one = { schema: dataOf(SHARE) }
  const terms = { access, until, remark }
  return {
    [base]: {
      get: operation({
        id: `shares_of_${entity.name}`,
        tag: entity.name,
        summary: `With whom it is shared: ${label}`,
        parameters: [ID],
        answers: {
          200: {
            description: 'Shares by hand that have not ended, and the definitions that share it besides.',
            schema: {
              type: 'object',
              required: ['data', 'rules', 'may_edit'],
              properties: {
                data: listOf(SHARE),
                rules: listOf(RULE),
                may_edit: { type: 'boolean', description: 'Whether one may share it to be changed as well.' },
              },
            },
          },
        },
        problems: [403, 404],
      }),
      post: operation({
        id: `share_${entity.name}`,
        tag: entity.name,
        summary: `Share with a user, a team or a role: ${label}`,
        parameters: [ID, IDEMPOTENCY_KEY],
        body: {
          type: 'object',
          required: ['with', 'access'],
          additionalProperties: false,
          properties: { with: HOLDER, ...terms },
        },
        answers: { 201: { description: 'Shared.', ...one, headers: ['Location'] } },
        problems: [403, 404, 409],
      }),
    },
    [`${base}/{share}`]: {
      patch: operation({
        id: `change_share_of_${entity.name}`,
        tag: entity.name,
        summary: `Change a share: ${label}`,
        parameters: [ID, SHARE_ID],
        body: { type: 'object', additionalProperties: false, properties: terms },
        answers: { 200: { description: 'As it is now.', ...one } },
        problems: [403, 404],
      }),
      delete: operation({
        id: `unshare_${entity.name}`,
        tag: entity.name,
        summary: `Take a share back: ${label}`,
        parameters: [ID, SHARE_ID],
        answers: { 204: null },
        problems: [403, 404],
      }),
    },
  }
}
