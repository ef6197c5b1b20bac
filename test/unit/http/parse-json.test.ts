import { expect } from 'chai'
import { LosslessNumber } from 'lossless-json'
import { MAX_DEPTH, parseJson } from '../../../engine/http/parse-json.ts'

const codeOf = (text: string): string | undefined => {
  try {
    parseJson(text)
    return undefined
  } catch (error) {
    return (error as { code?: string }).code
  }
}
const lossless = (written: string) => new LosslessNumber(written)

describe('parseJson', () => {
  const exact = [
    { text: '{"a":1}', value: { a: 1 } },
    { text: '999999999999999', value: 999999999999999 },
    { text: '-9999999999999.99', value: -9999999999999.99 },
    { text: '0.000000000000001', value: 0.000000000000001 },
    { text: '100000000000000000000', value: 100000000000000000000 },
    { text: '1.000000000000000000', value: 1 },
    { text: '1.5e3', value: 1500 },
    { text: '0e999', value: 0 },
    { text: '1e999', value: Number.POSITIVE_INFINITY },
    { text: '"1234567890123456789"', value: '1234567890123456789' },
    { text: '"a \\" 1234567890123456789 \\\\"', value: 'a " 1234567890123456789 \\' },
  ]
  for (const { text, value } of exact) {
    it(`gives ${text} as the plain value`, () => expect(parseJson(text)).to.deep.equal(value))
  }

  const unsafe = [
    { text: '{"a":-0.1234567890123456}', value: { a: lossless('-0.1234567890123456') } },
    { text: '[1e400]', value: [lossless('1e400')] },
    { text: '[1e-400]', value: [lossless('1e-400')] },
    { text: '[1234567890123456]', value: [lossless('1234567890123456')] },
    { text: '[[1234567890123456]]', value: [[lossless('1234567890123456')]] },
    { text: '{"a":1e999,"b":"1e999","c":1}', value: { a: lossless('1e999'), b: '1e999', c: 1 } },
  ]
  for (const { text, value } of unsafe) {
    it(`keeps the text of ${text}`, () => expect(parseJson(text)).to.deep.equal(value))
  }

  const unreadable = [
    '{1e999:1}',
    '{1234567890123456789:1}',
    '[01234567890123456789]',
    '[+1234567890123456789]',
    '[.1234567890123456789]',
    '[1234567890123456789.]',
    '[1234567890123456789"a"]',
    '[1e999e9]',
    '[0x1234567890123456789]',
    '{"a":1234567890123456789',
    '"1234567890123456789',
    '{"a" 1e999}',
  ]
  for (const text of unreadable) {
    it(`refuses ${text} as it would without a large number`, () =>
      expect(codeOf(text)).to.equal('HTTP_BODY_UNREADABLE'))
  }

  it('says of blanks alone that the body is empty', () => expect(codeOf(' \n ')).to.equal('HTTP_BODY_EMPTY'))

  it('takes nesting up to the limit and refuses one level more', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
    expect(codeOf(nested(MAX_DEPTH))).to.equal(undefined)
    expect(codeOf(nested(MAX_DEPTH + 1))).to.equal('HTTP_BODY_TOO_DEEP')
    expect(codeOf('['.repeat(1_000_000))).to.equal('HTTP_BODY_TOO_DEEP')
    expect(codeOf('{"a":'.repeat(1_000_000))).to.equal('HTTP_BODY_TOO_DEEP')
  })

  it('counts no brackets inside strings', () => {
    const text = JSON.stringify({ a: '[{'.repeat(500), b: '\\'.repeat(301), c: '"['.repeat(200) })
    expect(parseJson(text)).to.deep.equal(JSON.parse(text))
  })

  it('keeps __proto__ as an own key, with and without a large number beside it', () => {
    for (const text of ['{"__proto__":{"x":1}}', '{"__proto__":{"x":1e999}}']) {
      const value = parseJson(text) as object
      expect(Object.keys(value)).to.deep.equal(['__proto__'])
      expect(Object.getPrototypeOf(value)).to.equal(Object.prototype)
    }
  })
})
