import { expect } from 'chai'
import { WEBFORM_TEXTS, webformTexts } from '../../../engine/portal/webform-texts.ts'
import { tellOf } from '../../../runtime-ui/webform/texts.ts'
import type { FormPage } from '../../../runtime-ui/webform/types.ts'
import { readSources } from '../../support/source-files.ts'

describe('what the page of a web form says by itself', () => {
  it('comes with the page: all that its script asks for, in each language', () => {
    // Types of the page that texts of the engine fill: what one lacks does not compile.
    const pages: readonly FormPage['texts'][] = [WEBFORM_TEXTS.en, WEBFORM_TEXTS['zh-CN']]
    const script = readSources(['runtime-ui/webform'])
      .map(({ text }) => text)
      .join('\n')
    const asked = [...script.matchAll(/\b(?:tell|say)\('(\w+)'/g)].map((match) => match[1]!)
    for (const texts of pages) expect(texts).to.include.all.keys(asked)
    const ofServer = ['closed', 'thanks', 'noScript']
    expect([...new Set(asked), ...ofServer].sort()).to.deep.equal(Object.keys(WEBFORM_TEXTS.en).sort())
  })

  it('is filled with its value, and in English where a further language lacks it', () => {
    const words = { tag: 'de', problems: {}, webform: { tooLong: 'Höchstens {n} Zeichen.' } }
    const texts = webformTexts('en', words as never)
    const tell = tellOf({ texts } as unknown as FormPage)
    expect([tell('tooLong', 3), tell('submit')]).to.deep.equal(['Höchstens 3 Zeichen.', 'Send'])
    expect(webformTexts('zh-CN', undefined)).to.equal(WEBFORM_TEXTS['zh-CN'])
  })
})
