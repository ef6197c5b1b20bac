import type { FieldDefinition } from '../../../metadata/text.ts'
import type { LocalText } from '../../errors.ts'
import type { JsonSchema, ValueFault } from '../../registry/field-type.ts'

/**
 * A configuration key with its title and description in both languages; the designer draws its input from it.
 * The Chinese stands under `x-zh`, as in the schemas of definitions.
 */
export function configKey(schema: JsonSchema, title: LocalText, description: LocalText): JsonSchema {
  return {
    title: title.en,
    description: description.en,
    'x-zh': { title: title['zh-CN'], description: description['zh-CN'] },
    ...schema,
  }
}

/** A number of the configuration, or the fallback where the key is absent. */
export function numberOf(field: FieldDefinition, key: string, fallback: number): number {
  const value = field[key]
  return typeof value === 'number' ? value : fallback
}

/** A number of the configuration, or undefined. */
export function optionalNumberOf(field: FieldDefinition, key: string): number | undefined {
  const value = field[key]
  return typeof value === 'number' ? value : undefined
}

/** A text of the configuration, or undefined. */
export function textOf(field: FieldDefinition, key: string): string | undefined {
  const value = field[key]
  return typeof value === 'string' ? value : undefined
}

/** A list of texts of the configuration, [] where the key is absent. */
export function textsOf(field: FieldDefinition, key: string): readonly string[] {
  const value = field[key]
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []
}

/** The fault of a lower limit above the upper one; both numbers are of one unit. */
export function checkRange(
  field: FieldDefinition,
  low: string,
  high: string,
  highDefault?: number,
): readonly ValueFault[] {
  const lowest = optionalNumberOf(field, low)
  const highest = optionalNumberOf(field, high) ?? highDefault
  if (lowest === undefined || highest === undefined || lowest <= highest) return []
  return [
    {
      code: 'META_VALUE_INVALID',
      path: `/${field[low] === undefined ? high : low}`,
      params: {
        reason: {
          en: `“${low}” (${lowest}) is above “${high}” (${highest})`,
          'zh-CN': `“${low}”（${lowest}）大于“${high}”（${highest}）`,
        },
      },
    },
  ]
}

/** The shape of a field's or entity's name. */
export const nameSchema: JsonSchema = { type: 'string', pattern: '^[a-z][a-z0-9_]{0,39}$' }
