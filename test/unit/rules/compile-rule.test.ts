import { expect } from 'chai'
import { checkRule } from '../../../metadata/rules/check-rule.ts'
import {
  compileCondition,
  compileRule,
  compileToJson,
  MAX_STEPS,
} from '../../../metadata/rules/compile-rule.ts'
import { plainRecord, type RuleEnvironment } from '../../../metadata/rules/environment.ts'
import { pathsOf } from '../../../metadata/rules/paths-of.ts'
import { SAMPLE_ENVIRONMENT, SAMPLE_SCOPE } from '../../../metadata/rules/sample.ts'
import type { TypedRule } from '../../../metadata/rules/types.ts'
import { RuleFault } from '../../../metadata/rules/values.ts'

function typedOf(rule: unknown): TypedRule {
  const { typed, problems } = checkRule(rule, SAMPLE_SCOPE, 'any', { runner: 'engine' })
  if (typed === undefined) throw new Error(JSON.stringify(problems))
  return typed
}
const evaluate = (rule: unknown, environment: RuleEnvironment = SAMPLE_ENVIRONMENT) =>
  compileToJson(typedOf(rule))(environment)

/** Over the sample record (metadata/rules/sample.ts). */
const cases: readonly { what: string; rule: unknown; value: unknown }[] = [
  {
    what: 'an error goes through arithmetic',
    rule: { '+': [1, { '/': [1, 0] }] },
    value: { error: 'divided_by_zero' },
  },
  {
    what: 'an error wins over null',
    rule: { '+': [{ var: 'budget' }, { '/': [1, 0] }] },
    value: { error: 'divided_by_zero' },
  },
  { what: 'an error is null for a condition', rule: { '>': [{ '/': [1, 0] }, 0] }, value: false },
  { what: 'an error equals null', rule: { '==': [{ '%': [1, 0] }, null] }, value: true },
  { what: 'an error is no branch', rule: { if: [{ '>': [{ '/': [1, 0] }, 0] }, 1, 2] }, value: 2 },
  { what: 'a fallback stands in for null', rule: { var: ['budget', 7] }, value: 7 },
  { what: 'numbers stay exact', rule: { '*': [123456789012345, 1.1] }, value: '135802467913579.5' },
  { what: 'texts go by code point', rule: { '<': ['\uffee', '😀'] }, value: true },
  {
    what: 'within a list record. leads out',
    rule: { all: [{ var: 'quotes' }, { '<': [{ var: 'total' }, { var: 'record.amount' }] }] },
    value: true,
  },
  {
    what: 'within a list before. leads out too',
    rule: { some: [{ var: 'quotes' }, { '==': [{ var: 'before.stage' }, 'requirement'] }] },
    value: true,
  },
  {
    what: 'lists nest',
    rule: {
      some: [{ var: 'quotes' }, { '==': [{ var: 'total' }, { max: { var: 'record.quotes.total' } }] }],
    },
    value: true,
  },
  {
    what: 'an item of plain values is “item”',
    rule: { filter: [{ var: 'tags' }, { '!=': [{ var: 'item' }, 'vip'] }] },
    value: ['expo'],
  },
  {
    what: 'the actor has fields',
    rule: { '==': [{ var: 'actor.region' }, { var: 'account.region' }] },
    value: true,
  },
  { what: 'the workspace has settings', rule: { var: 'settings.currency' }, value: 'CNY' },
  {
    what: 'before is the stored state',
    rule: { '-': [{ var: 'amount' }, { var: 'before.amount' }] },
    value: 20000.5,
  },
  {
    what: 'nothing of a list sums to 0',
    rule: { sum: { map: [{ filter: [{ var: 'quotes' }, false] }, { var: 'total' }] } },
    value: 0,
  },
]

/** New York: on 8 March 2026 clocks go from 2 to 3, on 1 November from 2 back to 1. */
const clockCases: readonly { rule: unknown; value: unknown }[] = [
  { rule: { date_add: ['2026-03-07T07:30:00Z', 'P1D'] }, value: '2026-03-08T07:30:00.000Z' }, // 2:30 is skipped
  { rule: { date_add: ['2026-03-07T17:00:00Z', 'P1D'] }, value: '2026-03-08T16:00:00.000Z' }, // noon to noon
  { rule: { date_add: ['2026-03-07T17:00:00Z', 'PT24H'] }, value: '2026-03-08T17:00:00.000Z' },
  { rule: { date_add: ['2026-10-31T05:30:00Z', 'P1D'] }, value: '2026-11-01T06:30:00.000Z' }, // 1:30 comes twice
  { rule: { date_sub: ['2026-11-02T06:30:00Z', 'P1D'] }, value: '2026-11-01T06:30:00.000Z' },
  { rule: { start_of: ['2026-03-09T03:59:00Z', 'day'] }, value: '2026-03-08' },
  { rule: { hour: '2026-03-08T07:00:00Z' }, value: 3 },
  { rule: { days_between: ['2026-03-07T17:00:00Z', '2026-03-09T16:00:00Z'] }, value: 2 },
]

describe('compileRule', () => {
  for (const { what, rule, value } of cases) {
    it(what, () => expect(evaluate(rule)).to.deep.equal(value))
  }

  for (const { rule, value } of clockCases) {
    it(`keeps days whole where clocks change: ${JSON.stringify(rule)}`, () => {
      expect(evaluate(rule, { ...SAMPLE_ENVIRONMENT, timeZone: 'America/New_York' })).to.equal(value)
    })
  }

  it('counts everything as changed from null where there is no stored state', () => {
    const { before: _, ...created } = SAMPLE_ENVIRONMENT
    expect(evaluate({ changed: { var: 'stage' } }, created)).to.equal(true)
    expect(evaluate({ changed: { var: 'budget' } }, created)).to.equal(false)
  })

  it('works by the calendar that it is given', () => {
    const calendar = {
      weekdays: new Set([1, 2, 3, 4, 5]),
      holidays: new Set(['2026-03-11']),
      workdays: new Set(['2026-03-14']),
    }
    const rule = { working_days_add: [{ var: 'today' }, 3] }
    expect(evaluate(rule)).to.equal('2026-03-13')
    expect(evaluate(rule, { ...SAMPLE_ENVIRONMENT, calendar })).to.equal('2026-03-14')
  })

  it('takes null and errors of a condition for no', () => {
    expect(compileCondition(typedOf({ if: [false, true] }))(SAMPLE_ENVIRONMENT)).to.equal(false)
  })

  it('stops at a bound where lists nest', () => {
    const quotes = Array.from({ length: 400 }, () => ({ total: 1 }))
    const rule = {
      some: [{ var: 'quotes' }, { none: [{ var: 'record.quotes' }, { '==': [{ var: 'total' }, 1] }] }],
    }
    const within = {
      some: [{ var: 'quotes' }, { '==': [{ count: { filter: [{ var: 'record.quotes' }, true] } }, 0] }],
    }
    const environment = { ...SAMPLE_ENVIRONMENT, record: plainRecord({ quotes }) }
    expect(MAX_STEPS).to.equal(100_000)
    for (const one of [rule, within]) {
      expect(compileRule(typedOf(one))(environment)).to.deep.equal(new RuleFault('too_much_work'))
    }
  })

  it('reads own keys of plain values only', () => {
    const scope = { resolve: () => ({ type: 'text' }) as const, names: () => [] }
    const { typed } = checkRule({ '==': [{ var: 'constructor' }, null] }, scope, 'condition')
    expect(compileCondition(typed!)({ ...SAMPLE_ENVIRONMENT, record: plainRecord({}) })).to.equal(true)
  })
})

describe('pathsOf', () => {
  it('tells what a rule looks at', () => {
    const rule = {
      and: [
        { '==': [{ var: 'account.region' }, { var: 'actor.region' }] },
        { changed: { var: 'stage' } },
        {
          some: [
            { filter: [{ var: 'quotes' }, { '==': [{ var: 'status' }, 'sent'] }] },
            { '>': [{ var: 'total' }, { var: 'record.amount' }] },
          ],
        },
        { '<': [{ days_since: { var: 'created_at' } }, 14] },
        { '>': [{ sum: { var: 'quotes.total' } }, 0] },
        { in: [{ var: 'settings.currency' }, ['CNY']] },
        { '>': [{ working_days_between: [{ var: 'close_date' }, { var: 'now' }] }, 2] },
      ],
    }
    const { lists, ...paths } = pathsOf(typedOf(rule))
    const plain = Object.fromEntries(
      Object.entries(paths).map(([key, value]) => [key, value instanceof Set ? [...value].sort() : value]),
    )
    expect(plain).to.deep.equal({
      own: ['amount', 'close_date', 'created_at', 'stage'],
      related: ['account.region'],
      before: ['stage'],
      actor: ['region'],
      settings: ['currency'],
      usesToday: true,
      usesNow: true,
      usesCalendar: true,
    })
    expect([...lists].map(([name, items]) => [name, [...items.own].sort()])).to.deep.equal([
      ['quotes', ['status', 'total']],
    ])
  })
})
