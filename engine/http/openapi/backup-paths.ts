import { dataOf, listOf, operation, type Paths } from './operation.ts'
import { instant, uuid } from './shared-schemas.ts'

const tag = 'backups'
const text = { type: 'string' } as const

const backup = {
  type: 'object',
  required: ['name', 'made_at', 'size', 'seconds', 'cause'],
  properties: {
    name: text,
    made_at: { ...instant, description: 'What was stored by then is in it.' },
    size: { type: 'integer', description: 'Bytes of what it holds, unpacked.' },
    seconds: { type: 'number', description: 'How long it took.' },
    cause: { enum: ['daily', 'asked'] },
    postgres: { ...text, description: 'The major version of PostgreSQL.' },
    lsn: { ...text, description: 'From where on in the log it is consistent.' },
  },
} as const

/** Backups, for those who may. */
export const BACKUP_PATHS: Paths = {
  '/api/backups': {
    get: operation({
      id: 'list_backups',
      tag,
      summary: 'The backups, the newest first',
      answers: {
        200: {
          description: 'Where the database is not ours there are none.',
          schema: dataOf({
            type: 'object',
            required: ['own', 'days', 'at', 'backups'],
            properties: {
              own: { type: 'boolean', description: 'Whether the database is the one that Tenon brings.' },
              days: {
                type: ['integer', 'null'],
                description: 'For so many days each is kept; 0: none is made by the clock.',
              },
              at: { type: ['string', 'null'], description: 'When the one of the day is made.' },
              backups: listOf(backup),
            },
          }),
        },
      },
      problems: [403],
    }),
    post: operation({
      id: 'make_backup',
      tag,
      summary: 'Make a backup in the background',
      body: { type: 'object', additionalProperties: false, properties: {} },
      answers: {
        202: {
          description: 'The job that makes it.',
          schema: dataOf({ type: 'object', required: ['job'], properties: { job: uuid } }),
          headers: ['Location'],
        },
      },
      problems: [403, 409],
    }),
  },
}
