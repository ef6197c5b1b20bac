import { parseRule } from '../../metadata/rules/text/parse-rule.ts'
import { isObject, type Json, parseJson } from '../store/json-value.ts'
import { printedRule } from './printed-rule.ts'

/** A rule in words, or as it is stored; undefined where it is neither. */
export function readFormula(text: string): Json | undefined {
  const stored = parseJson(text)?.value
  if (isObject(stored)) return stored
  const read = parseRule(text)
  if ('fault' in read) return undefined
  return isObject(read.rule) ? read.rule : { literal: read.rule }
}

/** A value as it is typed: one that is worked out begins with =, as in a spreadsheet. */
export function writtenValue(value: unknown): string {
  if (typeof value === 'string') return value.startsWith('=') ? `=${JSON.stringify(value)}` : value
  if (!isObject(value)) return JSON.stringify(value)
  const printed = printedRule(value)
  return printed.startsWith('{') ? printed : `=${printed}`
}

/**
 * What somebody typed: what is worked out, a number, yes or no, a list as JSON, or text.
 * @returns undefined where a formula is not at its end yet
 */
export function readValue(text: string): { readonly value: unknown } | undefined {
  if (text.startsWith('=')) {
    const value = readFormula(text.slice(1))
    return value === undefined ? undefined : { value }
  }
  const isWritten = /^(true|false|null|-?\d+(\.\d+)?|[[{].*)$/s.test(text.trim())
  return (isWritten ? parseJson(text) : undefined) ?? { value: text }
}
