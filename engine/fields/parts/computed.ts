import type { FieldDefinition } from '../../../metadata/text.ts'
import type { FieldContext, FieldType, JsonSchema } from '../../registry/field-type.ts'
import { configKey, textOf } from './config.ts'

/** The suffix of the column that says why there is no value. */
const ERROR_SUFFIX = '_error'

/** The key `result` of a computed field. @param names of the types that it may have */
export function resultKey(names: readonly string[]): JsonSchema {
  return configKey(
    { enum: names },
    { en: 'Result', 'zh-CN': '结果类型' },
    { en: 'The type of the values that come out.', 'zh-CN': '计算结果的类型。' },
  )
}

/** The type that a computed field says its values have; undefined where it says none of these. */
export function resultOf(
  field: FieldDefinition,
  results: ReadonlyMap<string, FieldType>,
): FieldType | undefined {
  return results.get(textOf(field, 'result') ?? '')
}

type Own = Pick<FieldType, 'name' | 'label' | 'description' | 'configSchema' | 'computed'>

/**
 * A type of which the engine works the values out: in everything they are like those of `result`, but nobody writes
 * them. Beside the value stands why there is none, which comes out as `{"error": reason}`.
 */
export function computedType(own: Own, result: FieldType): FieldType {
  const { checkConfig: _config, searchText: _search, resolve: _resolve, faults: _faults, ...like } = result
  return Object.freeze({
    ...like,
    ...own,
    generated: true,
    columns: (field: FieldDefinition) => [
      ...result.columns(field),
      { suffix: ERROR_SUFFIX, sqlType: 'text' },
    ],
    json(columns: readonly string[], field: FieldDefinition) {
      const [value, error] = columns
      const plain = result.json?.([value!], field) ?? value
      if (error === undefined) return plain! // a value that was grouped or measured
      return `CASE WHEN ${error} IS NULL THEN to_json(${plain}) ELSE json_build_object('error', ${error}) END`
    },
    encode: (value: unknown) => [value, null],
    canBeUnique: false,
    like: result.name,
    form(field: FieldDefinition, context: FieldContext) {
      const options = result.form(field, context).uiSchema['ui:options']
      return {
        schema: {},
        uiSchema: { 'ui:widget': 'read_only', ...(options === undefined ? {} : { 'ui:options': options }) },
      }
    },
  })
}
