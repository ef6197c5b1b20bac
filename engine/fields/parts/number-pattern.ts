import type { FieldDefinition } from '../../../metadata/text.ts'
import type { LocalText } from '../../errors.ts'
import type { ValueFault } from '../../registry/field-type.ts'
import { isStorableText } from './formats.ts'

export const RESETS = ['none', 'year', 'month', 'day'] as const
export type Reset = (typeof RESETS)[number]

/** One piece of a pattern: text as it is, a part of the day, or the counter with its least digits. */
type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'yyyy' | 'yy' | 'mm' | 'dd' }
  | { readonly kind: 'counter'; readonly digits: number }

/** The parts of the day that must stand in a pattern, so that a number that starts again never repeats. */
const NEEDED: Readonly<Record<Reset, readonly string[]>> = {
  none: [],
  year: ['y'],
  month: ['y', 'mm'],
  day: ['y', 'mm', 'dd'],
}

/**
 * The number of a record.
 * @param pattern such as `OPP-{yyyy}-{####}`; the counter grows wider than its signs rather than wrap
 * @param day the workspace's day, `YYYY-MM-DD`
 * @param counter a whole number from 1
 */
export function formatNumber(pattern: string, day: string, counter: number): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const written = { yyyy: year, yy: year.slice(-2), mm: month, dd: date }
  return piecesOf(pattern)
    .map((piece) => {
      if (piece.kind === 'text') return piece.text
      if (piece.kind === 'counter') return String(counter).padStart(piece.digits, '0')
      return written[piece.kind]
    })
    .join('')
}

/** The period within which a counter runs: '' for ever, else the year, month or day of `day` (YYYY-MM-DD). */
export function periodOf(reset: Reset, day: string): string {
  const length = { none: 0, year: 4, month: 7, day: 10 }[reset]
  return day.slice(0, length)
}

/** When the counter of a field starts again. */
export function resetOf(field: FieldDefinition): Reset {
  return RESETS.find((reset) => reset === field.reset) ?? 'none'
}

/** The faults of a pattern: unknown parts, not exactly one counter, parts that `reset` needs. */
export function checkPattern(field: FieldDefinition): readonly ValueFault[] {
  const pattern = String(field.pattern)
  const unknown = unknownPart(pattern)
  if (unknown !== undefined) {
    return [
      invalid('/pattern', {
        en: `“${unknown}” is no part of a pattern; there are {yyyy}, {yy}, {mm}, {dd} and {####}`,
        'zh-CN': `格式中不能使用“${unknown}”；可用 {yyyy}、{yy}、{mm}、{dd} 与 {####}`,
      }),
    ]
  }
  const pieces = piecesOf(pattern)
  if (pieces.filter((piece) => piece.kind === 'counter').length !== 1) {
    return [
      invalid('/pattern', {
        en: 'a pattern has exactly one counter, such as {####}',
        'zh-CN': '格式中应有且仅有一个计数部分，例如 {####}',
      }),
    ]
  }
  return checkReset(resetOf(field), pieces)
}

function checkReset(reset: Reset, pieces: readonly Piece[]): readonly ValueFault[] {
  const present = new Set<string>(pieces.map((piece) => (piece.kind.startsWith('y') ? 'y' : piece.kind)))
  const missing = NEEDED[reset].filter((part) => !present.has(part))
  if (missing.length === 0) return []
  const parts = missing.map((part) => (part === 'y' ? '{yyyy}' : `{${part}}`)).join(', ')
  return [
    invalid('/reset', {
      en: `numbers would repeat: the pattern lacks ${parts}`,
      'zh-CN': `编号会重复：格式中缺少 ${parts}`,
    }),
  ]
}

function invalid(path: string, reason: LocalText): ValueFault {
  return { code: 'META_VALUE_INVALID', path, params: { reason } }
}

const PART = /\{(yyyy|yy|mm|dd|#{1,12})\}/

function unknownPart(pattern: string): string | undefined {
  if (!isStorableText(pattern)) return '\\u0000'
  const rest = pattern.split(new RegExp(PART, 'g')).filter((_, index) => index % 2 === 0)
  return /\{[^}]*\}?|\}/.exec(rest.join('\n'))?.[0]
}

function piecesOf(pattern: string): readonly Piece[] {
  return pattern.split(new RegExp(PART, 'g')).flatMap((text, index): readonly Piece[] => {
    if (index % 2 === 0) return text === '' ? [] : [{ kind: 'text', text }]
    if (text.startsWith('#')) return [{ kind: 'counter', digits: text.length }]
    return [{ kind: text as 'yyyy' | 'yy' | 'mm' | 'dd' }]
  })
}
