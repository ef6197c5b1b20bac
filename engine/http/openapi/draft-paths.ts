import { FURTHER_LANGUAGES, SPOKEN } from '../../model/languages.ts'
import { AGREEMENT_PATHS } from './agreement-paths.ts'
import {
  BASE_VERSION,
  CHANGESET,
  changeset,
  edit,
  json,
  KIND,
  NAME,
  object,
  path,
  query,
  text,
} from './meta-parts.ts'
import { listOf, type Paths, ref } from './operation.ts'
import { PILOT_PATHS } from './pilot-paths.ts'
import { SCENARIO_RESULT } from './requirement-paths.ts'
import { uuid } from './shared-schemas.ts'
import { SILENT_PATHS } from './silent-paths.ts'

const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** One thing that a publish does. */
const PLAN_STEP = {
  type: 'object',
  required: ['kind', 'tag', 'definition', 'sentence', 'path'],
  properties: {
    kind: text,
    tag: { enum: ['safe', 'lossy', 'blocked'] },
    definition: { type: 'object', required: ['kind', 'name'], properties: { kind: text, name: text } },
    ...{ sentence: text, note: text, path: text },
    records: { type: 'integer', minimum: 0, description: 'Live records that it concerns.' },
    examples: {
      ...listOf({
        type: 'object',
        required: ['entity', 'record'],
        properties: {
          entity: { ...text, description: 'By its name in force.' },
          record: { type: 'object', required: ['id', 'label'], properties: { id: uuid, label: text } },
          field: { ...text, description: 'By its name in force, where its value is told.' },
          value: { description: 'As a list of records tells it, with what it leads to.' },
        },
      }),
      description: 'Up to five of those records, of those that one may know; absent: none.',
    },
    conversion: { ...object, description: 'What becomes of the values of a field of another type.' },
  },
} as const

/** Drafts: opened, filled, checked, resolved, planned. */
export const DRAFT_PATHS: Paths = {
  ...AGREEMENT_PATHS,
  ...PILOT_PATHS,
  ...SILENT_PATHS,
  '/api/meta/changesets': {
    get: edit({
      id: 'list_changesets',
      summary: 'The drafts',
      answers: { 200: json('The newest first.', listOf(object)) },
    }),
    post: edit({
      id: 'open_changeset',
      summary: 'Open a draft',
      body: {
        type: 'object',
        required: ['label'],
        additionalProperties: false,
        properties: { label: text, description: text },
      },
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
    patch: edit({
      id: 'describe_changeset',
      summary: 'Name a draft, say what it is for and what users are told once it is in force',
      parameters: [CHANGESET],
      body: {
        type: 'object',
        additionalProperties: false,
        properties: {
          label: text,
          description: { ...text, description: 'What it is for; an empty text takes it away.' },
          announcement: {
            ...text,
            description:
              'What users are told of what is new, unless the publish says something else; likewise.',
          },
        },
      },
      answers: { 200: json('The draft.') },
      problems: [409, 422],
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
    post: edit({
      id: 'change_in_draft',
      summary: 'Change a definition in the draft that others are changing as well',
      description:
        '`from` is the definition as the draft had it when it was looked at, `to` what it is to be; null where there is none. What ' +
        'others have changed meanwhile is merged, property by property. Where both have changed the same the answer is 409 with the ' +
        'places, until `ours` or `theirs` names each.',
      parameters: [CHANGESET, KIND, NAME, BASE_VERSION],
      body: {
        type: 'object',
        additionalProperties: false,
        properties: {
          ...{ from: { type: ['object', 'null'] }, to: { type: ['object', 'null'] } },
          ...{ ours: listOf(text), theirs: listOf(text) },
        },
      },
      answers: {
        200: json('As it was sent and as the draft holds it now, with their ids; null where it is removed.', {
          type: 'object',
          required: ['sent', 'stored'],
          properties: { sent: { type: ['object', 'null'] }, stored: { type: ['object', 'null'] } },
        }),
      },
      problems: [409, 422],
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
        200: json(
          'The problems, each with its path; what the draft takes away although something names it.',
          {
            type: 'object',
            required: ['problems', 'warnings', 'taken'],
            properties: {
              problems: listOf(ref('ProblemItem')),
              warnings: listOf(ref('ProblemItem')),
              taken: listOf(object),
            },
          },
        ),
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
      parameters: [
        CHANGESET,
        query(
          'scenarios',
          '0: they are not run, and asked for by themselves (`POST /api/meta/scenarios/run`).',
          {
            type: 'boolean',
            default: true,
          },
        ),
      ],
      answers: {
        200: json('The steps, safe, lossy or blocked.', {
          type: 'object',
          required: ['hash', 'steps'],
          properties: {
            ...{ hash: text, steps: listOf(PLAN_STEP) },
            scenarios: { ...listOf(SCENARIO_RESULT), type: ['array', 'null'] },
          },
        }),
      },
      problems: [409, 422],
    }),
  },
  '/api/meta/forms/{entity}': {
    get: edit({
      id: 'preview_form',
      summary: 'The form and the page of an entity as a role would meet them',
      parameters: [
        path('entity', 'The name of the entity.'),
        query('changeset', 'A draft that counts as published; what is in force when absent.', uuid),
        query('role', 'The role alone; the actor’s own roles when absent.'),
        query('record', 'A record that is edited; a new one when absent.', uuid),
        query('language', 'Of the labels.', { enum: [...SPOKEN, ...FURTHER_LANGUAGES] }),
      ],
      answers: {
        200: json('Both null where the role reads nothing of the entity.', {
          type: 'object',
          required: ['form', 'entity'],
          properties: {
            form: { type: ['object', 'null'] },
            entity: { type: ['object', 'null'] },
          },
        }),
      },
      problems: [409, 422],
    }),
  },
  '/api/meta/texts/sheet': {
    get: edit({
      id: 'save_texts',
      summary: 'Every text that people read, as a workbook: a row each, a column for each language',
      parameters: [query('changeset', 'A draft: the texts as it would have them.', uuid)],
      answers: { 200: { description: 'A workbook (.xlsx).', content: { [SHEET_TYPE]: text } } },
      problems: [404],
    }),
    post: edit({
      id: 'read_texts',
      summary: 'What a sheet of texts says, to be put into a draft',
      description:
        'The workbook (.xlsx), or CSV, with its header. An empty cell says nothing. A row without an address has an empty one. A cell that holds the fault of a formula, such as #REF!, is no text: its language stands in broken. Nothing is stored, and nothing of the file is kept.',
      form: {
        'multipart/form-data': {
          type: 'object',
          required: ['file'],
          properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
        },
      },
      answers: {
        200: json('The rows that say anything, each with its number in the sheet.', {
          type: 'object',
          required: ['rows'],
          properties: {
            rows: listOf({
              type: 'object',
              required: ['row', 'address', 'texts'],
              properties: { row: { type: 'integer' }, address: text, texts: object, broken: listOf(text) },
            }),
          },
        }),
      },
      problems: [413, 415, 422],
    }),
  },
  '/api/meta/proposals': {
    post: edit({
      id: 'propose_entity',
      summary: 'An entity as a spreadsheet would have it',
      description:
        'A workbook (.xlsx) or CSV with a header row. Nothing is stored, and nothing of the file is kept.',
      form: {
        'multipart/form-data': {
          type: 'object',
          required: ['file'],
          properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
        },
      },
      answers: {
        200: json('A field for each column, of a type that takes its cells.', {
          type: 'object',
          required: ['name', 'label', 'rows', 'looked', 'fields', 'preview'],
          properties: {
            name: text,
            label: text,
            file: text,
            rows: { type: 'integer' },
            looked: { type: 'integer' },
            fields: listOf(object),
            preview: listOf(listOf(text)),
          },
        }),
      },
      problems: [413, 415, 422],
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
          required: ['title', 'blocks', 'logo', 'pdf'],
          properties: {
            title: text,
            blocks: listOf(object),
            logo: { type: ['string', 'null'], description: 'The logo that it bears, as a `data:` address.' },
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
