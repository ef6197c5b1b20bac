import { isLosslessNumber } from 'lossless-json'
import { AppError, type LocalText, type Problem, problem } from '../errors.ts'
import { isStorableText } from '../fields/parts/formats.ts'
import type { Kind } from './compiled.ts'
import { isRecord, own, pointer } from './pointer.ts'

const UNSTORABLE_TEXT: LocalText = {
  en: 'a text holds the character U+0000 or half of a surrogate pair',
  'zh-CN': '文本含有 U+0000 或不完整的代理对字符',
}
const UNSTORABLE_NUMBER: LocalText = {
  en: 'a number has at most 15 significant digits',
  'zh-CN': '数字最多 15 位有效数字',
}

/** Bytes of one definition as JSON: far more than a person writes, far less than what hurts. */
const MAX_BYTES = 2_000_000

/**
 * What a changeset takes in as a definition: an object that says the kind and name under which it is sent and
 * that can be stored as it is. Whether it makes sense is the check's matter; a draft may be incomplete.
 * @returns it as plain JSON
 * @throws AppError META_VALUE_INVALID, META_NAME_MISMATCH, every problem at once
 */
export function acceptDefinition(raw: unknown, kind: Kind, name: string): Readonly<Record<string, unknown>> {
  if (!isRecord(raw)) {
    throw new AppError(invalid('', { en: 'a definition is an object', 'zh-CN': '定义应为对象' }))
  }
  const problems = [
    ...checkAddress(raw, 'kind', kind),
    ...checkAddress(raw, 'name', name),
    ...checkStorable(raw, ''),
  ]
  if (problems.length > 0) throw new AppError(problems)
  const text = JSON.stringify(raw)
  if (text.length > MAX_BYTES) {
    throw new AppError(invalid('', { en: 'a definition has at most 2 MB', 'zh-CN': '一个定义最多 2 MB' }))
  }
  return JSON.parse(text) as Readonly<Record<string, unknown>>
}

function checkAddress(raw: object, key: string, expected: string): readonly Problem[] {
  const written = own(raw, key)
  if (written === expected) return []
  if (written === undefined) return [problem('META_KEY_MISSING', `/${key}`, { params: { name: key } })]
  const shown = typeof written === 'string' ? written.slice(0, 80).toWellFormed() : typeof written
  return [problem('META_NAME_MISMATCH', `/${key}`, { params: { name: shown, expected } })]
}

/** Bodies are bounded in depth before they come here, so the recursion is too. */
function checkStorable(value: unknown, at: string): readonly Problem[] {
  if (typeof value === 'string') return isStorableText(value) ? [] : [invalid(at, UNSTORABLE_TEXT)]
  if (isLosslessNumber(value)) return [invalid(at, UNSTORABLE_NUMBER)]
  if (Array.isArray(value)) return value.flatMap((entry, index) => checkStorable(entry, at + pointer(index)))
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, entry]) =>
    isStorableText(key) ? checkStorable(entry, at + pointer(key)) : [invalid(at, UNSTORABLE_TEXT)],
  )
}

function invalid(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}
