import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { registerBuiltInFields } from '../../engine/fields/built-in.ts'
import type { CompiledField } from '../../engine/model/compiled.ts'
import { createValueAjv, problemsOf } from '../../engine/model/validate-value.ts'
import type { FieldContext, FieldType, FieldTypeExample } from '../../engine/registry/field-type.ts'
import { loadPlugins } from '../../engine/registry/load-plugins.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import type { FieldDefinition } from '../../metadata/text.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Every field type there is: the engine's and those of the plugins that lie in plugins/. */
export async function allFieldTypes(): Promise<readonly FieldType[]> {
  const registry = createRegistry()
  registerBuiltInFields(registry)
  await loadPlugins(join(ROOT, 'plugins'), registry)
  return registry.fieldTypes()
}

/** What the definitions around the example fields hold. */
export const exampleContext: FieldContext = {
  entity: 'opportunity',
  field: () => undefined,
  optionSet: (name) => (name === 'industries' ? [{ name: 'trade' }, { name: 'software' }] : undefined),
  stages: (field) =>
    field === 'value'
      ? [
          { name: 'prospecting', type: 'open' },
          { name: 'won', type: 'won' },
          { name: 'lost', type: 'lost' },
        ]
      : undefined,
  roles: () => [{ name: 'administrator' }, { name: 'sales' }],
  currency: 'CNY',
}

/** The field `value` of a type, configured. */
export function exampleField(type: FieldType, config: Readonly<Record<string, unknown>>): FieldDefinition {
  return { name: 'value', type: type.name, ...config }
}

/** The codes with which a configuration is refused, by its schema (`SCHEMA`) or by `checkConfig`; [] where it passes. */
export function configCodes(type: FieldType, config: Readonly<Record<string, unknown>>): readonly string[] {
  const common: unknown = JSON.parse(readFileSync(join(ROOT, 'metadata/schema/common.schema.json'), 'utf8'))
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { uuid: true } })
  ajv.addSchema(common as object)
  const { unique: _unique, required: _required, ...own } = config
  const validate = ajv.compile({
    type: 'object',
    additionalProperties: false,
    required: [...(type.configSchema.required ?? [])],
    properties: type.configSchema.properties,
  })
  if (!validate(own)) return ['SCHEMA']
  return (type.checkConfig?.(exampleField(type, config), exampleContext) ?? []).map((fault) => fault.code)
}

export type ValueProblem = { readonly code: string; readonly path: string; readonly params?: object }

/**
 * Checks values of a field as the record layer does: by the validator, then by the type's own `check`.
 * The returned function gives the problems of one value, [] where it is accepted.
 */
export function valueChecker(
  type: FieldType,
  example: Pick<FieldTypeExample, 'config'>,
): (value: unknown) => readonly ValueProblem[] {
  const field = exampleField(type, example.config)
  const validate = createValueAjv().compile({
    type: 'object',
    properties: { value: type.valueSchema(field, exampleContext) },
  })
  const fields = new Map([['value', { name: 'value', type, writable: true } as CompiledField]])
  return (value) => {
    const body = { value }
    if (!validate(body)) return problemsOf(validate.errors ?? [], body, fields)
    const fault = type.check?.(value, field)
    return fault === undefined ? [] : [{ ...fault, path: `/value${fault.path ?? ''}` }]
  }
}
