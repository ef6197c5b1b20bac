import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type AppError, refuse } from '../errors.ts'
import { presentProblem } from './problem.ts'

/** Bytes of address and headers together: a filter of a few thousand characters fits into an address. */
export const MAX_HEAD_BYTES = 64 * 1024

/** What Node's parser says of a request that never became one, by its error code. */
const FAULTS: Readonly<Record<string, () => AppError>> = {
  HPE_HEADER_OVERFLOW: () => refuse('HTTP_HEAD_TOO_LARGE', '', { params: { limit: MAX_HEAD_BYTES } }),
  ERR_HTTP_REQUEST_TIMEOUT: () => refuse('HTTP_REQUEST_TIMEOUT'),
}

/** Answers bytes that are no HTTP request, or none that can be read, with a problem like any other refusal. */
export function answerClientError(error: Error, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const fault = FAULTS[code]?.() ?? refuse('HTTP_REQUEST_UNREADABLE')
  const body = JSON.stringify(presentProblem(fault, 'en')) // which language is asked for stands in the head
  socket.end(
    `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status]}\r\n` +
      'Connection: close\r\nContent-Type: application/problem+json; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
