import type { UiLanguage } from './remembered.ts'
import { today, wallClockOf } from './zoned.ts'

/** British order in English (4 Dec 2027): day before month reads the same way as the Chinese page sorts. */
const LOCALE: Readonly<Record<UiLanguage, string>> = { en: 'en-GB', 'zh-CN': 'zh-CN' }

export const EMPTY_VALUE = '–'

const numberFormats = new Map<string, Intl.NumberFormat>()

/** Made once for each way of writing: making one takes a thousand times as long as using it. */
function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  let format = numberFormats.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, options)
    numberFormats.set(key, format)
  }
  return format
}

/** A number with groups of thousands; `scale` fixes the digits after the point. */
export function formatNumber(value: number, language: UiLanguage, scale?: number): string {
  return numberFormat(LOCALE[language], {
    minimumFractionDigits: scale ?? 0,
    maximumFractionDigits: scale ?? 15,
  }).format(value)
}

export interface MoneyParts {
  readonly minus: string
  readonly sign: string
  readonly digits: string
}

/** An amount in parts, so that the sign can stand back; cents are shown where there are any. */
export function formatMoney(value: number | string, currency: string, language: UiLanguage): MoneyParts {
  const amount = typeof value === 'string' ? Number(value) : value
  const parts = numberFormat(LOCALE[language], {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: Number.isInteger(amount) ? 0 : 2,
    maximumFractionDigits: 2,
  }).formatToParts(amount)
  const of = (type: string): string =>
    parts
      .filter((part) => part.type === type)
      .map((part) => part.value)
      .join('')
  const digits = parts.filter((part) => ['integer', 'group', 'decimal', 'fraction'].includes(part.type))
  return { minus: of('minusSign'), sign: of('currency'), digits: digits.map((part) => part.value).join('') }
}

/** A fraction as a percentage: 0.125 → 12.5 %. */
export function formatPercent(value: number, language: UiLanguage): string {
  const text = formatNumber(Number((value * 100).toPrecision(13)), language)
  return language === 'en' ? `${text} %` : `${text}%`
}

const DAY_MS = 86_400_000
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS

const NEAR: Readonly<Record<UiLanguage, Readonly<Record<number, string>>>> = {
  en: { [-1]: 'Yesterday', 0: 'Today', 1: 'Tomorrow' },
  'zh-CN': { [-1]: '昨天', 0: '今天', 1: '明天' },
}

/**
 * A day: near ones in words, this year without the year, otherwise ISO in Chinese and 4 Dec 2027 in English.
 * @param date yyyy-mm-dd
 * @param reference the day that counts as today, yyyy-mm-dd
 */
export function formatDate(date: string, language: UiLanguage, reference: string): string {
  const near = NEAR[language][dayNumber(date) - dayNumber(reference)]
  if (near !== undefined) return near
  if (date.slice(0, 4) === reference.slice(0, 4)) return dayOfYear(date, language)
  if (language === 'zh-CN') return date
  return `${dayOfYear(date, language)} ${date.slice(0, 4)}`
}

let dayAndMonth: Intl.DateTimeFormat | undefined

function dayOfYear(date: string, language: UiLanguage): string {
  if (language === 'zh-CN') return `${Number(date.slice(5, 7))} 月 ${Number(date.slice(8, 10))} 日`
  const instant = new Date(`${date}T00:00:00Z`)
  dayAndMonth ??= new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return dayAndMonth.format(instant)
}

/** A month with its year. @param day any day of it, yyyy-mm-dd */
export function formatMonth(day: string, language: UiLanguage): string {
  if (language === 'zh-CN') return `${Number(day.slice(0, 4))} 年 ${Number(day.slice(5, 7))} 月`
  const instant = new Date(`${day.slice(0, 7)}-01T00:00:00Z`)
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(instant)
}

/** An instant as the workspace's clock shows it; the time is left out beyond this year. */
export function formatInstant(instant: string, language: UiLanguage, zone: string, now = new Date()): string {
  const { date, time } = wallClockOf(instant, zone)
  const reference = today(zone, now)
  const day = formatDate(date, language, reference)
  return date.slice(0, 4) === reference.slice(0, 4) ? `${day} ${time.slice(0, 5)}` : day
}

const DURATION =
  /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/
const UNITS: Readonly<Record<UiLanguage, readonly string[]>> = {
  en: [' y', ' mo', ' wk', ' d', ' h', ' min', ' s'],
  'zh-CN': [' 年', ' 个月', ' 周', ' 天', ' 小时', ' 分', ' 秒'],
}

/** An ISO 8601 duration in words (PT2H30M → 2 h 30 min); what is none is given back as it is. */
export function formatDuration(value: string, language: UiLanguage): string {
  const match = DURATION.exec(value)
  if (match === null) return value
  const parts = match.slice(2).flatMap((amount, index) => {
    return amount === undefined || Number(amount) === 0 ? [] : [`${Number(amount)}${UNITS[language][index]}`]
  })
  const sign = match[1] === undefined ? '' : '−'
  return parts.length === 0 ? `0${UNITS[language][5]}` : sign + parts.join(' ')
}

/** A size in bytes: 86 KB, 1.2 MB. */
export function formatFileSize(bytes: number, language: UiLanguage): string {
  const units = ['B', 'KB', 'MB', 'GB']
  let size = bytes
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  return `${formatNumber(Number(size.toFixed(size < 10 && unit > 0 ? 1 : 0)), language)} ${units[unit]}`
}
