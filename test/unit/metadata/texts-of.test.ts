import { expect } from 'chai'
import { isIncomplete, textsOf } from '../../../metadata/texts-of.ts'

describe('the texts of a definition', () => {
  const definition = {
    kind: 'entity',
    name: 'deal',
    label: { en: 'Deal', 'zh-CN': '商机' },
    plural: 'Deals',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', label: { en: 'Name' } },
      { name: 'stage', options: [{ name: 'en', label: { 'zh-CN': '英文', fr: 'Anglais' } }] },
    ],
    set: { en: 3 },
    note: 'for maintainers',
  }

  it('are found wherever they stand, with what they say in each language', () => {
    expect(textsOf(definition).map(({ path, texts }) => [path.join('/'), texts])).to.deep.equal([
      ['label', { en: 'Deal', 'zh-CN': '商机' }],
      ['plural', { en: 'Deals', 'zh-CN': 'Deals' }],
      ['fields/0/label', { en: 'Name' }],
      ['fields/1/options/0/label', { 'zh-CN': '英文', fr: 'Anglais' }],
    ])
  })

  it('are called by the names of what they stand in', () => {
    expect(textsOf(definition).map(({ address }) => address)).to.deep.equal([
      'entity/deal#label',
      'entity/deal#plural',
      'entity/deal#fields/name/label',
      'entity/deal#fields/stage/options/en/label',
    ])
  })

  it('lack a language where one of them is not said', () => {
    expect(textsOf(definition).map((place) => isIncomplete(place, ['en', 'zh-CN']))).to.deep.equal([
      false,
      false,
      true,
      true,
    ])
    expect(isIncomplete({ texts: { en: 'X', 'zh-CN': ' ' } }, ['en', 'zh-CN'])).to.equal(true)
    expect(isIncomplete({ texts: { en: 'X', 'zh-CN': '某' } }, ['en', 'zh-CN', 'de'])).to.equal(true)
  })
})
