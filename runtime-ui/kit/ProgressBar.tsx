interface ProgressBarProps {
  /** What goes on, for those who do not see the bar. */
  readonly label: string
  readonly done: number
  readonly total: number
}

/** How far something is whose end is known. */
export function ProgressBar({ label, done, total }: ProgressBarProps) {
  const most = Math.max(1, total)
  return (
    <div
      className="progress-bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={most}
      aria-valuenow={Math.min(done, most)}
    >
      <span style={{ width: `${(100 * Math.min(done, most)) / most}%` }} />
    </div>
  )
}
