import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

describe('the pictures of README and guides', () => {
  const taken = [...read('test/pictures/take.ts').matchAll(/name: '([a-z-]+)', path: ['`]\//g)].map(
    ([, name]) => name,
  )
  const pages = ['.', 'docs'].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).flatMap((file) => (file.endsWith('.md') ? [join(folder, file)] : [])),
  )
  const shown = pages.flatMap((page) =>
    [...read(page).matchAll(/images\/([a-z-]+)-(en|zh-CN)\.png/g)].map(([, name, language]) => ({
      ...{ page, name, language },
    })),
  )

  it('are those that `npm run pictures` takes of the running product, in both languages', () => {
    expect(shown.length).to.be.above(10)
    expect(shown.filter(({ name }) => !taken.includes(name))).to.deep.equal([])
    const files = readdirSync(join(ROOT, 'docs/images')).sort()
    const names = [...new Set(shown.map(({ name }) => name))]
    expect(files).to.deep.equal(names.flatMap((name) => [`${name}-en.png`, `${name}-zh-CN.png`]).sort())
  })

  it('are of the language of their page', () => {
    const wrong = shown.filter(({ page, language }) => (language === 'zh-CN') !== page.includes('zh-CN'))
    expect(wrong).to.deep.equal([])
  })
})
