import type { Field, RecordData } from '../../api/types.ts'
import { wallClockOf } from '../../kit/zoned.ts'

/** A record within a day: from and until in minutes since midnight, and its place among those beside it. */
export interface Placed {
  readonly record: RecordData
  readonly from: number
  readonly until: number
  /** Which of the columns that the day has at that time. */
  readonly lane: number
  readonly lanes: number
}

export interface DayHours {
  /** Of the whole day, or of several. */
  readonly whole: readonly RecordData[]
  readonly placed: readonly Placed[]
  /** What there is no room for, time by time. */
  readonly more: readonly Crowd[]
}

/** Records at about one time of which only the number is shown. */
export interface Crowd {
  readonly from: number
  readonly until: number
  readonly count: number
  readonly lane: number
  readonly lanes: number
}

const DAY = 24 * 60
/** What has no end, or a very near one, is still to be read and pressed. */
const LEAST = 30

/** Minutes to which what is moved clings. */
export const QUARTER = 15

/** The minutes by which a beginning goes so that it stands on a quarter and within its day. @param by about so many */
export function minutesTo(from: number, by: number): number {
  const to = Math.round((from + by) / QUARTER) * QUARTER
  return Math.min(DAY - QUARTER, Math.max(0, to)) - from
}

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Beside one another so many can be read; where there are more the last place is that of their number. */
export const MOST_BESIDE = { week: 4, day: 5 } as const

/** The records of a day on its hours; those that touch one another stand side by side, as many as there is room for. */
export function hoursOf(
  day: string,
  records: readonly RecordData[],
  date: Field,
  until: Field | undefined,
  zone: string,
  most: number = MOST_BESIDE.week,
): DayHours {
  const whole: RecordData[] = []
  const timed: { record: RecordData; from: number; until: number }[] = []
  for (const record of records) {
    const begin = wallClockOf(String(record[date.name]), zone)
    const last = until === undefined ? undefined : record[until.name]
    const end = typeof last !== 'string' || until?.type !== 'date_time' ? undefined : wallClockOf(last, zone)
    const isLonger = begin.date !== day || (end !== undefined && end.date !== day)
    if (isLonger || (until?.type === 'date' && typeof last === 'string' && last !== day)) {
      whole.push(record)
      continue
    }
    const from = minutesOf(begin.time)
    timed.push({ record, from, until: Math.max(from + LEAST, end === undefined ? 0 : minutesOf(end.time)) })
  }
  return { whole, ...sideBySide(timed, most) }
}

interface Timed {
  readonly record: RecordData
  readonly from: number
  readonly until: number
}

/** Groups of what overlaps, each with as few columns as it needs and no more than there is room for. */
function sideBySide(timed: readonly Timed[], most: number): Pick<DayHours, 'placed' | 'more'> {
  const placed: Placed[] = []
  const more: Crowd[] = []
  let group: (Timed & { readonly lane: number })[] = []
  let ends: number[] = []
  const close = (): void => {
    const lanes = Math.min(ends.length, most)
    const last = ends.length > most ? most - 1 : lanes
    const crowds = crowdsOf(group.filter(({ lane }) => lane >= last)).filter(({ length }) => length > 1)
    const hidden = new Set(crowds.flat())
    for (const one of group) {
      if (hidden.has(one)) continue
      placed.push({ ...one, until: Math.min(one.until, DAY), lane: Math.min(one.lane, last), lanes })
    }
    for (const crowd of crowds) {
      const until = Math.min(DAY, Math.max(...crowd.map((one) => one.until)))
      more.push({ from: crowd[0]!.from, until, count: crowd.length, lane: last, lanes })
    }
    group = []
    ends = []
  }
  for (const one of [...timed].sort((a, b) => a.from - b.from || b.until - a.until)) {
    if (ends.length > 0 && ends.every((end) => end <= one.from)) close()
    const free = ends.findIndex((end) => end <= one.from)
    const lane = free === -1 ? ends.length : free
    ends[lane] = one.until
    group.push({ ...one, lane })
  }
  close()
  return { placed, more }
}

/** Records in their order, those together that overlap. */
function crowdsOf<T extends Timed>(records: readonly T[]): readonly (readonly T[])[] {
  const crowds: T[][] = []
  let end = 0
  for (const one of records) {
    if (crowds.length > 0 && one.from < end) crowds.at(-1)!.push(one)
    else crowds.push([one])
    end = Math.max(end, one.until)
  }
  return crowds
}

/** The half hour at a height within a day, as the clock writes it. */
export function timeAt(share: number): string {
  const half = Math.min(47, Math.max(0, Math.floor(share * 48)))
  return `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}:00`
}
