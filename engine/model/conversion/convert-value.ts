import { DateTime } from 'luxon'
import { textIn } from '../../../metadata/text.ts'
import { type Problem, type ProblemCode, problem } from '../../errors.ts'
import { textOfHtml } from '../../fields/parts/html.ts'
import { ValueFaultError } from '../../registry/field-type.ts'
import type { CompiledEntity, CompiledField, WorkspaceSettings } from '../compiled.ts'
import { readCell } from '../read-cell.ts'
import { problemsOf } from '../validate-value.ts'

/** A field with its entity, in force or to be. */
export interface PlacedField {
  readonly entity: CompiledEntity
  readonly field: CompiledField
}

/** What became of a value: null where there is nothing to say, or why it has no counterpart. */
export type Converted = { readonly value: unknown; readonly fault?: undefined } | { readonly fault: Problem }

/** Reads the value of one field as one of another; values as the API sends them, never null. */
export type ValueConverter = (value: unknown) => Converted

/** How values of one field become those of another. @param to tells by its rules what is valid */
export function valueConverter(
  from: PlacedField,
  to: PlacedField,
  settings: WorkspaceSettings,
): ValueConverter {
  const read = reader(from.field, to.field, settings)
  const validate = to.entity.validator()
  const { name, type, definition } = to.field
  return (value) => {
    let meant: unknown
    try {
      meant = read(value)
    } catch (error) {
      if (!(error instanceof ValueFaultError)) throw error
      const { code, params } = error.fault
      return { fault: problem(code as ProblemCode, '', params === undefined ? {} : { params }) }
    }
    if (meant === undefined || meant === null) return { value: null }
    const body = { [name]: meant }
    if (!validate(body)) {
      const [first] = problemsOf(validate.errors ?? [], body, to.entity.fields)
      return { fault: first ?? problem('FIELD_VALUE_INVALID') }
    }
    const fault = type.check?.(meant, definition)
    if (fault === undefined) return { value: meant }
    return {
      fault: problem(
        fault.code as ProblemCode,
        '',
        fault.params === undefined ? {} : { params: fault.params },
      ),
    }
  }
}

type Reader = (value: unknown) => unknown

const NUMBERS = new Set(['integer', 'decimal', 'currency', 'percent'])
const LISTS = new Set(['multi_select', 'tags'])

/** What a value means in the other field, valid or not; undefined where it says nothing. */
function reader(from: CompiledField, to: CompiledField, settings: WorkspaceSettings): Reader {
  const [old, now] = [from.type.name, to.type.name]
  if (NUMBERS.has(old)) {
    if (NUMBERS.has(now)) return (value) => value
    if (now === 'boolean') return (value) => (value === 0 ? false : value === 1 ? true : wrongType(to))
  }
  if (old === 'boolean' && NUMBERS.has(now)) return (value) => (value === true ? 1 : 0)
  if (old === 'date' && now === 'date_time') return (value) => midnight(String(value), settings.timeZone)
  if (old === 'date_time' && now === 'date') return (value) => dayOf(String(value), settings.timeZone)
  if (LISTS.has(now) && old === 'select') return (value) => [value]
  if (LISTS.has(now) && LISTS.has(old)) return (value) => value
  if (LISTS.has(old) && now === 'select') return (value) => onlyOne(value as readonly unknown[], to)
  const write = writer(from, settings.language)
  if (now === 'rich_text') return (value) => asHtml(write(value))
  return (value) => {
    const text = write(value)
    if (text.trim() === '') return now === 'text' || now === 'long_text' ? text || undefined : undefined
    return now === 'text' || now === 'long_text' ? text : readCell(to, text, {})
  }
}

/** A value as a person would write it, an option by its label. */
function writer(from: CompiledField, language: string): (value: unknown) => string {
  const { type, definition, options } = from
  if (type.name === 'rich_text') return (value) => textOfHtml(String(value), '\n').trim()
  if (options === undefined) return (value) => type.csv.format(value, definition)
  const labels = new Map(options.map(({ name, label }) => [name, textIn(label, language, name)]))
  const called = (name: unknown) => labels.get(String(name)) ?? String(name)
  return (value) => type.csv.format(Array.isArray(value) ? value.map(called) : called(value), definition)
}

function asHtml(text: string): string | undefined {
  if (text.trim() === '') return undefined
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return escaped
    .split(/\n{2,}/)
    .map((part) => `<p>${part.replaceAll('\n', '<br>')}</p>`)
    .join('')
}

/** The beginning of a day in the workspace's zone. */
function midnight(day: string, zone: string): string {
  return DateTime.fromISO(day, { zone }).startOf('day').toUTC().toISO() ?? day
}

function dayOf(instant: string, zone: string): string {
  return DateTime.fromISO(instant, { zone }).toISODate() ?? instant
}

function onlyOne(list: readonly unknown[], to: CompiledField): unknown {
  return list.length < 2 ? list[0] : wrongType(to)
}

function wrongType(to: CompiledField): never {
  throw new ValueFaultError({ code: 'FIELD_TYPE_WRONG', params: { expected: to.type.label } })
}
