import { TIMELINE_TYPES } from '../../process/timeline/types.ts'
import { ref } from './operation.ts'

const text = { type: 'string' } as const
const uuid = { type: 'string', format: 'uuid' } as const
const maybe = { type: ['string', 'null'] } as const
const named = {
  type: 'object',
  required: ['name', 'label'],
  properties: { name: text, label: text },
} as const
const nobody = { type: 'null' } as const
const person = {
  anyOf: [nobody, { type: 'object', properties: { id: uuid, label: maybe } }],
} as const

export const MENTIONED = {
  type: 'object',
  required: ['id', 'label'],
  properties: { id: uuid, label: maybe },
} as const
export const MENTIONS = {
  type: 'array',
  description: 'Whom it mentions; the text holds each as @ and the name.',
  items: MENTIONED,
} as const

export const COMMENT_FILES = {
  type: 'array',
  description: 'What it holds.',
  items: {
    type: 'object',
    required: ['id', 'name', 'media_type', 'size'],
    properties: { id: uuid, name: text, media_type: text, size: { type: 'integer' } },
  },
} as const

/** What each type of entry tells besides its instant, who and through what. */
const TOLD = {
  change: ref('HistoryEntry'),
  stage: {
    type: 'object',
    required: ['field', 'from', 'to', 'seconds'],
    properties: {
      ...{ field: text, from: { anyOf: [nobody, named] }, to: { anyOf: [nobody, named] } },
      seconds: { type: ['integer', 'null'], description: 'How long it had stood in the stage before.' },
      version: { type: ['integer', 'null'] },
    },
  },
  comment: {
    type: 'object',
    required: ['id', 'text', 'edited_at', 'mentions', 'files'],
    properties: { id: uuid, text, edited_at: maybe, mentions: MENTIONS, files: COMMENT_FILES },
  },
  file: {
    type: 'object',
    required: ['id', 'name', 'media_type', 'size', 'comment'],
    properties: {
      ...{ id: uuid, name: text, media_type: text, size: { type: 'integer' } },
      comment: { ...maybe, description: 'The comment that holds it.' },
    },
  },
  record: {
    type: 'object',
    required: ['entity', 'entity_label', 'id', 'label', 'fields'],
    properties: {
      ...{ entity: text, entity_label: text, id: uuid, label: maybe },
      fields: { type: 'object', description: 'The first values of the activity, by field.' },
    },
  },
  assignment: {
    type: 'object',
    required: ['assignment', 'cause', 'outcome', 'owner', 'rule'],
    properties: {
      ...{ assignment: named, cause: text, outcome: text, owner: person },
      rule: { anyOf: [nobody, named], description: 'The rule that decided.' },
      ...{ accept_by: maybe, accepted_at: maybe },
    },
  },
  flow: {
    type: 'object',
    required: ['flow', 'run', 'state', 'ended_at', 'fault'],
    properties: {
      ...{ flow: named, run: uuid, ended_at: maybe },
      state: { enum: ['waiting', 'sleeping', 'done', 'failed', 'cancelled', 'cut'] },
      fault: { type: ['object', 'null'] },
    },
  },
  approval: {
    type: 'object',
    required: ['approval', 'run', 'number', 'act', 'level', 'comment', 'outcome'],
    properties: {
      ...{ approval: named, run: uuid, number: { type: 'integer' }, act: text },
      ...{ level: { anyOf: [nobody, named] }, instead_of: person, person, comment: maybe, outcome: maybe },
    },
  },
} as const satisfies { readonly [T in (typeof TIMELINE_TYPES)[number]]: object }

/** One thing that happened to a record. */
export const TIMELINE_ENTRY = {
  type: 'object',
  required: ['type', 'at', 'actor', 'via'],
  properties: {
    ...{ type: { enum: TIMELINE_TYPES }, at: { type: 'string', format: 'date-time' }, actor: person },
    via: { ...maybe, description: 'Through what it came; null where its own history tells.' },
    merged_from: {
      type: 'object',
      description: 'It happened to this record, which was merged into this one.',
      required: ['id', 'label'],
      properties: { id: uuid, label: text },
    },
  },
  anyOf: Object.values(TOLD),
} as const
