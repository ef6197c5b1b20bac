/** Shows how far a long piece of work is: a bar that moves in a terminal, else a line now and then. */
export interface ProgressBar {
  update(done: number, total: number, note: string): void
  /** Leaves the last state on the screen. */
  end(): void
}

export interface ProgressTarget {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const BAR_CELLS = 24
const FRAME_MS = 100
const LINE_MS = 2_000

/** One state of the bar, such as `████████░░░░  45% 3,960/8,800 · 210 refused`. */
export function barText(done: number, total: number, note: string): string {
  const share = total === 0 ? 1 : Math.min(1, done / total)
  const filled = Math.floor(share * BAR_CELLS)
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_CELLS - filled)
  const percent = `${Math.floor(share * 100)}%`.padStart(4)
  const counts = `${done.toLocaleString('en')}/${total.toLocaleString('en')}`
  return `${bar} ${percent} ${counts}${note === '' ? '' : ` · ${note}`}`
}

export function createProgressBar(
  target: ProgressTarget,
  now: () => number = performance.now.bind(performance),
): ProgressBar {
  const isTerminal = target.isTTY === true
  const intervalMs = isTerminal ? FRAME_MS : LINE_MS
  let last: string | undefined
  let shown: string | undefined
  let shownAt = isTerminal ? Number.NEGATIVE_INFINITY : now()

  const show = () => {
    if (last === undefined || last === shown) return
    const text = isTerminal ? `\r${last.slice(0, (target.columns ?? 80) - 1)}\x1b[K` : `${last}\n`
    target.write(text)
    shown = last
    shownAt = now()
  }
  return {
    update(done, total, note) {
      last = barText(done, total, note)
      if (now() - shownAt >= intervalMs) show()
    },
    end() {
      show()
      if (isTerminal && shown !== undefined) target.write('\n')
    },
  }
}
