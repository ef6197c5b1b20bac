import { expect } from 'chai'
import type { Entity, Field } from '../../../runtime-ui/api/types.ts'
import {
  type GroupValue,
  groupRule,
  inOrder,
  isGroupField,
  nextMonth,
} from '../../../runtime-ui/screens/list/groups/group-rule.ts'

const field = (type: string, more: object = {}) =>
  ({ name: 'at', type, groupable: true, ...more }) as unknown as Field

describe('what holds of the records of a group', () => {
  const cases: readonly (readonly [string, string, GroupValue, unknown])[] = [
    ['a choice', 'select', 'a', { '==': [{ var: 'at' }, 'a'] }],
    ['none', 'select', null, { '==': [{ var: 'at' }, null] }],
    ['no', 'boolean', false, { '==': [{ var: 'at' }, false] }],
    [
      'a month of days',
      'date',
      '2026-12-01',
      { and: [{ '>=': [{ var: 'at' }, '2026-12-01'] }, { '<': [{ var: 'at' }, '2027-01-01'] }] },
    ],
    [
      'a month of instants, on the clock of the workspace',
      'date_time',
      '2026-03-01',
      {
        and: [
          { '>=': [{ var: 'at' }, '2026-02-28T16:00:00.000Z'] },
          { '<': [{ var: 'at' }, '2026-03-31T16:00:00.000Z'] },
        ],
      },
    ],
    ['no day', 'date', null, { '==': [{ var: 'at' }, null] }],
  ]
  for (const [what, type, value, rule] of cases) {
    it(`is ${what}`, () => {
      expect(groupRule(field(type), value, 'Asia/Shanghai')).to.deep.equal(rule)
    })
  }

  it('ends where the next month begins', () => {
    expect([nextMonth('2026-12-01'), nextMonth('2026-01-31')]).to.deep.equal(['2027-01-01', '2026-02-01'])
  })
})

describe('the order of groups', () => {
  const entity = { pipelines: {} } as unknown as Entity
  const ordered = (of: Field, values: readonly GroupValue[], names: Readonly<Record<string, string>> = {}) =>
    inOrder(
      entity,
      of,
      values.map((value) => ({ value })),
      (value) => names[String(value)] ?? '',
      new Intl.Collator('en'),
    ).map(({ value }) => value)

  it('is that of the options, those without any last', () => {
    const of = field('select', { options: [{ name: 'b' }, { name: 'a' }] })
    expect(ordered(of, [null, 'gone', 'a', 'b'])).to.deep.equal(['b', 'a', 'gone', null])
  })

  it('is the latest month first, yes before no, and otherwise by name', () => {
    expect(ordered(field('date'), ['2026-01-01', '2026-03-01'])).to.deep.equal(['2026-03-01', '2026-01-01'])
    expect(ordered(field('boolean'), [false, true])).to.deep.equal([true, false])
    expect(ordered(field('lookup'), ['1', '2'], { 1: 'Zoe', 2: 'Ann' })).to.deep.equal(['2', '1'])
  })
})

describe('a field by which a list is grouped', () => {
  it('has values that many records share', () => {
    const relation = (kind: string) => ({ relation: { kind, to: ['user'] } })
    expect(
      [
        field('select'),
        field('lookup', relation('one')),
        field('date'),
        field('text'),
        field('select', { groupable: false }),
      ].map(isGroupField),
    ).to.deep.equal([true, true, true, false, false])
  })
})
