import { createHash } from 'node:crypto'
import type { RecordRules } from '../../metadata/rules/record-rules.ts'
import { type Text, textIn } from '../../metadata/text.ts'
import type { Language } from '../errors.ts'
import { labelOf } from '../forms/labels.ts'
import type { CompiledModel } from '../model/compiled.ts'
import type { JsonSchema } from '../registry/field-type.ts'
import type { AskedField, Webform } from './webform.ts'

/** How a field is asked for. */
export type Control =
  | 'text'
  | 'long_text'
  | 'email'
  | 'phone'
  | 'url'
  | 'number'
  | 'date'
  | 'date_time'
  | 'yes'
  | 'one'
  | 'many'

export interface PageField {
  readonly name: string
  readonly label: string
  readonly help?: string
  readonly control: Control
  readonly required: boolean
  readonly max?: number
  readonly options?: readonly { readonly name: string; readonly label: string; readonly under?: string }[]
  /** The field of the form whose value narrows the options. */
  readonly dependsOn?: string
}

/** A form as its page shows it, in one language. */
export interface WebformPage {
  readonly name: string
  readonly title: string
  /** In what it is, as far as anything says it. */
  readonly language: string
  readonly intro?: string
  readonly fields: readonly PageField[]
  readonly rules: RecordRules
  readonly consent?: { readonly text: string; readonly address?: string; readonly required: boolean }
  readonly submit?: string
  /** Parameters of its address that are sent along. */
  readonly parameters: readonly string[]
  /** What its rules look at besides. */
  readonly today: string
  readonly time_zone: string
}

const CONTROLS: Readonly<Record<string, Control>> = {
  ...{ text: 'text', long_text: 'long_text', email: 'email', phone: 'phone', url: 'url' },
  ...{ integer: 'number', decimal: 'number', currency: 'number', boolean: 'yes' },
  ...{ date: 'date', date_time: 'date_time', select: 'one', multi_select: 'many' },
}

export function describeWebform(
  model: CompiledModel,
  form: Webform,
  language: Language,
  today: string,
): WebformPage {
  const { definition, asked, rules } = form
  const said = (text: Text | undefined) => (text === undefined ? undefined : textIn(text, language, ''))
  const { consent } = definition
  return {
    name: definition.name,
    title: labelOf(definition, language),
    language,
    ...some({ intro: said(definition.intro), submit: said(definition.submit) }),
    fields: asked.map((one) => pageField(model, form, one, language)),
    rules,
    ...(consent === undefined
      ? {}
      : {
          consent: {
            text: textIn(consent.text, language, ''),
            ...some({ address: consent.address }),
            required: consent.required !== false,
          },
        }),
    parameters: (definition.parameters ?? []).map(({ name }) => name),
    today,
    time_zone: model.settings.timeZone,
  }
}

function pageField(model: CompiledModel, form: Webform, asked: AskedField, language: Language): PageField {
  const { said, field, isRequired } = asked
  const schema = partOf(model, form, asked)
  const help = said.help ?? field.definition.help
  const { dependsOn } = field.definition
  const isBeside = form.asked.some((other) => other.field.name === dependsOn)
  return {
    name: field.name,
    label: textIn(said.label, language, labelOf(field, language)),
    ...some({ help: help === undefined ? undefined : textIn(help, language, '') }),
    control: CONTROLS[field.type.name] ?? 'text',
    required: isRequired,
    ...some({ max: typeof schema.maxLength === 'number' ? schema.maxLength : undefined }),
    ...(field.options === undefined ? {} : { options: optionsOf(asked, language) }),
    ...(isBeside ? { dependsOn: String(dependsOn) } : {}),
  }
}

function optionsOf({ said, field }: AskedField, language: Language): NonNullable<PageField['options']> {
  const byName = new Map((field.options ?? []).map((option) => [option.name, option]))
  const names = said.options ?? [...byName.keys()]
  return names.flatMap((name) => {
    const option = byName.get(name)
    if (option === undefined) return []
    return [{ name, label: labelOf(option, language), ...some({ under: option.under }) }]
  })
}

function some<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
}

function partOf(model: CompiledModel, { entity }: Webform, { said, field }: AskedField): JsonSchema {
  const { schema } = field.type.form(field.definition, model.fieldContext(entity.name))
  if (said.options === undefined) return schema
  if (field.type.name === 'multi_select') return { ...schema, items: { type: 'string', enum: said.options } }
  return { type: 'string', enum: said.options }
}

/** What the page checks by itself, as JSON Schema; its `$id` says what is checked, and is the same in all languages. */
export function webformSchema(model: CompiledModel, form: Webform): JsonSchema & { readonly $id: string } {
  const properties = Object.fromEntries(form.asked.map((one) => [one.field.name, partOf(model, form, one)]))
  const shape = { type: 'object', properties }
  const digest = createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 24)
  return { $id: `webform_${digest}`, ...shape }
}
