import { expect } from 'chai'
import { parseJson } from '../../../engine/http/parse-json.ts'
import { evaluateClassic } from '../../../engine/model/classic-rule.ts'

describe('a rule of the classic dialect', () => {
  const sumOf = (data: string) => evaluateClassic({ '+': [{ var: 'a' }, 1] }, parseJson(data)).value

  it('takes numbers as floats do, those beyond them too', () => {
    expect(sumOf('{"a":1e999}')).to.equal(Number.POSITIVE_INFINITY)
    expect(sumOf('{"a":-1e999}')).to.equal(Number.NEGATIVE_INFINITY)
    expect(sumOf('{"a":12345678901234567890}')).to.equal(12345678901234567000)
  })
})
