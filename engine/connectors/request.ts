import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { OutgoingAnswer, OutgoingRequest } from '../registry/connector.ts'
import { connectorFault, faultOf } from '../registry/connector-fault.ts'
import type { Guard } from './guard.ts'

export interface RequestLimits {
  /** Milliseconds for the whole of it. */
  readonly timeoutMs: number
  /** Bytes of an answer. */
  readonly answerBytes: number
  /** Bytes of what is sent. */
  readonly bodyBytes: number
}

export const REQUEST_LIMITS: RequestLimits = {
  timeoutMs: 15_000,
  answerBytes: 1_000_000,
  bodyBytes: 5_000_000,
}

/** What the protocol itself says: a connector that set them could smuggle a second request. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  ...['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'expect', 'te', 'trailer'],
  ...['keep-alive', 'proxy-authorization', 'proxy-connection', 'accept-encoding'],
])

/**
 * One request past the guard. Redirects are not followed: their answer is given back as it is.
 * @throws ConnectorFault CALL_ADDRESS_REFUSED, CALL_UNREACHABLE, CALL_TIMED_OUT, CALL_ANSWER_TOO_LARGE, CALL_REQUEST_INVALID
 */
export async function guardedRequest(
  guard: Guard,
  request: OutgoingRequest,
  limits: RequestLimits = REQUEST_LIMITS,
): Promise<OutgoingAnswer> {
  const url = parseTarget(request.url)
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  const body = request.body === undefined ? undefined : Buffer.from(request.body)
  if (body !== undefined && body.length > limits.bodyBytes)
    throw connectorFault('CALL_REQUEST_INVALID', `more than ${limits.bodyBytes} bytes to send`)
  const signal = AbortSignal.timeout(limits.timeoutMs)
  const work = async () => {
    // Of an address in the URL itself no socket asks; and it must not be known from an error what answers there.
    await guard.addressOf(url.hostname, port)
    if (url.protocol === 'http:' && !(await guard.isAllowed(url.hostname, port)))
      throw connectorFault(
        'CALL_ADDRESS_REFUSED',
        `${url.hostname}: only https, or a host that the operator allows`,
      )
    const answer = await send(guard, request, { url, port, body, signal })
    return await readAnswer(answer, limits.answerBytes)
  }
  return await Promise.race([work(), timeout(signal)]).catch((error: unknown) => {
    throw faultOf(error) === undefined ? reached(error, url, signal) : error
  })
}

function parseTarget(written: string): URL {
  const url = URL.canParse(written) ? new URL(written) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw connectorFault('CALL_REQUEST_INVALID', 'no address that begins with https://')
  if (url.username !== '' || url.password !== '')
    throw connectorFault('CALL_REQUEST_INVALID', 'a user or password in an address')
  return url
}

interface Target {
  readonly url: URL
  readonly port: number
  readonly body: Buffer | undefined
  readonly signal: AbortSignal
}

function send(
  guard: Guard,
  { method, headers = {} }: OutgoingRequest,
  target: Target,
): Promise<IncomingMessage> {
  const { url, port, body, signal } = target
  const strange = Object.keys(headers).find((name) => OWN_HEADERS.has(name.toLowerCase()))
  if (strange !== undefined)
    throw connectorFault('CALL_REQUEST_INVALID', `the header ${strange.slice(0, 40)} is not set by hand`)
  const open = url.protocol === 'https:' ? tlsRequest : plainRequest
  return new Promise((resolve, reject) => {
    const going = open(url, {
      ...{ method, signal, lookup: guard.lookupFor(port) },
      // A socket of its own: one that was opened for another connection may lead where this one must not go.
      agent: false,
      headers: {
        ...{ accept: 'application/json', 'user-agent': 'Tenon' },
        ...headers,
        ...(body === undefined ? {} : { 'content-length': String(body.length) }),
      },
    })
    going.on('response', resolve)
    going.on('error', reject)
    going.end(body)
  })
}

async function readAnswer(answer: IncomingMessage, most: number): Promise<OutgoingAnswer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer) {
    size += (chunk as Buffer).length
    if (size > most) {
      answer.destroy()
      throw connectorFault('CALL_ANSWER_TOO_LARGE', `more than ${most} bytes came back`)
    }
    chunks.push(chunk as Buffer)
  }
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)])
  return {
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(headers) as Record<string, string>,
    text: Buffer.concat(chunks).toString('utf8'),
  }
}

function timeout(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  )
}

/** What hindered it, told without what the other side is. */
function reached(error: unknown, { hostname }: URL, signal: AbortSignal): Error {
  if (signal.aborted) return connectorFault('CALL_TIMED_OUT', `${hostname} took too long`, { kind: 'again' })
  const code = (error as { readonly code?: unknown }).code
  if (code === 'ERR_INVALID_CHAR' || code === 'ERR_INVALID_HTTP_TOKEN' || code === 'ERR_UNESCAPED_CHARACTERS')
    return connectorFault('CALL_REQUEST_INVALID', 'a header or the path holds what may not stand there')
  return connectorFault('CALL_UNREACHABLE', `${hostname}: ${String(code ?? 'the connection broke')}`, {
    kind: 'again',
  })
}
