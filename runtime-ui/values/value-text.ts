import type { Entity, Field } from '../api/types.ts'
import { formatDuration, formatNumber } from '../kit/format.ts'
import type { UiLanguage } from '../kit/remembered.ts'
import { wallClockOf } from '../kit/zoned.ts'
import { type Address, addressText } from './address-text.ts'
import { nameOf, referenceOf } from './references.ts'
import { tagInfo } from './tags.ts'

/** What a text of a value depends on besides the value. */
export interface TextSetting {
  readonly language: UiLanguage
  /** On whose clock instants are read. */
  readonly zone: string
  readonly yes: string
  readonly no: string
  /** What stands for a record that one may not read. */
  readonly hidden: string
}

type Text = (value: unknown, field: Field, setting: TextSetting, entity: Entity) => string

const optionText = (name: unknown, field: Field): string =>
  field.options?.find((option) => option.name === name)?.label ?? String(name)

const referenceText: Text = (value, _field, { hidden }) => {
  const reference = referenceOf(value)
  if (reference === undefined) return ''
  return nameOf(reference) ?? hidden
}

const listOf =
  (text: Text): Text =>
  (value, ...rest) =>
    Array.isArray(value) ? value.map((part) => text(part, ...rest)).join('; ') : text(value, ...rest)

const TEXTS: Readonly<Record<string, Text>> = {
  // Whole, in digits that a spreadsheet takes for a number: neither grouped nor cut.
  integer: (value) => String(value),
  decimal: (value) => String(value),
  currency: (value) => String(value),
  percent: (value) => `${Number((Number(value) * 100).toPrecision(13))}%`,
  boolean: (value, _field, { yes, no }) => (value === true ? yes : no),
  // Whole as well: “yesterday” is another day tomorrow, and no spreadsheet's.
  date_time: (value, _field, { zone }) => {
    const { date, time } = wallClockOf(String(value), zone)
    return `${date} ${time.slice(0, 5)}`
  },
  time: (value) => String(value).slice(0, 5),
  duration: (value, _field, { language }) => formatDuration(String(value), language),
  select: optionText,
  multi_select: listOf(optionText),
  tags: listOf((tag, field) => tagInfo(field, String(tag)).label),
  stage: (value, field, _setting, entity) =>
    entity.pipelines[field.name]?.find(({ name }) => name === value)?.label ?? String(value),
  address: (value, _field, { language }) => addressText(value as Address, language),
  lookup: referenceText,
  dynamic_lookup: referenceText,
  user: referenceText,
  team: referenceText,
  file: referenceText,
  image: referenceText,
  many_to_many: listOf(referenceText),
  rich_text: (value) =>
    new DOMParser().parseFromString(String(value), 'text/html').body.textContent?.trim() ?? '',
  child_list: (value, _field, { language }) =>
    Array.isArray(value) ? formatNumber(value.length, language) : '',
}

/** A value as a text of its own, in the words that people read it in; '' where there is none. */
export function valueText(entity: Entity, field: Field, value: unknown, setting: TextSetting): string {
  if (value === null || value === undefined || value === '') return ''
  if (field.computed !== undefined && typeof value === 'object' && 'error' in value) return ''
  const text = TEXTS[field.type]
  if (text !== undefined) return text(value, field, setting, entity)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
