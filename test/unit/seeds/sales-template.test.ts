import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect } from 'chai'
import { answerTemplate } from '../../../engine/templates/answer-template.ts'
import { readTemplate } from '../../../engine/templates/read-template.ts'

const root = join(import.meta.dirname, '../../..')
const template = join(root, 'seeds/sales')
const search = () => ({ soundOf: () => undefined, tokensOf: () => [], questionOf: () => [] })
/** With the defaults of what it asks. */
const { definitions } = answerTemplate(readTemplate(template), { search })

const ajv = schemaChecker()

describe('seeds/sales', () => {
  for (const { file, definition } of definitions) {
    it(`${definition.kind} ${definition.name} satisfies its schema and stands in the file of its name`, () => {
      const validate = ajv.getSchema(`${definition.kind}.schema.json`)!
      expect(validate(definition), JSON.stringify(validate.errors)).to.equal(true)
      expect([definition.kind, `${definition.name}.json`]).to.eql([basename(dirname(file)), basename(file)])
    })
    it(`${definition.kind} ${definition.name} is labelled in both languages, and so is all that is in it`, () => {
      expect(missingTexts(definition, '')).to.eql([])
    })
  }
})

/** Kinds and items that people see by a label; an item of `fields` may be a mere name (layouts). */
const LABELLED_ITEMS = ['fields', 'options', 'stages', 'form', 'tabs']
const TEXT_KEYS = ['label', 'plural', 'help']

function missingTexts(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => missingTexts(item, `${path}/${index}`))
  if (typeof value !== 'object' || value === null) return []
  const object = value as Record<string, unknown>
  const items = LABELLED_ITEMS.flatMap((key) => {
    const list = Array.isArray(object[key]) ? object[key] : []
    return list
      .filter((item) => typeof item === 'object' && !('label' in item))
      .map(() => `${path}/${key}: no label`)
  })
  const here = TEXT_KEYS.filter((key) => key in object && !inBothLanguages(object[key])).map(
    (key) => `${path}/${key}`,
  )
  const top = path === '' && !('label' in object) ? ['/label'] : []
  const below = Object.entries(object).flatMap(([key, inner]) => missingTexts(inner, `${path}/${key}`))
  return [...top, ...items, ...here, ...below]
}

function inBothLanguages(text: unknown): boolean {
  const { en, 'zh-CN': zh } = text as Record<string, string>
  return typeof en === 'string' && en !== '' && typeof zh === 'string' && zh !== ''
}

function schemaChecker(): Ajv2020 {
  const checker = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(checker)
  const folder = join(root, 'metadata/schema')
  for (const file of readdirSync(folder)) checker.addSchema(readJson(join(folder, file)) as object)
  return checker
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
