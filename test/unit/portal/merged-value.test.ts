import { expect } from 'chai'
import { mergedValue } from '../../../engine/portal/store-answers.ts'

const field = (type: string, more: object = {}) =>
  ({ type: { name: type }, definition: { name: 'x', type, ...more } }) as never

describe('what a field of a known record holds after an answer', () => {
  const cases: readonly [
    what: string,
    type: string,
    before: unknown,
    said: unknown,
    isOver: boolean,
    after: unknown,
  ][] = [
    ['an empty one takes it', 'text', null, 'a', false, 'a'],
    ['a filled one stays', 'text', 'a', 'b', false, undefined],
    ['a filled one gives way where the form says so', 'text', 'a', 'b', true, 'b'],
    ['the same is no change', 'text', 'a', 'a', true, undefined],
    ['tags are added', 'tags', ['a'], ['b', 'a'], false, ['a', 'b']],
    ['tags are added also where answers take over', 'tags', ['a'], ['b'], true, ['a', 'b']],
    ['tags that are there are no change', 'tags', ['a', 'b'], ['a'], true, undefined],
    ['a long text goes below', 'long_text', 'a', 'b', false, 'a\n\nb'],
    ['a long text that is there is no change', 'long_text', 'abc', 'b', false, undefined],
    ['a long text that does not fit stays', 'long_text', 'abcdefg', 'x', false, undefined],
    ['an unticked box takes the tick', 'boolean', false, true, false, true],
  ]
  for (const [what, type, before, said, isOver, after] of cases) {
    it(what, () => {
      expect(mergedValue(field(type, { max: 8 }), before, said, isOver)).to.deep.equal(after)
    })
  }
})
