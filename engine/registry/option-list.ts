import type { FieldDefinition } from '../../metadata/text.ts'
import type { FieldContext, OptionItem } from './field-type.ts'

/**
 * The options that a field offers, in their order; undefined where it has no list. A field that depends on another offers
 * those that stand under one of that other's options, level by level: of a list of provinces with their cities a field
 * without `dependsOn` offers the provinces, one that depends on it the cities.
 */
export function offeredOptions(
  field: FieldDefinition,
  context: FieldContext,
  below: readonly string[] = [],
): readonly OptionItem[] | undefined {
  const listed = listedOptions(field, context)
  if (listed === undefined || !listed.some(({ under }) => under !== undefined)) return listed
  const parent = parentOf(field, context)
  if (parent === undefined || below.includes(parent.name)) return topOf(listed)
  const above = offeredOptions(parent, context, [...below, field.name]) ?? []
  const names = new Set(above.map(({ name }) => name))
  // What stands under nothing fits everywhere, unless it is itself the top of the same list.
  const isOneList = field.optionSet !== undefined && field.optionSet === parent.optionSet
  return listed.filter(({ under }) => (under === undefined ? !isOneList : names.has(under)))
}

/** The field on whose value the options of this one depend. */
export function parentOf(field: FieldDefinition, context: FieldContext): FieldDefinition | undefined {
  return typeof field.dependsOn === 'string' ? context.field(field.dependsOn) : undefined
}

/** All options of the list that a field takes its own from. */
export function listedOptions(
  field: FieldDefinition,
  context: FieldContext,
): readonly OptionItem[] | undefined {
  if (field.type === 'stage') return context.stages(field.name) ?? []
  if (Array.isArray(field.options)) return field.options as readonly OptionItem[]
  if (typeof field.optionSet === 'string') return context.optionSet(field.optionSet) ?? []
  if (field.optionsOf === 'role') return context.roles()
  return undefined
}

function topOf(listed: readonly OptionItem[]): readonly OptionItem[] {
  const names = new Set(listed.map(({ name }) => name))
  return listed.filter(({ under }) => under === undefined || !names.has(under))
}
