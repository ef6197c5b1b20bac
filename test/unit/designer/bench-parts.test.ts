import { expect } from 'chai'
import { benchLines } from '../../../designer/inspector/bench-parts.ts'

describe('the parts of a rule that is tried', () => {
  it('are its conditions, each with what its fields hold', () => {
    const rule = {
      and: [
        { '>': [{ var: 'amount' }, 100] },
        { or: [{ '==': [{ var: 'stage' }, 'won'] }, { '!!': [{ var: 'owner' }] }] },
      ],
    }
    const parts = [
      { path: '', type: 'boolean', value: false },
      { path: '/and/0', value: true },
      { path: '/and/0/>/0', value: 500 },
      { path: '/and/1', value: false },
      { path: '/and/1/or/0', value: false },
      { path: '/and/1/or/0/==/0', value: 'open' },
      { path: '/and/1/or/1', value: false },
      { path: '/and/1/or/1/!!/0', value: null },
    ]
    expect(
      benchLines(rule, parts).map(({ path, depth, value, facts }) => [path, depth, value, facts]),
    ).to.deep.equal([
      ['', 0, false, []],
      ['/and/0', 1, true, [{ field: 'amount', value: 500 }]],
      ['/and/1', 1, false, []],
      ['/and/1/or/0', 2, false, [{ field: 'stage', value: 'open' }]],
      ['/and/1/or/1', 2, false, [{ field: 'owner', value: null }]],
    ])
  })

  it('are one where a rule is one condition, whatever it works out within', () => {
    const rule = { '>': [{ '-': [{ var: 'amount' }, { var: 'paid' }] }, 0] }
    const parts = [
      { path: '', value: true },
      { path: '/>/0', value: 7 },
      { path: '/>/0/-/0', value: 10 },
      { path: '/>/0/-/1', value: 3 },
    ]
    expect(benchLines(rule, parts)).to.deep.equal([
      {
        ...{ path: '', depth: 0, rule, value: true },
        facts: [
          { field: 'amount', value: 10 },
          { field: 'paid', value: 3 },
        ],
      },
    ])
  })
})
