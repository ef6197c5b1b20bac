import type { ServerResponse } from 'node:http'

/** What waits to be sent to a page that does not read, bytes; what comes behind is left out and the page loads anew. */
const MOST_WAITING_BYTES = 256 * 1024
/** A page that reads nothing for so long is cut off, milliseconds. */
const PATIENCE_MS = 60_000
/** A page that was cut off comes back after so long, and at most so much more, milliseconds: not all of them at once. */
const RETRY_MS = 2_000
const RETRY_SPREAD_MS = 4_000

/** Server-sent events to one page. */
export interface LiveStream {
  /** @param data JSON, which holds no line breaks */
  send(event: string, data: string): void
  /** A sign of life. @param id where the page stands; it comes back with it */
  beat(id: string | undefined): void
  /** The page has missed something and must load what it shows anew. */
  reload(): void
  /** Whether it has read nothing for too long. */
  isStuck(): boolean
  end(event?: string, data?: string): void
  /** Cuts it off where it stands. */
  destroy(): void
}

/** Begins the answer. Nothing on the way may keep it back or change it. */
export function openStream(response: ServerResponse): LiveStream {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  })
  response.socket?.setKeepAlive(true)
  const retryMs = RETRY_MS + Math.round(Math.random() * RETRY_SPREAD_MS)
  response.write(`retry: ${retryMs}\n\n`)
  let stuckSince: number | undefined
  const write = (text: string): void => {
    if (response.writableEnded || stuckSince !== undefined) return
    response.write(text)
    if (response.writableLength <= MOST_WAITING_BYTES) return
    stuckSince = performance.now()
    response.once('drain', () => {
      stuckSince = undefined
      write(textOf('reload', '{}'))
    })
  }
  return {
    send: (event, data) => write(textOf(event, data)),
    beat: (id) => write(id === undefined ? ':\n\n' : `id: ${id}\n\n`),
    reload: () => write(textOf('reload', '{}')),
    isStuck: () => stuckSince !== undefined && performance.now() - stuckSince > PATIENCE_MS,
    end(event, data = '{}') {
      if (response.writableEnded) return
      response.end(event === undefined ? '' : textOf(event, data))
    },
    destroy: () => void response.destroy(),
  }
}

function textOf(event: string, data: string): string {
  return `event: ${event}\ndata: ${data}\n\n`
}
