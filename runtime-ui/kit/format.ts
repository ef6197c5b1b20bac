import { languageNamed } from '../i18n/languages.ts'
import type { UiLanguage } from './remembered.ts'
import { today, wallClockOf } from './zoned.ts'

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
  return numberFormat(languageNamed(language).locale, {
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
  const parts = numberFormat(languageNamed(language).locale, {
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
  const { percent, locale } = languageNamed(language)
  const hundredfold = Number((value * 100).toPrecision(13))
  if (percent !== undefined) return `${formatNumber(hundredfold, language)}${percent}`
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: 13 }).format(hundredfold / 100)
}

const DAY_MS = 86_400_000
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS

/** What a day near today is called: yesterday, today, tomorrow. */
function nearDay(away: number, language: UiLanguage): string | undefined {
  if (Math.abs(away) > 1) return undefined
  const { near, locale } = languageNamed(language)
  if (near !== undefined) return [near.yesterday, near.today, near.tomorrow][away + 1]
  const text = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(away, 'day')
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}

/**
 * A day: near ones in words, this year without the year, otherwise as the language writes it: 2027-12-04 in Chinese,
 * 4 Dec 2027 in English.
 * @param date yyyy-mm-dd
 * @param reference the day that counts as today, yyyy-mm-dd
 */
export function formatDate(date: string, language: UiLanguage, reference: string): string {
  const near = nearDay(dayNumber(date) - dayNumber(reference), language)
  if (near !== undefined) return near
  return date.slice(0, 4) === reference.slice(0, 4) ? dayOfYear(date, language) : formatDay(date, language)
}

/** A day with its year. @param date yyyy-mm-dd */
export function formatDay(date: string, language: UiLanguage): string {
  const pattern = languageNamed(language).dates?.day
  return pattern === undefined
    ? dateFormat(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(instantOfDay(date))
    : filled(pattern, date)
}

function dayOfYear(date: string, language: UiLanguage): string {
  const pattern = languageNamed(language).dates?.dayOfYear
  return pattern === undefined
    ? dateFormat(language, { day: 'numeric', month: 'short' }).format(instantOfDay(date))
    : filled(pattern, date)
}

/** A month with its year. @param day any day of it, yyyy-mm-dd */
export function formatMonth(day: string, language: UiLanguage): string {
  const pattern = languageNamed(language).dates?.month
  return pattern === undefined
    ? dateFormat(language, { month: 'long', year: 'numeric' }).format(instantOfDay(`${day.slice(0, 7)}-01`))
    : filled(pattern, day)
}

/** A day with its weekday, and the time: Mon 30 Nov 2026, 15:00; 2026 年 11 月 30 日 周一 15:00. @param date yyyy-mm-dd */
export function formatSpoken(date: string, time: string | undefined, language: UiLanguage): string {
  const { dates } = languageNamed(language)
  const plain = dates?.spoken ?? '{weekday} {date}'
  return filled(time === undefined ? plain : (dates?.spokenTime ?? `${plain}, {time}`), date, {
    weekday: dateFormat(language, { weekday: 'short' }).format(instantOfDay(date)),
    date: formatDay(date, language),
    time: time?.slice(0, 5) ?? '',
  })
}

const instantOfDay = (date: string): Date => new Date(`${date}T00:00:00Z`)

/** A pattern of a language with the parts of a day in it. */
function filled(pattern: string, date: string, more: Readonly<Record<string, string>> = {}): string {
  const [yyyy = '', mm = '', dd = ''] = date.split('-')
  const parts: Readonly<Record<string, string>> = {
    ...{ yyyy, mm, dd, m: String(Number(mm)), d: String(Number(dd)) },
    ...more,
  }
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole)
}

const dateFormats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(language: UiLanguage, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const { locale } = languageNamed(language)
  const key = `${locale} ${JSON.stringify(options)}`
  let format = dateFormats.get(key)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    dateFormats.set(key, format)
  }
  return format
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
const UNITS = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const
const MINUTE = UNITS.indexOf('minute')

/** A number of one of those units, in few letters. */
function withUnit(amount: number, unit: number, language: UiLanguage): string {
  const { durations, locale } = languageNamed(language)
  const written = durations?.[unit]
  if (written !== undefined) return `${amount}${written}`
  return numberFormat(locale, { style: 'unit', unit: UNITS[unit]!, unitDisplay: 'short' }).format(amount)
}

/** An ISO 8601 duration in words (PT2H30M → 2 h 30 min); what is none is given back as it is. */
export function formatDuration(value: string, language: UiLanguage): string {
  const match = DURATION.exec(value)
  if (match === null) return value
  const parts = match.slice(2).flatMap((amount, index) => {
    return amount === undefined || Number(amount) === 0 ? [] : [withUnit(Number(amount), index, language)]
  })
  const sign = match[1] === undefined ? '' : '−'
  return parts.length === 0 ? withUnit(0, MINUTE, language) : sign + parts.join(' ')
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
