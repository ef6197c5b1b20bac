import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { translateError } from './trouble.ts'
import { quoteName } from './values.ts'

const FIRST_RETRY_MS = 100
const LAST_RETRY_MS = 5_000

/**
 * Holds one connection that listens on a channel and reconnects, more and more slowly, for as long as it takes.
 * @returns the function that ends it
 * @throws AppError HTTP_UNAVAILABLE when the first connection fails
 */
export async function listenOn(
  connect: () => pg.Client,
  channel: string,
  onPayload: (payload: string) => void,
  onReconnect: () => void,
): Promise<() => Promise<void>> {
  const stop = new AbortController()
  let current = await open()

  async function open(): Promise<pg.Client> {
    const client = connect()
    // The end of the connection is what counts ('end' follows); the listener keeps the process up.
    // Ending what is broken already may fail; there is nothing left of it to end.
    client.on('error', () => client.end().catch(() => undefined))
    client.on('notification', (message) => {
      if (message.channel === channel) onPayload(message.payload ?? '')
    })
    try {
      await client.connect()
      await client.query(`LISTEN ${quoteName(channel)}`)
    } catch (error) {
      client.end().catch(() => undefined) // what went wrong is told below
      throw translateError(error)
    }
    client.once('end', () => void reopen())
    return client
  }

  async function reopen(): Promise<void> {
    for (let waitMs = FIRST_RETRY_MS; !stop.signal.aborted; waitMs = Math.min(waitMs * 2, LAST_RETRY_MS)) {
      try {
        await delay(waitMs, undefined, { signal: stop.signal })
        current = await open()
        if (stop.signal.aborted) return await current.end()
        return onReconnect()
      } catch {
        // Still away, or stopped: the loop decides.
      }
    }
  }

  return async () => {
    stop.abort()
    await current.end().catch(() => undefined) // it may be broken already, and nobody listens any more
  }
}
