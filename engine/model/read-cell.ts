import { ValueFaultError } from '../registry/field-type.ts'
import type { CompiledField } from './compiled.ts'

/**
 * The value that a text means in a field, as people write it in a table's cell. It need not be valid.
 * @param body the values beside it, by which options of one label are told apart
 * @throws ValueFaultError for a text that is no value of the field's type
 */
export function readCell(
  field: CompiledField,
  cell: string,
  body: Readonly<Record<string, unknown>>,
): unknown {
  return withOptionNames(field, field.type.csv.parse(cell, field.definition), body)
}

/** People write an option's label where the record holds its name. */
function withOptionNames(
  field: CompiledField,
  value: unknown,
  body: Readonly<Record<string, unknown>>,
): unknown {
  if (field.options === undefined) return value
  const named = (one: unknown) => (typeof one === 'string' ? optionName(field, one, body) : one)
  const value_ = Array.isArray(value) ? value.map(named) : named(value)
  const unknown = [value_].flat().find((one) => !field.options!.some((option) => option.name === one))
  if (unknown === undefined) return value_
  throw new ValueFaultError({ code: 'FIELD_OPTION_UNKNOWN', params: { value: String(unknown) } })
}

function optionName(field: CompiledField, text: string, body: Readonly<Record<string, unknown>>): string {
  const wanted = text.trim().toLowerCase()
  const exact = field.options!.find((option) => option.name === text.trim())
  if (exact !== undefined) return exact.name
  const called = field.options!.filter((option) =>
    optionTexts(option).some((name) => name.toLowerCase() === wanted),
  )
  // Two cities may each have a district of one name: the city of the row tells which.
  const above = body[String(field.definition.dependsOn)]
  return (called.find(({ under }) => under !== undefined && under === above) ?? called[0])?.name ?? text
}

/** What an option is called: its name and its labels. */
export function optionTexts(option: NonNullable<CompiledField['options']>[number]): string[] {
  const { name, label } = option
  return [name, ...(typeof label === 'string' ? [label] : Object.values(label))]
}
