import { textIn } from '../../../metadata/text.ts'
import { isKnownField } from '../../access/access.ts'
import { labelOf } from '../../forms/labels.ts'
import type { CompiledEntity, CompiledField } from '../../model/compiled.ts'
import { isCompared } from '../../model/duplicate-rules.ts'
import type { JsonSchema } from '../../registry/field-type.ts'
import type { ModelView } from '../model/model-view.ts'
import { listOf, ref } from './operation.ts'
import { uuid } from './shared-schemas.ts'

/** The schemas of one entity: what is read, what a create and a patch may hold. */
export function entitySchemas(view: ModelView, entity: CompiledEntity): Readonly<Record<string, JsonSchema>> {
  const fields = [...entity.fields.values()]
  const cell = view.access.entity(entity.name).cell
  const creatable = fields.filter((field) => field.writable && cell(field).isCreatable)
  const editable = fields.filter((field) => field.writable && cell(field).edit !== 'none')
  const read = fields.filter((field) => isKnownField(view.access, entity, field))
  const label = labelOf(entity, view.language)
  const filledIn = {
    title: label,
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(creatable.map((field) => [field.name, writeSchema(view, entity, field)])),
  }
  return {
    [entity.name]: {
      title: label,
      type: 'object',
      required: ['id'],
      properties: Object.fromEntries(read.map((field) => [field.name, readSchema(view, entity, field)])),
    },
    [`${entity.name}.create`]: {
      ...filledIn,
      required: creatable.filter(isDue).map((field) => field.name),
    },
    ...(isCompared(view.model, entity) ? { [`${entity.name}.draft`]: filledIn } : {}),
    [`${entity.name}.patch`]: {
      title: label,
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(editable.map((field) => [field.name, writeSchema(view, entity, field)])),
    },
  }
}

/** A create must hold it: required, and nothing stands in for it. */
function isDue(field: CompiledField): boolean {
  const begins = field.defaultValue !== undefined || field.defaultRule !== undefined
  const mayBeHidden = field.definition.visibleWhen !== undefined
  return field.required && !begins && !mayBeHidden && field.definition.type !== 'stage'
}

function readSchema(view: ModelView, entity: CompiledEntity, field: CompiledField): JsonSchema {
  const described = describe(view, field)
  const readOnly = field.writable ? {} : { readOnly: true }
  return {
    ...described,
    ...readOnly,
    anyOf: [...valuesOf(view, entity, field), ...maskedOf(view, entity, field), { type: 'null' }],
  }
}

/** What stands in a masked cell is a text, whatever the type. */
function maskedOf(view: ModelView, entity: CompiledEntity, field: CompiledField): readonly JsonSchema[] {
  return view.access.entity(entity.name).cell(field).masked === 'none' ? [] : [{ type: 'string' }]
}

function valuesOf(view: ModelView, entity: CompiledEntity, field: CompiledField): readonly JsonSchema[] {
  const kind = field.relation?.kind
  if (kind === 'one') return [uuid, ref('ExpandedReference')]
  if (kind === 'dynamic') return [{ type: 'object' }]
  if (kind === 'many' || kind === 'children') return [listOf({ anyOf: [uuid, { type: 'object' }] })]
  return [plain(field.type.valueSchema(field.definition, view.model.fieldContext(entity.name)))]
}

function writeSchema(view: ModelView, entity: CompiledEntity, field: CompiledField): JsonSchema {
  const value = plain(field.type.valueSchema(field.definition, view.model.fieldContext(entity.name)))
  const shown = field.defaultValue === undefined ? {} : { default: field.defaultValue }
  const told = { ...describe(view, field), ...shown }
  return field.required ? { ...value, ...told } : { ...told, anyOf: [value, { type: 'null' }] }
}

function describe(view: ModelView, field: CompiledField): JsonSchema {
  const { help } = field.definition
  return {
    title: labelOf(field, view.language),
    ...(help === undefined ? {} : { description: textIn(help, view.language, '') }),
  }
}

/** Formats of the engine's own say nothing to others; `uuid`, `date`, `email` and such do. */
const KNOWN_FORMATS: ReadonlySet<string> = new Set([
  'uuid',
  'date',
  'date-time',
  'email',
  'uri',
  'time',
  'duration',
])

/** The schema without what only the engine's validator knows, at any depth. */
function plain(schema: JsonSchema): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === 'format' && !KNOWN_FORMATS.has(String(value)) ? undefined : value,
  )
  return JSON.parse(text) as JsonSchema
}
