import { dataOf, listOf, operation, type Paths } from './operation.ts'
import { DRY_RUN } from './record-parameters.ts'
import { uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const count = { type: 'integer', minimum: 0 } as const
const ENTITY = { name: 'entity', in: 'path', description: 'The entity’s name.', schema: text } as const
const UPLOAD = { name: 'id', in: 'path', description: 'The upload.', schema: uuid } as const

const upload = {
  type: 'object',
  required: ['id', 'name', 'rows', 'columns', 'fields', 'keys'],
  properties: {
    id: uuid,
    name: text,
    rows: count,
    sheet: { ...text, description: 'The sheet of a workbook that is imported: the first that is shown.' },
    columns: listOf({
      type: 'object',
      required: ['header', 'samples'],
      properties: {
        header: text,
        samples: listOf(text),
        field: { ...text, description: 'To which field it probably goes.' },
      },
    }),
    fields: { ...listOf(text), description: 'The fields that you may fill from a file.' },
    keys: { ...listOf(text), description: 'Those by which rows can find the records that they change.' },
  },
} as const

const choice = {
  type: 'object',
  required: ['columns'],
  additionalProperties: false,
  properties: {
    columns: {
      ...listOf(text),
      description:
        'For each column its field; `company:code` finds a lookup by another field than the title; empty: left out.',
    },
    key: { ...text, description: 'A unique field: the record that has its value is changed.' },
    accept_duplicates: {
      type: 'boolean',
      description: 'Stores rows of which a duplicate rule warns as well.',
    },
  },
} as const

const outcome = {
  type: 'object',
  required: ['rows', 'created', 'changed', 'refused', 'duplicates', 'problems'],
  properties: {
    ...{ rows: count, created: count, changed: count, refused: count },
    duplicates: { ...count, description: 'How many of the refused rows are there already.' },
    problems: listOf({
      type: 'object',
      required: ['row', 'errors'],
      properties: {
        row: { ...count, description: 'The number of the row in its sheet or file.' },
        errors: listOf({
          type: 'object',
          required: ['code', 'path', 'message'],
          properties: {
            ...{ code: text, path: text, message: text, hint: text },
            column: { ...count, description: 'The column, counted from 0.' },
          },
        }),
      },
    }),
    undo: { ...uuid, description: 'Takes the import back, for 24 hours.' },
  },
} as const

const progress = {
  type: 'object',
  required: ['done', 'total', 'finished'],
  properties: { done: count, total: count, finished: { type: 'boolean' } },
} as const

/** Records from the rows of a file. */
export const IMPORT_PATHS: Paths = {
  '/api/imports/{entity}': {
    post: operation({
      id: 'upload_import',
      tag: 'records',
      summary: 'Upload a file of which the rows are to be records',
      description:
        'A workbook (.xlsx) or CSV with a header row. Nothing is stored of it yet; it is kept for a day.',
      parameters: [ENTITY],
      form: {
        'multipart/form-data': {
          type: 'object',
          required: ['file'],
          properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
        },
      },
      answers: {
        201: {
          description: 'What it holds, and to which fields its columns probably go.',
          schema: dataOf(upload),
        },
      },
      problems: [403, 404],
    }),
  },
  '/api/imports/{entity}/{id}': {
    get: operation({
      id: 'import_progress',
      tag: 'records',
      summary: 'How far an import is',
      parameters: [ENTITY, UPLOAD],
      answers: { 200: { description: 'Rows that are over, of all.', schema: dataOf(progress) } },
      problems: [403, 404],
    }),
    post: operation({
      id: 'import_upload',
      tag: 'records',
      summary: 'Import an uploaded file',
      description:
        'Each row stands for itself, with the checks of every write. Again with the same upload it goes on where it was cut off; no row is stored twice.',
      parameters: [ENTITY, UPLOAD, DRY_RUN],
      body: choice,
      answers: {
        200: { description: 'What came of it, or in a dry run would come.', schema: dataOf(outcome) },
      },
      problems: [403, 404, 409, 422],
    }),
  },
}
