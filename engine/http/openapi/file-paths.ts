import { dataOf, operation, type ParameterSpec, type Paths } from './operation.ts'
import { uuid } from './shared-schemas.ts'

const text = { type: 'string' } as const
const object = { type: 'object' } as const

const FILE_ID: ParameterSpec = { name: 'id', in: 'path', description: 'The id of the file.', schema: uuid }

export const FILE_PATHS: Paths = {
  '/api/files': {
    post: operation({
      id: 'upload_file',
      tag: 'files',
      summary: 'Upload a file, to a record or for a field of one',
      form: {
        'multipart/form-data': {
          type: 'object',
          required: ['file'],
          properties: {
            entity: { ...text, description: 'The entity of the record that it is about.' },
            record: { ...uuid, description: 'That record.' },
            file: { type: 'string', contentMediaType: 'application/octet-stream' },
          },
        },
      },
      answers: { 201: { description: 'Stored.', schema: dataOf(object), headers: ['Location'] } },
      problems: [403],
    }),
  },
  '/api/files/{id}': {
    get: operation({
      id: 'download_file',
      tag: 'files',
      summary: 'Download a file',
      parameters: [FILE_ID],
      answers: { 200: { description: 'The content.', content: { '*/*': {} }, headers: ['ETag'] } },
    }),
    delete: operation({
      id: 'remove_file',
      tag: 'files',
      summary:
        'Remove a file: within an hour what one has attached oneself, else by the right to delete files',
      parameters: [FILE_ID],
      answers: { 204: { description: 'It is in the recycle bin.' } },
      problems: [403],
    }),
  },
}
