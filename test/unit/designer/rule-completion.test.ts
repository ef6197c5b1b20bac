import { expect } from 'chai'
import { completionAt, type RuleNames } from '../../../designer/inspector/rule-completion.ts'

const NAMES: RuleNames = {
  fields: [
    { text: 'amount', label: '金额' },
    {
      text: 'stage',
      label: '阶段',
      options: [
        { name: 'won', label: '赢单' },
        { name: 'lost', label: '输单' },
      ],
    },
    { text: 'account', label: '客户' },
    { text: 'account.amount_to_pay', label: '客户 › 应收' },
    { text: '[Close date]', label: 'Close date' },
  ],
  functions: [
    { text: 'SUM', label: 'sum', signature: 'SUM(list)' },
    { text: 'TODAY', label: 'today', signature: 'TODAY()' },
  ],
}

describe('what is offered in the text of a rule', () => {
  /** The caret stands at `|`. */
  const offered = (written: string, isAsked = false) => {
    const caret = written.indexOf('|')
    const text = written.replace('|', '')
    const found = completionAt(text, caret, NAMES, isAsked)
    return found?.offers.map(({ insert, back }) => {
      const put = text.slice(0, found.start) + insert + text.slice(found.end)
      const at = found.start + insert.length - back
      return `${put.slice(0, at)}|${put.slice(at)}`
    })
  }

  const cases: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['am|', ['amount|', 'account.amount_to_pay|']],
    ['金|', ['amount|']],
    ['am|nt > 3', ['amount| > 3', 'account.amount_to_pay| > 3']],
    ['account.|', ['account.amount_to_pay|']],
    ['su|', ['SUM(|)']],
    ['1 < to|', ['1 < TODAY(|)', '1 < account.amount_to_pay|']],
    ['amount > 3 a|', ['amount > 3 and|']],
    [
      'amount > 3 and a|',
      ['amount > 3 and amount|', 'amount > 3 and account|', 'amount > 3 and account.amount_to_pay|'],
    ],
    ['stage = |', ["stage = 'won'|", "stage = 'lost'|"]],
    ['stage = w|', ["stage = 'won'|"]],
    ["stage = '|'", ["stage = 'won'|", "stage = 'lost'|"]],
    ["stage = '输| and amount > 3", ["stage = 'lost'| and amount > 3"]],
    ['阶段 ＝ “赢|” 且 amount > 3', ["阶段 ＝ 'won'| 且 amount > 3"]],
    ["stage in ('won', |)", ["stage in ('won', 'won'|)", "stage in ('won', 'lost'|)"]],
    ["name = 'am|'", undefined],
    ['amount|', ['amount|', 'account.amount_to_pay|']],
    ['account|.amount_to_pay', ['account|', 'account.amount_to_pay|']],
    ['TODAY|', ['TODAY(|)']],
    ['amount > 3|', undefined],
    ['amount > |', undefined],
    ['|', undefined],
    ['{"==":[{"var":"am|"}]}', undefined],
    ['nothing_so|', undefined],
  ]
  for (const [written, expected] of cases)
    it(`is ${expected?.[0] ?? 'nothing'} at ${written}`, () => {
      expect(offered(written)).to.deep.equal(expected)
    })

  it('is all of the record where somebody asks, and nothing where it stands there already', () => {
    expect(offered('amount > |', true)).to.deep.equal([
      ...['amount > amount|', 'amount > stage|', 'amount > account|', 'amount > [Close date]|'],
    ])
    expect(offered('account.amount_to_pay|')).to.equal(undefined)
  })

  it('is found behind signs that count twice', () => {
    expect(offered("name = '😀' and stage = '|'")).to.deep.equal([
      "name = '😀' and stage = 'won'|",
      "name = '😀' and stage = 'lost'|",
    ])
  })
})
