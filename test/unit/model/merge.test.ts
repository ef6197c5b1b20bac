import { expect } from 'chai'
import { mergeValues } from '../../../engine/model/merge.ts'

const item = (name: string, more: object = {}) => ({ id: name, name, ...more })
const cases: readonly {
  readonly does: string
  readonly base: unknown
  readonly ours: unknown
  readonly theirs: unknown
  readonly value: unknown
  readonly conflicts?: readonly string[]
}[] = [
  { does: 'takes what only we changed', base: 1, ours: 2, theirs: 1, value: 2 },
  { does: 'takes what only they changed', base: 1, ours: 1, theirs: 2, value: 2 },
  { does: 'takes what both changed alike', base: 1, ours: 2, theirs: 2, value: 2 },
  { does: 'names what both changed differently', base: 1, ours: 2, theirs: 3, value: 2, conflicts: [''] },
  {
    does: 'merges objects key by key',
    base: { a: 1, b: 1, c: 1 },
    ours: { a: 2, b: 1, c: 1, d: 4 },
    theirs: { a: 1, b: 3 },
    value: { a: 2, b: 3, d: 4 },
  },
  {
    does: 'names the key that both changed',
    base: { label: 'a' },
    ours: { label: 'b' },
    theirs: { label: 'c' },
    value: { label: 'b' },
    conflicts: ['/label'],
  },
  {
    does: 'merges items that both added',
    base: [item('a')],
    ours: [item('a'), item('b')],
    theirs: [item('x'), item('a')],
    value: [item('x'), item('a'), item('b')],
  },
  {
    does: 'merges one item changed on both sides in different keys',
    base: [item('a')],
    ours: [item('a', { max: 9 })],
    theirs: [item('a', { required: true })],
    value: [item('a', { max: 9, required: true })],
  },
  {
    does: 'lets an item go that one side removed and the other left alone',
    base: [item('a'), item('b')],
    ours: [item('b')],
    theirs: [item('a'), item('b'), item('c')],
    value: [item('b'), item('c')],
  },
  {
    does: 'names an item that one side removed and the other changed',
    base: [item('a'), item('b')],
    ours: [item('b'), item('a', { max: 9 })],
    theirs: [item('b')],
    value: [item('b'), item('a', { max: 9 })],
    conflicts: ['/1'],
  },
  {
    does: 'keeps the order that one side gave',
    base: [item('a'), item('b'), item('c')],
    ours: [item('c'), item('b'), item('a')],
    theirs: [item('a'), item('b'), item('c'), item('d')],
    value: [item('c'), item('d'), item('b'), item('a')],
  },
  {
    does: 'counts a list without items as one value',
    base: ['a'],
    ours: ['a', 'b'],
    theirs: ['a', 'c'],
    value: ['a', 'b'],
    conflicts: [''],
  },
]

describe('merging two changes of one definition', () => {
  for (const { does, base, ours, theirs, value, conflicts = [] } of cases) {
    it(does, () => {
      expect(mergeValues(base, ours, theirs)).to.deep.equal({ value, conflicts })
    })
  }
})
