import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import busboy from 'busboy'
import { refuse } from '../errors.ts'
import { RequestAborted } from './read-body.ts'

const MAX_FIELDS = 10
const MAX_FIELD_BYTES = 1000

/** A form with one file; `file` is what `receive` made of it. */
export interface UploadForm<Received> {
  readonly fields: ReadonlyMap<string, string>
  readonly file:
    | { readonly name: string; readonly mediaType: string; readonly received: Received }
    | undefined
}

/**
 * Reads a multipart form; the content of its file part `file` flows through `receive`, never into memory.
 * @param receive takes the content; when it rejects, so does the whole
 * @param discard undoes `receive` where the form turns out to be refused after all
 * @throws AppError HTTP_MEDIA_TYPE_UNSUPPORTED, HTTP_FORM_UNREADABLE, FILE_MISSING for a file of another name
 * @throws RequestAborted when the client leaves before the end
 */
export function readForm<Received>(
  request: IncomingMessage,
  receive: (content: Readable) => Promise<Received>,
  discard: (received: Received) => Promise<void>,
): Promise<UploadForm<Received>> {
  const parser = openParser(request)
  const fields = new Map<string, string>()
  let file: Promise<NonNullable<UploadForm<Received>['file']>> | undefined
  return new Promise((resolve, reject) => {
    let isOver = false
    const fail = (error: unknown) => {
      if (isOver) return
      isOver = true
      reject(error)
      request.unpipe(parser)
      request.resume() // lets the rest run out, so that the answer arrives
      parser.destroy()
      file?.then(({ received }) => discard(received)).catch(ignore)
    }
    parser.on('field', (name, value) => fields.set(name, value))
    parser.on('file', (name, content, { filename, mimeType }) => {
      content.on('error', () => fail(refuse('HTTP_FORM_UNREADABLE'))) // the form ended within the file
      if (name === 'file' && file === undefined) {
        file = receive(content).then((received) => ({ name: filename ?? '', mediaType: mimeType, received }))
        file.catch(fail)
        return
      }
      content.resume()
      fail(refuse('FILE_MISSING', '/file'))
    })
    parser.on('error', () => fail(refuse('HTTP_FORM_UNREADABLE')))
    parser.on('close', () => {
      Promise.resolve(file).then((found) => {
        if (isOver) return
        isOver = true
        resolve({ fields, file: found })
      }, fail)
    })
    request.on('close', () => {
      if (!request.complete) fail(new RequestAborted())
    })
    request.pipe(parser)
  })
}

function ignore(): void {
  // the form is refused already, with what went wrong first; what is left over is swept away one day
}

function openParser(request: IncomingMessage): busboy.Busboy {
  const type = request.headers['content-type'] ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    throw refuse('HTTP_MEDIA_TYPE_UNSUPPORTED', '', { params: { expected: 'multipart/form-data' } })
  }
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: {
        files: 2,
        fields: MAX_FIELDS,
        fieldSize: MAX_FIELD_BYTES,
        fieldNameSize: 100,
        headerPairs: 50,
      },
    })
  } catch {
    throw refuse('HTTP_FORM_UNREADABLE') // no boundary
  }
}
