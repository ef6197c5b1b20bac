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

/** The records of a day on its hours; those that touch one another stand side by side. */
export function hoursOf(
  day: string,
  records: readonly RecordData[],
  date: Field,
  until: Field | undefined,
  zone: string,
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
  return { whole, placed: sideBySide(timed) }
}

/** Groups of what overlaps, each with as few columns as it needs. */
function sideBySide(
  timed: readonly { readonly record: RecordData; readonly from: number; readonly until: number }[],
): readonly Placed[] {
  const placed: Placed[] = []
  let group: { record: RecordData; from: number; until: number; lane: number }[] = []
  let ends: number[] = []
  const close = (): void => {
    placed.push(...group.map((one) => ({ ...one, until: Math.min(one.until, DAY), lanes: ends.length })))
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
  return placed
}

/** The half hour at a height within a day, as the clock writes it. */
export function timeAt(share: number): string {
  const half = Math.min(47, Math.max(0, Math.floor(share * 48)))
  return `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}:00`
}
