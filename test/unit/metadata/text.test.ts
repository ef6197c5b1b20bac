import { expect } from 'chai'
import { inBothLanguages, type Text, textIn } from '../../../metadata/text.ts'

describe('a text of a definition', () => {
  const cases: readonly { readonly text: Text | undefined; readonly en: string; readonly chinese: string }[] =
    [
      { text: { en: 'Leads', 'zh-CN': '线索' }, en: 'Leads', chinese: '线索' },
      { text: '线索', en: '线索', chinese: '线索' },
      { text: { 'zh-CN': '线索' }, en: '线索', chinese: '线索' },
      { text: { en: 'Leads' }, en: 'Leads', chinese: 'Leads' },
      { text: {}, en: 'open_leads', chinese: 'open_leads' },
      { text: undefined, en: 'open_leads', chinese: 'open_leads' },
    ]
  for (const { text, en, chinese } of cases) {
    it(`${JSON.stringify(text)} is “${en}” in English and “${chinese}” in Chinese`, () => {
      expect(inBothLanguages(text, 'open_leads')).to.deep.equal({ en, 'zh-CN': chinese })
      expect(textIn(text, 'zh-CN', 'open_leads')).to.equal(chinese)
    })
  }
})
