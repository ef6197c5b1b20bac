import { expect } from 'chai'
import {
  beginRound,
  countsOf,
  readRound,
  settle,
  stepBack,
  withSkipped,
} from '../../../runtime-ui/screens/calls/round.ts'

describe('a round of calls', () => {
  const begun = beginRound(['a', 'b', 'c'])

  it('goes on to the next of whom nothing is known yet', () => {
    const first = settle(begun, 'a', 'connected')
    expect(first.at).to.equal(1)
    const back = stepBack(first)
    expect(back.at).to.equal(0)
    // Once more for the one before, and past whoever was called already.
    const again = settle(settle(back, 'b', null), 'a', 'busy')
    expect(again.at).to.equal(2)
    expect(settle(again, 'c', 'busy').at).to.equal(3)
    expect(stepBack(begun).at).to.equal(0)
  })

  it('counts what came of it, and calls those who were skipped again', () => {
    const over = settle(settle(settle(begun, 'a', null), 'b', 'busy'), 'c', null)
    const { called, skipped, outcomes } = countsOf(over)
    expect({ called, skipped, outcomes: [...outcomes] }).to.deep.equal({
      ...{ called: 1, skipped: 2, outcomes: [['busy', 1]] },
    })
    const again = withSkipped(over)
    expect(again.at).to.equal(0)
    expect(settle(again, 'a', 'busy').at).to.equal(2)
  })

  it('is read as it was kept, and not where it is none', () => {
    const kept = settle(begun, 'a', null)
    expect(readRound(JSON.stringify(kept))).to.deep.equal(kept)
    for (const text of [
      null,
      '',
      '{',
      '{}',
      '{"ids":[],"at":0,"results":{}}',
      '{"ids":[1],"at":0,"results":{}}',
    ])
      expect(readRound(text), String(text)).to.equal(undefined)
  })
})
