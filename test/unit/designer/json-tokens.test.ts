import { expect } from 'chai'
import fc from 'fast-check'
import { jsonTokens, prettyJson } from '../../../designer/json-tokens.ts'

describe('JSON to read', () => {
  it('keeps short items on one line', () => {
    const value = { kind: 'view', sort: ['-amount'], columns: [{ field: 'amount', total: 'sum' }] }
    expect(prettyJson(value)).to.equal(
      '{\n  "kind": "view",\n  "sort": ["-amount"],\n  "columns": [{ "field": "amount", "total": "sum" }]\n}',
    )
  })

  it('tells keys, texts, numbers and words apart', () => {
    const shown = jsonTokens('{ "a": "b\\"", "c": [1.5e3, null] }').filter(
      ({ kind }) => kind !== 'space' && kind !== 'sign',
    )
    expect(shown).to.deep.equal([
      { kind: 'key', text: '"a"' },
      { kind: 'text', text: '"b\\""' },
      { kind: 'key', text: '"c"' },
      { kind: 'number', text: '1.5e3' },
      { kind: 'word', text: 'null' },
    ])
  })

  it('is the same value, and its pieces the same text (property)', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = prettyJson(value)
        expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(value)))
        expect(
          jsonTokens(text)
            .map((token) => token.text)
            .join(''),
        ).to.equal(text)
      }),
    )
  })
})
