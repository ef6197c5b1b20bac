import { setTimeout as delay } from 'node:timers/promises'

/**
 * Waits, or returns at once when the signal comes: that is the only thing the timer rejects for, and the caller asks
 * the signal itself.
 * @param ref whether the wait keeps the process up
 */
export async function pause(ms: number, signal: AbortSignal, ref = true): Promise<void> {
  await delay(ms, undefined, { signal, ref }).catch(() => undefined)
}
