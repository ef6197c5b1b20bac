import type { LocalText } from '../errors.ts'

/** What was expected and what was found instead, and where the expectation stands below the step. */
export interface Mismatch {
  readonly at: string
  readonly expected: LocalText
  readonly found: LocalText
}
