import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect } from 'chai'
import { beginLanguage } from '../../../languages/begin.ts'
import { ENGLISH, type Texts } from '../../../languages/english.ts'
import { en } from '../../../runtime-ui/i18n/en.ts'
import type { addFoundLanguages } from '../../../runtime-ui/i18n/found-languages.ts'
import type { foundTexts } from '../../../runtime-ui/i18n/found-texts.ts'
import type { languages } from '../../../runtime-ui/i18n/languages.ts'
import { controlWords } from '../../../vite.config.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const VITE = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
const FIXTURES = join(ROOT, 'test', 'fixtures', 'languages')

const PLURAL = /_(zero|one|two|few|many|other)$/
/** The values of a text: `{{name}}` in those of the pages, `{name}` in those of the engine. */
const placesIn = (text: string): string =>
  [...new Set([...text.matchAll(/\{\{?\s*(\w+)/g)].map((match) => match[1]!))].sort().join()

/** What is wrong with a file of texts: a key that nobody asks for, a value that is not given. */
function faultsOf(texts: Texts, english: Texts): readonly string[] {
  return Object.entries(texts).flatMap(([key, text]) => {
    const bare = key.replace(PLURAL, '')
    const known = english[key] ?? english[bare] ?? english[`${bare}_other`]
    if (known === undefined) return [`${key}: nobody says this`]
    const unknown = placesIn(text)
      .split(',')
      .filter((place) => place !== '' && !placesIn(known).split(',').includes(place))
    return unknown.map((place) => `${key}: there is no ${place}`)
  })
}

/** All that is wrong with the folders of languages in a folder. */
function faultsIn(folder: string): readonly string[] {
  const tags = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return tags.flatMap(({ name: tag }) => {
    const files = readdirSync(join(folder, tag))
    const facts = JSON.parse(readFileSync(join(folder, tag, 'language.json'), 'utf8')) as {
      readonly name?: unknown
    }
    return [
      ...(typeof facts.name === 'string' ? [] : [`${tag}/language.json: no name`]),
      ...files.flatMap((file) => {
        if (file === 'language.json') return []
        const english = (ENGLISH as Readonly<Record<string, Texts>>)[file.replace(/\.json$/, '')]
        if (english === undefined) return [`${tag}/${file}: nothing is called so`]
        const texts = JSON.parse(readFileSync(join(folder, tag, file), 'utf8')) as Texts
        return faultsOf(texts, english).map((fault) => `${tag}/${file}: ${fault}`)
      }),
    ]
  })
}

describe('the files of further languages', () => {
  it('say what is asked for, with the values that are given', () => {
    expect(faultsIn(join(ROOT, 'languages'))).to.deep.equal([])
    expect(faultsIn(FIXTURES)).to.deep.equal([])
  })

  it('begin with every text in English, and keep what is translated', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenon-language-'))
    const all = Object.values(ENGLISH).reduce((sum, texts) => sum + Object.keys(texts).length, 0)
    try {
      expect(beginLanguage(folder, 'ja')).to.equal(all)
      const file = join(folder, 'ja', 'pages.json')
      const { 'act.save': _lost, ...texts } = JSON.parse(readFileSync(file, 'utf8'))
      writeFileSync(file, JSON.stringify({ ...texts, 'act.undo': '元に戻す' }))
      expect(beginLanguage(folder, 'ja')).to.equal(1)
      const now = JSON.parse(readFileSync(file, 'utf8'))
      expect([now['act.undo'], now['act.save']]).to.deep.equal(['元に戻す', 'Save'])
      expect(JSON.parse(readFileSync(join(folder, 'ja', 'language.json'), 'utf8'))).to.deep.equal({
        name: '日本語',
      })
      expect(faultsIn(folder)).to.deep.equal([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('are told what is wrong with them', () => {
    const texts = {
      'act.sve': 'x',
      'list.about': '{{nummer}}',
      'stage.since_few': '{{count}}',
      'act.save': 'Speichern',
    }
    expect(faultsOf(texts, en)).to.deep.equal(['act.sve: nobody says this', 'list.about: there is no nummer'])
    const problems = {
      FIELD_REQUIRD: 'x',
      FIELD_TEXT_TOO_LONG: 'Höchstens {grenze} Zeichen.',
      'START_PORT_TAKEN.hint': 'x',
      'format.email': 'E-Mail-Adresse',
    }
    expect(faultsOf(problems, ENGLISH.problems)).to.deep.equal([
      'FIELD_REQUIRD: nobody says this',
      'FIELD_TEXT_TOO_LONG: there is no grenze',
      'START_PORT_TAKEN.hint: nobody says this',
    ])
  })
})

describe('a folder of files alone', () => {
  let house: string
  let built: {
    readonly addFoundLanguages: typeof addFoundLanguages
    readonly languages: typeof languages
    readonly foundTexts: typeof foundTexts
    readonly controls: Readonly<Record<string, () => Promise<{ readonly locale: string }>>>
  }

  /** The door of the pages, built with the folders of languages that stand in `house`. */
  before(async () => {
    house = mkdtempSync(join(tmpdir(), 'tenon-languages-'))
    const door = join(house, 'runtime-ui', 'i18n')
    mkdirSync(door, { recursive: true })
    for (const file of ['languages.ts', 'found-languages.ts', 'found-texts.ts'])
      cpSync(join(ROOT, 'runtime-ui', 'i18n', file), join(door, file))
    cpSync(join(ROOT, 'languages'), join(house, 'languages'), { recursive: true })
    cpSync(FIXTURES, join(house, 'languages'), { recursive: true })
    writeFileSync(
      join(door, 'entry.ts'),
      `export { addFoundLanguages } from './found-languages.ts'
export { languages } from './languages.ts'
export { foundTexts } from './found-texts.ts'
export { controls } from 'virtual:tenon-control-words'
`,
    )
    writeFileSync(
      join(house, 'vite.config.ts'),
      `import { controlWords } from ${JSON.stringify(join(ROOT, 'vite.config.ts'))}
export default {
  plugins: [controlWords()],
  build: {
    outDir: 'out',
    lib: { entry: 'runtime-ui/i18n/entry.ts', formats: ['es'], fileName: 'entry' },
    rolldownOptions: { external: [/^(antd|dayjs)\\//] },
  },
}
`,
    )
    execFileSync(process.execPath, [VITE, 'build', '--logLevel', 'error'], { cwd: house, stdio: 'pipe' })
    built = await import(pathToFileURL(join(house, 'out', 'entry.mjs')).href)
  })
  after(() => rmSync(house, { recursive: true, force: true }))

  it('is a language of the pages: with its name, its texts, and the words of the controls', async () => {
    built.addFoundLanguages()
    expect(built.languages().map(({ tag, name }) => `${tag} ${name}`)).to.deep.equal([
      ...['en English', 'zh-CN 中文', 'de Deutsch'],
    ])
    expect((await built.foundTexts('de', 'pages')?.())?.['signIn.submit']).to.equal('Anmelden')
    expect((await built.foundTexts('de', 'designer')?.())?.['labels.title']).to.equal('Texte')
    const none = [
      ...[built.foundTexts('de', 'tour'), built.foundTexts('fr', 'pages')],
      built.foundTexts('de', 'problems' as 'pages'), // the engine's
    ]
    expect(none).to.deep.equal([undefined, undefined, undefined])
    expect(Object.keys(built.controls).sort()).to.deep.equal(['de', 'en', 'zh-CN'])
  })

  it('is refused while building where it is not called like a language', () => {
    const wrong = join(house, 'wrong')
    mkdirSync(join(wrong, 'german_language'), { recursive: true })
    writeFileSync(join(wrong, 'german_language', 'language.json'), '{"name":"Deutsch"}')
    const { load } = controlWords(wrong) as unknown as { load(id: string): unknown }
    expect(() => load('\0virtual:tenon-control-words')).to.throw('german_language/language.json: the folder')
  })
})
