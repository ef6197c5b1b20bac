import { expect } from 'chai'
import { nextDue, shifted } from '../../../engine/model/flow-schedule.ts'

interface Case {
  readonly name: string
  readonly schedule: { readonly cron?: string; readonly every?: string }
  readonly zone: string
  readonly from: string
  /** What `every` counts from; `from` where absent. */
  readonly since?: string
  readonly due: readonly string[]
}

const BERLIN = 'Europe/Berlin'
const SHANGHAI = 'Asia/Shanghai'

const cases: readonly Case[] = [
  {
    name: 'makes up an hour that the clock leaves out, right after it',
    schedule: { cron: '30 2 * * *' },
    ...{ zone: BERLIN, from: '2031-03-28T12:00:00.000Z' },
    due: ['2031-03-29T01:30:00.000Z', '2031-03-30T01:00:00.000Z', '2031-03-31T00:30:00.000Z'],
  },
  {
    name: 'takes an hour that comes twice once',
    schedule: { cron: '30 2 * * *' },
    ...{ zone: BERLIN, from: '2031-10-24T12:00:00.000Z' },
    due: ['2031-10-25T00:30:00.000Z', '2031-10-26T00:30:00.000Z', '2031-10-27T01:30:00.000Z'],
  },
  {
    name: 'comes each hour although one comes twice',
    schedule: { cron: '0 * * * *' },
    ...{ zone: BERLIN, from: '2031-10-25T23:30:00.000Z' },
    due: ['2031-10-26T00:00:00.000Z', '2031-10-26T01:00:00.000Z', '2031-10-26T02:00:00.000Z'],
  },
  {
    name: 'waits for the next leap day',
    schedule: { cron: '0 9 29 2 *' },
    ...{ zone: SHANGHAI, from: '2031-03-01T00:00:00.000Z' },
    due: ['2032-02-29T01:00:00.000Z', '2036-02-29T01:00:00.000Z'],
  },
  {
    name: 'knows months without a 31st by cron',
    schedule: { cron: '0 9 31 * *' },
    ...{ zone: SHANGHAI, from: '2031-01-01T00:00:00.000Z' },
    due: ['2031-01-31T01:00:00.000Z', '2031-03-31T01:00:00.000Z', '2031-05-31T01:00:00.000Z'],
  },
  {
    name: 'comes on the last of a month that has no such day, and on the 31st again',
    schedule: { every: 'P1M' },
    ...{ zone: SHANGHAI, from: '2031-01-31T01:00:00.000Z' },
    due: ['2031-02-28T01:00:00.000Z', '2031-03-31T01:00:00.000Z', '2031-04-30T01:00:00.000Z'],
  },
  {
    name: 'keeps the time of day over the beginning of summer time',
    schedule: { every: 'P1D' },
    ...{ zone: BERLIN, from: '2031-03-28T08:00:00.000Z' },
    due: ['2031-03-29T08:00:00.000Z', '2031-03-30T07:00:00.000Z', '2031-03-31T07:00:00.000Z'],
  },
  {
    name: 'keeps the time of day over its end',
    schedule: { every: 'P1D' },
    ...{ zone: BERLIN, from: '2031-10-24T08:00:00.000Z' },
    due: ['2031-10-25T08:00:00.000Z', '2031-10-26T09:00:00.000Z', '2031-10-27T09:00:00.000Z'],
  },
  {
    name: 'counts hours by the clock over a change',
    schedule: { every: 'PT12H' },
    ...{ zone: BERLIN, from: '2031-03-29T08:00:00.000Z' },
    due: ['2031-03-29T20:00:00.000Z', '2031-03-30T08:00:00.000Z', '2031-03-30T20:00:00.000Z'],
  },
  {
    name: 'counts a thousand years of minutes at once',
    schedule: { every: 'PT1M' },
    ...{ zone: BERLIN, from: '3031-03-28T08:00:30.000Z', since: '2031-03-28T08:00:00.000Z' },
    due: ['3031-03-28T08:01:00.000Z', '3031-03-28T08:02:00.000Z'],
  },
]

describe('nextDue', () => {
  for (const { name, schedule, zone, from, since = from, due } of cases) {
    it(name, () => {
      const found: string[] = []
      let at = new Date(from)
      for (const _ of due) {
        at = nextDue(schedule, zone, at, new Date(since))!
        found.push(at.toISOString())
      }
      expect(found).to.deep.equal(due)
    })
  }
})

describe('shifted', () => {
  for (const [from, duration, factor, to] of [
    ['2032-02-29T01:00:00.000Z', 'P1Y', 1, '2033-02-28T01:00:00.000Z'],
    ['2031-03-31T00:00:00.000Z', 'P1M', -1, '2031-02-28T00:00:00.000Z'],
    ['2031-12-31T16:30:00.000Z', 'P1M2DT3H', 1, '2032-02-02T19:30:00.000Z'],
  ] as const) {
    it(`${from} ${factor === 1 ? '+' : '−'} ${duration} is ${to}`, () => {
      expect(shifted(new Date(from), duration, SHANGHAI, factor).toISOString()).to.equal(to)
    })
  }
})
