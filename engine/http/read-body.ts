import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { refuse } from '../errors.ts'
import { parseJson } from './parse-json.ts'

/** Bytes of a JSON body: a bulk call of 5,000 records fits. */
export const MAX_BODY_BYTES = 12 * 1024 * 1024
/** Bytes of the body of a call that anybody may make: addresses, passwords, links. */
export const OPEN_BODY_BYTES = 16 * 1024
/** A JSON body has this long to arrive, milliseconds; uploads have as long as the whole request. */
export const BODY_TIMEOUT_MS = 60_000
/** The answer to a body that came too late has this long to go out before the connection ends, milliseconds. */
const LAST_WORD_MS = 1_000
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i
const UTF8_CHARSET = /charset\s*=\s*"?(?!utf-?8)[^";\s]/i

/** The client went away before its body was complete: nobody is left to answer. */
export class RequestAborted extends Error {
  constructor() {
    super('the client closed the connection before its body was complete')
    this.name = 'RequestAborted'
  }
}

/**
 * The parsed JSON body of a request.
 * @param limit bytes
 * @throws AppError HTTP_MEDIA_TYPE_UNSUPPORTED (415), HTTP_BODY_TOO_LARGE (413), HTTP_REQUEST_TIMEOUT (408), HTTP_BODY_EMPTY,
 *   HTTP_BODY_UNREADABLE, HTTP_BODY_TOO_DEEP (400)
 * @throws RequestAborted
 */
export async function readJsonBody(request: IncomingMessage, limit = MAX_BODY_BYTES): Promise<unknown> {
  return (await readJson(request, limit)).value
}

/** The same with the text as it came, for keys that tell requests apart. */
export async function readJson(
  request: IncomingMessage,
  limit = MAX_BODY_BYTES,
): Promise<{ readonly text: string; readonly value: unknown }> {
  checkMediaType(request)
  const text = decode(await readBytes(request, limit))
  return { text, value: parseJson(text) }
}

/** A body that may be absent: `undefined` then. */
export async function readOptionalJsonBody(request: IncomingMessage): Promise<unknown> {
  if (hasNoBody(request)) return undefined
  return readJsonBody(request)
}

function hasNoBody(request: IncomingMessage): boolean {
  if (request.headers['transfer-encoding'] !== undefined) return false
  return Number(request.headers['content-length'] ?? 0) === 0
}

function checkMediaType(request: IncomingMessage): void {
  if (hasNoBody(request)) throw refuse('HTTP_BODY_EMPTY')
  const type = request.headers['content-type'] ?? ''
  const encoding = request.headers['content-encoding']
  const plain = encoding === undefined || encoding === 'identity'
  if (plain && JSON_TYPE.test(type) && !UTF8_CHARSET.test(type)) return
  throw refuse('HTTP_MEDIA_TYPE_UNSUPPORTED', '', { params: { expected: 'application/json' } })
}

/**
 * All bytes of a body within a limit.
 * @throws AppError HTTP_REQUEST_TIMEOUT, and then the connection ends; HTTP_BODY_TOO_LARGE: what is still on its way is let run out unread, so that a client that
 *   writes first and reads then gets the answer
 */
export function readBytes(
  request: IncomingMessage,
  limit: number,
  timeoutMs = BODY_TIMEOUT_MS,
): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(tooLarge(limit))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const patience = setTimeout(() => {
      reject(refuse('HTTP_REQUEST_TIMEOUT'))
      setTimeout(() => request.destroy(), LAST_WORD_MS).unref()
    }, timeoutMs)
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else {
        chunks.length = 0
        reject(tooLarge(limit))
      }
    })
    request.on('end', () => {
      clearTimeout(patience)
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
    })
    request.on('error', () => reject(new RequestAborted()))
    // Every request closes; making an error for those that are complete would cost each 9 µs.
    request.on('close', () => {
      clearTimeout(patience)
      if (!request.complete) reject(new RequestAborted())
    })
  })
}

function tooLarge(limit: number) {
  return refuse('HTTP_BODY_TOO_LARGE', '', { params: { limit } })
}

/** UTF-8 or a refusal: bytes are never replaced, since what is stored is what was sent. */
function decode(bytes: Buffer): string {
  if (bytes.length === 0) throw refuse('HTTP_BODY_EMPTY')
  if (!isUtf8(bytes)) throw refuse('HTTP_BODY_UNREADABLE')
  const text = bytes.toString('utf8')
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text // a byte order mark is tolerated (RFC 8259 §8.1)
}
