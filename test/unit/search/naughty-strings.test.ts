import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { createSearch } from '../../../engine/search/tokens.ts'

const LIST = join(import.meta.dirname, '../../../../shared/data/bad-input/blns/blns.json')

if (existsSync(LIST)) {
  const search = createSearch()
  const strings = JSON.parse(readFileSync(LIST, 'utf8')) as readonly string[]
  describe('search of naughty strings', () => {
    for (const [index, text] of strings.entries()) {
      it(`keeps tokens of string ${index} storable and finds it by itself`, () => {
        const tokens = new Set(search.tokensOf([text]))
        for (const token of tokens) expect(token).to.match(/^[^\p{Surrogate}\0]+$/u)
        const missed = search
          .questionOf(text)
          .filter((word) => !word.alternatives.some((one) => one.tokens.every((token) => tokens.has(token))))
        expect(missed).to.deep.equal([])
      })
    }
  })
} else console.log('search of naughty strings: the list is not here, no test')
