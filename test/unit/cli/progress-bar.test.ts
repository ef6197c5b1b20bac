import { expect } from 'chai'
import { barText, createProgressBar } from '../../../engine/cli/progress-bar.ts'

describe('the progress bar', () => {
  const cases = [
    { done: 0, total: 8800, note: '', text: `${'░'.repeat(24)}   0% 0/8,800` },
    { done: 4400, total: 8800, note: '', text: `${'█'.repeat(12)}${'░'.repeat(12)}  50% 4,400/8,800` },
    { done: 8800, total: 8800, note: '7 refused', text: `${'█'.repeat(24)} 100% 8,800/8,800 · 7 refused` },
    { done: 0, total: 0, note: '', text: `${'█'.repeat(24)} 100% 0/0` },
  ]
  for (const { done, total, note, text } of cases) {
    it(`shows ${done} of ${total}`, () => expect(barText(done, total, note)).to.equal(text))
  }

  function run(isTTY: boolean): string {
    let written = ''
    let now = 0
    const target = { isTTY, columns: 80, write: (text: string) => (written += text) }
    const bar = createProgressBar(target, () => now)
    for (const done of [1, 2, 3]) {
      bar.update(done, 3, '')
      now += 60
    }
    bar.end()
    return written
  }

  it('moves in a terminal, not more often than eyes follow', () => {
    const shown = (done: number) => `\r${barText(done, 3, '')}\x1b[K`
    expect(run(true)).to.equal(`${shown(1)}${shown(3)}\n`)
  })

  it('writes a line elsewhere', () => {
    expect(run(false)).to.equal(`${barText(3, 3, '')}\n`)
  })
})
