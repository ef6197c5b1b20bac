import { expect } from 'chai'
import { standingOf, type Turn, type TurnState } from '../../../engine/process/approvals/turns.ts'

/** `0.1 waiting`: the second turn of the first part. */
const turns = (...written: readonly string[]): readonly Turn[] =>
  written.map((text) => {
    const [where = '', state] = text.split(' ')
    const [part, place] = where.split('.').map(Number)
    return { id: where, part: part!, place: place!, person: where, state: state as TurnState }
  })

describe('standingOf', () => {
  const cases: readonly {
    readonly decide: 'any' | 'all' | 'in_order'
    readonly given: readonly string[]
    readonly passed: boolean
    readonly waiting: readonly string[]
  }[] = [
    { decide: 'any', given: ['0.0 ahead', '1.0 ahead'], passed: false, waiting: ['0.0', '1.0'] },
    { decide: 'any', given: ['0.0 waiting', '1.0 approved'], passed: true, waiting: [] },
    { decide: 'all', given: ['0.0 waiting', '1.0 approved'], passed: false, waiting: ['0.0'] },
    { decide: 'all', given: ['0.0 approved', '1.0 approved'], passed: true, waiting: [] },
    { decide: 'in_order', given: ['0.0 ahead', '1.0 ahead'], passed: false, waiting: ['0.0'] },
    { decide: 'in_order', given: ['0.0 approved', '1.0 ahead'], passed: false, waiting: ['1.0'] },
    // A signer added before decides first; one added after makes the part last longer.
    { decide: 'any', given: ['0.0 waiting', '0.1 ahead'], passed: false, waiting: ['0.0'] },
    { decide: 'any', given: ['0.0 approved', '0.1 ahead'], passed: false, waiting: ['0.1'] },
    { decide: 'any', given: ['0.0 approved', '0.1 approved'], passed: true, waiting: [] },
    // Who has handed their turn on has none.
    { decide: 'all', given: ['0.0 transferred', '0.0 ahead'], passed: false, waiting: ['0.0'] },
    { decide: 'all', given: ['0.0 transferred', '0.0 approved'], passed: true, waiting: [] },
  ]
  for (const { decide, given, passed, waiting } of cases)
    it(`${decide} of ${given.join(', ')}: ${passed ? 'passed' : `waits for ${waiting.join(', ')}`}`, () => {
      const standing = standingOf(decide, turns(...given))
      expect({ ...standing, waiting: [...standing.waiting] }).to.deep.equal({ isPassed: passed, waiting })
    })
})
