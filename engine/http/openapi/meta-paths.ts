import type { Access } from '../../access/access.ts'
import { KIND_NAMES } from '../../model/definition-set.ts'
import {
  type Answer,
  dataOf,
  listOf,
  type OperationSpec,
  operation,
  type ParameterSpec,
  type Paths,
  ref,
} from './operation.ts'
import { REQUIREMENT_PATHS, SCENARIO_RESULT } from './requirement-paths.ts'
import { uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const object = { type: 'object' } as const
const tag = 'definitions'

const path = (name: string, description: string, schema: ParameterSpec['schema'] = text): ParameterSpec => ({
  name,
  in: 'path',
  description,
  schema,
})
const query = (name: string, description: string, schema: ParameterSpec['schema'] = text): ParameterSpec => ({
  name,
  in: 'query',
  description,
  schema,
})
const KIND = path('kind', 'The kind of the definition.', { enum: KIND_NAMES })
const NAME = path('name', 'The name of the definition.')
const CHANGESET = path('id', 'The id of the changeset.', uuid)
const BASE_VERSION = query(
  'base_version',
  'The version that it was written against; the one in force when absent. What was published since is merged.',
  { type: 'integer', minimum: 1 },
)

const json = (description: string, schema: Answer['schema'] = object): Answer => ({
  description,
  schema: dataOf(schema ?? object),
})
const changeset: Answer = {
  description: 'The open draft.',
  schema: dataOf({
    type: 'object',
    required: ['id', 'base_version'],
    properties: { id: uuid, base_version: { type: 'integer' } },
  }),
  headers: ['Location'],
}

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
  },
} as const

/** A call that needs the right to edit definitions. */
function edit(spec: Omit<OperationSpec, 'tag'>) {
  return operation({ tag, ...spec, problems: [403, ...(spec.problems ?? [])] })
}

const inForce: Paths = {
  '/api/meta/kinds': {
    get: edit({
      id: 'list_kinds',
      summary: 'The kinds of definitions',
      answers: { 200: json('All kinds.', listOf(object)) },
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
      ],
      answers: { 200: json('Their names, labels and sentences.', listOf(object)) },
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
      parameters: [KIND, NAME, query('item', 'Only uses of one of its items: a field, a stage, an option.')],
      answers: { 200: json('Each use with its path.', listOf(object)) },
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

const drafts: Paths = {
  '/api/meta/changesets': {
    get: edit({
      id: 'list_changesets',
      summary: 'The drafts',
      answers: { 200: json('The newest first.', listOf(object)) },
    }),
    post: edit({
      id: 'open_changeset',
      summary: 'Open a draft',
      body: { type: 'object', required: ['label'], additionalProperties: false, properties: { label: text } },
      answers: { 201: changeset },
    }),
  },
  '/api/meta/changesets/{id}': {
    get: edit({
      id: 'get_changeset',
      summary: 'A draft with its definitions',
      parameters: [CHANGESET],
      answers: { 200: json('The draft.') },
    }),
    delete: edit({
      id: 'discard_changeset',
      summary: 'Throw a draft away',
      parameters: [CHANGESET],
      answers: { 204: null },
      problems: [409],
    }),
  },
  '/api/meta/changesets/{id}/definitions/{kind}/{name}': {
    put: edit({
      id: 'set_in_draft',
      summary: 'Set a definition in the draft',
      parameters: [CHANGESET, KIND, NAME, BASE_VERSION],
      body: object,
      answers: { 200: json('As the draft holds it.') },
      problems: [409],
    }),
    delete: edit({
      id: 'remove_in_draft',
      summary: 'Remove a definition in the draft',
      parameters: [CHANGESET, KIND, NAME, BASE_VERSION],
      answers: { 204: null },
      problems: [409, 422],
    }),
  },
  '/api/meta/changesets/{id}/check': {
    post: edit({
      id: 'check_changeset',
      summary: 'Every problem of the draft',
      parameters: [CHANGESET],
      answers: {
        200: json('The problems, each with its path.', {
          type: 'object',
          required: ['problems'],
          properties: { problems: listOf(ref('ProblemItem')) },
        }),
      },
    }),
  },
  '/api/meta/changesets/{id}/resolve': {
    post: edit({
      id: 'resolve_changeset',
      summary: 'Which side stands where the draft and what was published since have changed the same',
      parameters: [CHANGESET],
      body: {
        type: 'object',
        required: ['ours', 'theirs'],
        additionalProperties: false,
        properties: { ours: listOf(text), theirs: listOf(text) },
      },
      answers: { 204: null },
      problems: [409],
    }),
  },
  '/api/meta/changesets/{id}/plan': {
    post: edit({
      id: 'plan_changeset',
      summary: 'What publishing the draft would do',
      parameters: [CHANGESET],
      answers: {
        200: json('The steps, safe, lossy or blocked.', {
          type: 'object',
          required: ['hash', 'steps'],
          properties: { hash: text, steps: listOf(object), scenarios: listOf(SCENARIO_RESULT) },
        }),
      },
      problems: [409, 422],
    }),
  },
  '/api/meta/messages/preview': {
    post: edit({
      id: 'preview_message',
      summary: 'A message as it will look, with sample values or a record',
      body: {
        type: 'object',
        additionalProperties: false,
        properties: {
          name: { ...text, description: 'A message in force, or one that Tenon sends by itself.' },
          message: { ...object, description: 'Instead: a definition in the making.' },
          language: { enum: ['en', 'zh-CN'] },
          record: { ...uuid, description: 'A record of the message’s entity; absent: the fields’ labels.' },
          receiver: {
            ...uuid,
            description: 'The record as this user may see it, for who may see as they do.',
          },
        },
      },
      answers: {
        200: json('Filled in.', {
          type: 'object',
          required: ['subject', 'text', 'html'],
          properties: { subject: text, text, html: text },
        }),
      },
      problems: [422],
    }),
  },
  '/api/meta/documents/preview': {
    post: edit({
      id: 'preview_document',
      summary: 'A document as it will look, with the fields’ labels or a record',
      body: {
        type: 'object',
        additionalProperties: false,
        properties: {
          name: { ...text, description: 'A document in force.' },
          document: { ...object, description: 'Instead: a definition in the making.' },
          language: { enum: ['en', 'zh-CN'] },
          record: { ...uuid, description: 'A record of the document’s entity; absent: the fields’ labels.' },
          pdf: { type: 'boolean', description: 'Whether it is printed.' },
        },
      },
      answers: {
        200: json('Filled in.', {
          type: 'object',
          required: ['title', 'blocks', 'pdf'],
          properties: {
            title: text,
            blocks: listOf(object),
            pdf: { type: ['string', 'null'], contentEncoding: 'base64', contentMediaType: 'application/pdf' },
          },
        }),
      },
      problems: [422],
    }),
  },
  '/api/meta/import': {
    post: edit({
      id: 'import_definitions',
      summary: 'A template archive as a changeset',
      parameters: [
        query('whole', 'What the archive does not hold is removed.', { enum: ['0', '1', 'true', 'false'] }),
      ],
      body: object,
      answers: { 201: changeset },
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
    ...(access.edits() ? { ...inForce, ...drafts, ...REQUIREMENT_PATHS } : {}),
    ...(access.may('publish') ? publication : {}),
    ...(access.may('export') ? archive : {}),
  }
}
