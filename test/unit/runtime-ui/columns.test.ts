import { expect } from 'chai'
import { arrangementOf } from '../../../runtime-ui/screens/list/arrangement.ts'
import { frozenWithin, movedTo, spread, startsOf } from '../../../runtime-ui/screens/list/column-layout.ts'
import { nextSort, sortKeys, withKey } from '../../../runtime-ui/screens/list/sort-keys.ts'

describe('the widths of columns', () => {
  const usual = (...widths: readonly number[]) => widths.map((one) => ({ own: undefined, usual: one }))

  it('share the room in the proportion of what they need, to the last pixel', () => {
    expect(spread(usual(100, 200), 600)).to.deep.equal({ widths: [200, 400], rest: 0 })
    const { widths, rest } = spread(usual(100, 100, 100), 1000)
    expect([widths.reduce((sum, one) => sum + one, 0), rest]).to.deep.equal([1000, 0])
  })

  it('are what they need where there is no room', () => {
    expect(spread(usual(100, 200), 50)).to.deep.equal({ widths: [100, 200], rest: 0 })
  })

  it('are left alone where somebody has sized them', () => {
    const columns = [{ own: 300, usual: 100 }, ...usual(100)]
    expect(spread(columns, 600)).to.deep.equal({ widths: [300, 300], rest: 0 })
    expect(spread([{ own: 300, usual: 100 }], 600)).to.deep.equal({ widths: [300], rest: 300 })
  })

  it('say where each begins', () => {
    expect(startsOf([100, 50, 20], 40)).to.deep.equal([40, 140, 190])
  })
})

describe('columns that stay', () => {
  const cases = [
    { wanted: 0, room: 1000, stay: 0 },
    { wanted: 1, room: 1000, stay: 1 },
    { wanted: 3, room: 1000, stay: 3 },
    { wanted: 9, room: 1000, stay: 3 },
    { wanted: 3, room: 500, stay: 1 },
    { wanted: 1, room: 200, stay: 0 },
  ]
  for (const { wanted, room, stay } of cases) {
    it(`are ${stay} of ${wanted} in ${room} pixels`, () => {
      expect(frozenWithin([200, 150, 100], wanted, room, 40)).to.equal(stay)
    })
  }
})

describe('a column that is moved', () => {
  const cases = [
    { from: 0, to: 2, order: 'bac' },
    { from: 0, to: 3, order: 'bca' },
    { from: 2, to: 0, order: 'cab' },
    { from: 1, to: 1, order: 'abc' },
    { from: 1, to: 2, order: 'abc' },
  ]
  for (const { from, to, order } of cases) {
    it(`from ${from} before ${to} gives ${order}`, () => {
      expect(movedTo(['a', 'b', 'c'], from, to).join('')).to.equal(order)
    })
  }
})

describe('the order of a list', () => {
  it('is turned up, down and back by a head', () => {
    expect(nextSort(undefined, 'name')).to.equal('name')
    expect(nextSort('name', 'name')).to.equal('-name')
    expect(nextSort('-name', 'name')).to.equal(undefined)
    expect(nextSort('-name,amount', 'amount')).to.equal('amount')
  })

  it('gets a further key with Shift, turned down and taken away by the next presses', () => {
    expect(withKey('name', 'amount')).to.equal('name,amount')
    expect(withKey('name,amount', 'amount')).to.equal('name,-amount')
    expect(withKey('name,-amount', 'amount')).to.equal('name')
    expect(withKey('-name', 'name')).to.equal(undefined)
    expect(withKey(undefined, 'name')).to.equal('name')
  })

  it('has four keys at most: a further one takes the place of the last', () => {
    expect(withKey('a,b,c,d', 'e')).to.equal('a,b,c,e')
  })

  it('is read key by key', () => {
    expect(sortKeys('-amount,name')).to.deep.equal([
      { field: 'amount', isDown: true },
      { field: 'name', isDown: false },
    ])
    expect(sortKeys(undefined)).to.deep.equal([])
  })
})

describe('what a device remembers of columns', () => {
  it('is what can be meant, whatever stands there', () => {
    expect(arrangementOf(null)).to.deep.equal({})
    expect(arrangementOf({ columns: 'name', widths: [1], frozen: -1 })).to.deep.equal({})
    expect(
      arrangementOf({ columns: ['name', 3], widths: { name: 200, code: 9, level: 'x' }, frozen: 2 }),
    ).to.deep.equal({ columns: ['name'], widths: { name: 200 }, frozen: 2 })
  })
})
