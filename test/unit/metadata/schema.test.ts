import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import type { Kind } from '../../../engine/model/compiled.ts'
import { KIND_NAMES } from '../../../engine/model/definition-set.ts'
import { dereference, kindSchema } from '../../../engine/model/kinds/kind-schema.ts'
import { bundleSchema } from '../../../engine/model/kinds/schema.ts'
import { isRecord } from '../../../engine/model/pointer.ts'
import type { JsonSchema } from '../../../engine/registry/field-type.ts'
import { registry } from '../model/sample.ts'

const folder = new URL('../../../metadata/schema/', import.meta.url)
const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as JsonSchema
const files = readdirSync(folder).filter((file) => file.endsWith('.schema.json'))

const CHINESE = /\p{Script=Han}/u

/** Every property below a schema that does not say in both languages what it is, by path. */
function untitled(schema: unknown, root: JsonSchema, at = ''): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap((entry, index) => untitled(entry, root, `${at}/${index}`))
  if (!isRecord(schema)) return []
  const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : []
  const here = properties
    .filter(
      ([, property]) =>
        !isTitled({ ...dereference(property as JsonSchema, root), ...(property as JsonSchema) }),
    )
    .map(([key]) => `${at}/${key}`)
  // A condition narrows keys that have their titles already.
  const below = Object.entries(schema).filter(([key]) => key !== 'if' && key !== 'then')
  return [...here, ...below.flatMap(([key, entry]) => untitled(entry, root, `${at}/${key}`))]
}

function isTitled(property: JsonSchema): boolean {
  const chinese = property['x-zh']
  const texts = [property.title, property.description]
  const chineseTexts = isRecord(chinese) ? [chinese.title, chinese.description] : []
  return (
    texts.every((text) => typeof text === 'string' && text !== '') &&
    chineseTexts.length === 2 &&
    chineseTexts.every((text) => typeof text === 'string' && CHINESE.test(text))
  )
}

describe('metadata/schema', () => {
  for (const file of files) {
    it(`${file} says in English and Chinese what each key is`, () => {
      const schema = bundleSchema(read(file))
      expect(untitled(schema, schema)).to.deep.equal([])
    })
  }

  for (const kind of KIND_NAMES) {
    it(`${kind} with the field types is a JSON Schema that stands alone`, () => {
      const schema = kindSchema(registry, kind)
      const foreign = JSON.stringify(schema).match(/"\$ref":"(?!#\/\$defs\/)[^"]*"/g) ?? []
      expect(foreign).to.deep.equal([])
      expect(() => ajvFor().compile(schema)).not.to.throw()
    })
  }

  it('has the keys of every field type in both languages', () => {
    const schema = kindSchema(registry, 'entity' satisfies Kind)
    expect(untitled(schema, schema)).to.deep.equal([])
  })
})

function ajvFor(): Ajv2020 {
  return new Ajv2020({
    strictSchema: false,
    discriminator: true,
    allowUnionTypes: true,
    formats: { uuid: true },
  })
}
