import { AppError, problem } from '../errors.ts'

/** Moments that one wait passes through at most. */
export const MOST_MOMENTS = 5000

/**
 * Goes from one moment at which something is due to the next, until nothing is due before the end.
 * @param at does what is due then
 * @throws AppError META_SCENARIO_WAIT_BUSY where it would not come to an end
 */
export async function passMoments(
  nextDue: () => Promise<Date | undefined>,
  end: Date,
  at: (due: Date) => Promise<void>,
): Promise<void> {
  for (let turn = 0; turn <= MOST_MOMENTS; turn++) {
    const due = await nextDue()
    if (due === undefined || due > end) return
    if (turn < MOST_MOMENTS) await at(due)
  }
  throw new AppError(problem('META_SCENARIO_WAIT_BUSY', '', { params: { most: MOST_MOMENTS } }))
}
