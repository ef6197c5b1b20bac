import type { RuleScope } from '../../metadata/rules/types.ts'

/** The types of fields that a stranger may be asked for: no secrets, no way to other records, nothing that the engine makes. */
export const ASKED_TYPES: ReadonlySet<string> = new Set([
  ...['text', 'long_text', 'email', 'phone', 'url'],
  ...['integer', 'decimal', 'currency', 'boolean', 'date', 'date_time'],
  ...['select', 'multi_select'],
])

/** What a field of a form offers at most: a page is small. */
export const MOST_OPTIONS = 300

/** The names that a rule of a form may use: its own fields and what every rule knows, nothing that is stored. */
export function webformScope(record: RuleScope, asked: ReadonlySet<string>): RuleScope {
  return {
    resolve: (path) => (asked.has(path) ? record.resolve(path) : undefined),
    names: (under) => (under === undefined ? asked : []),
  }
}

/** How the record that a value of `set` leads to is named: by one of its unique fields; undefined for a plain value. */
export function namedByField(value: unknown): readonly [string, unknown] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const entries = Object.entries(value)
  return entries.length === 1 ? entries[0] : undefined
}
