import { isObject, type Json } from '../store/json-value.ts'
import { printedRule } from './printed-rule.ts'

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A rule as it is written; of what is none the values that it says, one after the other: nobody reads braces. */
export function saidIn(value: Json): string {
  const printed = printedRule(value)
  if (!printed.startsWith('{')) return printed
  const said = valuesIn(value)
  return said.length === 0 ? printed : said.join(' · ')
}

function valuesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(valuesIn)
  if (isObject(value)) return Object.values(value).flatMap(valuesIn)
  return value === null || typeof value === 'boolean' || ID.test(String(value)) ? [] : [String(value)]
}
