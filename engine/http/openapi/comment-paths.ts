import type { CompiledEntity } from '../../model/compiled.ts'
import { MOST_FILES } from '../../records/comment-files.ts'
import { MOST_MENTIONS } from '../../records/mentions.ts'
import type { JsonSchema } from '../../registry/field-type.ts'
import { dataOf, listOf, operation, type Paths } from './operation.ts'
import { page } from './record-answers.ts'
import { AFTER, COUNT, EXPAND, FIELDS, ID, IDEMPOTENCY_KEY, LIMIT } from './record-parameters.ts'
import { uuid } from './shared-schemas.ts'
import { COMMENT_FILES, MENTIONED, MENTIONS } from './timeline-entry.ts'

const COMMENT: JsonSchema = {
  type: 'object',
  required: ['mentions', 'files'],
  properties: { id: uuid, text: { type: 'string' }, mentions: MENTIONS, files: COMMENT_FILES },
}

/** What one says, of a new comment and of one that is changed. */
const WORDS = {
  text: { type: 'string', minLength: 1, maxLength: 10_000 },
  mentions: {
    type: 'array',
    description: 'People who may read the record; each is told once.',
    maxItems: MOST_MENTIONS,
    uniqueItems: true,
    items: uuid,
  },
} as const

const COMMENT_ID = {
  name: 'comment',
  in: 'path',
  description: 'The id of a comment on the record.',
  schema: uuid,
} as const

/** One comment: its author changes it, they or who may delete comments move it to the bin. */
function oneComment(entity: CompiledEntity, label: string, path: string): Paths {
  const named = { tag: entity.name, parameters: [ID, COMMENT_ID], problems: [403, 404, 409] }
  return {
    [path]: {
      patch: operation({
        ...named,
        id: `change_comment_on_${entity.name}`,
        summary: `Change a comment: ${label}`,
        description: 'Without `mentions` those stay whom the text still names.',
        body: { type: 'object', required: ['text'], additionalProperties: false, properties: WORDS },
        answers: { 200: { description: 'As it is now.', schema: dataOf(COMMENT) } },
      }),
      delete: operation({
        ...named,
        id: `uncomment_${entity.name}`,
        summary: `Delete a comment with its files: ${label}`,
        answers: {
          200: { description: 'What went to the recycle bin.', schema: dataOf({ type: 'object' }) },
        },
      }),
    },
    [`${path}/restore`]: {
      post: operation({
        ...named,
        id: `restore_comment_on_${entity.name}`,
        summary: `Bring a comment back with its files: ${label}`,
        answers: { 200: { description: 'As it is again.', schema: dataOf({ type: 'object' }) } },
      }),
    },
  }
}

/** Comments and files, where the entity has them. */
export function heldPaths(entity: CompiledEntity, label: string, base: string): Paths {
  const listOfHeld = (feature: string, summary: string, schema: JsonSchema) =>
    operation({
      id: `${feature}_of_${entity.name}`,
      tag: entity.name,
      summary: `${summary}: ${label}`,
      parameters: [ID, LIMIT, AFTER, EXPAND, FIELDS, COUNT],
      answers: { 200: page(schema, 'The newest first.') },
    })
  const addComment = operation({
    id: `comment_on_${entity.name}`,
    tag: entity.name,
    summary: `Comment on: ${label}`,
    parameters: [ID, IDEMPOTENCY_KEY],
    body: {
      type: 'object',
      required: ['text'],
      additionalProperties: false,
      properties: {
        ...WORDS,
        files: {
          type: 'array',
          description: 'Files that one has attached to the record and that no comment holds.',
          maxItems: MOST_FILES,
          uniqueItems: true,
          items: uuid,
        },
      },
    },
    answers: { 201: { description: 'Added.', schema: dataOf(COMMENT), headers: ['Location'] } },
    problems: [403, 409],
  })
  const mentionable = operation({
    id: `mentionable_on_${entity.name}`,
    tag: entity.name,
    summary: `Whom a comment may mention: ${label}`,
    parameters: [
      ID,
      {
        name: 'q',
        in: 'query',
        description: 'A name, pinyin or its initials.',
        schema: { type: 'string' },
      },
    ],
    answers: {
      200: {
        description: 'Eight at most: active people who may read the record.',
        schema: dataOf(listOf(MENTIONED)),
      },
    },
  })
  return {
    ...(entity.features.has('comments')
      ? {
          [`${base}/{id}/comments`]: { get: listOfHeld('comments', 'Comments', COMMENT), post: addComment },
          ...oneComment(entity, label, `${base}/{id}/comments/{comment}`),
          [`${base}/{id}/mentionable`]: { get: mentionable },
        }
      : {}),
    ...(entity.features.has('files')
      ? { [`${base}/{id}/files`]: { get: listOfHeld('files', 'Files', { type: 'object' }) } }
      : {}),
  }
}
