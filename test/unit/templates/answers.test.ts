// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates write parameters so
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { AppError } from '../../../engine/errors.ts'
import { KIND_NAMES } from '../../../engine/model/definition-set.ts'
import { createSearch } from '../../../engine/search/tokens.ts'
import {
  type Answering,
  answerTemplate,
  withAnsweredData,
} from '../../../engine/templates/answer-template.ts'
import { RULE_KEYS, TEXT_KEYS } from '../../../engine/templates/fill-in.ts'
import { readTemplate } from '../../../engine/templates/read-template.ts'
import { scratchFolder } from '../../support/scratch.ts'

const registry = { search: createSearch }
const PARAMETERS = [
  { name: 'campuses', type: 'list', label: 'Campuses', required: true, min: 1, max: 3 },
  { name: 'school', type: 'text', label: 'School', max: 12 },
  { name: 'weeks', type: 'integer', label: 'Weeks', default: 16, min: 1, max: 52 },
  { name: 'strict', type: 'boolean', label: 'Strict', default: true },
  {
    name: 'term',
    type: 'select',
    label: 'Term',
    default: 'spring',
    options: [{ name: 'spring' }, { name: 'fall' }],
  },
  { name: 'brand', type: 'color', label: 'Colour' },
] as const
const MANIFEST = { name: 'school', version: '1.0.0', label: 'School' }
const CAMPUS = {
  kind: 'option_set',
  name: 'campus',
  label: 'Campuses of ${school}',
  options: [
    {
      $each: 'campuses',
      item: { name: { $parameter: 'item_name' }, label: { en: 'Campus ${item}', 'zh-CN': '${item}' } },
    },
    { name: 'online', label: 'Online', color: { $parameter: 'brand' } },
  ],
}
const COURSE = {
  kind: 'entity',
  name: 'course',
  fields: [
    { name: 'weeks', type: 'integer', default: { $parameter: 'weeks' }, required: { $parameter: 'strict' } },
    { name: 'long', type: 'formula', when: { '>': [{ var: 'weeks' }, { $parameter: 'weeks' }] } },
    { name: 'note', type: 'text', pattern: 'costs ${5}' },
  ],
}

type Files = Readonly<Record<string, unknown>>

function folderOf(files: Files): string {
  const folder = scratchFolder('answers')
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    const isText = typeof content === 'string' || Buffer.isBuffer(content)
    writeFileSync(join(folder, path), isText ? content : JSON.stringify(content))
  }
  return folder
}

const school = (more: Files = {}): Files => ({
  'template.json': { ...MANIFEST, parameters: PARAMETERS },
  'definitions/option_set/campus.json': CAMPUS,
  'definitions/entity/course.json': COURSE,
  ...more,
})

const answered = (answering: Answering) =>
  answerTemplate(readTemplate(folderOf(school())), registry, answering)

function problemsOf(work: () => unknown): string[] {
  try {
    work()
  } catch (fault) {
    if (!(fault instanceof AppError)) throw fault
    return fault.problems.map(({ code, path, hint }) =>
      [code, path, hint?.en?.startsWith('Did') ? hint.en : ''].join(' ').trim(),
    )
  }
  return []
}

describe('answers to what a template asks', () => {
  it('stand in its definitions as values of their types, in texts, and as entries', () => {
    const { definitions, answers } = answered({
      given: { campuses: ['东校区', 'East & co', '东校区2'], school: 'Yucai' },
    })
    const [course, campus] = definitions.map(
      ({ definition }) => definition as unknown as Record<string, unknown>,
    )
    expect(campus).to.eql({
      ...{ kind: 'option_set', name: 'campus', label: 'Campuses of Yucai' },
      options: [
        { name: 'dong_xiao_qu', label: { en: 'Campus 东校区', 'zh-CN': '东校区' } },
        { name: 'east_co', label: { en: 'Campus East & co', 'zh-CN': 'East & co' } },
        { name: 'dong_xiao_qu_2', label: { en: 'Campus 东校区2', 'zh-CN': '东校区2' } },
        { name: 'online', label: 'Online' },
      ],
    })
    expect(course?.fields).to.eql([
      { name: 'weeks', type: 'integer', default: 16, required: true },
      { name: 'long', type: 'formula', when: { '>': [{ var: 'weeks' }, 16] } },
      { name: 'note', type: 'text', pattern: 'costs ${5}' },
    ])
    expect(answers).to.eql({
      ...{
        campuses: ['东校区', 'East & co', '东校区2'],
        school: 'Yucai',
        weeks: 16,
        strict: true,
        term: 'spring',
      },
    })
  })

  it('are told wrong all at once, each with its place', () => {
    const given = {
      campuses: ['A', 'A'],
      school: '{{user}}',
      weeks: 1.5,
      strict: 'yes',
      term: 'winter',
      brand: 'red',
      campusses: [],
    }
    expect(problemsOf(() => answered({ given }))).to.eql([
      'TEMPLATE_PARAMETER_UNKNOWN /answers/campusses Did you mean “campuses”?',
      ...['campuses', 'school', 'weeks', 'strict', 'term', 'brand'].map(
        (name) => `TEMPLATE_ANSWER_INVALID /answers/${name}`,
      ),
    ])
    expect(problemsOf(() => answered({}))).to.eql(['FIELD_REQUIRED /answers/campuses'])
    expect(problemsOf(() => answered({ given: { campuses: ['<b>'] } }))).to.eql([
      'TEMPLATE_ANSWER_INVALID /answers/campuses',
    ])
  })

  it('of the install before stand unless they are given anew, or fit no more', () => {
    const kept = { campuses: ['A'], weeks: 20, term: 'gone' }
    expect(answered({ kept, given: { strict: false } }).answers).to.eql({
      ...{ campuses: ['A'], weeks: 20, strict: false, term: 'spring' },
    })
    expect(answered({ kept, given: { weeks: null } }).answers.weeks).to.equal(16)
  })

  it('stand in the cells of its data, a row an entry, whatever they hold', async () => {
    const manifest = {
      ...MANIFEST,
      parameters: PARAMETERS,
      data: [
        { entity: 'campus', file: 'campus.csv', each: 'campuses' },
        { entity: 'course', file: 'course.csv' },
      ],
    }
    const folder = folderOf(
      school({
        'template.json': manifest,
        'data/campus.csv': '\ufeffname,code\n${item},${item_name}\n',
        'data/course.csv': 'name,weeks\n"Art, ${school}",${weeks}\n',
      }),
    )
    const template = answerTemplate(readTemplate(folder), registry, {
      given: { campuses: ['A, "x"', 'B'], school: '=1+1' },
    })
    const texts = await withAnsweredData(template, async (place) =>
      ['campus.csv', 'course.csv'].map((file) => readFileSync(join(place, file), 'utf8')),
    )
    expect(texts).to.eql(['name,code\n"A, ""x""",a_x\nB,b\n', 'name,weeks\n"Art, =1+1",16\n'])
  })

  const cases: { title: string; files: Files; problems: string[] }[] = [
    {
      title: 'places that name nothing, stand where a rule is due, or in no text for people',
      files: school({
        'definitions/entity/course.json': {
          ...{ kind: 'entity', name: 'course', label: 'x ${shcool} ${campuses}', title: '${school}' },
          visibleWhen: { $parameter: 'school' },
          fields: [
            { $each: 'weeks', item: {} },
            { name: { $parameter: 'scool' } },
            { var: { $parameter: 'term' } },
          ],
          options: { $each: 'campuses' },
        },
      }),
      problems: [
        'TEMPLATE_PARAMETER_UNKNOWN definitions/entity/course.json#/label Did you mean “school”?',
        'TEMPLATE_PARAMETER_MISPLACED definitions/entity/course.json#/label',
        'TEMPLATE_PARAMETER_MISPLACED definitions/entity/course.json#/title',
        'TEMPLATE_PARAMETER_MISPLACED definitions/entity/course.json#/visibleWhen',
        'TEMPLATE_PARAMETER_MISPLACED definitions/entity/course.json#/fields/0/$each',
        'TEMPLATE_PARAMETER_UNKNOWN definitions/entity/course.json#/fields/1/name/$parameter Did you mean “school”?',
        'TEMPLATE_PARAMETER_MISPLACED definitions/entity/course.json#/fields/2/var',
        'TEMPLATE_PARAMETER_MISPLACED definitions/entity/course.json#/options',
      ],
    },
    {
      title: 'parameters that are none',
      files: {
        'template.json': {
          ...MANIFEST,
          parameters: [
            { name: 'item', type: 'text', label: 'x' },
            { name: 'a', type: 'select', label: 'x' },
            { name: 'a', type: 'integer', label: 'x', max: 5, default: 6 },
          ],
        },
      },
      problems: [
        'TEMPLATE_PARAMETER_INVALID template.json#/parameters/0/name',
        'TEMPLATE_PARAMETER_INVALID template.json#/parameters/1/options',
        'TEMPLATE_PARAMETER_INVALID template.json#/parameters/2/name',
        'TEMPLATE_PARAMETER_INVALID template.json#/parameters/2/default',
      ],
    },
    {
      title: 'pictures that are missing, too large, or something else than their names say',
      files: {
        'template.json': {
          ...MANIFEST,
          screenshots: ['gone.png', 'page.png', 'big.jpg'].map((file) => ({ file, label: 'x' })),
        },
        'screenshots/page.png': '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        'screenshots/big.jpg': Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(512 * 1024)]),
      },
      problems: [
        'TEMPLATE_FILE_MISSING template.json#/screenshots/0/file',
        'TEMPLATE_SCREENSHOT_INVALID template.json#/screenshots/1/file',
        'TEMPLATE_SCREENSHOT_INVALID template.json#/screenshots/2/file',
      ],
    },
    {
      title: 'a picture that is an SVG by name',
      files: { 'template.json': { ...MANIFEST, screenshots: [{ file: 'a.svg', label: 'x' }] } },
      problems: ['META_VALUE_INVALID template.json#/screenshots/0/file'],
    },
  ]
  for (const { title, files, problems } of cases)
    it(`tells ${title}`, () => {
      expect(problemsOf(() => readTemplate(folderOf(files))).sort()).to.eql([...problems].sort())
    })

  it('are kept from every place where the schemas have a rule', () => {
    const folder = join(import.meta.dirname, '../../../metadata/schema')
    const keys = new Map<string, Set<string>>()
    const look = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      const { properties } = value as { properties?: Record<string, { $ref?: string }> }
      for (const [key, { $ref = '' }] of Object.entries(properties ?? {}))
        keys.set(key, (keys.get(key) ?? new Set()).add($ref.split('/').at(-1) ?? ''))
      for (const inner of Object.values(value)) look(inner)
    }
    for (const kind of ['common', ...KIND_NAMES])
      look(JSON.parse(readFileSync(join(folder, `${kind}.schema.json`), 'utf8')))
    const rules = [...keys].filter(([, refs]) => refs.has('rule')).map(([key]) => key)
    expect(rules.filter((key) => !RULE_KEYS.has(key))).to.eql([])
    expect([...TEXT_KEYS].filter((key) => [...(keys.get(key) ?? [])].some((ref) => ref !== 'text'))).to.eql(
      [],
    )
  })
})
