import type { Fault } from '../api.ts'
import { usePlaceWords } from '../inspector/use-place-words.ts'

export interface ProblemListProps {
  readonly problems: readonly Fault[]
  /** Steps of a path before the definition's own begin: of a changeset `/role/sales`, which is then told too. */
  readonly below?: number
}

/** What is wrong, each with the place that it is about in the words of the page. */
export function ProblemList({ problems, below = 0 }: ProblemListProps) {
  const place = useProblemPlace(below)
  return (
    <ul className="problem-list">
      {problems.map((problem) => (
        <li key={`${problem.path}${problem.code}`}>
          <span className="strong">{place(problem.path)}</span> {problem.message} {problem.hint ?? ''}
        </li>
      ))}
    </ul>
  )
}

/** A pointer of a problem in words: “nurse: Patients, see”. */
export function useProblemPlace(below: number): (pointer: string) => string {
  const words = usePlaceWords()
  return (pointer) => {
    const steps = stepsOf(pointer)
    const [kind = 'role', name] = below === 0 ? [] : steps
    return [name, words(kind, steps.slice(below))].filter(Boolean).join(': ')
  }
}

export const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
