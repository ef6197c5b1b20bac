import { expect } from 'chai'
import fc from 'fast-check'
import { LosslessNumber } from 'lossless-json'
import { PROBLEMS } from '../../../engine/errors.ts'
import { OPERATORS } from '../../../metadata/rules/catalogue.ts'
import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { defineOperator } from '../../../metadata/rules/operator.ts'
import type { RuleExpectation } from '../../../metadata/rules/types.ts'
import { field, ID, scope } from './fixture.ts'

/** The problems of a rule as lines: code, path, English hint. */
function problemsOf(rule: unknown, expected: RuleExpectation = 'condition'): string[] {
  return checkRule(rule, scope, expected).problems.map(({ code, path, hint }) =>
    [code, path, hint?.en].filter((part) => part !== undefined && part !== '').join(' | '),
  )
}

const right: readonly { rule: unknown; as?: RuleExpectation }[] = [
  { rule: true },
  { rule: null },
  { rule: field('active') },
  { rule: { '==': [field('status'), 'open'] } },
  { rule: { '==': ['open', field('status')] } },
  { rule: { '!=': [field('status'), null] } },
  { rule: { '==': [field('tags'), null] } },
  { rule: { '!': field('tags') } },
  { rule: { '!!': [field('account')] } },
  { rule: { '<': [1, field('amount'), 10.5] } },
  { rule: { '>=': [field('created_at'), '2026-03-02'] } },
  { rule: { '>=': [field('created_at'), '2026-03-02T09:00:00+08:00'] } },
  { rule: { '==': [field('created_at'), field('today')] } },
  { rule: { '<': [field('due'), field('created_at')] } },
  { rule: { '>': [{ days_since: field('created_at') }, 14] } },
  { rule: { '<=': [{ date_add: [field('due'), 'P1M'] }, { today: [] }] } },
  { rule: { '<=': [{ date_add: ['2026-03-02T01:00:00Z', field('term')] }, { now: [] }] } },
  { rule: { in: [field('status'), ['open', 'won', null]] } },
  { rule: { in: [field('status'), []] } },
  { rule: { in: ['ship', field('name')] } },
  { rule: { in: ['vip', field('tags')] } },
  { rule: { in: [field('owner'), field('partners')] } },
  { rule: { in: ['sales', field('actor.roles')] } },
  { rule: { in: [field('owner'), [ID.toUpperCase()]] } },
  { rule: { '==': [field('owner'), field('actor.id')] } },
  { rule: { '==': [field('account.owner.name'), 'Lily'] } },
  { rule: { '==': [{ var: ['name', 'none'] }, 'x'] } },
  { rule: { has_any: [field('tags'), ['a', 'b']] } },
  { rule: { has_all: [field('partners'), field('partners')] } },
  { rule: { contains: [field('name'), '50%'] } },
  { rule: { '==': [field('opens'), '09:30'] } },
  { rule: { '>': [field('term'), '-PT1H'] } },
  { rule: { '==': [{ if: [field('active'), 'a', field('name')] }, 'a'] } },
  { rule: { '+': [field('amount'), 1, { '-': field('discount') }] }, as: 'number' },
  { rule: { if: [field('active'), field('amount')] }, as: 'number' },
  { rule: '2026-03-02', as: 'date' },
]

const wrong: readonly { rule: unknown; problems: readonly string[]; as?: RuleExpectation }[] = [
  {
    rule: { '==': [field('statu'), 'open'] },
    problems: ['RULE_FIELD_UNKNOWN | /==/0/var | Did you mean “status”?'],
  },
  {
    rule: { '==': [field('acount.regoin'), 'x'] },
    problems: ['RULE_FIELD_UNKNOWN | /==/0/var | Did you mean “account.region”?'],
  },
  {
    rule: { '==': [field('actor.role'), 'x'] },
    problems: ['RULE_FIELD_UNKNOWN | /==/0/var | Did you mean “actor.roles”?'],
  },
  {
    rule: { '<': [field('due'), field('toady')] },
    problems: ['RULE_FIELD_UNKNOWN | /</1/var | Did you mean “today”?'],
  },
  {
    rule: { contain: [field('name'), 'x'] },
    problems: ['RULE_OPERATOR_UNKNOWN | /contain | Did you mean “contains”?'],
  },
  { rule: { 'a/b': 1 }, problems: ['RULE_OPERATOR_UNKNOWN | /a~1b'] },
  { rule: JSON.parse('{"__proto__": 1}'), problems: ['RULE_OPERATOR_UNKNOWN | /__proto__'] },
  { rule: { constructor: [] }, problems: ['RULE_OPERATOR_UNKNOWN | /constructor'] },
  { rule: field('__proto__'), problems: ['RULE_FIELD_UNKNOWN | /var'] },
  { rule: field('constructor.name'), problems: ['RULE_FIELD_UNKNOWN | /var'] },
  { rule: field('account.__proto__'), problems: ['RULE_FIELD_UNKNOWN | /var'] },
  {
    rule: { '==': [field('status'), 'opne'] },
    problems: ['RULE_OPTION_UNKNOWN | /==/1 | Did you mean “open”?'],
  },
  {
    rule: { in: [field('status'), ['open', 'closed']] },
    problems: ['RULE_OPTION_UNKNOWN | /in/1/1 | Options: open, won, lost'],
  },
  { rule: { has: [field('levels'), 'c'] }, problems: ['RULE_OPTION_UNKNOWN | /has/1 | Did you mean “a”?'] },
  {
    rule: { '>': [field('amount'), '100'] },
    problems: ['RULE_LITERAL_INVALID | />/1 | A number such as 12.5, not in quotes.'],
  },
  {
    rule: { '==': [field('due'), '2026-02-30'] },
    problems: ['RULE_LITERAL_INVALID | /==/1 | A day that exists, such as 2026-03-02.'],
  },
  {
    rule: { '==': [field('created_at'), '2026-03-02T25:00:00Z'] },
    problems: [
      'RULE_LITERAL_INVALID | /==/1 | An instant with its time zone, such as 2026-03-02T09:00:00+08:00, or a day.',
    ],
  },
  {
    rule: { '==': [field('owner'), 'lily'] },
    problems: ['RULE_LITERAL_INVALID | /==/1 | The id of a record (a UUID).'],
  },
  {
    rule: { '==': [field('term'), 'P2000Y'] },
    problems: ['RULE_LITERAL_INVALID | /==/1 | An ISO 8601 duration such as P7D or PT2H.'],
  },
  {
    rule: { '==': [field('name'), 'a\u0000'] },
    problems: ['RULE_LITERAL_INVALID | /==/1 | A text without NUL and without half surrogate pairs.'],
  },
  {
    rule: { '==': [field('name'), 'a\ud800'] },
    problems: ['RULE_LITERAL_INVALID | /==/1 | A text without NUL and without half surrogate pairs.'],
  },
  { rule: { '==': [field('name'), 5] }, problems: ['RULE_LITERAL_INVALID | /==/1 | A text, in quotes.'] },
  {
    rule: { '==': [field('active'), 'true'] },
    problems: ['RULE_LITERAL_INVALID | /==/1 | true or false, not in quotes.'],
  },
  { rule: { '>': [field('amount'), 1234567890123456] }, problems: ['RULE_NUMBER_TOO_PRECISE | />/1'] },
  { rule: { '>': [field('amount'), 1.2345678901234567] }, problems: ['RULE_NUMBER_TOO_PRECISE | />/1'] },
  {
    rule: { '>': [field('amount'), new LosslessNumber('0.30000000000000001')] },
    problems: ['RULE_NUMBER_TOO_PRECISE | />/1'],
  },
  {
    rule: { '>': [field('amount'), new LosslessNumber('1e400')] },
    problems: ['RULE_NUMBER_TOO_PRECISE | />/1'],
  },
  {
    rule: { '>': [field('amount'), { value: '5', isLosslessNumber: true }] },
    problems: [
      'RULE_SHAPE_INVALID | />/1 | A rule is an object with one operator, such as {"==": [{"var": "status"}, "open"]}.',
    ],
  },
  { rule: { '==': [field('status')] }, problems: ['RULE_ARGUMENTS_WRONG | /== | Exactly 2.'] },
  { rule: { '<': [1, 2, 3, 4] }, problems: ['RULE_ARGUMENTS_WRONG | /< | 2 to 3.'] },
  { rule: { and: [] }, problems: ['RULE_ARGUMENTS_WRONG | /and | At least 1.'] },
  {
    rule: { today: [1] },
    problems: ['RULE_ARGUMENTS_WRONG | /today | Exactly 0.'],
  },
  {
    rule: { and: [field('amount'), { '==': [field('tags'), 'x'] }] },
    problems: [
      'RULE_TYPE_WRONG | /and/0 | Expected yes or no, found a number. To ask whether there is a value, write {"!!": …}.',
      'RULE_TYPE_WRONG | /and/1/==/0 | Expected a single value, found a list of texts. For lists use has, has_any, has_all, empty, some or count.',
    ],
  },
  {
    rule: { contains: [field('tags'), 'x'] },
    problems: [
      'RULE_TYPE_WRONG | /contains/0 | Expected text, found a list of texts. For lists use has, has_any, has_all, empty, some or count.',
    ],
  },
  {
    rule: { '==': [field('amount'), field('name')] },
    problems: ['RULE_TYPE_WRONG | /==/1 | Expected a number, found text.'],
  },
  {
    rule: { has: [field('name'), 'x'] },
    problems: ['RULE_TYPE_WRONG | /has/0 | Expected a list of texts or a list of records, found text.'],
  },
  {
    rule: field('name'),
    problems: [
      'RULE_RESULT_WRONG | Expected yes or no, found text. To ask whether there is a value, write {"!!": …}.',
    ],
  },
  {
    rule: 'x',
    problems: [
      'RULE_RESULT_WRONG | Expected yes or no, found text. To ask whether there is a value, write {"!!": …}.',
    ],
  },
  { rule: field('name'), as: 'number', problems: ['RULE_RESULT_WRONG | Expected a number, found text.'] },
  {
    rule: '2026-13-02',
    as: 'date',
    problems: ['RULE_LITERAL_INVALID | A day that exists, such as 2026-03-02.'],
  },
  {
    rule: {},
    problems: [
      'RULE_SHAPE_INVALID | A rule is an object with one operator, such as {"==": [{"var": "status"}, "open"]}.',
    ],
  },
  {
    rule: [],
    problems: [
      'RULE_SHAPE_INVALID | A rule is an object with one operator, such as {"==": [{"var": "status"}, "open"]}.',
    ],
  },
  {
    rule: { var: 3 },
    problems: [
      'RULE_SHAPE_INVALID | /var | “var” takes the name of a field, and if wanted a value that stands in for null.',
    ],
  },
  {
    rule: { in: [field('name'), [{ var: 'note' }]] },
    problems: ['RULE_SHAPE_INVALID | /in/1/0 | A list holds plain values only.'],
  },
]

describe('checkRule', () => {
  for (const { rule, as = 'condition' } of right) {
    it(`takes ${JSON.stringify(rule)} as ${as}`, () => {
      const { typed, problems } = checkRule(rule, scope, as)
      expect(problems).to.deep.equal([])
      expect(typed).to.be.an('object')
    })
  }
  for (const { rule, as, problems } of wrong) {
    it(`refuses ${JSON.stringify(rule)?.slice(0, 90)} with ${problems[0]?.slice(0, 60)}`, () => {
      expect(problemsOf(rule, as)).to.deep.equal(problems)
    })
  }

  it('reports the problems of all parts at once', () => {
    const rule = {
      and: [{ '==': [field('statu'), 'open'] }, { contain: [1] }, { '>': [field('amount'), 'x'] }],
    }
    expect(
      checkRule(rule, scope, 'condition').problems.map((fault) => [fault.code, fault.path]),
    ).to.deep.equal([
      ['RULE_FIELD_UNKNOWN', '/and/0/==/0/var'],
      ['RULE_OPERATOR_UNKNOWN', '/and/1/contain'],
      ['RULE_LITERAL_INVALID', '/and/2/>/1'],
    ])
  })

  it('keeps numbers as the text that was sent', () => {
    const { typed } = checkRule(new LosslessNumber('1234567890.12345'), scope, 'number')
    expect(typed).to.deep.equal({ kind: 'literal', type: 'number', value: '1234567890.12345' })
  })

  const nested = (depth: number) => {
    let rule: unknown = field('active')
    for (let level = 1; level < depth; level++) rule = { '!': rule }
    return rule
  }
  const list = (length: number) => ({
    in: [field('name'), Array.from({ length }, (_, index) => `n${index}`)],
  })
  const bounds: readonly { what: string; rule: unknown; code: string | undefined }[] = [
    { what: '19 levels', rule: nested(19), code: undefined },
    { what: '21 levels', rule: nested(21), code: 'RULE_TOO_DEEP' },
    { what: '100,000 levels', rule: nested(100_000), code: 'RULE_TOO_DEEP' },
    { what: 'lists in lists', rule: JSON.parse('['.repeat(5000) + ']'.repeat(5000)), code: 'RULE_TOO_DEEP' },
    { what: 'a list of 10,000', rule: list(10_000), code: undefined },
    { what: 'a list of 30,000', rule: list(30_000), code: 'RULE_TOO_LARGE' },
    { what: '300 factors', rule: { '>': [{ '*': Array(300).fill(9) }, 1] }, code: 'RULE_TOO_LARGE' },
  ]
  for (const { what, rule, code } of bounds) {
    it(`${code === undefined ? 'takes' : 'refuses'} ${what}`, () => {
      expect(checkRule(rule, scope, 'condition').problems.map((fault) => fault.code)).to.deep.equal(
        code ? [code] : [],
      )
    })
  }

  const crowds: readonly { what: string; rule: unknown }[] = [
    {
      what: 'unknown options',
      rule: { in: [field('status'), Array.from({ length: 15_000 }, (_, n) => `opn${n}`)] },
    },
    { what: 'unknown fields', rule: { or: Array.from({ length: 6_000 }, (_, n) => field(`acount.${n}`)) } },
    {
      what: 'unknown operators',
      rule: { or: Array.from({ length: 9_000 }, (_, n) => ({ [`contain${n}`]: 1 })) },
    },
  ]
  for (const { what, rule } of crowds) {
    it(`tells the first hundred of thousands of ${what}`, () => {
      expect(checkRule(rule, scope, 'condition').problems).to.have.length(100)
    })
  }

  it('gives a typed rule or problems, never both and never neither, for any JSON', () => {
    const names = ['var', ...OPERATORS.keys()]
    const { rule } = fc.letrec((tie) => ({
      rule: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc
          .constantFrom('name', 'amount', 'status', 'due', 'tags', '2026-03-02')
          .map((name) => ({ var: name })),
        fc
          .tuple(fc.constantFrom(...names), fc.array(tie('rule'), { maxLength: 3 }))
          .map(([name, args]) => ({ [name]: args })),
      ),
    }))
    fc.assert(
      fc.property(rule, (generated) => {
        const { typed, problems } = checkRule(generated, scope, 'condition')
        expect(typed === undefined).to.equal(problems.length > 0)
        for (const { code } of problems) expect(PROBLEMS).to.have.property(code)
      }),
      { seed: 7, numRuns: 3000 },
    )
  })
})

describe('the operator catalogue', () => {
  it('holds frozen operators under their own names', () => {
    for (const [name, operator] of OPERATORS) {
      expect([operator.name, Object.isFrozen(operator)]).to.deep.equal([name, true])
    }
  })
  it('refuses a malformed declaration at once', () => {
    const [first] = OPERATORS.values()
    expect(() => defineOperator({ ...first!, name: 'Bad Name' })).to.throw('operator "Bad Name": not a name')
  })
  for (const { name, label, description, nullBehaviour } of OPERATORS.values()) {
    it(`describes ${name} in both languages`, () => {
      for (const text of [label, description, nullBehaviour]) {
        expect(text.en).to.match(/\S/)
        expect(text['zh-CN']).to.match(/\p{Script=Han}/u)
      }
    })
  }
})
