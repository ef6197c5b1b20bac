import { expect } from 'chai'
import { entryAt, isInPicture } from '../../../designer/canvas/at-hash.ts'

describe('an address into a picture', () => {
  const cases = [
    ['pipeline', '#stages/2/next', true],
    ['pipeline', '#label', false],
    ['pipeline', '#stages', false],
    ['layout', '#form/0/fields/1', true],
    ['flow', '#steps/1', true],
    ['flow', '#trigger/record', true],
    ['flow', '#label', false],
    ['approval', '#%E0%A4%A', false],
  ] as const
  for (const [kind, hash, is] of cases) {
    it(`${hash} of a ${kind}: ${is ? 'shown' : 'not shown'} there`, () => {
      expect(isInPicture(kind, hash)).to.equal(is)
    })
  }

  it('leads to an entry of a list', () => {
    expect(entryAt('#stages/2/next', ['stages'])).to.equal(2)
    expect(entryAt('#page/tabs/3', ['page', 'tabs'])).to.equal(3)
    expect(entryAt('#page/overview/3', ['page', 'tabs'])).to.equal(undefined)
    expect(entryAt('#stages', ['stages'])).to.equal(undefined)
    expect(entryAt('#stages/x', ['stages'])).to.equal(undefined)
  })
})
