import { AUDIT_ACTIONS } from '../../audit/actions.ts'
import { MAX_KEEP_MONTHS } from '../../audit/retention.ts'
import { AUDIT_GROUPS, AUDIT_MEASURES } from '../../records/audit-aggregate.ts'
import { AUDIT_COLUMNS } from '../../records/audit-question.ts'
import { BUCKETS, MAX_GROUPS, MAX_MEASURES, MAX_ROWS } from '../../records/parse-aggregate.ts'
import type { JsonSchema } from '../../registry/field-type.ts'
import { type Answer, dataOf, listOf, operation, type Paths, ref } from './operation.ts'
import { FIELDS, LIST_PARAMETERS, QUERY_PROPERTIES } from './record-parameters.ts'
import { FIELD_CHANGE, instant, uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const textOrNull = { type: ['string', 'null'] } as const
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] })
const tag = 'audit'

const ASKED = ['filter', 'fields', 'limit', 'after']
const page: Answer = {
  description: 'A page, the newest first.',
  schema: {
    type: 'object',
    required: ['data', 'page'],
    properties: { data: listOf(ref('AuditEntry')), page: ref('Page') },
  },
}
const base = '/api/records/audit_entry'
const description =
  'Values come out only of records and fields that the asker reads. A filter may ask for: ' +
  `${Object.keys(AUDIT_COLUMNS).join(', ')}, entity and, beside it, fields.`

const groupName = { enum: AUDIT_GROUPS } as const
const group = {
  type: 'object',
  required: ['field'],
  additionalProperties: false,
  properties: {
    field: groupName,
    bucket: {
      enum: BUCKETS,
      description: 'Of `at`, which is never grouped by without: what it is gathered by.',
    },
  },
} as const
const measure = {
  type: 'object',
  required: ['fn'],
  additionalProperties: false,
  properties: {
    fn: { enum: Object.keys(AUDIT_MEASURES) },
    field: { enum: [...new Set(Object.values(AUDIT_MEASURES).flat())] },
    as: { ...text, description: 'The name of the measure in the answer.' },
  },
} as const

const retention = dataOf({
  type: 'object',
  required: ['months'],
  properties: { months: { type: ['integer', 'null'], description: 'Null: for ever.' } },
})

/** The audit and its policy, for those who may. */
export const AUDIT_PATHS: Paths = {
  [base]: {
    get: operation({
      id: 'list_audit_entry',
      tag,
      summary: 'Who did what, when, from where and through what',
      description,
      parameters: LIST_PARAMETERS.filter(({ name }) => ASKED.includes(name)),
      answers: { 200: page },
      problems: [403],
    }),
  },
  [`${base}/query`]: {
    post: operation({
      id: 'query_audit_entry',
      tag,
      summary: 'The same with the question in the body',
      description,
      body: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          Object.entries(QUERY_PROPERTIES).filter(([name]) => ASKED.includes(name)),
        ),
      },
      answers: { 200: page },
      problems: [403],
    }),
  },
  [`${base}/aggregate`]: {
    post: operation({
      id: 'aggregate_audit_entry',
      tag,
      summary: 'How much was done: entries counted by groups',
      description: 'A filter may ask for everything that a list may but fields.',
      body: {
        type: 'object',
        additionalProperties: false,
        properties: {
          filter: ref('Rule'),
          group: { ...listOf({ anyOf: [groupName, group] }), maxItems: MAX_GROUPS },
          measures: { ...listOf(measure), maxItems: MAX_MEASURES },
          having: ref('Rule'),
          sort: text,
          limit: { type: 'integer', minimum: 1, maximum: MAX_ROWS },
        },
      },
      answers: { 200: { description: 'One row a group.', schema: dataOf(listOf({ type: 'object' })) } },
      problems: [403],
    }),
  },
  [`${base}/{id}`]: {
    get: operation({
      id: 'get_audit_entry',
      tag,
      summary: 'One entry of the audit',
      parameters: [{ name: 'id', in: 'path', description: 'Its number.', schema: text }, FIELDS],
      answers: { 200: { description: 'The entry.', schema: dataOf(ref('AuditEntry')) } },
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
  required: ['id'],
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
