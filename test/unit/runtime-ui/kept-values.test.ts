import { expect } from 'chai'
import type { ConditionGroup } from '../../../runtime-ui/screens/list/filter-rule.ts'
import { withKeptValues } from '../../../runtime-ui/screens/list/kept-values.ts'

const one = (operator: string, value: unknown, field = 'amount'): ConditionGroup => ({
  combinator: 'and',
  rules: [{ combinator: 'or', rules: [{ id: 'a', field, operator, value }] }],
})

describe('a condition whose comparison is changed', () => {
  const cases: readonly { from: string; to: string; value: unknown; kept: unknown }[] = [
    { from: '==', to: '>', value: 20, kept: 20 },
    { from: '==', to: 'in', value: 'a', kept: ['a'] },
    { from: '==', to: 'in', value: '', kept: '' },
    { from: 'in', to: 'not_in', value: ['a', 'b'], kept: ['a', 'b'] },
    { from: 'in', to: '==', value: ['a', 'b'], kept: 'a' },
    { from: '>=', to: 'between', value: 5, kept: [5, ''] },
    { from: 'between', to: '<=', value: [5, 9], kept: 5 },
    { from: '==', to: 'last_days', value: '2026-01-01', kept: '' },
    { from: '==', to: 'empty', value: 20, kept: '' },
  ]
  for (const { from, to, value, kept } of cases)
    it(`keeps of ${JSON.stringify(value)} what fits, from ${from} to ${to}`, () => {
      expect(withKeptValues(one(from, value), one(to, value))).to.deep.equal(one(to, kept))
    })

  it('begins anew where the field is another one', () => {
    const next = one('==', '', 'name')
    expect(withKeptValues(one('==', 20), next)).to.deep.equal(next)
  })
})
