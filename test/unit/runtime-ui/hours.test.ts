import { expect } from 'chai'
import type { Field, RecordData } from '../../../runtime-ui/api/types.ts'
import { hoursOf, minutesTo, timeAt } from '../../../runtime-ui/screens/calendar/hours.ts'

const at = { name: 'at', type: 'date_time' } as Field
const until = { name: 'until', type: 'date_time' } as Field
const DAY = '2026-03-10'
/** On the clock of Shanghai, eight hours ahead. */
const record = (id: string, from: string, to?: string, day = DAY): RecordData => ({
  id,
  at: `${day}T${from}:00.000+08:00`,
  until: to === undefined ? null : `${DAY}T${to}:00.000+08:00`,
})
const placed = (...records: readonly RecordData[]) =>
  hoursOf(DAY, records, at, until, 'Asia/Shanghai').placed.map(({ record: { id }, ...place }) => [
    id,
    place.from,
    place.until,
    `${place.lane + 1}/${place.lanes}`,
  ])

describe('the hours of a day', () => {
  it('hold what has a time, as long as it takes, half an hour at least', () => {
    expect(placed(record('a', '09:00', '10:30'), record('b', '14:15'))).to.deep.equal([
      ['a', 540, 630, '1/1'],
      ['b', 855, 885, '1/1'],
    ])
  })

  it('put what overlaps side by side, in as few columns as it needs', () => {
    const all = [
      record('long', '09:00', '12:00'),
      record('first', '09:30', '10:00'),
      record('then', '10:00', '11:00'),
      record('later', '13:00', '14:00'),
    ]
    expect(placed(...all)).to.deep.equal([
      ['long', 540, 720, '1/2'],
      ['first', 570, 600, '2/2'],
      ['then', 600, 660, '2/2'],
      ['later', 780, 840, '1/1'],
    ])
  })

  it('end at midnight, and leave what takes days above', () => {
    expect(placed(record('late', '23:50'))).to.deep.equal([['late', 1430, 1440, '1/1']])
    const trip = record('trip', '09:00', '10:00', '2026-03-09')
    expect(hoursOf(DAY, [trip], at, until, 'Asia/Shanghai')).to.deep.equal({
      ...{ whole: [trip], placed: [], more: [] },
    })
  })

  it('put behind “more” what would be too narrow to read, time by time, and one alone nowhere', () => {
    const [busy, later] = [
      Array.from({ length: 7 }, (_, index) => record(`b${index}`, '09:00', '10:00')),
      [record('long', '09:00', '14:00'), record('x', '13:00'), record('y', '13:00'), record('z', '13:00')],
    ]
    const all = [...busy, ...later, record('w', '13:10'), record('alone', '11:00')]
    const { placed: shown, more } = hoursOf(DAY, all, at, until, 'Asia/Shanghai', 4)
    expect(shown.map(({ record: { id }, lane, lanes }) => `${id} ${lane + 1}/${lanes}`)).to.deep.equal([
      ...['long 1/4', 'b0 2/4', 'b1 3/4', 'alone 2/4', 'x 2/4', 'y 3/4'],
    ])
    expect(more).to.deep.equal([
      { from: 540, until: 600, count: 5, lane: 3, lanes: 4 },
      { from: 780, until: 820, count: 2, lane: 3, lanes: 4 },
    ])
    // As many as there is room for stand there.
    const four = hoursOf(DAY, busy.slice(0, 4), at, until, 'Asia/Shanghai', 4)
    expect([four.placed.length, four.more]).to.deep.equal([4, []])
    const one = [...busy.slice(0, 3), record('z', '09:15'), record('later', '09:45')]
    const five = hoursOf(DAY, one, at, until, 'Asia/Shanghai', 4)
    expect([five.placed.length, five.more]).to.deep.equal([5, []])
  })

  it('take what is moved to a quarter of an hour, and not out of the day', () => {
    const moves = [
      { from: 600, by: 37, to: 30 },
      { from: 607, by: 0, to: -7 },
      { from: 607, by: 9, to: 8 },
      { from: 20, by: -200, to: -20 },
      { from: 1400, by: 200, to: 25 },
    ]
    for (const { from, by, to } of moves) expect(minutesTo(from, by), `${from} ${by}`).to.equal(to)
  })

  it('say which half hour was pressed', () => {
    expect([0, 0.5, 0.4, 0.999, 1].map(timeAt)).to.deep.equal([
      '00:00:00',
      '12:00:00',
      '09:30:00',
      '23:30:00',
      '23:30:00',
    ])
  })
})
