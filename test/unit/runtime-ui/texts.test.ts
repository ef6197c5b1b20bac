import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { en as designerEn } from '../../../designer/i18n/en.ts'
import { zhCN as designerZh } from '../../../designer/i18n/zh-CN.ts'
import { VIAS } from '../../../engine/records/context.ts'
import { en } from '../../../runtime-ui/i18n/en.ts'
import { zhCN } from '../../../runtime-ui/i18n/zh-CN.ts'
import { brandEn } from '../../../runtime-ui/screens/brand/i18n/en.ts'
import { brandZhCN } from '../../../runtime-ui/screens/brand/i18n/zh-CN.ts'
import { helpEn } from '../../../runtime-ui/screens/help/i18n/en.ts'
import { helpZhCN } from '../../../runtime-ui/screens/help/i18n/zh-CN.ts'
import { requestsEn } from '../../../runtime-ui/screens/requests/i18n/en.ts'
import { requestsZhCN } from '../../../runtime-ui/screens/requests/i18n/zh-CN.ts'
import { tourEn } from '../../../runtime-ui/screens/tour/i18n/en.ts'
import { tourZhCN } from '../../../runtime-ui/screens/tour/i18n/zh-CN.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
type Texts = Readonly<Record<string, string>>

/** Keys without the plural forms that Chinese does not have. */
const keysOf = (texts: Texts): string[] =>
  Object.keys(texts)
    .filter((key) => !key.endsWith('_one'))
    .sort()
const placesIn = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]!))].sort()

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('i18n'))
    .map((path) => readFileSync(join(ROOT, folder, path), 'utf8'))
}

describe('the texts of the pages', () => {
  it('say through what anything was written', () => {
    const unsaid = VIAS.filter((via) => !Object.hasOwn(en, `audit.via.${via}`))
    expect(unsaid).to.deep.equal([])
  })

  for (const [name, english, chinese] of [
    ['runtime UI', en, zhCN],
    ['designer', designerEn, designerZh],
    ['help', helpEn, helpZhCN],
    ['tours', tourEn, tourZhCN],
    ['change requests', requestsEn, requestsZhCN],
    ['the brand', brandEn, brandZhCN],
  ] as const) {
    it(`have the same keys in both languages (${name})`, () => {
      expect(keysOf(chinese)).to.deep.equal(keysOf(english))
    })

    it(`name the same values in both languages (${name})`, () => {
      const different = keysOf(english).filter((key) => {
        const [one, other] = [(english as Texts)[key]!, (chinese as Texts)[key]!]
        return placesIn(one).join() !== placesIn(other).join()
      })
      expect(different).to.deep.equal([])
    })
  }

  it('are all used, and all that is used is there', () => {
    const code = [...sourcesIn('runtime-ui'), ...sourcesIn('designer')].join('\n')
    const used = new Set([...code.matchAll(/['"]([a-z]+\.[A-Za-z.]+)['"]/gi)].map((match) => match[1]!))
    // Keys that are put together: t(`operator.${key}`).
    const families = [...code.matchAll(/t\(`([a-zA-Z.]+\.)\$\{/g)].map((match) => match[1]!)
    const texts = [en, designerEn, requestsEn, brandEn, helpEn, tourEn]
      .flatMap((one: Texts) => Object.keys(one))
      .map((key) => key.replace(/_(one|other)$/, ''))
    const idle = texts.filter((key) => !used.has(key) && !families.some((family) => key.startsWith(family)))
    expect(idle).to.deep.equal([])
    const asked = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]!)
    expect(asked.filter((key) => !texts.includes(key))).to.deep.equal([])
  })

  it('have no half-width comma or full stop after a Chinese character', () => {
    const faulty = Object.values({
      ...zhCN,
      ...designerZh,
      ...requestsZhCN,
      ...brandZhCN,
      ...helpZhCN,
    }).filter((text) => /\p{Script=Han}[,.;:!?](\s|$)/u.test(text))
    expect(faulty).to.deep.equal([])
  })
})
