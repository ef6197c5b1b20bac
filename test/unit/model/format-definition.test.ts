import { expect } from 'chai'
import fc from 'fast-check'
import { formatDefinition } from '../../../engine/model/format-definition.ts'

describe('the file form of a definition', () => {
  it('puts on a line what fits on it, and everything else one below the other', () => {
    const long = { en: 'A label that takes a good part of the line', 'zh-CN': '标签' }
    expect(
      formatDefinition({
        kind: 'entity',
        name: 'shop',
        label: { en: 'Shop', 'zh-CN': '门店' },
        fields: [
          { name: 'name', type: 'text', required: true },
          { name: 'city', label: long, type: 'text', requirement: 'REQ-1', help: long },
        ],
        indexes: [['city', '-created_at']],
        note: [],
      }),
    ).to.equal(`{
  "kind": "entity",
  "name": "shop",
  "label": { "en": "Shop", "zh-CN": "门店" },
  "fields": [
    { "name": "name", "type": "text", "required": true },
    {
      "name": "city",
      "label": { "en": "A label that takes a good part of the line", "zh-CN": "标签" },
      "type": "text",
      "requirement": "REQ-1",
      "help": { "en": "A label that takes a good part of the line", "zh-CN": "标签" }
    }
  ],
  "indexes": [["city", "-created_at"]],
  "note": []
}
`)
  })

  it('says the same as the value, whatever that is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(formatDefinition(value))).to.deep.equal(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('writes no line longer than 100 columns that could be broken', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string({ maxLength: 9 }), fc.integer())), (value) => {
        const lines = formatDefinition(value).split('\n')
        expect(lines.filter((line) => line.length > 101)).to.deep.equal([])
      }),
    )
  })
})
