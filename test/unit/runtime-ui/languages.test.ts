import { expect } from 'chai'
import {
  acceptedFor,
  addLanguage,
  isLanguage,
  languageNamed,
  languages,
  nearestLanguage,
  spokenOf,
  standInsOf,
  writtenLanguages,
} from '../../../runtime-ui/i18n/languages.ts'
import {
  formatDate,
  formatDuration,
  formatInstant,
  formatMonth,
  formatNumber,
  formatPercent,
  formatSpoken,
} from '../../../runtime-ui/kit/format.ts'
import { shortFigure, shortText } from '../../../runtime-ui/screens/reports/figure-text.ts'
import { addressText } from '../../../runtime-ui/values/address-text.ts'
import { readSources } from '../../support/source-files.ts'

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

describe('the languages of the pages', () => {
  before(() => {
    // What a file languages/de/language.json says at least; its tag is the name of the folder.
    addLanguage('de', { name: 'Deutsch' })
    addLanguage('zh-TW', { name: '繁體中文', besides: 'zh-CN', address: 'large_first' })
  })

  it('are those of the product and those that have a folder', () => {
    expect(languages().map(({ tag }) => tag)).to.deep.equal(['en', 'zh-CN', 'de', 'zh-TW'])
    expect(writtenLanguages().map(({ mark }) => mark)).to.deep.equal(['中', 'EN', 'DE', 'ZH'])
    expect([isLanguage('de'), isLanguage('fr'), isLanguage(undefined)]).to.deep.equal([true, false, false])
  })

  const asked = [
    { browser: 'de-AT', nearest: 'de' },
    { browser: 'DE', nearest: 'de' },
    { browser: 'en-US', nearest: 'en' },
    { browser: 'zh-TW', nearest: 'zh-TW' },
    { browser: 'zh-HK', nearest: 'zh-CN' },
    { browser: 'fr', nearest: 'en' },
  ]
  for (const { browser, nearest } of asked) {
    it(`begin with ${nearest} in a browser that speaks ${browser}`, () => {
      expect(nearestLanguage(browser)).to.equal(nearest)
    })
  }

  it('have others that stand in for what they lack, and name them to the server', () => {
    expect(standInsOf('de')).to.deep.equal(['en'])
    expect(standInsOf('zh-TW')).to.deep.equal(['zh-CN', 'en'])
    expect([standInsOf('en'), standInsOf('zh-CN')]).to.deep.equal([[], []])
    expect(acceptedFor('zh-CN')).to.equal('zh-CN')
    expect(acceptedFor('zh-TW')).to.equal('zh-TW, zh-CN;q=0.9, en;q=0.8')
    expect(spokenOf(['en', 'zh-CN'], 'zh-TW')).to.equal('zh-CN')
  })

  it('write numbers, days and lengths of time as their speakers do, by their name alone', () => {
    expect(formatNumber(1234567.5, 'de')).to.equal('1.234.567,5')
    expect(plain(formatPercent(0.125, 'de'))).to.equal('12,5 %')
    expect(formatDate('2026-11-21', 'de', '2026-11-22')).to.equal('Gestern')
    expect(formatDate('2026-03-02', 'de', '2026-11-22')).to.equal('2. März')
    expect(formatDate('2027-12-04', 'de', '2026-11-22')).to.equal('4. Dez. 2027')
    expect(formatMonth('2026-03-02', 'de')).to.equal('März 2026')
    expect(formatSpoken('2026-11-30', '15:00:00', 'de')).to.equal('Mo 30. Nov. 2026, 15:00')
    expect(plain(formatDuration('PT2H30M', 'de'))).to.equal('2 Std. 30 Min.')
    const now = new Date('2026-11-22T03:00:00Z')
    expect(formatInstant('2026-11-22T02:30:00.000Z', 'de', 'UTC', now)).to.equal('Heute 02:30')
    expect(languageNamed('de').or).to.equal(' oder ')
  })

  it('shorten figures by the powers of ten that have a word', () => {
    const de = { language: 'de', currency: 'EUR' } as const
    expect(shortFigure(1_286_000, 'money', de)).to.deep.equal({ sign: '€', digits: '1,29', unit: 'Mio.' })
    expect(shortFigure(12_500, 'number', de)).to.deep.equal({ sign: '', digits: '12.500', unit: '' })
    expect(shortText(3_000_000_000, 'number', de)).to.equal('3 Mrd.')
    expect(shortFigure(7.25, 'hours', de).unit).to.equal('Std.')
    const tw = { language: 'zh-TW', currency: 'TWD' } as const
    expect(shortFigure(1_286_000, 'number', tw)).to.deep.equal({ sign: '', digits: '129', unit: '萬' })
  })

  it('put an address together in their order', () => {
    const address = { country: 'DE', city: 'Köln', street: 'Ring 5' }
    expect(addressText(address, 'de')).to.equal('Ring 5, Köln, Deutschland')
    expect(addressText({ city: '台北市', street: '信義路' }, 'zh-TW')).to.equal('台北市信義路')
  })
})

/**
 * A tag in the code: compared with, in a type, in a choice, as an argument. Not a text that is written in both languages of
 * the product, nor one half of such a text.
 */
const TAGS: readonly RegExp[] = [
  /'zh-CN'(?!\s*[:\]])/,
  /(?:[!=]==?|\||\b(?:key|value|tag):)\s*'en'/,
  /'en'\s*(?:[!=]==?|\|)/,
  /startsWith\('(?:zh|en)/,
]

/** Where a language is met that is no choice of a reader, with the reason. */
const AT_HOME: Readonly<Record<string, string>> = {
  'runtime-ui/i18n/languages.ts': 'the registry itself',
  'runtime-ui/i18n/index.ts': 'the texts that lie in the code',
}

describe('the sources of the pages', () => {
  it('ask a language what it is like instead of which it is: a further one needs files only', () => {
    const guilty = readSources(['runtime-ui', 'designer', 'plugins'])
      .filter(({ path }) => !Object.hasOwn(AT_HOME, path) && !path.includes('/test/'))
      .filter(({ path }) => !path.startsWith('plugins/') || path.endsWith('ui.tsx'))
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line) && TAGS.some((tag) => tag.test(line)))
          .map((line) => `${path}: ${line.trim()}`),
      )
    expect(guilty).to.deep.equal([])
  })

  const lines = [
    { line: `const comma = language === 'en' ? ', ' : '、'`, is: true },
    { line: `if (language !== 'zh-CN') return`, is: true },
    { line: `type Spoken = 'en' | 'zh-CN'`, is: true },
    { line: `  { value: 'zh-CN', label: '中文' },`, is: true },
    { line: `  { key: 'en', label: 'English' },`, is: true },
    { line: `textIn(label, 'zh-CN', name)`, is: true },
    { line: `label: { en: 'All', 'zh-CN': '全部' },`, is: false },
    { line: `readonly sentence: { readonly en: string; readonly 'zh-CN': string }`, is: false },
    { line: `<dd lang="zh-CN">{sentence['zh-CN']}</dd>`, is: false },
  ]
  for (const { line, is } of lines) {
    it(`${is ? 'may not' : 'may'} say ${line.trim()}`, () => {
      expect(TAGS.some((tag) => tag.test(line))).to.equal(is)
    })
  }
})
