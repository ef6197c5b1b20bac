import { expect } from 'chai'
import { labelled } from '../../../designer/inspector/controls/fresh-name.ts'
import { loadReadChinese } from '../../../designer/naming/read-chinese.ts'
import { madeName } from '../../../designer/naming/use-made-name.ts'
import { nameOf } from '../../../engine/search/name-for.ts'

describe('entries by what people call them', () => {
  const read = (run: string) => [...run].map((one) => (one === '高' ? 'gao' : 'zhong'))

  it('are one a line, each with a name of its own', () => {
    const of = { language: 'en', read }
    expect(labelled('Hot\n\n  Cold \r\nHot', [{ name: 'cold' }], of)).to.deep.equal([
      { name: 'hot', label: { en: 'Hot' } },
      { name: 'cold_2', label: { en: 'Cold' } },
      { name: 'hot_2', label: { en: 'Hot' } },
    ])
  })

  it('are read where they are Chinese, and numbered where there is nothing to read', () => {
    expect(labelled('高\n中\n高\n★\n✓', [], { language: 'zh-CN', read })).to.deep.equal([
      { name: 'gao', label: { 'zh-CN': '高' } },
      { name: 'zhong', label: { 'zh-CN': '中' } },
      { name: 'gao_2', label: { 'zh-CN': '高' } },
      { name: 'option', label: { 'zh-CN': '★' } },
      { name: 'option_2', label: { 'zh-CN': '✓' } },
    ])
  })

  it('say what they are where their word is one that every record has', () => {
    expect(labelled('Owner', [], { language: 'en', read })).to.deep.equal([
      { name: 'owner_option', label: { en: 'Owner' } },
    ])
    expect(madeName({ en: 'Owner' }, read, { stem: 'role', taken: [] })).to.equal('owner_role')
  })

  it('are none for nothing', () => {
    expect(labelled(' \n ', [], { language: 'en', read })).to.deep.equal([])
  })
})

describe('a name out of labels', () => {
  const cases = [
    ['客户来源', 'ke_hu_lai_yuan'],
    ['重庆 office', 'chong_qing_office'],
    ['银行行长', 'yin_hang_hang_zhang'],
    ['女性', 'nv_xing'],
    ['单小雨', 'dan_xiao_yu'],
    ['电话', 'phone'],
  ] as const
  for (const [label, name] of cases) {
    it(`is "${name}" for "${label}", in the designer as from a spreadsheet`, async () => {
      const read = await loadReadChinese()
      const of = { stem: 'entity', taken: [] }
      expect([madeName({ 'zh-CN': label }, read, of), nameOf(label)]).to.deep.equal([name, name])
    })
  }

  it('is of the English words before the others, numbered where nothing can be read, and none for none', async () => {
    const read = await loadReadChinese()
    const of = { stem: 'role', taken: ['role'] }
    const names: readonly Readonly<Record<string, string>>[] = [
      { en: 'Source', 'zh-CN': '客户来源' },
      { en: ' ', 'zh-CN': '来源' },
      { en: '★' },
      { en: ' ' },
    ]
    expect(names.map((labels) => madeName(labels, read, of))).to.deep.equal([
      'source',
      'source',
      'role_2',
      '',
    ])
  })
})
