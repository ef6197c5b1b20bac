import { expect } from 'chai'
import fc from 'fast-check'
import { OPERATORS } from '../../../metadata/rules/catalogue.ts'
import { arity } from '../../../metadata/rules/operator.ts'
import { canonicalRule } from '../../../metadata/rules/text/canonical-rule.ts'
import type { TextNames } from '../../../metadata/rules/text/nodes.ts'
import { parseRule } from '../../../metadata/rules/text/parse-rule.ts'
import { printRule } from '../../../metadata/rules/text/print-rule.ts'
import { functionName } from '../../../metadata/rules/text/words.ts'
import { conditionArbitrary } from './generated-rules.ts'

const v = (path: string) => ({ var: path })

/** Texts as people write them, what they mean, and how they are printed. */
const cases: readonly { text: string; rule: unknown; printed?: string }[] = [
  {
    text: 'IF(amount > 100000, amount * 0.9, amount)',
    rule: { if: [{ '>': [v('amount'), 100000] }, { '*': [v('amount'), 0.9] }, v('amount')] },
  },
  {
    text: "stage = 'won' and amount > 0",
    rule: { and: [{ '==': [v('stage'), 'won'] }, { '>': [v('amount'), 0] }] },
  },
  {
    text: 'Stage == "won" AND (Amount<>0 or not active)',
    rule: {
      and: [{ '==': [v('Stage'), 'won'] }, { or: [{ '!=': [v('Amount'), 0] }, { '!': v('active') }] }],
    },
    printed: "Stage = 'won' and (Amount != 0 or not active)",
  },
  {
    text: '如果 = 1',
    rule: { '==': [v('如果'), 1] },
  },
  {
    text: '金额 ≥ １００．５ 且 （阶段 ＝ “赢单” 或 阶段 属于 （‘报价’，‘谈判’））',
    rule: {
      and: [
        { '>=': [v('金额'), 100.5] },
        { or: [{ '==': [v('阶段'), '赢单'] }, { in: [v('阶段'), ['报价', '谈判']] }] },
      ],
    },
    printed: "金额 >= 100.5 and (阶段 = '赢单' or 阶段 in ('报价', '谈判'))",
  },
  { text: 'a + b + c', rule: { '+': [v('a'), v('b'), v('c')] } },
  { text: '(a + b) + c', rule: { '+': [{ '+': [v('a'), v('b')] }, v('c')] } },
  { text: 'a - b + c - d', rule: { '-': [{ '+': [{ '-': [v('a'), v('b')] }, v('c')] }, v('d')] } },
  { text: 'a - (b - c)', rule: { '-': [v('a'), { '-': [v('b'), v('c')] }] } },
  { text: 'a / b * c % d', rule: { '%': [{ '*': [{ '/': [v('a'), v('b')] }, v('c')] }, v('d')] } },
  { text: 'a * (b * c)', rule: { '*': [v('a'), { '*': [v('b'), v('c')] }] } },
  { text: '-3 - -4', rule: { '-': [-3, -4] } },
  { text: '-(3)', rule: { '-': 3 } },
  { text: '-(-a)', rule: { '-': { '-': v('a') } } },
  { text: '2 × 3 ÷ 4 － 1', rule: { '-': [{ '/': [{ '*': [2, 3] }, 4] }, 1] }, printed: '2 * 3 / 4 - 1' },
  { text: '0 < discount <= 1', rule: undefined },
  { text: '0 < discount < 1', rule: { '<': [0, v('discount'), 1] } },
  { text: "name & ' ' & code", rule: { cat: [v('name'), ' ', v('code')] }, printed: "CAT(name, ' ', code)" },
  { text: "name contains 'x'", rule: { contains: [v('name'), 'x'] }, printed: "CONTAINS(name, 'x')" },
  {
    text: 'tags has_any {"a", "b"}',
    rule: { has_any: [v('tags'), ['a', 'b']] },
    printed: "HAS_ANY(tags, {'a', 'b'})",
  },
  { text: "stage not in ('a')", rule: { '!': { in: [v('stage'), ['a']] } }, printed: "not stage in ('a')" },
  { text: 'owner is not null', rule: { '!=': [v('owner'), null] }, printed: 'owner != null' },
  { text: 'tags is empty', rule: { empty: v('tags') }, printed: 'EMPTY(tags)' },
  { text: 'not not a', rule: { '!': { '!': v('a') } } },
  { text: '(not a) = b', rule: { '==': [{ '!': v('a') }, v('b')] } },
  { text: '(a = b) = c', rule: { '==': [{ '==': [v('a'), v('b')] }, v('c')] } },
  { text: 'AND(a)', rule: { and: v('a') } },
  {
    text: 'sum(quotes.total) > ifnull(budget, 0)',
    rule: { '>': [{ sum: v('quotes.total') }, { var: ['budget', 0] }] },
    printed: 'SUM(quotes.total) > IFNULL(budget, 0)',
  },
  {
    text: 'IFNULL(a + 1, b)',
    rule: { coalesce: [{ '+': [v('a'), 1] }, v('b')] },
    printed: 'COALESCE(a + 1, b)',
  },
  { text: '[Close date].[of [us]]] = today', rule: { '==': [v('Close date.of [us]'), v('today')] } },
  { text: '[and] = [true].x', rule: { '==': [v('and'), v('true.x')] }, printed: '[and] = true.x' },
  { text: "'it''s' = “say ‘hi’”", rule: { '==': ["it's", 'say ‘hi’'] }, printed: "'it''s' = 'say ‘hi’'" },
  { text: 'TODAY() > now', rule: { '>': [{ today: [] }, v('now')] } },
  { text: '1e-7 + 1e21', rule: { '+': [1e-7, 1e21] }, printed: '1e-7 + 1e+21' },
  { text: 'x in ()', rule: { in: [v('x'), []] } },
  { text: "x in 'text'", rule: { in: [v('x'), 'text'] } },
  { text: 'x in (tags)', rule: { in: [v('x'), v('tags')] }, printed: 'x in tags' },
]

/** Texts that cannot be read: where, and what was expected. */
const faults: readonly { text: string; at: number; hint: RegExp }[] = [
  { text: '', at: 0, hint: /Expected a value, a field or a function; the text ends here\./ },
  { text: 'amount > ', at: 9, hint: /text ends here/ },
  { text: "stage = 'won", at: 8, hint: /not closed; ' is missing/ },
  { text: '[Close date = 1', at: 0, hint: /\] is missing/ },
  { text: 'a = 1 b', at: 6, hint: /Expected an operator or the end, found “b”/ },
  { text: 'SUMM(x)', at: 0, hint: /Did you mean SUM\?/ },
  { text: 'MAX(a, b', at: 8, hint: /“,” or “\)”/ },
  { text: 'a # b', at: 2, hint: /“#” means nothing here/ },
  { text: '0 < a <= 1', at: 6, hint: /“and” between comparisons/ },
  { text: 'a = b = c', at: 6, hint: /“and” between comparisons/ },
  { text: '1234567890123456', at: 0, hint: /at most 15 significant digits/ },
  { text: 'a is b', at: 5, hint: /“null” or “empty”/ },
  { text: 'has_any(tags, {a})', at: 15, hint: /plain value/ },
  { text: '金额 > （1', at: 7, hint: /“\)”/ },
  { text: `${'('.repeat(200)}1`, at: 100, hint: /fewer brackets/ },
  { text: `${'not '.repeat(2000)}a`, at: 400, hint: /fewer “not”/ },
  { text: `a${' '.repeat(20_001)}`, at: 20_000, hint: /at most 20000 characters/ },
]

describe('the text form of rules', () => {
  for (const { text, rule, printed = text } of cases.filter((one) => one.rule !== undefined)) {
    it(`reads ${text}`, () => {
      expect(parseRule(text)).to.deep.equal({ rule })
      expect(printRule(rule)).to.equal(printed)
      expect(parseRule(printed)).to.deep.equal({ rule })
    })
  }

  for (const { text, at, hint } of faults) {
    it(`points to character ${at} of ${text.slice(0, 30)}`, () => {
      const parsed = parseRule(text)
      if (!('fault' in parsed)) throw new Error(JSON.stringify(parsed))
      expect(parsed.fault.start).to.equal(at)
      expect(parsed.fault.hint.en).to.match(hint)
      expect(parsed.fault.hint['zh-CN']).to.match(/[\u4e00-\u9fff]/)
    })
  }

  it('knows fields by their labels, those of the items within a list', () => {
    const of = (labels: Record<string, string>, lists: Record<string, TextNames> = {}): TextNames => ({
      find: (written, under) => labels[[...under, written].join('.')],
      items: (path) => lists[path.join('.')],
    })
    const quotes = of({ 金额: 'total', State: 'status' })
    const names = of(
      { 金额: 'amount', 客户: 'account', 'account.地区': 'region', 报价单: 'quotes' },
      { quotes },
    )
    const text = "SOME(FILTER(报价单, State = 'sent'), 金额 > record.金额) and 客户.地区 = before.客户.地区"
    const parsed = parseRule(text, { names })
    expect('rule' in parsed && printRule(parsed.rule)).to.equal(
      "SOME(FILTER(quotes, status = 'sent'), total > record.amount) and account.region = before.account.region",
    )
  })

  it('tells the place of every part', () => {
    const spans = new Map<string, readonly [number, number]>()
    const text = "not a in ('x', 'y') and SUM(b) > 1"
    parseRule(text, { spans })
    const shown = [...spans].map(([at, [start, end]]) => [at, text.slice(start, end)])
    expect(shown).to.deep.equal([
      ['', text],
      ['/and/0', "not a in ('x', 'y')"],
      ['/and/0/!', "a in ('x', 'y')"],
      ['/and/0/!/in/0', 'a'],
      ['/and/0/!/in/1', "('x', 'y')"],
      ['/and/0/!/in/1/0', "'x'"],
      ['/and/0/!/in/1/1', "'y'"],
      ['/and/1', 'SUM(b) > 1'],
      ['/and/1/>/0', 'SUM(b)'],
      ['/and/1/>/0/sum', 'b'],
      ['/and/1/>/1', '1'],
    ])
  })

  it('loses nothing of any rule of right types', () => {
    fc.assert(
      fc.property(conditionArbitrary, (rule) => {
        expect(parseRule(printRule(rule))).to.deep.equal({ rule: canonicalRule(rule) })
      }),
      { seed: 5, numRuns: 1000 },
    )
  })

  it('loses nothing of any operator around any other, right or not', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        expect(parseRule(printRule(rule))).to.deep.equal({ rule: canonicalRule(rule) })
      }),
      { seed: 6, numRuns: 2000 },
    )
  })

  it('answers any text with a rule or a fault within it', () => {
    const letter = fc.constantFrom(...'ab1.\'"[](){},;=<>!+-*/%& andornotinIF（），且金', '😀', '\u0000')
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 30 }), (letters) => {
        const text = letters.join('')
        const parsed = parseRule(text)
        if ('fault' in parsed) expect(parsed.fault.start).to.be.within(0, text.length)
        else expect(parseRule(printRule(parsed.rule))).to.deep.equal({ rule: parsed.rule })
      }),
      { seed: 7, numRuns: 5000 },
    )
  })
})

const SIGNED = new Set(['==', '!=', 'in', '/', '%', '<', '<=', '>', '>='])
const anyLiteral = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 2.5, -0.25, 1e-9, "it's", '', '华兴', 'a b', ']', '\n'),
  fc.string({ maxLength: 5 }),
)
const anyPath = fc
  .array(fc.oneof(fc.constantFrom('a', 'and', '金额', 'x y', 'true', '1', ''), fc.string({ maxLength: 4 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((steps) => steps.map((step) => step.replaceAll('.', '')).join('.'))

/** Every operator with as many arguments as it takes, whatever they are. */
const anyRule = fc.letrec<{ rule: unknown }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4 },
    anyLiteral,
    anyPath.map((path) => ({ var: path })),
    fc.tuple(anyPath, anyLiteral).map((pair) => ({ var: pair })),
    fc.constantFrom(...OPERATORS.values()).chain((operator) => {
      const { min, max } = arity(operator.signature)
      const most = Math.min(max, min + 2)
      const least = functionName(operator) === undefined || SIGNED.has(operator.name) ? Math.max(min, 1) : min
      return fc
        .array(
          fc.oneof(
            { weight: 6, arbitrary: tie('rule') },
            { weight: 1, arbitrary: fc.array(anyLiteral, { maxLength: 3 }) },
          ),
          { minLength: least, maxLength: most },
        )
        .map((args) => ({ [operator.name]: args }))
    }),
  ),
})).rule
