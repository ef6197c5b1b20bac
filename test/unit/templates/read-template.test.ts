import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { AppError } from '../../../engine/errors.ts'
import type { CompiledField } from '../../../engine/model/compiled.ts'
import { noJson } from '../../../engine/templates/no-json.ts'
import { manifestFaults, readTemplate } from '../../../engine/templates/read-template.ts'
import { daysBetween, shiftDates, todayIn } from '../../../engine/templates/shift-dates.ts'
import { scratchFolder } from '../../support/scratch.ts'

const MANIFEST = { name: 'shop', version: '1.0.0', label: 'Shop' }

function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = scratchFolder('template')
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}

function refusalOf(files: Readonly<Record<string, unknown>>): string[] {
  try {
    readTemplate(folderOf(files))
  } catch (fault) {
    if (fault instanceof AppError) {
      return fault.problems.map(({ code, path, hint }) => [code, path, hint?.en].filter(Boolean).join(' '))
    }
    throw fault
  }
  return []
}

describe('readTemplate', () => {
  it('reads the manifest and the definitions, kind by kind, whatever their order in the folder', () => {
    const template = readTemplate(
      folderOf({
        'template.json': `\ufeff${JSON.stringify({ ...MANIFEST, data: [{ entity: 'item', file: 'item.csv' }] })}`,
        'data/item.csv': 'name\n',
        'definitions/role/clerk.json': { kind: 'role', name: 'clerk' },
        'definitions/entity/item.json': { kind: 'entity', name: 'item', fields: [] },
        'definitions/entity/bill.json': { kind: 'entity', name: 'bill', fields: [] },
        'definitions/.swp.json': 'not JSON',
        'i18n/fr.json': { kind: 'translation', name: 'shop_fr', language: 'fr', texts: {} },
        'README.md': '# Shop',
      }),
    )
    expect(template.manifest.data).to.eql([{ entity: 'item', file: 'item.csv' }])
    expect(template.definitions.map(({ file }) => file)).to.eql([
      'definitions/entity/bill.json',
      'definitions/entity/item.json',
      'definitions/role/clerk.json',
      'i18n/fr.json',
    ])
  })

  const cases: { title: string; files: Record<string, unknown>; problems: string[] }[] = [
    {
      title: 'a folder without template.json',
      files: { 'definitions/a.json': {} },
      problems: ['TEMPLATE_FOLDER_UNREADABLE'],
    },
    {
      title: 'a manifest that is no JSON',
      files: { 'template.json': '{' },
      problems: ['TEMPLATE_FILE_INVALID template.json'],
    },
    {
      title: 'a manifest with keys misspelt, missing and wrong',
      files: { 'template.json': { name: 'shop', versoin: '1', label: 'Shop', today: 'soon' } },
      problems: [
        'META_KEY_MISSING template.json#/version',
        'META_KEY_UNKNOWN template.json#/versoin Did you mean “version”?',
        'META_VALUE_INVALID template.json#/today',
      ],
    },
    {
      title: 'files out of place, of unknown kinds, unreadable and twice, all at once',
      files: {
        'template.json': { ...MANIFEST, data: [{ entity: 'item', file: 'item.csv' }] },
        'definitions/entity/bill.json': { kind: 'entity', name: 'item', fields: [] },
        'definitions/entity/item.json': { kind: 'entity', name: 'item', fields: [] },
        'definitions/enttiy/a.json': { kind: 'enttiy', name: 'a' },
        'definitions/role/b.json': '[]',
        'i18n/fr.json': { kind: 'role', name: 'c' },
      },
      problems: [
        'TEMPLATE_FILE_MISPLACED definitions/entity/bill.json',
        'META_KIND_UNKNOWN definitions/enttiy/a.json#/kind Did you mean “entity”?',
        'TEMPLATE_FILE_INVALID definitions/role/b.json',
        'TEMPLATE_FILE_MISPLACED i18n/fr.json',
        'META_NAME_DUPLICATE definitions/entity/item.json#/name',
        'TEMPLATE_FILE_MISSING template.json#/data/0/file',
      ],
    },
  ]
  for (const { title, files, problems } of cases) {
    it(`refuses ${title}`, () => expect(refusalOf(files)).to.eql(problems))
  }

  it('says of each value of a manifest in both languages what is due', () => {
    const manifest = { ...MANIFEST, today: 'soon', data: {}, screenshots: [3] }
    const said = manifestFaults(manifest).map(({ path, params }) => [path, params?.reason])
    expect(said).to.deep.equal([
      [
        'template.json#/today',
        { en: 'a day is written like 2026-11-29', 'zh-CN': '日期应写作 2026-11-29 的形式' },
      ],
      ['template.json#/data', { en: 'expected a list', 'zh-CN': '应为列表' }],
      ['template.json#/screenshots/0', { en: 'expected an object', 'zh-CN': '应为对象' }],
    ])
  })
})

describe('a text that is no JSON', () => {
  const cases = [
    {
      message: "Expected ',' in JSON at position 20 (line 2 column 5)",
      'zh-CN': '从第 2 行第 5 列起不是有效的 JSON',
    },
    { message: 'Unexpected end of JSON input', 'zh-CN': '不是有效的 JSON' },
  ]
  for (const { message, 'zh-CN': inChinese } of cases) {
    it(`says where it stops, also in Chinese: ${inChinese}`, () => {
      expect(noJson(new SyntaxError(message))['zh-CN']).to.equal(inChinese)
    })
  }
})

describe('the dates of template data', () => {
  const field = (ruleType: string) => ({ ruleType }) as unknown as CompiledField
  const cases = [
    { type: 'date', value: '2026-02-27', moved: '2026-03-02' },
    { type: 'datetime', value: '2026-12-31T23:00:00.000Z', moved: '2027-01-03T23:00:00.000Z' },
    { type: 'text', value: '2026-02-27', moved: '2026-02-27' },
    { type: 'number', value: 3, moved: 3 },
  ]
  for (const { type, value, moved } of cases) {
    it(`moves a ${type} from ${value} to ${moved}`, () => {
      expect(shiftDates(3)(field(type), value)).to.equal(moved)
    })
  }

  it('counts days across months and leap days, and takes the day of the workspace’s zone', () => {
    const late = new Date('2026-11-22T17:00:00Z')
    expect([
      daysBetween('2024-02-28', '2024-03-01'),
      todayIn('Asia/Shanghai', late),
      todayIn('UTC', late),
    ]).to.eql([2, '2026-11-23', '2026-11-22'])
  })
})
