import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { LosslessNumber } from 'lossless-json'
import { PROBLEMS, problemMessage } from '../../engine/errors.ts'
import { createValueAjv } from '../../engine/model/validate-value.ts'
import { type FieldType, ValueFaultError } from '../../engine/registry/field-type.ts'
import { checkRule } from '../../metadata/rules/check-rule.ts'
import { ITEM_TYPES, type StoredRuleType as RuleType } from '../../metadata/rules/types.ts'
import {
  allFieldTypes,
  configCodes,
  exampleContext,
  exampleField,
  type ValueProblem,
  valueChecker,
} from '../support/field-types.ts'
import { HOSTILE_VALUES } from '../support/hostile-values.ts'

const types = await allFieldTypes()

/** JSON does not tell -0 from 0; everything else must stay as it is. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function expectSpoken(problems: readonly ValueProblem[]): void {
  for (const problem of problems) {
    expect(PROBLEMS, problem.code).to.have.property(problem.code)
    for (const language of ['en', 'zh-CN'] as const) {
      expect(problemMessage(problem as never, language), problem.code).not.to.match(/\{\w+\}/)
    }
  }
}

for (const type of types) {
  describe(`field type ${type.name}`, () => {
    describeDeclaration(type)
    type.examples.forEach((_, index) => {
      describe(`example ${index + 1}`, () => describeExample(type, index))
    })
    // One that took more than its length to judge would not end within the time of a test.
    it('answers every hostile value with acceptance or a problem that speaks', () => {
      for (const example of type.examples) {
        const check = valueChecker(type, example)
        for (const { value } of HOSTILE_VALUES) expectSpoken(check(value))
      }
      expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(false)
    })
  })
}

function describeDeclaration(type: FieldType): void {
  it('has a label and a description in both languages', () => {
    for (const text of [type.label, type.description]) {
      expect(text.en).to.match(/\S/)
      expect(text['zh-CN']).to.match(/[\p{Script=Han}A-Z]/u)
    }
  })

  it('names and explains every configuration key in both languages', () => {
    for (const [key, schema] of Object.entries(type.configSchema.properties)) {
      expect(schema, key).to.include.keys('title', 'description', 'x-zh')
      expect(schema['x-zh'], key).to.have.all.keys('title', 'description')
    }
  })

  it('gives configuration keys names that no key of all fields has', () => {
    const taken = 'id name was type label help note requirement required unique searchable default'.split(' ')
    expect(Object.keys(type.configSchema.properties)).not.to.include.members(taken)
  })

  it('offers operators that the rule language has for its type', () => {
    for (const operator of type.operators) {
      const ruleType = type.sealing === undefined ? type.rule?.type : 'text'
      const rule = { [operator]: [{ var: 'value' }, ...argumentsOf(operator, ruleType)] }
      const scope = {
        resolve: (path: string) =>
          path === 'value' && ruleType !== undefined ? { type: ruleType } : undefined,
        names: () => ['value'],
      }
      expect(checkRule(rule, scope, 'condition').problems, operator).to.deep.equal([])
    }
  })

  it('says only what fits together about storage', () => {
    const columns = type.columns(exampleField(type, type.examples[0]!.config))
    const relation = type.relation?.(exampleField(type, type.examples[0]!.config))
    if (columns.length === 0) expect(relation?.kind).to.be.oneOf(['many', 'children'])
    if (columns.length === 0) expect([type.sortable, type.canBeIndexed]).to.deep.equal([false, false])
    expect(columns.map((column) => column.suffix)).to.deep.equal([...new Set(columns.map((c) => c.suffix))])
    if (type.writeOnly)
      expect([type.sortable, type.rule, type.searchText]).to.deep.equal([false, undefined, undefined])
  })
}

/** A literal of each type of rules. */
const LITERALS: { readonly [T in RuleType]: unknown } = {
  text: 'won',
  number: 1,
  boolean: true,
  date: '2026-03-02',
  datetime: '2026-03-02T01:00:00.000Z',
  time: '09:00:00',
  duration: 'PT1H',
  id: '0192f0c0-7a3b-7c4d-8e5f-00112233aabb',
  texts: ['a'],
  ids: ['0192f0c0-7a3b-7c4d-8e5f-00112233aabb'],
}

function argumentsOf(operator: string, type: RuleType | undefined): readonly unknown[] {
  if (type === undefined || operator === 'empty' || operator === 'not_empty') return []
  const literal = type === 'texts' || type === 'ids' ? LITERALS[ITEM_TYPES[type]] : LITERALS[type]
  return ['in', 'has_any', 'has_all'].includes(operator) ? [[literal]] : [literal]
}

function describeExample(type: FieldType, index: number): void {
  const example = type.examples[index]!
  const field = exampleField(type, example.config)
  const check = valueChecker(type, example)

  it('accepts its configuration', () => {
    expect(configCodes(type, example.config)).to.deep.equal([])
  })

  it('refuses each bad configuration', () => {
    for (const config of example.badConfigs ?? []) {
      const codes = configCodes(type, config)
      expect(codes, JSON.stringify(config)).not.to.deep.equal([])
      for (const code of codes) if (code !== 'SCHEMA') expect(PROBLEMS).to.have.property(code)
    }
  })

  it('accepts each valid value, also as a default and after a way through JSON', () => {
    for (const value of example.valid) {
      expect(check(value), JSON.stringify(value)).to.deep.equal([])
      expect(check(asJson(value)), JSON.stringify(value)).to.deep.equal([])
    }
  })

  it('refuses each invalid value with the code that it promises', () => {
    for (const { value, code } of example.invalid) {
      const problems = check(value)
      expectSpoken(problems)
      const label = String(JSON.stringify(value)).slice(0, 100)
      expect(
        problems.map((problem) => problem.code),
        label,
      ).to.include(code)
      expect(
        problems.every((problem) => problem.path.startsWith('/value')),
        label,
      ).to.equal(true)
      expect(new Set(problems.map((problem) => problem.path)).size, label).to.equal(problems.length)
    }
  })

  it('leaves null to the engine', () => {
    if (Object.keys(type.valueSchema(field, exampleContext)).length === 0)
      return expect(check(null)).to.deep.equal([])
    expect(check(null)).to.deep.equal([{ code: 'FIELD_REQUIRED', path: '/value' }])
  })

  it('refuses a number that a float does not keep', () => {
    for (const text of ['123456789.12345678901', '1e400', '-1E-400']) {
      const [problem] = check(new LosslessNumber(text))
      const isNumber =
        type.rule?.type === 'number' || Object.keys(type.valueSchema(field, exampleContext)).length === 0
      expect(problem?.code).to.equal(isNumber ? 'FIELD_NUMBER_TOO_PRECISE' : 'FIELD_TYPE_WRONG')
      expectSpoken([problem!])
    }
  })

  it('keeps Chinese text and emoji wherever it takes free text', () => {
    const schema = type.valueSchema(field, exampleContext)
    if (schema.format !== 'text') return
    const text = '华兴机械有限公司 👩‍👩‍👧‍👦'.slice(0, (schema.maxLength as number) < 20 ? 4 : undefined)
    expect(check(text)).to.deep.equal([])
    if (!type.writeOnly) expect(type.csv.parse(type.csv.format(text, field), field)).to.equal(text)
  })

  it('draws a form whose schema is JSON Schema and takes every valid value', () => {
    const { schema, uiSchema } = type.form(field, exampleContext)
    const validate = new Ajv2020({ strict: false }).compile(schema)
    for (const value of example.valid) expect(validate(value), JSON.stringify(value)).to.equal(true)
    expect(uiSchema['ui:widget']).to.match(/^[a-z][a-z_]*$/)
    expect(asJson(uiSchema)).to.deep.equal(uiSchema)
  })

  it('comes back from a CSV cell as it went in', () => {
    for (const value of example.valid) {
      const cell = type.csv.format(value, field)
      expect(cell).to.be.a('string')
      if (type.writeOnly) expect(cell).to.equal('')
      else if (cell !== '') expect(asJson(type.csv.parse(cell, field))).to.deep.equal(asJson(value))
    }
  })

  it('refuses a hostile cell with a problem, or gives a value that is judged like any other', () => {
    for (const { value: cell } of HOSTILE_VALUES) {
      if (typeof cell !== 'string' || cell === '') continue
      let value: unknown
      try {
        value = type.csv.parse(cell, field)
      } catch (fault) {
        expect(fault).to.be.instanceOf(ValueFaultError)
        expectSpoken([{ ...(fault as ValueFaultError).fault, path: '' }])
        continue
      }
      expectSpoken(check(value))
    }
  })

  it('compiles under the strict rules of the validator', () => {
    expect(() => createValueAjv().compile(type.valueSchema(field, exampleContext))).not.to.throw()
  })

  it('gives search a text of every valid value', () => {
    if (type.searchText === undefined) return
    for (const value of example.valid) expect(type.searchText(value)).to.be.a('string')
  })
}
