import type { FieldDefinition } from '../../../metadata/text.ts'
import type { LocalText } from '../../errors.ts'
import type { ValueFault } from '../../registry/field-type.ts'
import { isStorableText } from './formats.ts'

export const RESETS = ['none', 'year', 'month', 'day'] as const
type Reset = (typeof RESETS)[number]

/** A part of a pattern that stands for something: a part of the day, or the counter. */
type Part = 'yyyy' | 'yy' | 'mm' | 'dd' | 'counter'

/** The parts of the day that must stand in a pattern, so that a number that starts again never repeats. */
const NEEDED: Readonly<Record<Reset, readonly string[]>> = {
  none: [],
  year: ['y'],
  month: ['y', 'mm'],
  day: ['y', 'mm', 'dd'],
}

/** When the counter of a field starts again. */
function resetOf(field: FieldDefinition): Reset {
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
  const parts = partsOf(pattern)
  if (parts.filter((part) => part === 'counter').length !== 1) {
    return [
      invalid('/pattern', {
        en: 'a pattern has exactly one counter, such as {####}',
        'zh-CN': '格式中应有且仅有一个计数部分，例如 {####}',
      }),
    ]
  }
  return checkReset(resetOf(field), parts)
}

function checkReset(reset: Reset, parts: readonly Part[]): readonly ValueFault[] {
  const present = new Set<string>(parts.map((part) => (part.startsWith('y') ? 'y' : part)))
  const missing = NEEDED[reset].filter((part) => !present.has(part))
  if (missing.length === 0) return []
  const lacking = missing.map((part) => (part === 'y' ? '{yyyy}' : `{${part}}`)).join(', ')
  return [
    invalid('/reset', {
      en: `numbers would repeat: the pattern lacks ${lacking}`,
      'zh-CN': `编号会重复：格式中缺少 ${lacking}`,
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

function partsOf(pattern: string): readonly Part[] {
  return [...pattern.matchAll(new RegExp(PART, 'g'))].map(([, text = '']) =>
    text.startsWith('#') ? 'counter' : (text as Part),
  )
}

/**
 * The numbers of a pattern that people mean by what they type: the number itself in either case, or its counter alone
 * where nothing else in the pattern changes (801 for OPP-00801).
 */
export function numbersMeant(pattern: string, typed: string): readonly string[] {
  const text = typed.trim()
  if (text === '' || text.length > 100) return []
  const whole = [text, text.toUpperCase(), text.toLowerCase()]
  const onlyCounter = partsOf(pattern).length === 1 && /^\d{1,15}$/.test(text)
  const places = /\{(#{1,12})\}/.exec(pattern)?.[1]?.length ?? 0
  const counted = pattern.replace(PART, () => text.replace(/^0+(?=\d)/, '').padStart(places, '0'))
  return [...new Set(onlyCounter ? [...whole, counted] : whole)]
}
