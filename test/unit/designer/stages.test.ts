import { expect } from 'chai'
import { arrowsOf, CARD, cardAt, cardHeight, placeAt } from '../../../designer/stages/stage-layout.ts'
import {
  added,
  allowed,
  forbidden,
  gatesOf,
  inForceOf,
  lastOpen,
  moved,
  movesOf,
  removed,
  renamed,
  stagesOf,
} from '../../../designer/stages/stage-list.ts'

const stages = stagesOf({
  stages: [
    { name: 'new', id: '1', type: 'open', next: ['talk', 'lost'] },
    { name: 'talk', id: '2', type: 'open', next: ['won', 'lost', 'new'], takes: ['older'] },
    { name: 'won', id: '3', type: 'won' },
    { name: 'lost', id: '4', type: 'lost', next: ['gone', 'lost'] },
  ],
})
const next = (list: typeof stages) => list.map((stage) => stage.next ?? null)

describe('the stages of a draft', () => {
  it('tells which of them ask something of a move', () => {
    const gates = (from: number, to: number) => gatesOf(stages, { from, to })
    expect([gates(0, 1), gates(1, 0), gates(0, 3), gates(1, 2), gates(3, 1), gates(0, 9)]).to.deep.equal([
      ...[[0], [], [3], [1, 2], [], []],
    ])
  })

  it('tells the moves between stages that are there', () => {
    expect(movesOf(stages)).to.deep.equal([
      { from: 0, to: 1 },
      { from: 0, to: 3 },
      { from: 1, to: 2 },
      { from: 1, to: 3 },
      { from: 1, to: 0 },
    ])
  })

  it('allows a move once and forbids it, without a list that is empty', () => {
    const with2 = allowed(stages, { from: 2, to: 0 })
    expect(with2[2]!.next).to.deep.equal(['new'])
    expect(allowed(with2, { from: 2, to: 0 })).to.equal(with2)
    expect(allowed(stages, { from: 1, to: 1 })).to.equal(stages)
    expect(forbidden(with2, { from: 2, to: 0 })[2]).to.deep.equal(stages[2])
  })

  it('puts a new stage on the way on', () => {
    const list = added(stages, 0)
    expect(list.map(({ name }) => name)).to.deep.equal(['new', 'new_stage', 'talk', 'won', 'lost'])
    expect(list[0]!.next).to.deep.equal(['talk', 'lost', 'new_stage'])
    expect(added(list, 3)[3]!.next).to.equal(undefined)
  })

  it('puts one that has no place behind the last from which records go on', () => {
    expect(lastOpen(added(stages, 0))).to.equal(2)
    expect(lastOpen([{ name: 'won', type: 'won' }])).to.equal(0)
    expect(lastOpen([])).to.equal(-1)
  })

  it('moves within the row only', () => {
    expect(moved(stages, 0, 2).map(({ name }) => name)).to.deep.equal(['talk', 'won', 'new', 'lost'])
    expect(moved(stages, 0, 4)).to.equal(stages)
    expect(moved(stages, 0, -1)).to.equal(stages)
  })

  it('renames with the moves that lead there', () => {
    const list = renamed(stages, 3, 'dropped')
    expect(list[3]!.name).to.equal('dropped')
    expect(next(list)).to.deep.equal([
      ['talk', 'dropped'],
      ['won', 'dropped', 'new'],
      null,
      ['gone', 'dropped'],
    ])
  })

  it('removes with the moves, and gives its records away with those it was to take', () => {
    const list = removed(stages, 1, 'talk', 'new')
    expect(list.map(({ name }) => name)).to.deep.equal(['new', 'won', 'lost'])
    expect(list[0]).to.deep.include({ next: ['lost'], takes: ['talk', 'older'] })
    const unknown = removed(added(stages, 0), 1, undefined, 'new')
    expect(unknown).to.deep.equal(stages)
  })

  it('knows a stage in force by its identity, else by its name', () => {
    expect(inForceOf({ name: 'other', id: '2', type: 'open' }, stages)).to.equal(stages[1])
    expect(inForceOf({ name: 'won', type: 'won' }, stages)).to.equal(stages[2])
    expect(inForceOf({ name: 'fresh', was: 'won', type: 'won' }, stages)).to.equal(stages[2])
    expect(inForceOf({ name: 'fresh', type: 'won' }, stages)).to.equal(undefined)
  })
})

describe('the picture of stages', () => {
  it('keeps ways that overlap in lanes of their own, and those to one stage together', () => {
    const moves = [
      { from: 0, to: 2 },
      { from: 0, to: 3 },
      { from: 1, to: 3 },
      { from: 2, to: 0 },
    ]
    const [a, b, c, d] = arrowsOf(moves)
    expect(a!.middle.y).to.be.below(0)
    expect(b!.middle.y).to.be.below(a!.middle.y)
    expect(c!.middle.y).to.equal(b!.middle.y)
    expect(d!.middle.y).to.be.above(CARD.height)
    // Cards are taller where one of them has more to say.
    expect([cardHeight(2), cardHeight(6) > CARD.height]).to.deep.equal([CARD.height, true])
    const [, , , taller] = arrowsOf(moves, cardHeight(6))
    expect(taller!.middle.y - d!.middle.y).to.equal(cardHeight(6) - CARD.height)
  })

  it('puts a card that is let go of where it lies', () => {
    expect([0, 1, 2].map((place) => placeAt(cardAt(place).x + 40, 3))).to.deep.equal([0, 1, 2])
    expect([placeAt(-900, 3), placeAt(9_000, 3)]).to.deep.equal([0, 2])
  })
})
