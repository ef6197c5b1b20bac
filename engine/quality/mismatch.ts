import type { LocalText, Problem } from '../errors.ts'

/** What was expected and what was found instead, and where the expectation stands below the step. */
export interface Mismatch {
  readonly at: string
  readonly expected: LocalText
  readonly found: LocalText
  /** Why it was refused, for those who write scenarios by hand. */
  readonly problems?: readonly Problem[]
}
