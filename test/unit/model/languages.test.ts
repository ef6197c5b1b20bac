import { expect } from 'chai'
import { BUILT_IN, isEngineId } from '../../../engine/model/built-in.ts'
import { languageName, spokenTo, withLanguages } from '../../../engine/model/languages.ts'
import type { EntityDefinition } from '../../../metadata/types.ts'

const user = BUILT_IN.find(({ name }) => name === 'user') as EntityDefinition

interface Option {
  readonly id: string
  readonly name: string
  readonly label: string
}

describe('the languages of people', () => {
  it('are the engine’s own and those that have a folder, each called as its speakers do', () => {
    const field = withLanguages(user, ['de', 'ja']).fields.find(({ name }) => name === 'language')
    const options = field?.options as readonly Option[]
    expect(options.map(({ name, label }) => [name, label])).to.deep.equal([
      ['en', 'English'],
      ['zh-CN', '中文'],
      ['de', 'Deutsch'],
      ['ja', '日本語'],
    ])
    expect(options.every(({ id }) => isEngineId(id))).to.equal(true)
    expect(new Set(options.map(({ id }) => id)).size).to.equal(4)
    expect(withLanguages(user, ['de', 'ja'])).to.deep.equal(withLanguages(user, ['de', 'ja']))
    expect(withLanguages(user, [])).to.deep.equal(user)
  })

  it('are spoken to in the one that is nearest among the engine’s own', () => {
    expect(['de', 'zh-TW', 'zh-CN', 'en', 'pt-BR'].map(spokenTo)).to.deep.equal([
      ...['en', 'zh-CN', 'zh-CN', 'en', 'en'],
    ])
    expect(languageName('pt-BR')).to.equal('Português (Brasil)')
  })
})
