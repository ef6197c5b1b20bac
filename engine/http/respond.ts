import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { API_HEADERS, type HeaderList } from './security-headers.ts'

/** Sent with every answer of the API. */
const CONSTANT_HEADERS: HeaderList = [...API_HEADERS, 'Cache-Control', 'no-store']

export type ExtraHeaders = Readonly<Record<string, string | readonly string[]>>

/**
 * Sends finished JSON text. Headers go as one flat list and the body as one string, which Node writes in a
 * single packet; Express' res.json would parse, stringify and hash what PostgreSQL has already built.
 */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  headers?: ExtraHeaders,
): void {
  send(response, status, 'application/json; charset=utf-8', body, headers)
}

/** Stringifies and sends a value as `{"data": …}`. */
export function sendData(
  response: ServerResponse,
  status: number,
  data: unknown,
  headers?: ExtraHeaders,
): void {
  sendJson(response, status, JSON.stringify({ data }), headers)
}

/** Sends text of any media type with the constant headers; a header given here replaces the constant one. */
export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
  headers?: ExtraHeaders,
): void {
  if (response.headersSent || response.destroyed) return
  const list: string[] = ['Content-Type', contentType, 'Content-Length', String(Buffer.byteLength(body))]
  const replaced = headers === undefined ? undefined : namesOf(headers)
  for (let i = 0; i < CONSTANT_HEADERS.length; i += 2) {
    if (replaced?.has(CONSTANT_HEADERS[i]!.toLowerCase())) continue
    list.push(CONSTANT_HEADERS[i]!, CONSTANT_HEADERS[i + 1]!)
  }
  if (headers !== undefined) list.push(...listed(headers))
  response.writeHead(status, list)
  response.end(body)
}

/** The constant headers for an answer that is sent piece by piece, with its own. */
export function answerHeaders(contentType: string, headers: ExtraHeaders): string[] {
  return ['Content-Type', contentType, ...CONSTANT_HEADERS, ...listed(headers)]
}

/** A header with several values stands as often as it has any. */
function listed(headers: ExtraHeaders): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [name, value] : value.flatMap((one) => [name, one]),
  )
}

/** Answers without a body (204, 304). */
export function sendEmpty(response: ServerResponse, status: number, headers: ExtraHeaders = {}): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { 'Cache-Control': 'no-store', ...headers } as OutgoingHttpHeaders)
  response.end()
}

function namesOf(headers: ExtraHeaders): ReadonlySet<string> {
  return new Set(Object.keys(headers).map((name) => name.toLowerCase()))
}

/** What is sent again and again: the text, its entity tag, and both as they go to who takes gzip. */
export interface CachedText {
  readonly body: Buffer
  readonly etag: string
  readonly zipped?: { readonly body: Buffer; readonly etag: string }
}

/** Sends JSON that its reader may keep and ask about again: 304 where it still has the same. */
export function sendCached(request: IncomingMessage, response: ServerResponse, text: CachedText): void {
  const isZipped = text.zipped !== undefined && takesGzip(request)
  const { body, etag } = isZipped ? text.zipped : text
  const headers = {
    ETag: etag,
    'Cache-Control': 'private, no-cache',
    Vary: 'Authorization, Cookie, Accept-Language, Accept-Encoding',
  }
  if (hasAlready(request, etag)) sendEmpty(response, 304, headers)
  else sendJson(response, 200, body, isZipped ? { ...headers, 'Content-Encoding': 'gzip' } : headers)
}

/** Whether the reader takes gzip (RFC 9110 §12.5.3); one that gives it no weight does not. */
export function takesGzip({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const taken = headers['accept-encoding']
  return (
    typeof taken === 'string' &&
    /(^|[\s,])(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*(,|$))[\d.]+\s*)?(,|$)/i.test(taken)
  )
}

/** Whether the reader says that it has what this entity tag stands for (If-None-Match, RFC 9110 §13.1.2). */
export function hasAlready(request: IncomingMessage, etag: string): boolean {
  const known = request.headers['if-none-match']?.split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known?.includes(etag) === true
}
