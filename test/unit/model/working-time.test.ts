import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import {
  addWorkingTime,
  isWorkingTime,
  nextWorkingTime,
  workingHours,
} from '../../../engine/model/working-time.ts'
import { parseDay } from '../../../metadata/rules/calendar-days.ts'
import { parseDuration } from '../../../metadata/rules/durations.ts'
import { workingDaysBetween } from '../../../metadata/rules/working-days.ts'
import type { CalendarDefinition } from '../../../metadata/types.ts'

const CHINA = JSON.parse(
  readFileSync('seeds/sales/definitions/calendar/office_hours.json', 'utf8'),
) as CalendarDefinition
const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const

const NIGHT: CalendarDefinition = {
  kind: 'calendar',
  name: 'night',
  hours: [{ days: ['saturday'], from: '22:00', to: '06:00' }],
}
const PLAIN: CalendarDefinition = {
  kind: 'calendar',
  name: 'plain',
  hours: [{ days: [...WEEK], from: '09:00', to: '17:00' }],
}

describe('working time', () => {
  const cases: readonly [
    title: string,
    CalendarDefinition,
    zone: string,
    from: string,
    long: string,
    to: string,
  ][] = [
    ['within a span', CHINA, 'Asia/Shanghai', '2026-03-02T10:00+08:00', 'PT2H', '2026-03-02T12:00+08:00'],
    ['over the noon', CHINA, 'Asia/Shanghai', '2026-03-02T11:00+08:00', 'PT2H', '2026-03-02T14:30+08:00'],
    ['over the night', CHINA, 'Asia/Shanghai', '2026-03-02T17:00+08:00', 'PT2H', '2026-03-03T10:00+08:00'],
    ['from the night', CHINA, 'Asia/Shanghai', '2026-03-02T23:00+08:00', 'PT1H', '2026-03-03T10:00+08:00'],
    ['over a weekend', CHINA, 'Asia/Shanghai', '2026-03-06T17:30+08:00', 'PT1H', '2026-03-09T09:30+08:00'],
    [
      'on a Saturday that is worked',
      CHINA,
      'Asia/Shanghai',
      '2026-02-13T17:30+08:00',
      'PT1H',
      '2026-02-14T09:30+08:00',
    ],
    [
      'over the Spring Festival',
      CHINA,
      'Asia/Shanghai',
      '2026-02-14T17:30+08:00',
      'PT1H',
      '2026-02-24T09:30+08:00',
    ],
    [
      'a working day keeps the time of day',
      CHINA,
      'Asia/Shanghai',
      '2025-09-30T15:00+08:00',
      'P1D',
      '2025-10-09T15:00+08:00',
    ],
    [
      'two working days through a make-up Saturday',
      CHINA,
      'Asia/Shanghai',
      '2025-10-10T15:00+08:00',
      'P2D',
      '2025-10-13T15:00+08:00',
    ],
    [
      'a span through the spring change has an hour less',
      NIGHT,
      'Europe/Berlin',
      '2026-03-28T22:00+01:00',
      'PT7H',
      '2026-03-29T06:00+02:00',
    ],
    [
      'a span through the autumn change has an hour more',
      NIGHT,
      'Europe/Berlin',
      '2026-10-24T22:00+02:00',
      'PT9H',
      '2026-10-25T06:00+01:00',
    ],
    [
      'in a shift that began the day before',
      NIGHT,
      'Asia/Shanghai',
      '2026-03-08T01:00+08:00',
      'PT5H',
      '2026-03-08T06:00+08:00',
    ],
    [
      'by the clock on both sides of a change',
      PLAIN,
      'Europe/Berlin',
      '2026-03-27T16:00+01:00',
      'PT2H',
      '2026-03-30T10:00+02:00',
    ],
    ['nothing at all', PLAIN, 'Asia/Shanghai', '2026-03-07T10:00+08:00', 'PT0S', '2026-03-09T09:00+08:00'],
  ]
  for (const [title, calendar, zone, from, long, to] of cases) {
    it(`${title}: ${from} and ${long}`, () => {
      const end = addWorkingTime(new Date(from), parseDuration(long)!, workingHours(calendar), zone)
      expect(end?.toISOString()).to.equal(new Date(to).toISOString())
    })
  }

  it('has an end: a calendar without a day left gives nothing', () => {
    const closed = {
      ...PLAIN,
      holidays: [{ from: '2026-01-01', to: '2036-01-01' }],
    }
    expect(nextWorkingTime(new Date('2026-03-02T10:00Z'), workingHours(closed), 'UTC')).to.equal(undefined)
  })

  it('goes by the clock of its own zone where it says one', () => {
    const hours = workingHours({ ...PLAIN, timeZone: 'Asia/Shanghai' })
    expect(isWorkingTime(new Date('2026-03-02T02:00:00Z'), hours, 'America/New_York')).to.equal(true)
    expect(isWorkingTime(new Date('2026-03-02T15:00:00Z'), hours, 'America/New_York')).to.equal(false)
  })

  it('counts the official working days of both years', () => {
    const days = (year: number) =>
      workingDaysBetween(parseDay(`${year - 1}-12-31`)!, parseDay(`${year}-12-31`)!, workingHours(CHINA))
    expect([days(2025), days(2026)]).to.deep.equal([248, 248])
  })
})
