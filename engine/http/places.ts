import { AppError, problem } from '../errors.ts'

/** So many heavy works at once; the next one waits for a moment, then is told to come back. */
export interface Places {
  /** @throws AppError with the code of the places where none becomes free in time */
  readonly take: () => Promise<void>
  /** Hands the place on, or frees it. */
  readonly give: () => void
}

export interface PlacesOptions {
  readonly most: number
  readonly code: 'EXPORT_BUSY' | 'IMPORT_BUSY'
  /** How long the next one waits, milliseconds. */
  readonly waitMs: number
  readonly retryAfterSeconds: number
}

/** Places within this process. */
export function createPlaces({ most, code, waitMs, retryAfterSeconds }: PlacesOptions): Places {
  let running = 0
  const waiting: (() => void)[] = []
  return {
    async take() {
      if (running < most) {
        running++
        return
      }
      await new Promise<void>((resolve, reject) => {
        const go = () => {
          clearTimeout(timer)
          resolve()
        }
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(go), 1)
          reject(new AppError(problem(code), { retryAfterSeconds }))
        }, waitMs)
        waiting.push(go)
      })
    },
    give() {
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    },
  }
}
