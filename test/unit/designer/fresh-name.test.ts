import { expect } from 'chai'
import { labelled } from '../../../designer/inspector/controls/fresh-name.ts'

describe('entries by what people call them', () => {
  it('are one a line, each with a name of its own', () => {
    expect(labelled('Hot\n\n  Cold \r\nHot', [{ name: 'cold' }], 'en')).to.deep.equal([
      { name: 'hot', label: { en: 'Hot' } },
      { name: 'cold_2', label: { en: 'Cold' } },
      { name: 'hot_2', label: { en: 'Hot' } },
    ])
  })

  it('are numbered where what they are called has no letters', () => {
    expect(labelled('高\n中', [], 'zh-CN')).to.deep.equal([
      { name: 'option', label: { 'zh-CN': '高' } },
      { name: 'option_2', label: { 'zh-CN': '中' } },
    ])
  })

  it('are none for nothing', () => {
    expect(labelled(' \n ', [], 'en')).to.deep.equal([])
  })
})
