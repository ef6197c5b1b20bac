import { expect } from 'chai'
import { allOf, groupRule } from '../../../engine/reports/drill.ts'
import {
  bucketRange,
  daysBetween,
  type PeriodName,
  periodOf,
  startOfDay,
} from '../../../engine/reports/period.ts'

const MONDAY = { currency: 'CNY', timeZone: 'Asia/Shanghai', language: 'en' } as const
const SUNDAY = { ...MONDAY, weekStart: 7 } as const

/** Thursday, 31 December 2026. */
const TODAY = '2026-12-31'

describe('a period of a report', () => {
  const cases: readonly (readonly [PeriodName, string, string, string, string])[] = [
    ['today', '2026-12-31', '2027-01-01', '2026-12-30', '2026-12-31'],
    ['yesterday', '2026-12-30', '2026-12-31', '2026-12-29', '2026-12-30'],
    ['this_week', '2026-12-28', '2027-01-04', '2026-12-21', '2026-12-28'],
    ['last_week', '2026-12-21', '2026-12-28', '2026-12-14', '2026-12-21'],
    ['this_month', '2026-12-01', '2027-01-01', '2026-11-01', '2026-12-01'],
    ['last_month', '2026-11-01', '2026-12-01', '2026-10-01', '2026-11-01'],
    ['this_quarter', '2026-10-01', '2027-01-01', '2026-07-01', '2026-10-01'],
    ['last_quarter', '2026-07-01', '2026-10-01', '2026-04-01', '2026-07-01'],
    ['this_year', '2026-01-01', '2027-01-01', '2025-01-01', '2026-01-01'],
    ['last_year', '2025-01-01', '2026-01-01', '2024-01-01', '2025-01-01'],
    ['last_7_days', '2026-12-25', '2027-01-01', '2026-12-18', '2026-12-25'],
    ['last_12_months', '2026-01-01', '2027-01-01', '2025-01-01', '2026-01-01'],
  ]
  for (const [name, from, to, beforeFrom, beforeTo] of cases) {
    it(`has its days, and those before: ${name}`, () => {
      expect(periodOf(name, TODAY, MONDAY)).to.deep.equal({
        range: { from, to },
        before: { from: beforeFrom, to: beforeTo },
      })
    })
  }

  it('begins its week on the day on which the workspace does', () => {
    expect(periodOf('this_week', TODAY, SUNDAY)?.range).to.deep.equal({
      from: '2026-12-27',
      to: '2027-01-03',
    })
    expect(periodOf('this_week', '2026-12-27', SUNDAY)?.range.from).to.equal('2026-12-27')
    expect(periodOf('this_week', '2026-12-27', MONDAY)?.range.from).to.equal('2026-12-21')
  })

  it('is all time where nothing bounds it', () => {
    expect(periodOf('all', TODAY, MONDAY)).to.equal(undefined)
  })

  it('takes two days with the last one, and as many before', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).to.deep.equal({
      range: { from: '2028-02-28', to: '2028-03-02' },
      before: { from: '2028-02-25', to: '2028-02-28' },
    })
  })
})

describe('the days of a bucket', () => {
  it('end where the next begins, leap days and quarters alike', () => {
    expect(bucketRange('month', '2028-02-01').to).to.equal('2028-03-01')
    expect(bucketRange('quarter', '2026-10-01').to).to.equal('2027-01-01')
    expect(bucketRange('week', '2026-12-28').to).to.equal('2027-01-04')
  })

  it('begin at midnight of the workspace, whatever its clocks do', () => {
    expect(startOfDay('2026-03-29', 'Europe/Berlin')).to.equal('2026-03-28T23:00:00.000Z')
    expect(startOfDay('2026-03-30', 'Europe/Berlin')).to.equal('2026-03-29T22:00:00.000Z')
    expect(startOfDay('2026-03-02', 'Asia/Shanghai')).to.equal('2026-03-01T16:00:00.000Z')
  })
})

describe('the filter of a group', () => {
  it('is the value, nothing, or a span of time', () => {
    const group = (ruleType: string) => ({
      path: 'at',
      field: { ruleType } as never,
      bucket: 'month' as const,
    })
    expect(groupRule({ ...group('text'), bucket: undefined }, 'won', MONDAY)).to.deep.equal({
      '==': [{ var: 'at' }, 'won'],
    })
    expect(groupRule(group('date'), null, MONDAY)).to.deep.equal({ '==': [{ var: 'at' }, null] })
    expect(groupRule(group('date'), '2026-02-01', MONDAY)).to.deep.equal({
      and: [{ '>=': [{ var: 'at' }, '2026-02-01'] }, { '<': [{ var: 'at' }, '2026-03-01'] }],
    })
    expect(groupRule(group('datetime'), '2026-02-01', MONDAY)).to.deep.equal({
      and: [
        { '>=': [{ var: 'at' }, '2026-01-31T16:00:00.000Z'] },
        { '<': [{ var: 'at' }, '2026-02-28T16:00:00.000Z'] },
      ],
    })
  })

  it('stands flat beside the others', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ var: name }))
    expect(allOf([undefined, { and: [a, b] }, c])).to.deep.equal({ and: [a, b, c] })
    expect(allOf([a])).to.equal(a)
    expect(allOf([])).to.equal(undefined)
  })
})
