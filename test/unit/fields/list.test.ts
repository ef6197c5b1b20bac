import { expect } from 'chai'
import fc from 'fast-check'
import { formatList, parseList } from '../../../engine/fields/parts/list.ts'

describe('lists in cells', () => {
  it('comes back whatever the entries hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (entries) => {
        expect(parseList(formatList(entries))).to.deep.equal(entries)
      }),
    )
  })

  const cells = [
    { cell: 'a; b;c', entries: ['a', 'b', 'c'] },
    { cell: '重点客户；老客户', entries: ['重点客户', '老客户'] },
    { cell: ';; a ;', entries: ['a'] },
    { cell: '["a; b"]', entries: ['a; b'] },
    { cell: '[draft', entries: ['[draft'] },
    { cell: '[1]', entries: ['[1]'] },
  ]
  for (const { cell, entries } of cells) {
    it(`reads “${cell}”`, () => expect(parseList(cell)).to.deep.equal(entries))
  }

  it('writes plain entries plainly', () => {
    expect(formatList(['a', '中文 词'])).to.equal('a; 中文 词')
  })
})
