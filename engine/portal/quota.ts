import { networkOf } from '../access/throttle.ts'
import { AppError, problem } from '../errors.ts'

const HOUR_MS = 3_600_000
/** Counters kept at once; the oldest go first. */
const MAX_COUNTERS = 100_000

interface Bucket {
  left: number
  at: number
}

/** How often something may happen within an hour; in the memory of one node. */
export interface Quota {
  /**
   * Takes one of each, or of none.
   * @throws AppError WEBFORM_BUSY with the time to wait
   */
  take(limits: readonly { readonly key: string; readonly perHour: number }[]): void
}

/** @param now the clock, milliseconds */
export function createQuota(now: () => number = Date.now): Quota {
  const buckets = new Map<string, Bucket>()
  const filled = (key: string, perHour: number): Bucket => {
    const known = buckets.get(key)
    const at = now()
    const gained = known === undefined ? perHour : ((at - known.at) * perHour) / HOUR_MS
    const bucket = { left: Math.min(perHour, (known?.left ?? 0) + gained), at }
    buckets.delete(key)
    buckets.set(key, bucket)
    if (buckets.size > MAX_COUNTERS) buckets.delete(buckets.keys().next().value!)
    return bucket
  }
  return {
    take(limits) {
      const found = limits.map(({ key, perHour }) => ({ bucket: filled(key, perHour), perHour }))
      const waits = found.map(({ bucket, perHour }) => ((1 - bucket.left) * HOUR_MS) / perHour)
      // Whole milliseconds: what time gives back is not exact.
      const waitMs = Math.round(Math.max(...waits))
      if (waitMs > 0) throw busy(waitMs)
      for (const { bucket } of found) bucket.left -= 1
    },
  }
}

function busy(waitMs: number): AppError {
  const params = { minutes: Math.max(1, Math.ceil(waitMs / 60_000)) }
  return new AppError(problem('WEBFORM_BUSY', '', { params }), {
    retryAfterSeconds: Math.ceil(waitMs / 1000),
  })
}

/** Whose submissions are counted together: a network address as its owner has it. */
export function addressKey(form: string, address: string): string {
  return `${form} ${networkOf(address)}`
}
