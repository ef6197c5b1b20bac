import { expect } from 'chai'
import type { Field } from '../../../runtime-ui/api/types.ts'
import {
  addMonths,
  byDay,
  daysRule,
  monthOf,
  movedBy,
  valueOn,
  weekOf,
  weekStart,
} from '../../../runtime-ui/screens/calendar/days.ts'

const zone = 'Asia/Shanghai'
const date = { name: 'at', type: 'date' } as unknown as Field
const instant = { name: 'at', type: 'date_time' } as unknown as Field
const until = { name: 'end', type: 'date_time' } as unknown as Field

describe('the days of a calendar', () => {
  it('are the whole weeks that a month touches', () => {
    const november = monthOf('2026-11-28', 1)
    expect([november.length, november[0], november.at(-1)]).to.deep.equal([42, '2026-10-26', '2026-12-06'])
    const february = monthOf('2027-02-14', 1)
    expect([february.length, february[0], february.at(-1)]).to.deep.equal([28, '2027-02-01', '2027-02-28'])
  })

  it('begin their weeks as the language has it', () => {
    expect(weekOf('2026-11-28', 1)[0]).to.equal('2026-11-23')
    expect(weekOf('2026-11-28', 7)[0]).to.equal('2026-11-22')
    expect([weekStart('en-GB'), weekStart('en-US')]).to.deep.equal([1, 7])
  })

  it('stay within the month when months go by', () => {
    expect(addMonths('2026-01-31', 1)).to.equal('2026-02-28')
    expect(addMonths('2026-01-31', -1)).to.equal('2025-12-31')
  })
})

describe('a record on a calendar', () => {
  const by = (days: number, minutes = 0) => ({ days, minutes })

  it('goes to another day at the same time of the workspace’s clock', () => {
    expect(movedBy(date, '2026-11-28', by(7), zone)).to.equal('2026-12-05')
    expect(movedBy(instant, '2026-11-28T01:30:00.000Z', by(-1), zone)).to.equal('2026-11-27T01:30:00.000Z')
    // Clocks go back on 1 November: an hour more lies between two mornings.
    expect(movedBy(instant, '2026-10-31T13:00:00.000Z', by(1), 'America/New_York')).to.equal(
      '2026-11-01T14:00:00.000Z',
    )
    expect(movedBy(date, null, by(1), zone)).to.equal(null)
  })

  it('goes to another time of the workspace’s clock, a day without one to none', () => {
    expect(movedBy(instant, '2026-11-28T01:30:00.000Z', by(1, -45), zone)).to.equal(
      '2026-11-29T00:45:00.000Z',
    )
    expect(movedBy(instant, '2026-10-31T13:00:00.000Z', by(1, 60), 'America/New_York')).to.equal(
      '2026-11-01T15:00:00.000Z',
    )
    expect(movedBy(date, '2026-11-28', by(1, 600), zone)).to.equal('2026-11-29')
  })

  it('begins in the morning of the day that it is made for', () => {
    expect(valueOn(date, '2026-11-28', zone)).to.equal('2026-11-28')
    expect(valueOn(instant, '2026-11-28', zone)).to.equal('2026-11-28T01:00:00.000Z')
  })

  it('stands on each day from its beginning to its end, in the order of the times', () => {
    const records = [
      { id: 'late', at: '2026-11-02T08:00:00.000Z' },
      { id: 'long', at: '2026-11-01T08:00:00.000Z', end: '2026-11-03T01:00:00.000Z' },
      { id: 'early', at: '2026-11-02T01:00:00.000Z', end: null },
      { id: 'never', at: null },
    ]
    const days = ['2026-11-02', '2026-11-03']
    const found = byDay(records, instant, until, days, zone)
    expect(days.map((day) => found.get(day)?.map(({ id }) => id))).to.deep.equal([
      ['long', 'early', 'late'],
      ['long'],
    ])
  })
})

describe('what a calendar asks for', () => {
  it('is what begins within its days, or reaches into them', () => {
    const [from, to] = ['2026-11-01', '2026-11-30']
    expect(daysRule(date, undefined, from, to, zone)).to.deep.equal({
      and: [{ '>=': [{ var: 'at' }, '2026-11-01'] }, { '<': [{ var: 'at' }, '2026-12-01'] }],
    })
    expect(daysRule(instant, until, from, to, zone)).to.deep.equal({
      and: [
        { '<': [{ var: 'at' }, '2026-11-30T16:00:00.000Z'] },
        {
          or: [
            { '>=': [{ var: 'at' }, '2026-10-31T16:00:00.000Z'] },
            { '>=': [{ var: 'end' }, '2026-10-31T16:00:00.000Z'] },
          ],
        },
      ],
    })
  })
})
