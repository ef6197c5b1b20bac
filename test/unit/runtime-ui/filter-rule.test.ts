import { expect } from 'chai'
import fc from 'fast-check'
import {
  bothOf,
  type ConditionGroup,
  fromRule,
  isComplete,
  menuOperators,
  toRule,
} from '../../../runtime-ui/screens/list/filter-rule.ts'

const region = { var: 'region' }
const [me, teams, today] = ['actor.id', 'actor.teams', 'today'].map((name) => ({ var: name }))

const conditions = [
  { condition: { field: 'region', operator: '==', value: 'east' }, rule: { '==': [region, 'east'] } },
  { condition: { field: 'region', operator: 'in', value: ['a', 'b'] }, rule: { in: [region, ['a', 'b']] } },
  {
    condition: { field: 'region', operator: 'not_in', value: ['a'] },
    rule: { '!': [{ in: [region, ['a']] }] },
  },
  {
    condition: { field: 'region', operator: 'not_contains', value: 'x' },
    rule: { '!': [{ contains: [region, 'x'] }] },
  },
  { condition: { field: 'region', operator: 'between', value: [1, 2] }, rule: { '<=': [1, region, 2] } },
  { condition: { field: 'region', operator: 'empty', value: '' }, rule: { empty: [region] } },
  { condition: { field: 'region', operator: '>=', value: 0 }, rule: { '>=': [region, 0] } },
  { condition: { field: 'region', operator: '==', value: false }, rule: { '==': [region, false] } },
  { condition: { field: 'region', operator: 'is_me', value: '' }, rule: { '==': [region, me] } },
  { condition: { field: 'region', operator: 'is_not_me', value: '' }, rule: { '!=': [region, me] } },
  { condition: { field: 'region', operator: 'is_my_team', value: '' }, rule: { in: [region, teams] } },
  {
    condition: { field: 'region', operator: 'in_my_team', value: '' },
    rule: { in: [{ var: 'region.team' }, teams] },
  },
  {
    condition: { field: 'region', operator: 'within', value: 'today' },
    rule: { '<=': [today, region, today] },
  },
  {
    condition: { field: 'region', operator: 'within', value: 'last_month' },
    rule: {
      '<=': [
        { start_of: [{ date_sub: [today, 'P1M'] }, 'month'] },
        region,
        { end_of: [{ date_sub: [today, 'P1M'] }, 'month'] },
      ],
    },
  },
  {
    condition: { field: 'region', operator: 'last_days', value: 7 },
    rule: { '<=': [{ date_sub: [today, 'P6D'] }, region, today] },
  },
  {
    condition: { field: 'region', operator: 'next_days', value: 30 },
    rule: { '<=': [today, region, { date_add: [today, 'P29D'] }] },
  },
  {
    condition: { field: 'region', operator: 'older_than', value: 90 },
    rule: { '<': [region, { date_sub: [today, 'P90D'] }] },
  },
]

describe('the filter of a list', () => {
  for (const { condition, rule } of conditions) {
    it(`writes ${condition.operator} as ${JSON.stringify(rule)} and reads it back`, () => {
      const group = { combinator: 'and' as const, rules: [condition] }
      expect(toRule(group)).to.deep.equal(rule)
      expect(fromRule(rule)).to.deep.equal(group)
    })
  }

  it('leaves out conditions without a value, and is nothing when none is left', () => {
    const rules = [
      { field: 'a', operator: '==', value: '' },
      { field: 'b', operator: 'in', value: [] },
      { field: 'c', operator: 'between', value: [1, ''] },
      { field: 'd', operator: 'within', value: 'some_day' },
      { field: 'e', operator: 'older_than', value: 0.5 },
    ]
    expect(rules.map(isComplete)).to.deep.equal([false, false, false, false, false])
    expect(toRule({ combinator: 'or', rules })).to.equal(undefined)
    expect(
      toRule({ combinator: 'or', rules: [...rules, { field: 'd', operator: '==', value: 1 }] }),
    ).to.deep.equal({
      '==': [{ var: 'd' }, 1],
    })
  })

  const beyond: readonly unknown[] = [
    null,
    'text',
    { '==': [{ var: 'a' }, { var: 'b' }] },
    { '>': [{ days_since: { var: 'a' } }, 14] },
    { '<': [{ var: 'a' }, { date_sub: [{ var: 'today' }, 'P1M'] }] },
    {
      '<=': [{ date_sub: [{ var: 'today' }, 'P6D'] }, { var: 'a' }, { date_add: [{ var: 'today' }, 'P6D'] }],
    },
    { in: [{ var: 'a' }, { var: 'actor.roles' }] },
    { '==': [1, 1] },
    { and: { var: 'a' } },
    { and: [{ '==': [{ var: 'a' }, 1] }, { if: [] }] },
    { a: 1, b: 2 },
  ]
  for (const rule of beyond) {
    it(`does not pretend to understand ${JSON.stringify(rule)}`, () => {
      expect(fromRule(rule)).to.equal(undefined)
    })
  }

  it('gives back every group that people can build (property)', () => {
    const leaf = fc.record({
      field: fc.constantFrom('a', 'b', 'account'),
      operator: fc.constantFrom('==', '!=', 'contains', 'not_contains', 'starts_with', '<', '>='),
      value: fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean()),
    })
    const group = (depth: number): fc.Arbitrary<ConditionGroup> =>
      fc.record({
        combinator: fc.constantFrom('and' as const, 'or' as const),
        rules: fc.array(depth === 0 ? leaf : fc.oneof(leaf, group(depth - 1)), {
          minLength: 2,
          maxLength: 4,
        }),
      })
    fc.assert(
      fc.property(group(2), (built) => {
        expect(fromRule(toRule(built))).to.deep.equal(built)
      }),
    )
  })

  it('joins a view and a person’s own filter', () => {
    const [one, other] = [{ empty: [region] }, { not_empty: [region] }]
    expect(bothOf(undefined, undefined)).to.equal(undefined)
    expect(bothOf(one, undefined)).to.deep.equal(one)
    expect(bothOf(undefined, other)).to.deep.equal(other)
    expect(bothOf(one, other)).to.deep.equal({ and: [one, other] })
  })

  it('offers ranges and negations beside their base', () => {
    expect(menuOperators(['==', '<=', 'in', 'contains', 'empty'])).to.deep.equal([
      '==',
      '<=',
      'between',
      'in',
      'not_in',
      'contains',
      'not_contains',
      'empty',
    ])
  })
})
