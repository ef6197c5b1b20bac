import type { FigureFormat } from '../../api/reports.ts'
import { languageNamed } from '../../i18n/languages.ts'
import { EMPTY_VALUE, formatMoney, formatNumber, formatPercent } from '../../kit/format.ts'
import type { UiLanguage } from '../../kit/remembered.ts'

export interface FigureWords {
  readonly language: UiLanguage
  readonly currency: string
}

/** What stands behind a number of hours or of days, or behind the difference of two percentages. */
function unitOf(what: 'hours' | 'days' | 'points', language: UiLanguage): string {
  const { figures, locale } = languageNamed(language)
  if (figures !== undefined) return figures[what]
  if (what === 'points') return ' %'
  const unit = what === 'hours' ? 'hour' : 'day'
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' })
  return ` ${format.formatToParts(2).find(({ type }) => type === 'unit')?.value ?? unit}`
}

/** A figure in full, as a table shows it. */
export function figureText(
  value: unknown,
  format: FigureFormat,
  { language, currency }: FigureWords,
): string {
  if (value === null || value === undefined) return EMPTY_VALUE
  const number = Number(value)
  if (format === 'value' || Number.isNaN(number)) return String(value)
  if (format === 'percent') return formatPercent(Number(number.toFixed(3)), language)
  if (format === 'money') {
    const { minus, sign, digits } = formatMoney(number, currency, language)
    return `${minus}${sign}${digits}`
  }
  const rounded = Number(number.toFixed(format === 'hours' || format === 'days' ? 1 : 2))
  const text = formatNumber(rounded, language)
  return format === 'number' ? text : `${text}${unitOf(format, language)}`
}

/** A figure in parts for a tile, large ones shortened: ¥128.6 万, £1.19m. */
export interface ShortFigure {
  readonly sign: string
  readonly digits: string
  readonly unit: string
}

export function shortFigure(value: unknown, format: FigureFormat, words: FigureWords): ShortFigure {
  const { language, currency } = words
  const number = Number(value)
  if (value === null || value === undefined || Number.isNaN(number))
    return { sign: '', digits: figureText(value, format, words), unit: '' }
  if (format === 'percent')
    return { sign: '', digits: formatNumber(Number((number * 100).toFixed(1)), language), unit: '%' }
  const [short, unit] = shortened(number, language)
  const sign = format === 'money' ? formatMoney(0, currency, language).sign : ''
  const named = format === 'hours' || format === 'days' ? unitOf(format, language).trim() : unit
  return { sign, digits: formatNumber(short, language), unit: named }
}

/** The same in one text, for axes. */
export function shortText(value: number, format: FigureFormat, words: FigureWords): string {
  const { sign, digits, unit } = shortFigure(value, format, words)
  return `${sign}${digits}${unit === '' ? '' : languageNamed(words.language).units === 'tight' ? unit : ` ${unit}`}`
}

function shortened(number: number, language: UiLanguage): readonly [number, string] {
  const size = Math.abs(number)
  const { short, locale } = languageNamed(language)
  if (short === undefined) return compact(number, locale)
  const step = short.find(({ from }) => size >= from)
  return step === undefined ? [plain(number), ''] : [Number((number / step.by).toPrecision(3)), step.unit]
}

const plain = (number: number): number => Number(number.toFixed(Math.abs(number) < 100 ? 1 : 0))

/** As the browser shortens numbers in a language: by which power of ten is told by what it writes for that power. */
function compact(number: number, locale: string): readonly [number, string] {
  const size = Math.abs(number)
  if (size < 10_000) return [plain(number), '']
  const format = new Intl.NumberFormat(locale, { notation: 'compact' })
  const parts = (value: number) => format.formatToParts(value)
  const unit = parts(size).find(({ type }) => type === 'compact')?.value
  if (unit === undefined) return [plain(number), '']
  // The smallest power of ten that is written with that word as a single 1.
  const power = [3, 4, 6, 8, 9, 12].findLast((one) => {
    const written = parts(10 ** one)
    const isOne = written.find(({ type }) => type === 'integer')?.value === '1'
    return size >= 10 ** one && isOne
  })
  return power === undefined ? [plain(number), ''] : [Number((number / 10 ** power).toPrecision(3)), unit]
}

export interface Change {
  readonly text: string
  readonly isUp: boolean
}

/** How a figure moved since the period before; undefined where there is nothing to compare. */
export function changeOf(
  now: unknown,
  before: unknown,
  format: FigureFormat,
  language: UiLanguage,
): Change | undefined {
  const [one, other] = [Number(now), Number(before)]
  if (now === null || before === null || Number.isNaN(one) || Number.isNaN(other)) return undefined
  const sign = (value: number) => (value > 0 ? '+' : value < 0 ? '−' : '±')
  if (format === 'percent') {
    const points = Number(((one - other) * 100).toFixed(1))
    const unit = unitOf('points', language)
    return { text: `${sign(points)}${formatNumber(Math.abs(points), language)}${unit}`, isUp: points >= 0 }
  }
  if (other === 0) return undefined
  const part = Number(((one - other) / Math.abs(other)).toFixed(3))
  return { text: `${sign(part)}${formatPercent(Math.abs(part), language)}`, isUp: part >= 0 }
}
