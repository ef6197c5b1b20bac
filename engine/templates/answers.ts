import { nearest } from '../../metadata/nearest.ts'
import type { TemplateParameter } from '../../metadata/types.ts'
import { AppError, didYouMean, type LocalText, type Problem, problem } from '../errors.ts'
import { own, pointer } from '../model/pointer.ts'

export type Answer = string | number | boolean | readonly string[]
/** What a template's parameters were answered with, by their names. */
export type Answers = Readonly<Record<string, Answer>>

/** Characters of a text, and texts of a list, where the parameter says nothing. */
const MOST_CHARACTERS = 200
const MOST_TEXTS = 100
const MOST_CHARACTERS_OF_ENTRY = 80
const COLOUR = /^#[0-9a-f]{6}$/i
/** Control characters, and those by which a text becomes markup, a place in a message or another parameter. */
const UNFIT = /[\p{Cc}\p{Zl}\p{Zp}<>{}$`\\]/u

/**
 * The answers of an install: those given, else those of the install before, else the defaults.
 * @param given as sent; null takes an answer back to the default
 * @throws AppError with every problem: TEMPLATE_PARAMETER_UNKNOWN, FIELD_REQUIRED, TEMPLATE_ANSWER_INVALID, below `/answers`
 */
export function answersOf(
  parameters: readonly TemplateParameter[],
  given: Readonly<Record<string, unknown>> = {},
  kept: Answers = {},
): Answers {
  const names = parameters.map(({ name }) => name)
  const problems: Problem[] = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => unknownAnswer(name, names))
  const answers = parameters.flatMap((parameter): [string, Answer][] => {
    const { name, required = false } = parameter
    const at = pointer('answers', name)
    const { value, fault } = answerOf(parameter, given, kept)
    if (fault !== undefined) {
      problems.push(problem('TEMPLATE_ANSWER_INVALID', at, { params: { name, reason: fault } }))
      return []
    }
    if (value === undefined || isNothing(value)) {
      if (required) problems.push(problem('FIELD_REQUIRED', at))
      return value === undefined ? [] : [[name, value]]
    }
    return [[name, value]]
  })
  if (problems.length > 0) throw new AppError(problems)
  return Object.fromEntries(answers)
}

interface Found {
  readonly value?: Answer | undefined
  readonly fault?: LocalText | undefined
}

/** What was kept but fits no more, since the template has changed, gives way to the default. */
function answerOf(
  parameter: TemplateParameter,
  given: Readonly<Record<string, unknown>>,
  kept: Answers,
): Found {
  const { name } = parameter
  const sent = own(given, name)
  if (sent !== undefined && sent !== null) {
    const fault = answerFault(parameter, sent)
    return fault === undefined ? { value: sent as Answer } : { fault }
  }
  const before = sent === null ? undefined : own(kept, name)
  if (before !== undefined && answerFault(parameter, before) === undefined) return { value: before as Answer }
  return { value: parameter.default as Answer | undefined }
}

function unknownAnswer(name: string, names: readonly string[]): Problem {
  const params = { name: name.slice(0, 80) }
  const hint = didYouMean(nearest(params.name, names))
  return problem('TEMPLATE_PARAMETER_UNKNOWN', pointer('answers', params.name), { params, hint })
}

const isNothing = (value: Answer): boolean =>
  typeof value === 'object' ? value.length === 0 : typeof value === 'string' && value.trim() === ''

/** Why a value is no answer to a parameter; undefined where it is one. */
export function answerFault(parameter: TemplateParameter, value: unknown): LocalText | undefined {
  return FAULTS[parameter.type](value, parameter)
}

type Fault = (value: unknown, parameter: TemplateParameter) => LocalText | undefined

const FAULTS: { readonly [T in TemplateParameter['type']]: Fault } = {
  text: (value, { max = MOST_CHARACTERS }) => textFault(value, max),
  integer: (value, { min = -MOST_INTEGER, max = MOST_INTEGER }) => {
    if (Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max) return undefined
    return { en: `a whole number from ${min} to ${max} is wanted`, 'zh-CN': `应为 ${min} 到 ${max} 的整数` }
  },
  select: (value, { options = [] }) => {
    if (options.some(({ name }) => name === value)) return undefined
    const names = options.map(({ name }) => name)
    return { en: `one of ${names.join(', ')} is wanted`, 'zh-CN': `应为以下之一：${names.join('、')}` }
  },
  boolean: (value) =>
    typeof value === 'boolean' ? undefined : { en: 'true or false is wanted', 'zh-CN': '应为 true 或 false' },
  color: (value) =>
    typeof value === 'string' && COLOUR.test(value)
      ? undefined
      : { en: 'a colour is written #1a73e8', 'zh-CN': '颜色应写作 #1a73e8 的形式' },
  list: listFault,
}

const MOST_INTEGER = 1_000_000_000

function textFault(value: unknown, most: number): LocalText | undefined {
  if (typeof value !== 'string' || !value.isWellFormed())
    return { en: 'a text is wanted', 'zh-CN': '应为文本' }
  if (value.length > most)
    return { en: `it has more than ${most} characters`, 'zh-CN': `超过 ${most} 个字符` }
  if (!UNFIT.test(value)) return undefined
  return { en: 'it is one line without < > { } $ ` \\', 'zh-CN': '应为单行文本，不含 < > { } $ ` \\' }
}

function listFault(value: unknown, { min = 0, max = MOST_TEXTS }: TemplateParameter): LocalText | undefined {
  if (!Array.isArray(value)) return { en: 'a list of texts is wanted', 'zh-CN': '应为文本列表' }
  if (value.length < min || value.length > max)
    return { en: `${min} to ${max} texts are wanted`, 'zh-CN': `应有 ${min} 到 ${max} 个文本` }
  const texts: readonly unknown[] = value
  const fault = texts.map((one) => textFault(one, MOST_CHARACTERS_OF_ENTRY)).find((one) => one !== undefined)
  if (fault !== undefined) return fault
  const trimmed = value.map((one) => String(one).trim())
  if (trimmed.includes('')) return { en: 'one of its texts is empty', 'zh-CN': '其中有空文本' }
  if (new Set(trimmed).size === trimmed.length) return undefined
  return { en: 'one of its texts stands there twice', 'zh-CN': '其中有重复的文本' }
}
