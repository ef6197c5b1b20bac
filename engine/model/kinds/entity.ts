import { readValueSlot } from '../../../metadata/rules/value-slot.ts'
import schema from '../../../metadata/schema/entity.schema.json' with { type: 'json' }
import type { EntityDefinition, FieldDefinition, Option } from '../../../metadata/types.ts'
import type { JsonSchema } from '../../registry/field-type.ts'
import type { Registry } from '../../registry/registry.ts'
import { isRecord, pointer } from '../pointer.ts'
import { signedName } from '../signed-name.ts'
import { activityReferences } from './activity-check.ts'
import { computedReferences } from './computed-check.ts'
import { conversionReferences } from './convert-check.ts'
import { checkEntity } from './entity-check.ts'
import { fieldOf, type PlacedField } from './follow.ts'
import { defineKind, type ModelContext, type Reference, type Target } from './kind-spec.ts'
import { fieldReferences } from './mentions.ts'
import { conditionReferences, fieldRulePlaces } from './record-rules.ts'
import { ruleReferences, valueReferences } from './rule-mentions.ts'
import { bundleSchema } from './schema.ts'
import { called, counted, listNames, sentenceOf } from './sentences.ts'

export const entityKind = defineKind({
  kind: 'entity',
  content: false,
  label: { en: 'entity', 'zh-CN': '实体' },
  schema: entitySchema,
  lists: [{ at: ['fields'], noun: 'field', nested: [{ at: ['options'], noun: 'option' }] }],
  rules: fieldRulePlaces,
  references: (definition, context) => [
    ...configReferences(definition, context),
    ...conversionReferences(definition, context),
    ...activityReferences(definition, context),
    ...(definition.title === undefined
      ? []
      : [{ path: '/title', to: { kind: 'entity' as const, name: definition.name, item: definition.title } }]),
    ...(definition.unique ?? []).flatMap((names, index) =>
      fieldReferences(definition.name, names, pointer('unique', index)),
    ),
    ...(definition.indexes ?? []).flatMap((names, index) =>
      indexReferences(definition.name, names, pointer('indexes', index)),
    ),
  ],
  check: checkEntity,
  sentence: (definition) =>
    sentenceOf(definition, (name, language) => {
      const fields = listNames(definition.fields, language, true)
      const title = definition.fields.find((field) => field.name === definition.title)
      if (language === 'zh-CN') {
        return `${name}有 ${definition.fields.length} 个字段：${fields}${title === undefined ? '' : `；以${called(title, language)}作为标题`}${definition.owned ? '；每条记录有负责人' : ''}。`
      }
      const owned = definition.owned ? ', each record with an owner' : ''
      const titled = title === undefined ? '' : `, named by ${called(title, language)}`
      return `${name} has ${counted(definition.fields.length, 'field')}: ${fields}${titled}${owned}.`
    }),
})

function indexReferences(entity: string, names: readonly string[], at: string): readonly Reference[] {
  return names.map((text, index) => {
    const { name, offset } = signedName(text)
    return {
      path: at + pointer(index),
      to: { kind: 'entity', name: entity, item: name },
      span: [offset, text.length],
    }
  })
}

/**
 * What the keys of field types point to. A key means the same in every type, also in one of a plugin, so that
 * where-used and renames work for types that nobody here has heard of.
 */
const CONFIG_TARGETS: {
  readonly [key: string]: (value: string, field: Readonly<Record<string, unknown>>, entity: string) => Target
} = {
  to: (name) => ({ kind: 'entity', name }),
  of: (name) => ({ kind: 'entity', name }),
  by: (item, field) => ({ kind: 'entity', name: String(field.of), item }),
  optionSet: (name) => ({ kind: 'option_set', name }),
  dependsOn: (item, _field, name) => ({ kind: 'entity', name, item }),
  currencyField: (item, _field, name) => ({ kind: 'entity', name, item }),
}

const CONFIG_KEYS = Object.entries(CONFIG_TARGETS)

function configReferences(definition: EntityDefinition, context: ModelContext): readonly Reference[] {
  return definition.fields.flatMap((field, index) => {
    const at = pointer('fields', index)
    const type = context.registry.typeOf(field)
    const place = { entity: definition.name, definition: field, type, system: false }
    const fallback = defaultReferences(context, place, `${at}/default`)
    const above = underReferences(context, definition.name, field, at)
    const config = CONFIG_KEYS.flatMap(([key, targetOf]) => {
      const value = field[key]
      if (value === undefined) return []
      const values = Array.isArray(value)
        ? value.map((one, position) => [one, `/${position}`])
        : [[value, '']]
      return values.flatMap(([one, below]): readonly Reference[] =>
        typeof one === 'string'
          ? [{ path: `${at}/${key}${below}`, to: targetOf(one, field, definition.name) }]
          : [],
      )
    })
    // An unknown default is the business of the check of defaults, which knows the type.
    return [
      ...config,
      ...above,
      ...fallback,
      ...conditionReferences(context, definition.name, field, at),
      ...computedReferences(context, definition.name, field, at),
    ]
  })
}

/** The options of another field under which a field's own ones stand. */
function underReferences(
  context: ModelContext,
  entity: string,
  field: FieldDefinition,
  at: string,
): readonly Reference[] {
  const options = Array.isArray(field.options) ? (field.options as readonly Option[]) : []
  const parent = typeof field.dependsOn === 'string' ? fieldOf(context, entity, field.dependsOn) : undefined
  if (parent === undefined) return []
  return options.flatMap(({ under }, index) =>
    under === undefined ? [] : valueReferences(context, parent, under, `${at}/options/${index}/under`),
  )
}

function defaultReferences(context: ModelContext, place: PlacedField, at: string): readonly Reference[] {
  const said = readValueSlot(place.definition.default)
  if (said.kind === 'rule') return ruleReferences(context, place.entity, said.rule, at)
  const isPlain = said.value === place.definition.default
  return valueReferences(context, place, said.value, isPlain ? at : `${at}/literal`)
}

/** The schema of entities with every registered field type's keys; a field is one of them by its `type`. */
function entitySchema(registry: Registry): JsonSchema {
  const bundled = bundleSchema(schema)
  const { field, ...defs } = bundled.$defs as Record<string, JsonSchema>
  const types = registry.fieldTypes()
  const typed = types.map((type) => [`field_${type.name}`, fieldSchema(field ?? {}, type)] as const)
  const shared = bundleSchema({ $defs: Object.fromEntries(typed) }).$defs as Record<string, JsonSchema>
  return {
    ...bundled,
    $defs: {
      ...defs,
      ...shared,
      field: {
        title: field?.title,
        description: field?.description,
        'x-zh': field?.['x-zh'],
        type: 'object',
        required: field?.required,
        discriminator: { propertyName: 'type' },
        oneOf: typed.map(([name]) => ({ $ref: `#/$defs/${name}` })),
      },
    },
  }
}

function fieldSchema(field: JsonSchema, type: ReturnType<Registry['fieldTypes']>[number]): JsonSchema {
  const { type: typeKey, ...properties } = field.properties as Record<string, JsonSchema>
  const { name, was, id, ...rest } = without(properties, type)
  const { $ref: _name, ...typeTexts } = typeKey ?? {}
  return {
    title: type.label.en,
    description: type.description.en,
    'x-zh': { title: type.label['zh-CN'], description: type.description['zh-CN'] },
    type: 'object',
    additionalProperties: false,
    required: ['name', 'type', ...(type.configSchema.required ?? [])],
    properties: {
      name,
      was,
      id,
      type: { ...typeTexts, const: type.name },
      ...labelsFirst(
        rest,
        Object.fromEntries(
          Object.entries(type.configSchema.properties).map(([key, one]) => [key, bilingual(one)]),
        ),
      ),
    },
  }
}

/** What no field of the type may say is marked for editors; that it is said all the same is told in better words than a schema has. */
function without(
  properties: Readonly<Record<string, JsonSchema>>,
  type: ReturnType<Registry['fieldTypes']>[number],
): Readonly<Record<string, JsonSchema>> {
  const never: ReadonlySet<string> = new Set([
    ...(type.canBeUnique ? [] : ['unique']),
    ...(type.searchText === undefined ? ['searchable'] : []),
    ...(type.generated === true ? ['required'] : []),
  ])
  return Object.fromEntries(
    Object.entries(properties).map(([key, one]) => [key, never.has(key) ? { ...one, 'x-never': true } : one]),
  )
}

/** The type's own keys stand between the label and what every field has: so a field reads as people write it. */
function labelsFirst(
  { label, help, required, ...rest }: Readonly<Record<string, JsonSchema>>,
  own: Readonly<Record<string, JsonSchema>>,
) {
  return { label, help, ...own, required, ...rest }
}

/** Types write their Chinese under `x-zh-CN`; the schemas of definitions under `x-zh`. One form goes out. */
function bilingual(schema: JsonSchema): JsonSchema {
  const { 'x-zh-CN': chinese, ...rest } = schema
  if (!isRecord(chinese)) return schema
  return {
    description: schema.title,
    ...rest,
    'x-zh': { description: chinese.title, ...chinese },
  }
}
