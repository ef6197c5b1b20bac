import { Cron } from 'croner'
import { DateTime } from 'luxon'
import { parseDuration } from '../../metadata/rules/durations.ts'
import type { FlowSchedule } from '../../metadata/types.ts'
import type { LocalText } from '../errors.ts'

/** Shorter than this nothing comes again and again, milliseconds. */
const SHORTEST_MS = 60_000

/** Why a schedule cannot be kept; undefined for one that can. */
export function scheduleFault({ cron, every }: FlowSchedule): LocalText | undefined {
  if (every !== undefined) {
    const parts = parseDuration(every)
    if (parts === undefined) return { en: 'no duration', 'zh-CN': '不是有效时长' }
    const isShort = parts.months === 0 && parts.days === 0 && parts.ms < SHORTEST_MS
    return isShort ? { en: 'a minute at least', 'zh-CN': '至少一分钟' } : undefined
  }
  if ((cron ?? '').trim().split(/\s+/).length !== 5)
    return { en: 'minute, hour, day, month, weekday', 'zh-CN': '应为：分 时 日 月 星期' }
  try {
    return new Cron(cron ?? '', { paused: true }).nextRun() === null
      ? { en: 'it never comes', 'zh-CN': '永远不会触发' }
      : undefined
  } catch {
    return { en: 'this is no cron expression', 'zh-CN': '不是有效的 cron 表达式' }
  }
}

/**
 * When a schedule is due next, after an instant; undefined where it never is. By the workspace's clock: an hour that a
 * change of the clock leaves out is made up right after it, one that comes twice counts once; months and days keep
 * their time of day, and the 31st of a month without one is its last.
 * @param since what `every` counts from
 */
export function nextDue(
  { cron, every }: FlowSchedule,
  timeZone: string,
  after: Date,
  since: Date,
): Date | undefined {
  if (cron !== undefined)
    return new Cron(cron, { paused: true, timezone: timeZone }).nextRun(after) ?? undefined
  const parts = parseDuration(every ?? '')
  if (parts === undefined) return undefined
  if (parts.months === 0 && parts.days === 0) {
    const passed = Math.max(0, Math.floor((after.getTime() - since.getTime()) / parts.ms))
    return new Date(since.getTime() + (passed + 1) * parts.ms)
  }
  const begin = DateTime.fromJSDate(since, { zone: timeZone })
  const at = (count: number) =>
    begin
      .plus({ months: parts.months * count })
      .plus({ days: parts.days * count })
      .plus({ milliseconds: parts.ms * count })
  // Roughly first, then to the one: counted from the beginning, so that no month is cut short for good.
  const roughMs = parts.months * 28 * 86_400_000 + parts.days * 86_400_000 + parts.ms
  let count = Math.max(1, Math.floor((after.getTime() - since.getTime()) / (roughMs * 1.2)))
  while (at(count).toMillis() > after.getTime() && count > 1) count--
  while (at(count).toMillis() <= after.getTime()) count++
  return at(count).toJSDate()
}

/** An instant so much later, or earlier for a negative factor: months and days by the calendar, hours by the clock. */
export function shifted(from: Date, duration: string, timeZone: string, factor: 1 | -1 = 1): Date {
  const parts = parseDuration(duration)
  if (parts === undefined) throw new Error(`"${duration}" is no duration`)
  return DateTime.fromJSDate(from, { zone: timeZone })
    .plus({ months: factor * parts.months })
    .plus({ days: factor * parts.days })
    .plus({ milliseconds: factor * parts.ms })
    .toJSDate()
}

/** An instant as it is written, or where a day begins in the time zone; undefined for what is neither. */
export function instantIn(value: unknown, timeZone: string): Date | undefined {
  if (typeof value !== 'string') return undefined
  const at = DateTime.fromISO(value, { zone: timeZone })
  return at.isValid ? at.toJSDate() : undefined
}
