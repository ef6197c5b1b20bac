/** How far a right reaches, as a picture: four steps from one's own to everything; a rule is no step. */
export type Steps = 0 | 1 | 2 | 3 | 4 | 'rule'

const BARS = [1, 2, 3, 4] as const

/** Bars that rise with the reach of a right; the word stands beside them. */
export function ScopeMark({ steps }: { readonly steps: Steps }) {
  return (
    <span className="scope-mark" aria-hidden="true">
      {BARS.map((bar) => (
        <i key={bar} className={steps === 'rule' ? 'rule' : bar <= steps ? 'full' : undefined} />
      ))}
    </span>
  )
}
