import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

type Reply = { readonly status?: number; readonly json?: unknown; readonly headers?: Record<string, string> }

/** A server of this machine that answers each request whole. */
export async function listenTo(
  answer: (asked: Asked) => Reply | Promise<Reply>,
): Promise<{ url: string; server: Server }> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const url = new URL(request.url ?? '/', 'http://local')
      const {
        status = 200,
        json,
        headers = {},
      } = await answer({
        ...{
          method: request.method ?? '',
          path: url.pathname,
          query: url.searchParams,
          headers: request.headers,
        },
        body: Buffer.concat(chunks).toString('utf8'),
      })
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(json === undefined ? '' : JSON.stringify(json))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

export function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

export interface WecomMessage {
  readonly touser: string
  readonly agentid: number
  readonly msgtype: string
  readonly [key: string]: unknown
}

export interface FakeWecom {
  readonly url: string
  /** Every message that a member sees: repetitions that the protocol recognises are none. */
  readonly seen: readonly WecomMessage[]
  /** What came at all. */
  readonly received: readonly WecomMessage[]
  /** How often a token was given. */
  tokens(): number
  /** The token that is good now is none any more. */
  expire(): void
  /** The next messages are answered so. */
  refuseNext(errcode: number, times?: number): void
  stop(): Promise<void>
}

/** The two calls of WeCom that count, as its documents have them: gettoken and message/send. */
export async function startWecom(members: readonly string[]): Promise<FakeWecom> {
  const [seen, received, refusals]: [WecomMessage[], WecomMessage[], number[]] = [[], [], []]
  let given = 0
  const contents = new Set<string>()
  const errors: Readonly<Record<number, string>> = {
    40014: 'invalid access_token',
    45009: 'api freq out of limit',
  }
  const { url, server } = await listenTo(({ method, path, query, body, headers }) => {
    if (path === '/cgi-bin/gettoken' && method === 'GET') {
      if (query.get('corpid') !== 'ww-test' || query.get('corpsecret') !== 'wecom-secret')
        return { json: { errcode: 40001, errmsg: 'invalid credential' } }
      given++
      return { json: { errcode: 0, errmsg: 'ok', access_token: `token-${given}`, expires_in: 7200 } }
    }
    if (path !== '/cgi-bin/message/send' || method !== 'POST') return { status: 404 }
    if (query.get('access_token') !== `token-${given}`)
      return { json: { errcode: 40014, errmsg: errors[40014] } }
    if (headers['content-type'] !== 'application/json')
      return { json: { errcode: 40008, errmsg: 'bad type' } }
    const message = JSON.parse(body) as WecomMessage
    const refusal = refusals.shift()
    if (refusal !== undefined) return { json: { errcode: refusal, errmsg: errors[refusal] ?? 'no' } }
    if (message.agentid !== 1000002) return { json: { errcode: 40056, errmsg: 'invalid agentid' } }
    received.push(message)
    if (!members.includes(message.touser))
      return { json: { errcode: 0, errmsg: 'ok', invaliduser: message.touser, msgid: 'none' } }
    const content = JSON.stringify([message.touser, message[message.msgtype]])
    if (message.enable_duplicate_check !== 1 || !contents.has(content)) seen.push(message)
    contents.add(content)
    return { json: { errcode: 0, errmsg: 'ok', msgid: `m${received.length}` } }
  })
  return {
    ...{ url, seen, received },
    tokens: () => given,
    expire: () => {
      given += 100
    },
    refuseNext: (errcode, times = 1) => refusals.push(...Array.from({ length: times }, () => errcode)),
    stop: () => stop(server),
  }
}

export interface FakeSystem {
  readonly url: string
  /** Every request, in order. */
  readonly asked: readonly (Asked & { readonly json: unknown })[]
  /** What was done: of one idempotency key once. */
  readonly done: readonly { readonly key: string; readonly json: unknown }[]
  /** The next requests are answered so, the last one for ever where `forEver`. */
  answerNext(...replies: readonly Reply[]): void
  stop(): Promise<void>
}

/** A system that takes JSON and counts what it did by the idempotency key. */
export async function startSystem(
  answer: (json: unknown, count: number) => unknown = () => ({}),
): Promise<FakeSystem> {
  const asked: (Asked & { json: unknown })[] = []
  const done: { key: string; json: unknown }[] = []
  const replies: Reply[] = []
  const { url, server } = await listenTo((one) => {
    const json: unknown = one.body === '' ? undefined : JSON.parse(one.body)
    asked.push({ ...one, json })
    const reply = replies.shift()
    if (reply !== undefined) return reply
    const key = String(one.headers['idempotency-key'] ?? '')
    const known = done.findIndex((other) => other.key === key)
    if (known === -1) done.push({ key, json })
    return { json: answer(json, known === -1 ? done.length : known + 1) }
  })
  return {
    ...{ url, asked, done },
    answerNext: (...next) => replies.push(...next),
    stop: () => stop(server),
  }
}
