import { expect } from 'chai'
import { LosslessNumber } from 'lossless-json'
import { jsonFault } from '../../../engine/fields/parts/json-value.ts'

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)

describe('JSON values', () => {
  const cases = [
    { name: 'an ordinary value', value: { a: [1, 'b', null, true] }, code: undefined, path: undefined },
    {
      name: 'NUL deep within',
      value: { a: [{ 'b/c': '\0' }] },
      code: 'FIELD_TEXT_INVALID',
      path: '/a/0/b~1c',
    },
    {
      name: 'half a surrogate pair in a key',
      value: [{ '\ud800': 1 }],
      code: 'FIELD_TEXT_INVALID',
      path: '/0',
    },
    {
      name: 'a number with too many digits',
      value: [new LosslessNumber('0.12345678901234567890')],
      code: 'FIELD_NUMBER_TOO_PRECISE',
      path: '/0',
    },
    { name: '101 levels', value: nested(101), code: undefined, path: undefined },
    { name: '102 levels', value: nested(102), code: 'FIELD_JSON_TOO_DEEP', path: '/0'.repeat(101) },
  ]
  for (const { name, value, code, path } of cases) {
    it(`${code === undefined ? 'takes' : 'refuses'} ${name}`, () => {
      const fault = jsonFault(value)
      expect([fault?.code, fault?.path]).to.deep.equal([code, path])
    })
  }

  it('walks a million levels without overflowing the stack', () => {
    let deep: unknown = []
    for (let level = 0; level < 1_000_000; level++) deep = [deep]
    expect(jsonFault(deep)?.code).to.equal('FIELD_JSON_TOO_DEEP')
  })
})
