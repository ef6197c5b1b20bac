import { expect } from 'chai'
import { beginningOf } from '../../../designer/canvas/beginning.ts'
import { CARD, cardAt } from '../../../designer/stages/stage-layout.ts'

/** The surface beside the navigation and the panel on a screen of 1440 by 900. */
const ROOM = { width: 868, height: 800 }

const row = (count: number) => ({ x: 0, y: 0, width: cardAt(count - 1).x + CARD.width, height: CARD.height })

describe('where a picture begins', () => {
  it('has six stages from the first contact to the end in sight', () => {
    const { x, zoom } = beginningOf({ bounds: row(6), room: ROOM, least: 0.6 })
    expect(zoom).to.be.within(0.6, 1)
    expect(x).to.be.at.least(0)
    expect(x + row(6).width * zoom).to.be.at.most(ROOM.width)
  })

  it('is no larger than it is, in the middle, where there is room', () => {
    expect(beginningOf({ bounds: row(2), room: ROOM, least: 0.8 })).to.deep.equal({
      x: (ROOM.width - row(2).width) / 2,
      y: (ROOM.height - CARD.height) / 2,
      zoom: 1,
    })
  })

  it('is its beginning, or what comes first, where not all of it can be read', () => {
    const many = { bounds: row(20), room: ROOM, least: 0.8 }
    expect(beginningOf(many)).to.deep.include({ x: 72, zoom: 0.8 })
    const { x } = beginningOf({ ...many, first: { x: cardAt(10).x, y: 0 } })
    expect(x + cardAt(10).x * 0.8).to.be.closeTo(ROOM.width / 2, 0.001)
  })
})
