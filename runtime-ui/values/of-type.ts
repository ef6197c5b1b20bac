import type { Field } from '../api/types.ts'

type Test = (value: unknown) => boolean

const isNumber: Test = (value) =>
  typeof value === 'number' ||
  (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
const isPlain: Test = (value) => typeof value !== 'object'
const isList: Test = (value) => Array.isArray(value)
const isLike =
  (pattern: RegExp): Test =>
  (value) =>
    typeof value === 'string' && pattern.test(value)

/** What the values of a type look like; a type that is absent takes what there is. */
const TESTS: Readonly<Record<string, Test>> = {
  text: isPlain,
  long_text: isPlain,
  rich_text: isPlain,
  select: isPlain,
  stage: isPlain,
  email: isPlain,
  phone: isPlain,
  url: isPlain,
  auto_number: isPlain,
  integer: isNumber,
  decimal: isNumber,
  currency: isNumber,
  percent: isNumber,
  boolean: (value) => typeof value === 'boolean',
  date: isLike(/^\d{4,}-\d\d-\d\d$/),
  date_time: isLike(/^\d{4,}-\d\d-\d\d[T ]\d\d:\d\d/),
  time: isLike(/^\d\d:\d\d/),
  duration: isLike(/^-?P/),
  multi_select: isList,
  tags: isList,
}

/** Whether a value is one of a field's type: one of the past may be of the type that the field had then. */
export const isOfType = (field: Pick<Field, 'type'>, value: unknown): boolean =>
  value === null || value === undefined || (TESTS[field.type]?.(value) ?? true)
