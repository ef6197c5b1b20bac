import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { missingProblems } from '../../../docs/generate/errors-page.ts'
import { generatePages } from '../../../docs/generate/generate.ts'
import { escapeCell, fillMarks } from '../../../docs/generate/markdown.ts'

describe('generated pages of docs/', () => {
  for (const [name, text] of generatePages()) {
    it(`has ${name} as the code is now (npm run generate)`, () => {
      expect(readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')).to.equal(text)
    })
  }

  it('tells every problem', () => expect(missingProblems()).to.deep.equal([]))
})

describe('fillMarks', () => {
  const page = 'a\n<!-- generated: one -->\nold\n<!-- end -->\nb\n'

  it('replaces what stands between the marks and leaves the rest', () => {
    expect(fillMarks(page, new Map([['one', 'new\n']]))).to.equal(
      'a\n<!-- generated: one -->\nnew\n<!-- end -->\nb\n',
    )
  })
  it('refuses a mark for which nothing is generated', () => {
    expect(() => fillMarks(page, new Map())).to.throw('nothing is generated for "one"')
  })
  it('refuses a part that the page has no mark for', () => {
    const parts = new Map([
      ['one', ''],
      ['two', ''],
    ])
    expect(() => fillMarks(page, parts)).to.throw('no place for two')
  })
})

describe('escapeCell', () => {
  it('keeps a text within its cell', () => {
    expect(escapeCell('a | b\n<c> & *')).to.equal('a \\| b &lt;c> &amp; \\*')
  })
})
