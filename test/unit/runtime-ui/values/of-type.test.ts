import { expect } from 'chai'
import { isOfType } from '../../../../runtime-ui/values/of-type.ts'

describe('a value of the past', () => {
  const cases: readonly (readonly [string, unknown, boolean])[] = [
    ['decimal', 12.5, true],
    ['currency', '12.50', true],
    ['decimal', 'about 12', false],
    ['integer', '', false],
    ['integer', null, true],
    ['text', 12, true],
    ['text', ['a', 'b'], false],
    ['multi_select', ['a'], true],
    ['multi_select', 'a', false],
    ['boolean', 'yes', false],
    ['date', '2026-11-29', true],
    ['date', 'tomorrow', false],
    ['date_time', '2026-11-29T08:00:00Z', true],
    ['time', '08:30', true],
    ['duration', 'PT2H', true],
    ['select', { id: 'x' }, false],
    ['lookup', 'x', true],
    ['stars', 4, true],
  ]
  for (const [type, value, fits] of cases) {
    it(`${JSON.stringify(value)} is ${fits ? '' : 'not '}one of ${type}`, () => {
      expect(isOfType({ type }, value)).to.equal(fits)
    })
  }
})
