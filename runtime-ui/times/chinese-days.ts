const DIGITS = '零一二三四五六七八九'
const NUMBER = '(?:\\d+|[零一二两俩三四五六七八九十]+)'

/** A number up to 99 in figures or in Chinese characters; undefined for what is none. */
export function chineseNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  const plain = text.replaceAll(/[两俩]/g, '二')
  if (plain.length === 1 && DIGITS.includes(plain)) return DIGITS.indexOf(plain)
  const match = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/.exec(plain)
  if (match === null) return undefined
  const [, tens = '一', ones = '零'] = match
  return DIGITS.indexOf(tens) * 10 + DIGITS.indexOf(ones)
}

const DAY_MS = 86_400_000

/** A wall clock as a number that can be reckoned with: what it shows, taken as UTC. */
const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10)
const isoMinute = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

/** The same day of a month that is `by` months on; its last day where the month is shorter. */
function inMonths(at: number, by: number, day?: number): number {
  const date = new Date(at)
  const month = date.getUTCMonth() + by
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  return Date.UTC(date.getUTCFullYear(), month, Math.min(day ?? date.getUTCDate(), last))
}

/** The Monday of the week in which a day lies: weeks begin with it. */
const mondayOf = (at: number): number => at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS

const WEEKS: Readonly<Record<string, number>> = { 上: -1, 上个: -1, 下: 1, 下个: 1, 下下: 2, 下下个: 2 }
const MONTHS = WEEKS
const PART_OF_MONTH: Readonly<Record<string, number>> = { 初: 1, 中: 15, 底: 31, 末: 31 }

interface Phrase {
  readonly pattern: RegExp
  /** The date (and time) that stands for the phrase; undefined where it says nothing. */
  readonly read: (words: readonly string[], now: number) => string | undefined
}

const count = (text: string | undefined): number => chineseNumber(text ?? '') ?? Number.NaN
const orNone = (at: number, write: (at: number) => string): string | undefined =>
  Number.isNaN(at) ? undefined : write(at)

/** What people say of days and spans in Chinese. The first that fits is taken; longer phrases come first. */
const PHRASES: readonly Phrase[] = [
  {
    pattern: /半个?(?:小时|钟头)(?:之|以)?后/,
    read: (_words, now) => isoMinute(now + 1_800_000),
  },
  {
    pattern: new RegExp(`(${NUMBER})个?半(?:小时|钟头)(?:之|以)?后`),
    read: ([n], now) => orNone(now + (count(n) + 0.5) * 3_600_000, isoMinute),
  },
  {
    pattern: new RegExp(`(${NUMBER})个?(?:小时|钟头)(?:之|以)?后`),
    read: ([n], now) => orNone(now + count(n) * 3_600_000, isoMinute),
  },
  {
    pattern: new RegExp(`(${NUMBER})(分钟|刻钟)(?:之|以)?后`),
    read: ([n, unit], now) => orNone(now + count(n) * (unit === '刻钟' ? 15 : 1) * 60_000, isoMinute),
  },
  {
    pattern: new RegExp(`(${NUMBER})[天日](?:之|以)?后`),
    read: ([n], now) => orNone(now + count(n) * DAY_MS, isoDay),
  },
  {
    pattern: new RegExp(`(${NUMBER})个?(?:周|星期|礼拜)(?:之|以)?后`),
    read: ([n], now) => orNone(now + count(n) * 7 * DAY_MS, isoDay),
  },
  {
    pattern: new RegExp(`(${NUMBER})个月(?:之|以)?后`),
    read: ([n], now) => orNone(inMonths(now, count(n)), isoDay),
  },
  { pattern: /大后[天日]/, read: (_words, now) => isoDay(now + 3 * DAY_MS) },
  { pattern: /后[天日]/, read: (_words, now) => isoDay(now + 2 * DAY_MS) },
  { pattern: /明(?=[早晚])|明[天日]/, read: (_words, now) => isoDay(now + DAY_MS) },
  { pattern: /今(?=[早晚])|今[天日]/, read: (_words, now) => isoDay(now) },
  { pattern: /昨(?=晚)|昨[天日]/, read: (_words, now) => isoDay(now - DAY_MS) },
  {
    pattern: /(下下个?|下个?|上个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天末])/,
    read: ([which = '', day = ''], now) => {
      const index = day === '末' ? 5 : Math.min('一二三四五六日天'.indexOf(day), 6)
      const at = mondayOf(now) + ((WEEKS[which] ?? 0) * 7 + index) * DAY_MS
      // A day of this week that is over means the next one, unless this week is named.
      return isoDay(which === '' && isoDay(at) < isoDay(now) ? at + 7 * DAY_MS : at)
    },
  },
  { pattern: /周末/, read: (_words, now) => isoDay(mondayOf(now) + 5 * DAY_MS) },
  { pattern: /下下个?(?:周|星期|礼拜)/, read: (_words, now) => isoDay(mondayOf(now) + 14 * DAY_MS) },
  { pattern: /下个?(?:周|星期|礼拜)/, read: (_words, now) => isoDay(mondayOf(now) + 7 * DAY_MS) },
  {
    pattern: new RegExp(`(下下个?|下个?|上个?|这个?|本)月(${NUMBER})[日号]?`),
    read: ([which = '', day], now) => orNone(inMonths(now, MONTHS[which] ?? 0, count(day)), isoDay),
  },
  {
    pattern: /(下下个?|下个?|上个?|这个?|本)?月([初中底末])/,
    read: ([which = '', part = ''], now) => {
      const at = inMonths(now, MONTHS[which] ?? 0, PART_OF_MONTH[part])
      return isoDay(which === '' && isoDay(at) < isoDay(now) ? inMonths(now, 1, PART_OF_MONTH[part]) : at)
    },
  },
  { pattern: /下个?月/, read: (_words, now) => isoDay(inMonths(now, 1)) },
  {
    // A day of a month without the month: the next one that there is.
    pattern: new RegExp(`(?<![月\\d])(${NUMBER})[日号]`),
    read: ([day], now) => {
      const at = inMonths(now, 0, count(day))
      return orNone(at, () => isoDay(isoDay(at) < isoDay(now) ? inMonths(now, 1, count(day)) : at))
    },
  },
]

const PART_OF_DAY: Readonly<Record<string, string>> = {
  ...{ 早: '早上9点', 早上: '早上9点', 上午: '上午9点', 中午: '中午12点', 下午: '下午2点' },
  ...{ 傍晚: '下午6点', 晚: '晚上7点', 晚上: '晚上7点' },
}
const QUARTERS: Readonly<Record<string, string>> = { 一: '15分', 三: '45分' }

/** Times of day as the reader of dates knows them: a part of the day alone has its usual hour, quarters are minutes. */
const withChineseHours = (text: string): string =>
  text
    .replace(/点钟/, '点')
    .replace(/(?<=点)([一三])刻/, (_whole, which: string) => QUARTERS[which] ?? '')
    .replace(
      /(早上|早|上午|中午|下午|傍晚|晚上|晚)(?!\s*[\d零一二两三四五六七八九十])/,
      (part) => PART_OF_DAY[part] ?? part,
    )
    .replace(/早(?=[\d一二两三四五六七八九十])/, '早上')
    .replace(/(?:傍晚|晚)(?=[\d一二两三四五六七八九十])/, '晚上')

/**
 * Writes the days that people say in Chinese as dates, so that a reader of dates understands the rest.
 * @param now what the clock shows, as the milliseconds of that reading in UTC
 */
export const readableChinese = (text: string, now: number): string =>
  withChineseHours(withChineseDays(text, now))

function withChineseDays(text: string, now: number): string {
  for (const { pattern, read } of PHRASES) {
    const match = pattern.exec(text)
    if (match === null) continue
    const date = read(match.slice(1), now)
    if (date !== undefined)
      return `${text.slice(0, match.index)} ${date} ${text.slice(match.index + match[0].length)}`
  }
  return text
}
