import type { Fault } from '../api.ts'
import { usePlace } from './ChangeLine.tsx'

export interface ProblemListProps {
  readonly problems: readonly Fault[]
  /** Steps of a path before the role's own begin: of a changeset `/role/sales`, which is then told too. */
  readonly below?: number
}

/** What is wrong, each with the place that it is about in the words of the page. */
export function ProblemList({ problems, below = 0 }: ProblemListProps) {
  const place = usePlace()
  return (
    <ul className="problem-list">
      {problems.map((problem) => {
        const steps = problem.path.split('/').slice(1)
        const where = place(steps.slice(below))
        return (
          <li key={`${problem.path}${problem.code}`}>
            <span className="strong">
              {below === 0 ? where : [steps[below - 1], where].filter(Boolean).join(': ')}
            </span>{' '}
            {problem.message} {problem.hint ?? ''}
          </li>
        )
      })}
    </ul>
  )
}
