import type { Access } from '../../access/access.ts'
import { KIND_NAMES } from '../../model/definition-set.ts'
import { DRAFT_PATHS } from './draft-paths.ts'
import { CHANGESET, changeset, edit, json, KIND, NAME, object, path, query, text } from './meta-parts.ts'
import { listOf, operation, type Paths, ref } from './operation.ts'
import { REQUIREMENT_PATHS } from './requirement-paths.ts'
import { uuid } from './shared-schemas.ts'

const version = {
  type: 'object',
  required: ['version', 'label', 'published_at', 'published_by'],
  properties: {
    version: { type: 'integer' },
    label: text,
    published_at: { type: 'string', format: 'date-time' },
    published_by: {
      type: ['object', 'null'],
      description: 'Who published it; null: Tenon itself.',
      required: ['id', 'label'],
      properties: { id: uuid, label: { type: ['string', 'null'] } },
    },
    announcement: { ...text, description: 'What users were told of what is new.' },
    description: { ...text, description: 'What the draft was for.' },
  },
} as const

const inForce: Paths = {
  '/api/meta/kinds': {
    get: edit({
      id: 'list_kinds',
      summary: 'The kinds of definitions',
      answers: { 200: json('All kinds.', listOf(object)) },
    }),
  },
  '/api/meta/conversions': {
    get: edit({
      id: 'list_conversions',
      summary: 'To which types the values of each field type can be carried over',
      description:
        '`safe`: each value has its counterpart; `lossy`: some have none. What is not named is refused.',
      answers: {
        200: json('By type, the types that it may become.', {
          type: 'object',
          additionalProperties: {
            type: 'object',
            additionalProperties: { enum: ['safe', 'lossy'] },
          },
        }),
      },
    }),
  },
  '/api/meta/kinds/{kind}/schema': {
    get: edit({
      id: 'get_kind_schema',
      summary: 'The JSON Schema of a kind',
      parameters: [KIND],
      answers: { 200: json('A JSON Schema (2020-12).') },
    }),
  },
  '/api/meta/definitions': {
    get: edit({
      id: 'list_definitions',
      summary: 'The definitions in force',
      parameters: [
        query('kind', 'Only those of one kind.', { enum: KIND_NAMES }),
        query('whole', 'Each with its definition.', { type: 'boolean' }),
        query('rules', 'Each with its rules in words, and where they stand.', { type: 'boolean' }),
      ],
      answers: {
        200: json('Their names, labels and sentences, and the entity that each is about.', listOf(object)),
      },
    }),
  },
  '/api/meta/definitions/{kind}/{name}': {
    get: edit({
      id: 'get_definition',
      summary: 'One definition as it is written',
      parameters: [KIND, NAME],
      answers: { 200: json('The definition.') },
    }),
  },
  '/api/meta/definitions/{kind}/{name}/uses': {
    get: edit({
      id: 'get_uses',
      summary: 'Where a definition is used',
      parameters: [
        KIND,
        NAME,
        query('item', 'Only uses of one of its items: a field, a stage, an option.'),
        query('changeset', 'A draft: what is used in it, and by what; what is in force when absent.', uuid),
      ],
      answers: {
        200: json(
          'Each use with its path, what the entries of lists on the way are called, and which part of the text or key there is the name.',
          listOf(object),
        ),
      },
    }),
  },
  '/api/meta/definitions/{kind}/{name}/changes': {
    get: edit({
      id: 'list_definition_changes',
      summary: 'Who changed a definition',
      parameters: [KIND, NAME],
      answers: {
        200: json(
          'The newest 100, under whatever name it had, as far back as the audit is kept: when, by whom, before and after.',
          listOf(object),
        ),
      },
    }),
  },
  '/api/meta/versions': {
    get: edit({
      id: 'list_versions',
      summary: 'The versions of the model',
      answers: { 200: json('The newest first.', listOf(version)) },
    }),
  },
  '/api/meta/versions/{from}/diff/{to}': {
    get: edit({
      id: 'compare_versions',
      summary: 'What changed between two versions',
      parameters: [
        path('from', 'A version.', { type: 'integer', minimum: 0 }),
        path('to', 'Another one.', { type: 'integer', minimum: 0 }),
      ],
      answers: { 200: json('The steps from one to the other.') },
    }),
  },
  '/api/meta/versions/{version}/definitions/{kind}/{name}': {
    get: edit({
      id: 'get_definition_at',
      summary: 'A definition as a version has it',
      parameters: [path('version', 'A version.', { type: 'integer', minimum: 1 }), KIND, NAME],
      answers: { 200: json('The definition.') },
    }),
  },
  '/api/meta/versions/{version}/restore': {
    post: edit({
      id: 'restore_version',
      summary: 'A changeset that leads back to a version',
      parameters: [path('version', 'A version.', { type: 'integer', minimum: 0 })],
      answers: { 201: changeset },
    }),
  },
  '/api/meta/content/{kind}/{name}': {
    put: edit({
      id: 'save_content',
      summary: 'Save a definition of a content kind; in force at once',
      parameters: [KIND, NAME],
      body: object,
      answers: { 200: json('As it is stored.') },
      problems: [409],
    }),
    delete: edit({
      id: 'remove_content',
      summary: 'Remove a definition of a content kind',
      parameters: [KIND, NAME],
      answers: { 204: null },
      problems: [409, 422],
    }),
  },
  '/api/meta/content/{kind}/{name}/promote': {
    post: edit({
      id: 'promote_content',
      summary: 'Make a report or dashboard of a person or a team everybody’s',
      parameters: [KIND, NAME],
      answers: { 200: json('As it is stored.') },
      problems: [409, 422],
    }),
  },
}

const publication: Paths = {
  '/api/meta/changesets/{id}/publish': {
    post: edit({
      id: 'publish_changeset',
      summary: 'Publish exactly the plan that was looked at',
      parameters: [CHANGESET],
      body: {
        type: 'object',
        required: ['hash'],
        additionalProperties: false,
        properties: {
          hash: { ...text, description: 'The hash of the plan.' },
          override: {
            type: 'object',
            description: 'Why it is published although scenarios fail; kept with the version.',
            properties: { reason: { type: 'string', minLength: 1, maxLength: 2000 } },
          },
          emergency: {
            type: 'object',
            description:
              'Why it is published although too few agree, where somebody must: by administrators alone; kept with the version.',
            properties: { reason: { type: 'string', minLength: 1, maxLength: 2000 } },
          },
          announcement: {
            type: 'string',
            minLength: 1,
            maxLength: 500,
            description: 'What is new for users, in plain words: each of them sees it once.',
          },
        },
      },
      answers: {
        200: json('In force.', {
          type: 'object',
          required: ['version'],
          properties: { version: { type: 'integer' } },
        }),
        202: { ...json('Tables are being prepared; the job publishes after that.'), headers: ['Location'] },
      },
      problems: [409],
    }),
  },
}

/** The progress of work in the background, for who began it. */
export const JOB_PATHS: Paths = {
  '/api/jobs/{id}': {
    get: operation({
      id: 'get_job',
      tag: 'operation',
      summary: 'How far a job is',
      parameters: [path('id', 'The id of the job.', uuid)],
      answers: { 200: json('State and progress.', ref('Job')) },
    }),
  },
}

const archive: Paths = {
  '/api/meta/export': {
    get: edit({
      id: 'export_definitions',
      summary: 'All definitions as a template archive',
      answers: { 200: { description: 'The archive.', schema: object } },
    }),
  },
}

/** What those may call who edit definitions, and who publish them. */
export function metaPaths(access: Pick<Access, 'may' | 'edits'>): Paths {
  return {
    ...(access.edits() ? { ...inForce, ...DRAFT_PATHS, ...REQUIREMENT_PATHS } : {}),
    ...(access.may('publish') ? publication : {}),
    ...(access.may('export') ? archive : {}),
  }
}
