import { createHash } from 'node:crypto'
import type { Text } from '../../metadata/text.ts'
import { textIn } from '../../metadata/text.ts'
import { accessOf, isKnownField } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import type { Language } from '../errors.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { beginningOf } from '../model/pipelines.ts'
import type { JsonSchema } from '../registry/field-type.ts'
import { type FormAlike, formAlike } from './form-alike.ts'
import { type FormRules, formRules } from './form-rules.ts'
import { labelOf } from './labels.ts'
import { type FormSection, layoutFields, layoutFor, type RecordValues, sectionsOf } from './layout.ts'

/** A generated form, in one language. */
export interface Form {
  readonly entity: string
  /** The layout's name; null where it is generated. */
  readonly layout: string | null
  /** JSON Schema for rjsf; its `$id` is the name of its validator in the validator module. */
  readonly schema: JsonSchema & { readonly $id: string }
  readonly uiSchema: JsonSchema & {
    readonly 'ui:sections': readonly FormSection[]
    /** Absent where the sections stand one below the other. */
    readonly 'ui:as'?: 'tabs' | 'steps'
  }
  /** What the form can work out itself while it is filled in. */
  readonly rules: FormRules
  /** What of the record duplicate rules compare; absent where they compare nothing that is asked here. */
  readonly alike?: FormAlike
}

export interface FormQuestion {
  readonly model: CompiledModel
  readonly actor: Actor
  readonly language: Language
  /** A layout by name; absent: the one that fits the actor. */
  readonly layout?: string | undefined
  /** What the record at hand holds of the fields by which layouts are chosen. */
  readonly values?: RecordValues | undefined
  /** Which fields of the record at hand the actor may change; absent for a new one. */
  readonly isEditable?: ((field: CompiledField) => boolean) | undefined
}

/**
 * The form in which an actor creates or edits records of an entity: the writable fields of the layout, each as
 * its type wants to be asked for.
 * @throws AppError LAYOUT_UNKNOWN
 */
export function buildForm(entity: CompiledEntity, question: FormQuestion): Form {
  const { model, actor, language } = question
  const layout = layoutFor(model, entity, actor, question.layout, question.values)
  const { isEditable } = question
  const isOpen = (field: CompiledField) =>
    isEditable === undefined
      ? accessOf(model, actor).entity(entity.name).cell(field).isCreatable
      : isEditable(field)
  const shows = (field: CompiledField) =>
    isWorkedOut(entity, field, question) || (isOpen(field) && isAskedFor(field, model, actor))
  const arranged = sectionsOf(entity, layout, language, shows)
  const sections = isEditable === undefined ? withDeciding(arranged, entity, question, shows) : arranged
  const fields = sections.flatMap((section) => section.fields.map((name) => entity.fields.get(name)!))
  const parts = fields.map((field) => partOf(field, entity, question))
  const order = [...fields.map((field) => field.name), '*']
  const shape = {
    type: 'object',
    required: fields.filter(isAlwaysRequired).map((field) => field.name),
    properties: Object.fromEntries(parts.map(({ name, schema }) => [name, schema])),
  }
  const alike = formAlike(model, entity, fields)
  return {
    entity: entity.name,
    ...(alike === undefined ? {} : { alike }),
    layout: layout?.name ?? null,
    schema: { $id: validatorId(shape), ...shape },
    uiSchema: {
      'ui:order': order,
      'ui:sections': sections,
      ...(layout?.formAs === undefined || layout.formAs === 'sections' ? {} : { 'ui:as': layout.formAs }),
      ...Object.fromEntries(parts.map(({ name, uiSchema }) => [name, uiSchema])),
    },
    rules: formRules(entity, {
      model,
      actor,
      language,
      layout,
      shown: new Set(fields.map((field) => field.name)),
    }),
  }
}

/** A new record's form asks for what decides about it, or else nobody could decide again. */
function withDeciding(
  sections: readonly FormSection[],
  entity: CompiledEntity,
  { model, actor }: FormQuestion,
  shows: (field: CompiledField) => boolean,
): readonly FormSection[] {
  const asked = new Set(sections.flatMap(({ fields }) => fields))
  const missing = [...layoutFields(model, entity, actor)].filter((name) => {
    const field = entity.fields.get(name)
    return field !== undefined && !asked.has(name) && shows(field)
  })
  const [first, ...rest] = sections
  if (first === undefined || missing.length === 0) return sections
  return [{ ...first, fields: [...first.fields, ...missing] }, ...rest]
}

/** What may be hidden is required only where it is not: that is the rules' matter. */
function isAlwaysRequired(field: CompiledField): boolean {
  return field.required && field.definition.visibleWhen === undefined
}

/** What the engine works out is shown where the actor may see it; to a new record nothing points yet. */
function isWorkedOut(
  entity: CompiledEntity,
  field: CompiledField,
  { model, actor, isEditable }: FormQuestion,
): boolean {
  const { computed } = field.type
  if (computed === undefined || (computed === 'roll_up' && isEditable === undefined)) return false
  return isKnownField(accessOf(model, actor), entity, field)
}

/** Written by clients, and leading nowhere that the actor may not look. */
function isAskedFor(field: CompiledField, model: CompiledModel, actor: Actor): boolean {
  if (!field.writable) return false
  const targets = targetsOf(field)
  if (targets === undefined) return true
  const access = accessOf(model, actor)
  return targets.some((name) => access.entity(name).read !== 'none')
}

/** The entities to which a field leads, or undefined for a field that leads nowhere. */
export function targetsOf(field: CompiledField): readonly string[] | undefined {
  const relation = field.relation
  if (relation === undefined) return undefined
  if (relation.kind === 'children') return [relation.of]
  return relation.kind === 'dynamic' ? relation.to : [relation.to]
}

interface NamedPart {
  readonly name: string
  readonly schema: JsonSchema
  readonly uiSchema: JsonSchema
}

function partOf(field: CompiledField, entity: CompiledEntity, question: FormQuestion): NamedPart {
  const { model, actor, language } = question
  const part = field.type.form(field.definition, model.fieldContext(entity.name))
  const help = field.definition.help === undefined ? undefined : textIn(field.definition.help, language, '')
  const options = part.uiSchema['ui:options'] as JsonSchema | undefined
  return {
    name: field.name,
    schema: {
      ...withTargets(part.schema, field, model, actor),
      title: labelOf(field, language),
      ...(help ? { description: help } : {}),
      ...(field.type.computed === undefined ? {} : { readOnly: true }),
      ...(field.defaultValue === undefined || field.type.computed !== undefined
        ? {}
        : { default: field.defaultValue }),
      ...firstStage(field, entity),
    },
    uiSchema: {
      ...part.uiSchema,
      ...(options === undefined
        ? {}
        : { 'ui:options': { ...localised(options, language), ...barredStages(field, entity, question) } }),
    },
  }
}

/** A lookup among several entities offers those that the actor may read. */
function withTargets(
  schema: JsonSchema,
  field: CompiledField,
  model: CompiledModel,
  actor: Actor,
): JsonSchema {
  if (field.relation?.kind !== 'dynamic') return schema
  const access = accessOf(model, actor)
  const readable = field.relation.to.filter((name) => access.entity(name).read !== 'none')
  const properties = schema.properties as JsonSchema
  return { ...schema, properties: { ...properties, entity: { type: 'string', enum: readable } } }
}

/** A new record begins in the first stage of its pipeline; of several a rule says which. */
function firstStage(field: CompiledField, entity: CompiledEntity): JsonSchema {
  const stages = entity.pipelines.get(field.name)
  if (stages === undefined || field.defaultValue !== undefined || beginningOf(stages) !== undefined) return {}
  return { default: stages.stages[0]?.name }
}

/** The stages into which no role of the actor brings the record. */
function barredStages(
  field: CompiledField,
  entity: CompiledEntity,
  { model, actor, isEditable }: FormQuestion,
): JsonSchema {
  const { guardedStages, entry } = accessOf(model, actor).entity(entity.name)
  const { stages = [], parts = [] } = entity.pipelines.get(field.name) ?? {}
  const begins = (name: string) =>
    field.defaultValue === undefined
      ? parts.some((part) => part.stages[0]?.name === name)
      : name === field.defaultValue
  const barred = stages
    .map(({ name }) => name)
    .filter((name) => {
      if (!guardedStages.has(name)) return false
      const { edit, isCreatable } = entry(field, name)
      if (isEditable !== undefined) return edit === 'none'
      return !isCreatable && !begins(name)
    })
  return barred.length === 0 ? {} : { barred }
}

/** The labels of options in one language. */
function localised(options: JsonSchema, language: Language): JsonSchema {
  if (!Array.isArray(options.options)) return options
  const items = options.options as readonly { readonly name: string; readonly label?: Text }[]
  return { ...options, options: items.map((item) => ({ ...item, label: labelOf(item, language) })) }
}

/**
 * The name of the schema's validator: an identifier that says what is checked and nothing about words, so that
 * all languages share one validator.
 */
function validatorId(shape: { readonly [key: string]: unknown }): string {
  const checked = JSON.stringify(shape, (key, value: unknown) =>
    key === 'title' || key === 'description' || key === 'default' ? undefined : value,
  )
  return `form_${createHash('sha256').update(checked).digest('hex').slice(0, 24)}`
}
