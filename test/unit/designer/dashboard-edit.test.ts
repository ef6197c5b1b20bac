import { expect } from 'chai'
import {
  heightBeside,
  MOST_TILES,
  movedTile,
  resized,
  sizeNear,
  tilesOf,
  widthBeside,
  withoutTile,
  withTile,
} from '../../../designer/dashboards/dashboard-edit.ts'

const won = { name: 'won', report: 'won', width: 3, height: 1 }
const lines = { name: 'lines', report: 'lines', note: 'kept' }
const board = { kind: 'dashboard', name: 'home', tiles: [won, lines] }
const named = (definition: object) => tilesOf(definition as typeof board).map(({ name }) => name)

describe('a dashboard in a draft', () => {
  it('takes a report before a tile, a number as a small one, under a name of its own', () => {
    const more = withTile(board, { report: 'won', isNumber: true }, 1)
    expect(tilesOf(more)[1]).to.deep.equal({ ...won, name: 'won_2' })
    const wide = withTile(board, { report: 'funnel', isNumber: false }, 2)
    expect(tilesOf(wide)[2]).to.deep.equal({ name: 'funnel', report: 'funnel' })
    const text = withTile(board, { text: { en: 'Hi' } }, 0)
    expect(tilesOf(text)[0]).to.deep.equal({ name: 'text', text: { en: 'Hi' }, height: 1 })
  })

  it('takes no more than a dashboard has, and keeps its last tile', () => {
    const tiles = Array.from({ length: MOST_TILES }, (_, at) => ({ name: `t${at}` }))
    const full = { ...board, tiles }
    expect(withTile(full, { report: 'won', isNumber: false }, 0)).to.equal(full)
    const one = { ...board, tiles: [won] }
    expect(withoutTile(one, 0)).to.equal(one)
    expect(named(withoutTile(board, 0))).to.deep.equal(['lines'])
  })

  it('moves a tile, and is the very same where it stays', () => {
    expect(named(movedTile(board, 0, 2))).to.deep.equal(['lines', 'won'])
    expect(movedTile(board, 0, 1)).to.equal(board)
    expect(movedTile(board, 0, -1)).to.equal(board)
  })

  it('sizes a tile, says nothing of what is usual, keeps what it does not know', () => {
    expect(tilesOf(resized(board, 1, { width: 12 }))[1]).to.deep.equal({ ...lines, width: 12 })
    expect(tilesOf(resized(board, 0, { width: 6, height: 2 }))[0]).to.deep.equal({
      ...{ name: 'won', report: 'won' },
    })
    expect(resized(board, 7, { width: 3 })).to.equal(board)
  })

  const steps = [
    { from: 6, by: 1, gives: 8 },
    { from: 6, by: -1, gives: 4 },
    { from: 12, by: 1, gives: 12 },
    { from: 3, by: -1, gives: 3 },
  ] as const
  for (const { from, by, gives } of steps) {
    it(`steps from width ${from} by ${by} to ${gives}`, () => {
      expect(widthBeside(from, by)).to.equal(gives)
    })
  }

  it('steps between one row and six', () => {
    expect([heightBeside(1, -1), heightBeside(2, 1), heightBeside(6, 1)]).to.deep.equal([1, 3, 6])
  })

  const pulls = [
    { width: 310, height: 100, gives: { width: 3, height: 1 } },
    { width: 640, height: 340, gives: { width: 6, height: 2 } },
    { width: 2000, height: 9000, gives: { width: 12, height: 6 } },
    { width: 5, height: 5, gives: { width: 3, height: 1 } },
  ]
  for (const { width, height, gives } of pulls) {
    it(`is pulled to ${width} × ${height} pixels: ${gives.width} × ${gives.height}`, () => {
      expect(sizeNear({ width, height }, { column: 100, row: 116 })).to.deep.equal(gives)
    })
  }
})
