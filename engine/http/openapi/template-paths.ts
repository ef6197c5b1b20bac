import { changeset, object, path, query, text } from './meta-parts.ts'
import { dataOf, listOf, type OperationSpec, operation, type Paths } from './operation.ts'
import { uuid } from './shared-schemas.ts'

const integer = { type: 'integer' } as const
const NAME = path('name', 'The name of the template.')
const EMPTY = { type: 'object', additionalProperties: false, properties: {} } as const
const anyText = { description: 'A text, or one a language.' } as const

const template = {
  type: 'object',
  required: [
    ...['name', 'version', 'label', 'requires', 'installed', 'has_data', 'counts', 'entities'],
    ...['parameters', 'answers', 'screenshots'],
  ],
  properties: {
    name: text,
    version: text,
    label: anyText,
    summary: anyText,
    requires: { ...listOf(text), description: 'The templates that it builds on.' },
    installed: { type: ['string', 'null'], description: 'The version that this workspace has.' },
    has_data: { type: 'boolean', description: 'Whether it brings demo data.' },
    counts: {
      type: 'object',
      description: 'How many definitions it has, by kind.',
      additionalProperties: integer,
    },
    entities: listOf(object),
    parameters: { ...listOf(object), description: 'What is asked at install, as the manifest has it.' },
    answers: { ...object, description: 'What was answered here, by the names of parameters.' },
    screenshots: { ...listOf(object), description: 'Its pictures: file and label.' },
  },
} as const

const answers = {
  type: 'object',
  additionalProperties: true,
  description: 'Answers to what the template asks, by the names of its parameters.',
} as const

const preview = {
  ...template,
  required: [...template.required, 'contents'],
  properties: {
    ...template.properties,
    contents: {
      ...listOf({
        type: 'object',
        required: ['kind', 'name', 'label', 'sentence'],
        properties: { kind: text, name: text, label: anyText, sentence: anyText },
      }),
      description: 'What it holds, each definition in a sentence.',
    },
  },
} as const

const call = (spec: Omit<OperationSpec, 'tag'>) =>
  operation({ tag: 'templates', ...spec, problems: [403, ...(spec.problems ?? [])] })

/** Templates, for those who may publish. */
export const TEMPLATE_PATHS: Paths = {
  '/api/templates': {
    get: call({
      id: 'list_templates',
      summary: 'The templates that are shipped, and what this workspace has of them',
      answers: {
        200: { description: 'Those that others build on first.', schema: dataOf(listOf(template)) },
      },
    }),
  },
  '/api/templates/{name}': {
    get: call({
      id: 'get_template',
      summary: 'A template with all that it holds, in words, before anything of it is installed',
      parameters: [NAME],
      answers: { 200: { description: 'The template.', schema: dataOf(preview) } },
      problems: [404],
    }),
  },
  '/api/templates/{name}/screenshots/{file}': {
    get: call({
      id: 'get_template_screenshot',
      summary: 'A picture of a template',
      parameters: [NAME, path('file', 'The name of the picture.')],
      answers: {
        200: {
          description: 'The picture.',
          content: Object.fromEntries(
            ['image/png', 'image/jpeg', 'image/webp'].map((type) => [type, { contentMediaType: type }]),
          ),
        },
      },
      problems: [404],
    }),
  },
  '/api/templates/{name}/install': {
    post: call({
      id: 'install_template',
      summary: 'Install a template: its definitions as one version, then its demo data where that is wanted',
      parameters: [NAME],
      body: {
        type: 'object',
        additionalProperties: false,
        properties: { data: { type: 'boolean' }, answers },
      },
      answers: {
        200: {
          description: 'It is in force.',
          schema: dataOf({
            type: 'object',
            required: ['version', 'records'],
            properties: { version: integer, records: integer },
          }),
        },
      },
      problems: [409, 422],
    }),
  },
  '/api/templates/{name}/upgrade': {
    post: call({
      id: 'upgrade_template',
      summary:
        'What a newer version of a template has otherwise, as a changeset; what was changed here stays',
      parameters: [NAME],
      body: { type: 'object', additionalProperties: false, properties: { answers } },
      answers: { 201: changeset },
      problems: [409, 422],
    }),
  },
  '/api/templates/{name}/uninstall': {
    post: call({
      id: 'uninstall_template',
      summary: 'A changeset that retires what a template brought; records stay until the purge',
      parameters: [NAME],
      body: EMPTY,
      answers: { 201: changeset },
      problems: [409, 422],
    }),
  },
  '/api/demo': {
    get: call({
      id: 'count_demo',
      summary: 'How many demo records would go, and how many stay because people work with them',
      answers: {
        200: {
          description: 'By entity, those with the most first.',
          schema: dataOf(
            listOf({
              type: 'object',
              required: ['entity', 'label', 'removed', 'kept'],
              properties: {
                entity: text,
                label: { ...text, description: 'The entity’s label, of many.' },
                removed: integer,
                kept: integer,
              },
            }),
          ),
        },
      },
    }),
    delete: call({
      id: 'remove_demo',
      summary: 'Put demo records into the recycle bin, but for those that people have worked with',
      parameters: [
        query('limit', 'How many go at most; all, where it is not said.', {
          type: 'integer',
          minimum: 1,
          maximum: 1000,
        }),
      ],
      answers: {
        200: {
          description: 'What went, and what stays.',
          schema: dataOf({
            type: 'object',
            required: ['removed', 'kept', 'undo', 'left'],
            properties: {
              removed: integer,
              kept: integer,
              undo: {
                ...listOf(uuid),
                description:
                  'The acts by which they come back (`POST /api/undo/{id}`), from the first to the last.',
              },
              left: { ...integer, description: 'They would go as well, and are there yet.' },
            },
          }),
        },
      },
    }),
  },
}
