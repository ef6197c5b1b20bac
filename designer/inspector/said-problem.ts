import type { TFunction } from 'i18next'
import type { Fault } from '../api.ts'

/** What the engine says of a place where something must stand and does not. */
const MISSING = 'META_KEY_MISSING'

export const isMissing = ({ code }: Fault): boolean => code === MISSING

/**
 * A problem as the designer tells it: of what is missing the engine knows the key alone, the designer what it is called.
 * @param title of the place that the problem is about
 */
export function saidProblem(problem: Fault, title: string, t: TFunction): string {
  if (isMissing(problem) && title !== '') return t('inspector.missing', { title })
  return problem.hint === undefined ? problem.message : `${problem.message} ${problem.hint}`
}
