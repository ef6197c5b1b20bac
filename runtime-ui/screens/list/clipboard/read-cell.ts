import type { Field } from '../../../api/types.ts'

/** A value, or undefined where the text is none of the field's. */
type Reader = (text: string, field: Field) => unknown

const asText: Reader = (text) => text

/** Signs of money and groups of three are left out; what is left must be a number. */
const asNumber: Reader = (text) => {
  const bare = text.replace(/[\s¥￥$€£]/g, '').replace(/,(?=\d{3}(?:\D|$))/g, '')
  return /^[-+]?\d+(?:\.\d+)?$/.test(bare) ? Number(bare) : undefined
}

const asOption: Reader = (text, field) => {
  const wanted = text.toLowerCase()
  return field.options?.find(({ name, label }) => name === text || label.toLowerCase() === wanted)?.name
}

const YES: ReadonlySet<string> = new Set(['true', 'yes', '1', '是', '✓'])
const NO: ReadonlySet<string> = new Set(['false', 'no', '0', '否'])
const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/

const READERS: Readonly<Record<string, Reader>> = {
  text: asText,
  long_text: asText,
  email: asText,
  phone: asText,
  url: asText,
  integer: asNumber,
  decimal: asNumber,
  currency: asNumber,
  percent: (text, field) => {
    const value = asNumber(text.replace(/[%％]$/, ''), field) as number | undefined
    return value === undefined || !/[%％]$/.test(text) ? value : Number((value / 100).toPrecision(13))
  },
  boolean: (text) => (YES.has(text.toLowerCase()) ? true : NO.has(text.toLowerCase()) ? false : undefined),
  date: (text) => {
    const match = DAY.exec(text)
    return match === null
      ? undefined
      : `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`
  },
  select: asOption,
  multi_select: (text, field) => {
    const names = text.split(/[;；]/).map((part) => asOption(part.trim(), field))
    return names.includes(undefined) ? undefined : names
  },
}

/** Whether a field takes what is pasted into rows that are there. */
export const takesText = (field: Field): boolean =>
  field.writable &&
  field.computed === undefined &&
  field.longOptions !== true &&
  READERS[field.type] !== undefined

/**
 * What a pasted cell says to a field; an empty one empties it.
 * @returns the value; undefined where it is none of the field's
 */
export function readCell(field: Field, cell: string): unknown {
  const text = cell.trim()
  return text === '' ? null : READERS[field.type]?.(text, field)
}
