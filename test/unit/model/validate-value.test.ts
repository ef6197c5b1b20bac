import { expect } from 'chai'
import { LosslessNumber } from 'lossless-json'
import { didYouMean } from '../../../engine/errors.ts'
import { registerBuiltInFields } from '../../../engine/fields/built-in.ts'
import { TYPE_NOUNS } from '../../../engine/fields/parts/nouns.ts'
import type { CompiledField } from '../../../engine/model/compiled.ts'
import { createValueAjv, problemsOf } from '../../../engine/model/validate-value.ts'
import { createRegistry } from '../../../engine/registry/registry.ts'
import type { FieldDefinition } from '../../../metadata/text.ts'
import { exampleContext } from '../../support/field-types.ts'

const registry = createRegistry()
registerBuiltInFields(registry)

const definitions: readonly FieldDefinition[] = [
  { name: 'name', type: 'text', max: 5 },
  { name: 'amount', type: 'currency' },
  { name: 'count', type: 'integer', min: 0 },
  { name: 'source', type: 'select', options: [{ name: 'expo' }, { name: 'web_site' }] },
  { name: 'tags', type: 'tags' },
  { name: 'address', type: 'address' },
  { name: 'about', type: 'dynamic_lookup', to: ['account'] },
  { name: 'number', type: 'auto_number', pattern: '{#}' },
]
const fields = new Map(
  definitions.map((definition) => {
    const type = registry.fieldType(definition.type)!
    const writable = type.generated !== true
    return [definition.name, { name: definition.name, definition, type, writable } as CompiledField]
  }),
)
const validate = createValueAjv().compile({
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: Object.fromEntries(
    [...fields.values()]
      .filter((field) => field.writable)
      .map((field) => [field.name, field.type.valueSchema(field.definition, exampleContext)]),
  ),
})

function problemsIn(body: unknown) {
  return validate(body) ? [] : problemsOf(validate.errors ?? [], body, fields)
}

describe('problems of a body', () => {
  it('reports every fault at once, one for each place, in the order of the body', () => {
    const body = { name: 'too long', amount: 1.005, count: -1, source: 'website', tags: ['a', 7] }
    expect(problemsIn(body).map(({ code, path }) => [code, path])).to.have.deep.members([
      ['FIELD_TEXT_TOO_LONG', '/name'],
      ['FIELD_NUMBER_TOO_PRECISE', '/amount'],
      ['FIELD_NUMBER_TOO_SMALL', '/count'],
      ['FIELD_OPTION_UNKNOWN', '/source'],
      ['FIELD_TYPE_WRONG', '/tags/1'],
    ])
  })

  const cases = [
    { name: 'a missing field', body: {}, expected: [{ code: 'FIELD_REQUIRED', path: '/name' }] },
    { name: 'null', body: { name: null }, expected: [{ code: 'FIELD_REQUIRED', path: '/name' }] },
    {
      name: 'a wrong type, once',
      body: { name: 'a', source: 3 },
      expected: [
        {
          code: 'FIELD_TYPE_WRONG',
          path: '/source',
          params: { expected: TYPE_NOUNS.string },
        },
      ],
    },
    {
      name: 'an option near to one',
      body: { name: 'a', source: 'website' },
      expected: [
        {
          code: 'FIELD_OPTION_UNKNOWN',
          path: '/source',
          params: { value: 'website' },
          hint: didYouMean('web_site'),
        },
      ],
    },
    {
      name: 'a name near to one',
      body: { name: 'a', amuont: 1 },
      expected: [
        {
          code: 'FIELD_UNKNOWN',
          path: '/amuont',
          params: { name: 'amuont' },
          hint: didYouMean('amount'),
        },
      ],
    },
    {
      name: 'a name within a value near to one',
      body: { name: 'a', address: { ctiy: 'x' } },
      expected: [
        {
          code: 'FIELD_UNKNOWN',
          path: '/address/ctiy',
          params: { name: 'ctiy' },
          hint: didYouMean('city'),
        },
      ],
    },
    {
      name: 'a field of the engine',
      body: { name: 'a', number: '1' },
      expected: [{ code: 'FIELD_READ_ONLY', path: '/number' }],
    },
    {
      name: 'a name that must be escaped in a pointer',
      body: { name: 'a', 'x/y~z': 1 },
      expected: [{ code: 'FIELD_UNKNOWN', path: '/x~1y~0z', params: { name: 'x/y~z' } }],
    },
    {
      name: 'an own __proto__',
      body: JSON.parse('{"name":"a","__proto__":1}') as unknown,
      expected: [{ code: 'FIELD_UNKNOWN', path: '/__proto__', params: { name: '__proto__' } }],
    },
    {
      name: 'a number that a float does not keep',
      body: { name: 'a', amount: new LosslessNumber('1234567890123456.78') },
      expected: [{ code: 'FIELD_NUMBER_TOO_PRECISE', path: '/amount', params: { scale: 2 } }],
    },
    {
      name: 'such a number in the place of an object',
      body: { name: 'a', about: new LosslessNumber('1e400') },
      expected: [
        {
          code: 'FIELD_TYPE_WRONG',
          path: '/about',
          params: { expected: TYPE_NOUNS.object },
        },
      ],
    },
    {
      name: 'too many tags, by the code of their type',
      body: { name: 'a', tags: Array.from({ length: 11 }, (_, index) => `t${index}`) },
      expected: [{ code: 'FIELD_TAGS_TOO_MANY', path: '/tags', params: { limit: 10 } }],
    },
  ]
  for (const { name, body, expected } of cases) {
    it(`names ${name}`, () => expect(problemsIn(body)).to.deep.equal(expected))
  }

  it('shortens what it quotes', () => {
    const [problem] = problemsIn({ name: 'a', source: 'x'.repeat(1_000_000) })
    expect(String(problem?.params?.value)).to.have.length(81)
  })

  it('stops at 500 problems', () => {
    const body = { name: 'a', tags: Array.from({ length: 100_000 }, (_, index) => index) }
    expect(problemsIn(body)).to.have.length(500)
  })
})
