import { expect } from 'chai'
import { OPERATOR_SQL } from '../../../engine/model/sql/rule-to-sql.ts'
import { OPERATORS } from '../../../metadata/rules/catalogue.ts'
import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { compileToJson } from '../../../metadata/rules/compile-rule.ts'
import { describeRule } from '../../../metadata/rules/describe-rule.ts'
import { SAMPLE_ENVIRONMENT, SAMPLE_SCOPE } from '../../../metadata/rules/sample.ts'
import { parseRule } from '../../../metadata/rules/text/parse-rule.ts'
import { printRule } from '../../../metadata/rules/text/print-rule.ts'

const NAMES = {
  field: (path: readonly string[]) => path.join('.'),
  option: (_path: readonly string[], option: string) => option,
}

for (const operator of OPERATORS.values()) {
  describe(`the operator ${operator.name}`, () => {
    for (const { rule, value } of operator.examples) {
      const { typed, problems } = checkRule(rule, SAMPLE_SCOPE, 'any', { runner: 'engine' })

      it(`gives ${JSON.stringify(value)} for ${JSON.stringify(rule)}`, () => {
        expect(problems).to.deep.equal([])
        expect(compileToJson(typed!)(SAMPLE_ENVIRONMENT)).to.deep.equal(value)
      })
      it(`comes back from its text: ${printRule(rule)}`, () => {
        expect(parseRule(printRule(rule))).to.deep.equal({ rule })
      })
      it(`reads as a sentence without gaps: ${describeRule(typed!, NAMES, 'en')}`, () => {
        for (const language of ['en', 'zh-CN'] as const) {
          expect(describeRule(typed!, NAMES, language))
            .to.match(/\S/)
            .and.not.match(/[{}]|undefined|null|\bNaN\b/)
        }
      })
    }

    it('is written in SQL, or says why it cannot be', () => {
      expect(OPERATOR_SQL.has(operator.name)).to.equal(true)
      expect(OPERATOR_SQL.get(operator.name) === undefined).to.equal(
        operator.engineOnly !== undefined && operator.family !== 'change',
      )
    })
    it('is used by one of its examples, so that they are of it', () => {
      const uses = operator.examples.map(({ rule }) => JSON.stringify(rule).includes(`"${operator.name}":`))
      expect(uses).to.deep.equal(uses.map(() => true))
    })
    it('is told in both languages', () => {
      for (const language of ['en', 'zh-CN'] as const) {
        for (const text of [
          operator.label,
          operator.description,
          operator.nullBehaviour,
          operator.sentence,
        ]) {
          expect(text[language]).to.match(/\S/)
        }
        expect(operator.description[language]).to.match(/[.。]$/)
      }
    })
  })
}
