import type { FigureFormat } from '../../api/reports.ts'
import { EMPTY_VALUE, formatMoney, formatNumber, formatPercent } from '../../kit/format.ts'
import type { UiLanguage } from '../../kit/remembered.ts'

export interface FigureWords {
  readonly language: UiLanguage
  readonly currency: string
}

const UNITS: Readonly<Record<UiLanguage, Readonly<Record<'hours' | 'days', string>>>> = {
  en: { hours: ' h', days: ' days' },
  'zh-CN': { hours: ' 小时', days: ' 天' },
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
  return format === 'number' ? text : `${text}${UNITS[language][format]}`
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
  const named = format === 'hours' || format === 'days' ? UNITS[language][format].trim() : unit
  return { sign, digits: formatNumber(short, language), unit: named }
}

/** The same in one text, for axes. */
export function shortText(value: number, format: FigureFormat, words: FigureWords): string {
  const { sign, digits, unit } = shortFigure(value, format, words)
  return `${sign}${digits}${unit === '' ? '' : words.language === 'en' ? unit : ` ${unit}`}`
}

function shortened(number: number, language: UiLanguage): readonly [number, string] {
  const size = Math.abs(number)
  const steps: readonly (readonly [number, string])[] =
    language === 'en'
      ? [
          [1e9, 'bn'],
          [1e6, 'm'],
          [1e4, 'k'],
        ]
      : [
          [1e8, '亿'],
          [1e4, '万'],
        ]
  for (const [step, unit] of steps) {
    if (size < step) continue
    const by = unit === 'k' ? 1e3 : step
    return [Number((number / by).toPrecision(3)), unit]
  }
  return [Number(number.toFixed(size < 100 ? 1 : 0)), '']
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
    const unit = language === 'en' ? ' pts' : ' 个百分点'
    return { text: `${sign(points)}${formatNumber(Math.abs(points), language)}${unit}`, isUp: points >= 0 }
  }
  if (other === 0) return undefined
  const part = Number(((one - other) / Math.abs(other)).toFixed(3))
  return { text: `${sign(part)}${formatPercent(Math.abs(part), language)}`, isUp: part >= 0 }
}
