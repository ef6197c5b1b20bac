import { waitUntil } from '../../engine/db/processes.ts'
import type { Client } from './http.ts'

/** What a stream has said. */
export interface Heard {
  readonly event: string
  readonly data: unknown
}

export interface Listener {
  readonly status: number
  readonly headers: Headers
  /** All events so far but `ready`. */
  readonly heard: readonly Heard[]
  /** The id that was heard last. */
  lastId(): string | undefined
  /** Fails where it does not come to hold. */
  until(holds: () => boolean, what?: string): Promise<void>
  /** Resolves when it is over: whether the server ended it, and did not cut it off. */
  readonly ended: Promise<boolean>
  close(): void
}

/** Listens to GET /api/events; resolves when it is told that it hears everything. */
export async function listen(url: string, { token }: Client, lastId?: string): Promise<Listener> {
  const stop = new AbortController()
  const response = await fetch(`${url}/api/events`, {
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
    },
    signal: stop.signal,
  })
  const heard: Heard[] = []
  let id: string | undefined
  let isReady = false
  const take = (block: string): void => {
    const fields = new Map(
      block.split('\n').map((line) => [line.split(': ')[0]!, line.slice(line.indexOf(': ') + 2)]),
    )
    id = fields.get('id') ?? id
    const event = fields.get('event')
    if (event === 'ready') isReady = true
    else if (event !== undefined) heard.push({ event, data: JSON.parse(fields.get('data') ?? 'null') })
  }
  const read = async (): Promise<void> => {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const part of response.body!) {
      const blocks = (rest + decoder.decode(part as Uint8Array, { stream: true })).split('\n\n')
      rest = blocks.pop()!
      for (const block of blocks) take(block)
    }
  }
  const ended = response.ok
    ? read().then(
        () => true,
        () => false,
      )
    : Promise.resolve(true)
  const listener: Listener = {
    status: response.status,
    headers: response.headers,
    heard,
    lastId: () => id,
    async until(holds, what = 'it was not heard') {
      if (!(await waitUntil(holds, 20_000))) throw new Error(`${what}: ${JSON.stringify(heard)}`)
    },
    ended,
    close: () => stop.abort(),
  }
  if (response.ok) await listener.until(() => isReady, 'it was not ready')
  return listener
}
