import { AUDIT_ACTIONS } from '../../audit/actions.ts'
import { MAX_KEEP_MONTHS } from '../../audit/retention.ts'
import type { JsonSchema } from '../../registry/field-type.ts'
import { dataOf, listOf, operation, type ParameterSpec, type Paths, ref } from './operation.ts'
import { AFTER, LIMIT } from './record-parameters.ts'
import { FIELD_CHANGE, instant, uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const textOrNull = { type: ['string', 'null'] } as const
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] })
const tag = 'audit'

const query = (name: string, description: string, schema: JsonSchema = text): ParameterSpec => ({
  name,
  in: 'query',
  description,
  schema,
})

const QUESTION: readonly ParameterSpec[] = [
  query('user', 'Who did it.', uuid),
  query('entity', 'The name of the entity that it was done to.'),
  query('record', 'The record that it was done to.', uuid),
  query('field', 'A field of the entity that was changed.'),
  query('action', `What was done, a comma list of: ${AUDIT_ACTIONS.join(', ')}.`),
  query('subject', 'What it was done to where that is no record, such as role/sales.'),
  query('request', 'All that one request did.', uuid),
  query('from', 'From this day of the workspace or this instant.'),
  query('until', 'Until the end of this day, or before this instant.'),
  LIMIT,
  AFTER,
]

const retention = dataOf({
  type: 'object',
  required: ['months'],
  properties: { months: { type: ['integer', 'null'], description: 'Null: for ever.' } },
})

/** The audit and its policy, for those who may. */
export const AUDIT_PATHS: Paths = {
  '/api/audit': {
    get: operation({
      id: 'search_audit',
      tag,
      summary: 'Who did what, when, from where and through what',
      description: 'Values come out only of records and fields that the asker reads.',
      parameters: QUESTION,
      answers: {
        200: {
          description: 'A page, the newest first.',
          schema: {
            type: 'object',
            required: ['data', 'page'],
            properties: { data: listOf(ref('AuditEntry')), page: ref('Page') },
          },
        },
      },
      problems: [403, 404],
    }),
  },
  '/api/audit/retention': {
    get: operation({
      id: 'get_audit_retention',
      tag,
      summary: 'How long the audit is kept',
      answers: { 200: { description: 'Whole months besides the present one.', schema: retention } },
      problems: [403],
    }),
    put: operation({
      id: 'set_audit_retention',
      tag,
      summary: 'Set how long the audit is kept',
      body: {
        type: 'object',
        required: ['months'],
        additionalProperties: false,
        properties: { months: { type: ['integer', 'null'], minimum: 1, maximum: MAX_KEEP_MONTHS } },
      },
      answers: { 200: { description: 'As it is set now.', schema: retention } },
      problems: [403],
    }),
  },
}

export const AUDIT_ENTRY: JsonSchema = {
  description: 'Something that was done.',
  type: 'object',
  required: ['id', 'at', 'actor', 'via', 'action', 'entity', 'record', 'changes', 'details', 'erased'],
  properties: {
    id: text,
    at: instant,
    actor: orNull({ type: 'object', properties: { id: uuid, label: textOrNull } }),
    via: text,
    action: { enum: AUDIT_ACTIONS },
    entity: orNull({ type: 'object', properties: { name: text, label: text } }),
    record: orNull({
      type: 'object',
      properties: { id: orNull(uuid), label: textOrNull, hidden: { const: true } },
    }),
    version: { type: ['integer', 'null'] },
    subject: textOrNull,
    request: orNull(uuid),
    address: textOrNull,
    erased: { type: 'boolean', description: 'What it held was erased, by law or on demand.' },
    changes: listOf(FIELD_CHANGE),
    details: { type: 'object' },
  },
}
