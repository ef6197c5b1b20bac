import type { JsonSchema } from '../../registry/field-type.ts'
import { MERGED_OF } from './merge-entry.ts'
import { listOf, ref } from './operation.ts'
import { TIMELINE_ENTRY } from './timeline-entry.ts'

const text = { type: 'string' } as const
export const instant = { type: 'string', format: 'date-time' } as const
export const uuid = { type: 'string', format: 'uuid' } as const

/** A field of a write, before and after. */
export const FIELD_CHANGE: JsonSchema = {
  type: 'object',
  required: ['field', 'label', 'before', 'after'],
  properties: {
    field: text,
    label: text,
    before: {},
    after: {},
    concealed: { const: true, description: 'Its values are secret: it is told only that they changed.' },
  },
}

/** The flow that did it; its run for who may look at runs. */
const FLOW_OF: JsonSchema = {
  type: 'object',
  required: ['name', 'label'],
  properties: { name: text, label: text, run: uuid },
}

/** Schemas that the answers of all entities share. */
export const SHARED_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Problem: {
    description: 'A refusal (RFC 9457).',
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'detail', 'errors'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      code: { type: 'string', pattern: '^[A-Z][A-Z0-9_]+$' },
      detail: text,
      errors: listOf(ref('ProblemItem')),
    },
  },
  ProblemItem: {
    type: 'object',
    required: ['code', 'path', 'message'],
    properties: {
      code: text,
      path: { type: 'string', description: 'JSON pointer into what was sent; empty for the whole.' },
      message: text,
      hint: text,
      span: {
        description: 'Where in the text at the path the fault is: start and end in UTF-16 units.',
        type: 'array',
        items: { type: 'integer', minimum: 0 },
        minItems: 2,
        maxItems: 2,
      },
      record: ref('SimilarRecord'),
    },
  },
  SimilarRecord: {
    description: 'A record that a duplicate rule found, as far as the actor may know of it.',
    type: 'object',
    required: ['rule', 'entity', 'id', 'label'],
    properties: {
      rule: text,
      entity: { type: ['string', 'null'] },
      id: { anyOf: [uuid, { type: 'null' }], description: 'Null where the actor may not read it.' },
      label: { type: ['string', 'null'] },
      hidden: { const: true },
      owner: {
        description: 'Null: nobody’s. Absent where it is not told.',
        anyOf: [
          { type: 'null' },
          {
            type: 'object',
            required: ['id', 'label'],
            properties: { id: { anyOf: [uuid, { type: 'null' }] }, label: text },
          },
        ],
      },
      likeness: { type: 'number', minimum: 0, maximum: 1, description: '1: the same in one form.' },
    },
  },
  FoundDuplicate: {
    description: 'What a duplicate rule found and did not refuse.',
    type: 'object',
    required: ['action', 'path', 'message', 'record'],
    properties: {
      action: { enum: ['allow', 'warn', 'block'] },
      path: text,
      message: text,
      hint: text,
      record: ref('SimilarRecord'),
    },
  },
  Page: {
    type: 'object',
    required: ['next'],
    properties: {
      next: {
        type: ['string', 'null'],
        description: 'The cursor of the next page, for `after`; null on the last.',
      },
    },
  },
  ExpandedReference: {
    description: 'A lookup after `expand`: the other record with its name.',
    type: 'object',
    required: ['id', 'label'],
    properties: {
      id: { anyOf: [uuid, { type: 'null' }] },
      label: { type: ['string', 'null'] },
      entity: text,
      hidden: { const: true, description: 'The actor may not read the other record.' },
    },
  },
  Rule: {
    description: 'A rule in JSON Logic, checked against the fields of the entity.',
    type: ['object', 'boolean'],
  },
  HistoryEntry: {
    type: 'object',
    required: ['id', 'at', 'actor', 'via', 'action', 'version', 'changes'],
    properties: {
      id: text,
      at: instant,
      actor: {
        anyOf: [
          { type: 'null' },
          { type: 'object', properties: { id: uuid, label: { type: ['string', 'null'] } } },
        ],
      },
      via: text,
      action: { enum: ['create', 'update', 'delete', 'restore', 'merged'] },
      version: { type: ['integer', 'null'], description: 'Null of a merge, which is no write of its own.' },
      merged: MERGED_OF,
      flow: FLOW_OF,
      rule: { type: 'object', properties: { name: text, label: text } },
      webform: { type: 'object', properties: { name: text, label: text } },
      changes: listOf(FIELD_CHANGE),
    },
  },
  TimelineEntry: TIMELINE_ENTRY,
  BulkResult: {
    type: 'object',
    required: ['op', 'index', 'status'],
    properties: {
      op: { enum: ['create', 'update', 'upsert', 'delete', 'restore'] },
      index: { type: 'integer', description: 'Position in the list of its operation.' },
      status: { type: 'integer' },
      id: uuid,
      errors: listOf(ref('ProblemItem')),
    },
  },
  Favourite: {
    type: 'object',
    required: ['kind', 'label'],
    description: 'A record by entity and id, a list by entity and view, a dashboard or a report by name.',
    properties: {
      kind: { enum: ['record', 'list', 'dashboard', 'report'] },
      entity: { type: 'string' },
      id: uuid,
      view: { type: 'string' },
      name: { type: 'string' },
      label: { type: 'string', maxLength: 200 },
    },
  },
  OwnSettings: {
    type: 'object',
    required: ['favourites', 'opening_views'],
    properties: {
      favourites: { type: 'array', items: { $ref: '#/components/schemas/Favourite' } },
      opening_views: { type: 'object', additionalProperties: { type: 'string' } },
      news_seen: { type: 'integer', description: 'The version up to which what is new was put away.' },
      tours_seen: {
        type: 'array',
        items: { type: 'string' },
        description: 'Tours that were taken or put away.',
      },
    },
  },
  News: {
    type: 'object',
    required: ['version', 'text', 'published_at'],
    properties: {
      version: { type: 'integer' },
      text: { ...text, description: 'Plain text.' },
      published_at: { type: 'string', format: 'date-time' },
    },
  },
  SignedInUser: {
    type: 'object',
    required: ['id', 'name', 'email', 'language'],
    properties: { id: uuid, name: text, email: text, language: { type: ['string', 'null'] } },
  },
  Job: {
    description: 'Work that goes on in the background.',
    type: 'object',
    required: ['id'],
    properties: { id: uuid, state: text },
  },
}
