import type { FieldDefinition } from '../../../metadata/text.ts'
import type { FieldType, ValueFault } from '../../registry/field-type.ts'

export const TEXT_OPERATORS = [
  'contains',
  '==',
  '!=',
  'starts_with',
  'ends_with',
  'in',
  'empty',
  'not_empty',
] as const

/** Texts compare by code point everywhere, so that rules, sorting and indexes agree. */
export const TEXT_COLUMN = { suffix: '', sqlType: 'text COLLATE "C"' } as const

/** What every type shares whose value is one short text, stored as sent. */
export const shortText = {
  columns: () => [TEXT_COLUMN],
  rule: { type: 'text' },
  operators: TEXT_OPERATORS,
  sortable: true,
  groupable: true,
  measures: [],
  canBeUnique: true,
  canBeIndexed: true,
  searchText: (value: unknown) => String(value),
  csv: { parse: (cell: string) => cell, format: (value: unknown) => String(value) },
} as const satisfies Partial<FieldType>

/** An entry of a B-tree index holds at most 2,704 bytes, a character in UTF-8 up to four. */
const MOST_UNIQUE_CHARACTERS = 600

/** The fault of a unique text that may be longer than an index can hold. */
export function checkUniqueLength(field: FieldDefinition, max: number): readonly ValueFault[] {
  if (field.unique !== true || max <= MOST_UNIQUE_CHARACTERS) return []
  const reason = {
    en: `a unique text has at most ${MOST_UNIQUE_CHARACTERS} characters`,
    'zh-CN': `唯一的文本最多 ${MOST_UNIQUE_CHARACTERS} 个字符`,
  }
  return [
    { code: 'META_VALUE_INVALID', path: field.max === undefined ? '/unique' : '/max', params: { reason } },
  ]
}
