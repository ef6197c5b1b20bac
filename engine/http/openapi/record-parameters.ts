import type { ParameterSpec } from './operation.ts'
import { uuid } from './shared-schemas.ts'

const query = (name: string, description: string, schema: ParameterSpec['schema']): ParameterSpec => ({
  name,
  in: 'query',
  description,
  schema,
})

export const FIELDS = query('fields', 'Fields to answer, separated by commas; dots reach into lookups.', {
  type: 'string',
})
export const EXPAND = query('expand', 'Lookups to answer as objects, separated by commas, two levels deep.', {
  type: 'string',
})
export const LIMIT = query('limit', 'Records a page.', {
  type: 'integer',
  minimum: 1,
  maximum: 200,
  default: 25,
})
export const AFTER = query('after', 'The cursor of the page before.', { type: 'string' })
export const COUNT = query('count', 'Whether to count, and how exactly.', {
  enum: ['none', 'estimated', 'exact'],
  default: 'none',
})
export const DRY_RUN = query('dry_run', 'Validates and shows what would happen, and stores nothing.', {
  enum: ['0', '1', 'true', 'false'],
})

export const DUPLICATES = query(
  'duplicates',
  'Stores it although duplicate rules that warn find like records; else they refuse it with DUPLICATE_WARNED.',
  { enum: ['accept'] },
)

/** What a list takes in its address. */
export const LIST_PARAMETERS: readonly ParameterSpec[] = [
  query('filter', 'A rule in JSON Logic, as JSON.', { type: 'string' }),
  query('sort', 'Fields, the most important first; a minus means descending.', { type: 'string' }),
  FIELDS,
  EXPAND,
  LIMIT,
  AFTER,
  query('q', 'Words to search for.', { type: 'string', maxLength: 500 }),
  COUNT,
  query('deleted', 'The recycle bin instead of the living records.', { enum: ['0', '1', 'true', 'false'] }),
]

/** The same by name, as the body of a query holds it. */
export const QUERY_PROPERTIES = {
  filter: { $ref: '#/components/schemas/Rule' },
  ...Object.fromEntries(
    LIST_PARAMETERS.filter(({ name }) => name !== 'filter' && name !== 'deleted').map(
      ({ name, description, schema }) => [name, { description, ...schema }],
    ),
  ),
  deleted: { type: 'boolean' },
} as const

const EXPORTED = ['filter', 'sort', 'fields', 'q', 'deleted']
const EXPORT_WORDS: readonly ParameterSpec[] = [
  query('format', 'What kind of file.', { enum: ['csv'], default: 'csv' }),
  query('header', 'Names and values as the API has them, which can be imported; or as people read them.', {
    enum: ['names', 'labels'],
    default: 'names',
  }),
  query('language', 'Of labels; else that of the request.', { enum: ['en', 'zh-CN'] }),
]
const BOM = 'A byte order mark at the beginning, by which spreadsheets know UTF-8.'

/** What an export takes in its address: a list without pages, and how it is to be written. */
export const EXPORT_PARAMETERS: readonly ParameterSpec[] = [
  ...LIST_PARAMETERS.filter(({ name }) => EXPORTED.includes(name)),
  ...EXPORT_WORDS,
  query('bom', BOM, { enum: ['0', '1', 'true', 'false'] }),
]

export const EXPORT_PROPERTIES = {
  ...Object.fromEntries(Object.entries(QUERY_PROPERTIES).filter(([name]) => EXPORTED.includes(name))),
  ...Object.fromEntries(
    EXPORT_WORDS.map(({ name, description, schema }) => [name, { description, ...schema }]),
  ),
  bom: { type: 'boolean', description: BOM },
} as const

export const ID: ParameterSpec = {
  name: 'id',
  in: 'path',
  description: 'The id of the record.',
  schema: uuid,
}

export const IF_MATCH: ParameterSpec = {
  name: 'If-Match',
  in: 'header',
  description: 'The version that the change was made on, in double quotes; 412 when it is no longer that.',
  schema: { type: 'string', pattern: '^"\\d+"$' },
}

export const IDEMPOTENCY_KEY: ParameterSpec = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Makes a retry safe for 24 hours: the first answer is given again.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}
