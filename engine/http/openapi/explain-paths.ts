import { RIGHT_NAMES } from '../../records/explain-rights.ts'
import { dataOf, listOf, operation, type Paths } from './operation.ts'
import { SHARE } from './share-paths.ts'
import { uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const yesNo = { type: 'boolean' } as const
const named = { type: 'object', required: ['name', 'label'], properties: { name: text, label: text } }
const reason = {
  type: 'object',
  required: ['role'],
  description:
    'A role, and what lets it reach the record: its scope, a sharing definition, or a share by hand.',
  properties: {
    role: text,
    scope: {
      description: 'A scope, or the rule that holds for this record; absent of a right on no record.',
    },
    sharing: named,
    share: { ...SHARE, required: ['id', 'with', 'access', 'until', 'created_by'] },
  },
}
const right = {
  type: 'object',
  required: ['allowed', 'because'],
  properties: { allowed: yesNo, because: listOf(reason) },
}
const besides = {
  ...listOf(text),
  description: 'Roles of which one is asked for besides; none: nobody with this role moves a record there.',
}
const move = {
  type: 'object',
  description:
    'Whether the rights of roles let the record be brought into a stage; the pipeline has a word of its own.',
  required: ['field', 'stage', 'label', 'allowed', 'because', 'withheld'],
  properties: {
    field: text,
    stage: text,
    label: text,
    allowed: yesNo,
    because: listOf({ ...reason, properties: { ...reason.properties, by: besides } }),
    withheld: listOf({
      type: 'object',
      description: 'A role that changes the record and does not move it there.',
      required: ['role', 'by'],
      properties: { role: text, by: besides },
    }),
  },
}
const field = {
  type: 'object',
  required: ['name', 'label', 'shown', 'editable', 'because'],
  properties: {
    name: text,
    label: text,
    shown: { enum: ['whole', 'masked', 'hidden'] },
    editable: yesNo,
    because: listOf({
      type: 'object',
      description: 'What a role that reaches the record says of the field.',
      required: ['role', 'shows', 'edits', 'by'],
      properties: {
        role: text,
        shows: { enum: ['whole', 'masked', 'hidden'] },
        edits: yesNo,
        by: {
          enum: ['field', 'personal', 'open'],
          description: 'The rights on the field itself, its class of personal data, or nothing in its way.',
        },
        personal: { ...text, description: 'The class of personal data.' },
      },
    }),
  },
}

/** Why somebody can or cannot see and change a record. */
export const EXPLAIN_PATHS: Paths = {
  '/api/explain/{entity}/{id}': {
    get: operation({
      id: 'explain_record',
      tag: 'records',
      summary: 'Why a user can or cannot see and change a record and each of its fields',
      parameters: [
        { name: 'entity', in: 'path', description: 'The name of the entity.', schema: text },
        { name: 'id', in: 'path', description: 'The record.', schema: uuid },
        {
          name: 'user',
          in: 'query',
          description: 'Another user than oneself, for whoever manages the users.',
          schema: uuid,
        },
      ],
      answers: {
        200: {
          description: 'Rights on the record and on its fields, with the roles that give them.',
          schema: dataOf({
            type: 'object',
            required: ['entity', 'id', 'user', 'rights', 'fields'],
            properties: {
              entity: text,
              id: uuid,
              user: {
                type: 'object',
                required: ['id', 'name', 'roles'],
                properties: { id: uuid, name: text, roles: listOf(named) },
              },
              rights: {
                type: 'object',
                required: RIGHT_NAMES,
                properties: Object.fromEntries(RIGHT_NAMES.map((name) => [name, right])),
              },
              moves: listOf(move),
              fields: listOf(field),
            },
          }),
        },
      },
      problems: [403, 404],
    }),
  },
}
