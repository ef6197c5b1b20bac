import { textIn } from '../../metadata/text.ts'
import { isObject, type Json, type Path } from '../store/json-value.ts'
import { isPeople } from './people.ts'

/** The part of JSON Schema that definitions are described with. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly description?: string
  readonly 'x-zh'?: { readonly title?: string; readonly description?: string }
  /** Of a property that every variant has: this one may not say it. */
  readonly 'x-never'?: boolean
  /** A share that people write in percent: 0.5 is 50 %. */
  readonly 'x-percent'?: boolean
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly discriminator?: { readonly propertyName: string }
  /** What holds besides for some values of a property. */
  readonly allOf?: readonly Conditional[]
  readonly additionalProperties?: boolean | Schema
  readonly propertyNames?: Schema
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly maxItems?: number
  readonly $defs?: Readonly<Record<string, Schema>>
  /** The shared shape that a property names, such as `text`, `rule`, `name`. */
  readonly shape?: string
}

/** One member of `allOf`: where properties have these values, they are said more exactly. */
interface Conditional {
  readonly if?: Schema
  readonly then?: Schema
}

/** Follows a reference; what stands beside it (title, description) goes before what it leads to. */
export function resolved(root: Schema, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema
  const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
  const target = root.$defs?.[name]
  if (target === undefined) return schema
  const { $ref: _followed, ...beside } = schema
  return {
    ...resolved(root, target),
    ...beside,
    shape: target.$ref === undefined ? name : shapeOf(root, target),
  }
}

function shapeOf(root: Schema, schema: Schema): string | undefined {
  return resolved(root, schema).shape
}

/** A schema of which a value decides the shape: of several the one that its discriminator names. */
export function schemaFor(root: Schema, schema: Schema, value: unknown): Schema {
  const found = resolved(root, schema)
  if (!isObject(value)) return found
  const exactly = conditionFor(found, value)?.properties
  if (exactly !== undefined) return { ...found, properties: { ...found.properties, ...exactly } }
  const key = found.discriminator?.propertyName
  if (key === undefined) return found
  const variants = (found.oneOf ?? []).map((one) => resolved(root, one))
  return variants.find((one) => one.properties?.[key]?.const === value[key]) ?? found
}

/** What holds besides for a value, of what a schema says of some; undefined where it says nothing of it. */
export function conditionFor(schema: Schema, value: Json): Schema | undefined {
  const meets = ({ properties = {} }: Schema): boolean =>
    Object.entries(properties).every(([name, one]) => one.const === value[name])
  return schema.allOf?.find((one) => one.if !== undefined && meets(one.if))?.then
}

/** The variants that a discriminator chooses from, as its values with their titles. */
export function variantsOf(
  root: Schema,
  schema: Schema,
): readonly { readonly value: string; readonly schema: Schema }[] {
  const found = resolved(root, schema)
  const key = found.discriminator?.propertyName
  if (key === undefined) return []
  return (found.oneOf ?? []).flatMap((one) => {
    const variant = resolved(root, one)
    const value = variant.properties?.[key]?.const
    return typeof value === 'string' ? [{ value, schema: variant }] : []
  })
}

/** The schema of a place in a definition; undefined where it describes none. */
export function schemaAt(root: Schema, value: unknown, path: Path): Schema | undefined {
  let schema: Schema | undefined = root
  let here = value
  for (const step of path) {
    if (schema === undefined) return undefined
    const found: Schema = inLongForm(root, schemaFor(root, schema, here), here)
    schema = Array.isArray(here) || found.items !== undefined ? found.items : propertyOf(found, step)
    here = Array.isArray(here) ? here[Number(step)] : isObject(here) ? here[step] : undefined
  }
  return schema === undefined ? undefined : inLongForm(root, schemaFor(root, schema, here), here)
}

/** Of what may be written short or long, such as a column, the long form where it is written so. */
function inLongForm(root: Schema, schema: Schema, value: unknown): Schema {
  if (schema.anyOf === undefined || !isObject(value)) return schema
  const long = schema.anyOf
    .map((one) => resolved(root, one))
    .filter((one) => one.properties !== undefined && (one.required ?? []).every((name) => name in value))
  if (long.length !== 1) return schema
  // What the place is called stands beside its forms, unless the form says it better.
  const { title, description, 'x-zh': inChinese } = schema
  const called = { title, description, 'x-zh': inChinese }
  return { ...defined(called), ...long[0]! }
}

const defined = (schema: { readonly [Key in keyof Schema]?: Schema[Key] | undefined }): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined))

function propertyOf(schema: Schema, name: string): Schema | undefined {
  const own = schema.properties?.[name]
  if (own !== undefined) return own
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
}

/** A title in each language that schemas are written in. */
export const titlesOf = (schema: Schema | undefined, fallback: string) => ({
  en: schema?.title ?? fallback,
  'zh-CN': schema?.['x-zh']?.title ?? schema?.title ?? fallback,
})

export const titleOf = (schema: Schema | undefined, language: string, fallback: string): string =>
  textIn(titlesOf(schema, fallback), language, fallback)

export function helpOf(schema: Schema, language: string): string {
  const english = schema.description ?? ''
  return textIn({ en: english, 'zh-CN': schema['x-zh']?.description ?? english }, language, '')
}

/** Values that are no words in English either: numbers and tags of languages. */
const NO_WORD = /^(\d+|[a-z]{2}(-[A-Z]{2})?)$/

/**
 * A word for a value of a choice. The Chinese descriptions say each value with its word (“open 进行中，won 成功结束”); in
 * English values are words, or the description says them so as well (“1 Monday, 2 Tuesday”).
 */
export function choiceWord(schema: Schema, value: string, language: string): string {
  const said = schema['x-zh']?.description ?? ''
  if (said !== '' && helpOf(schema, language) === said) {
    const word = new RegExp(`(?:^|[^a-z_])${value}\\s+([^\\s，、；。：（）a-z]+)`).exec(said)?.[1]
    if (word !== undefined) return word
  }
  const english = NO_WORD.test(value)
    ? new RegExp(`(?:^|[^\\w-])${value} ([A-Z]\\w+)`).exec(schema.description ?? '')?.[1]
    : undefined
  return english ?? wordsOf(value)
}

/** A name as words: `best_case` → Best case. */
export function wordsOf(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What a property is edited with. */
export type ControlKind =
  | 'text'
  | 'rule'
  | 'name'
  | 'choice'
  | 'choices'
  | 'names'
  | 'yes_no'
  | 'number'
  | 'duration'
  | 'line'
  | 'lines'
  | 'list'
  | 'group'
  | 'map'
  | 'people'
  | 'icon'
  | 'fault_ways'
  | 'field_lists'
  | 'json'

/** How names are written where a schema does not share the shape of one: types of fields, columns. */
const NAME = '[a-z][a-z0-9_]{0,39}'
const NAMES: ReadonlySet<string> = new Set([`^${NAME}$`, `^${NAME}(\\.${NAME}){0,2}$`])

/** @param schema resolved */
export function controlOf(root: Schema, schema: Schema): ControlKind {
  if (schema.shape === 'text') return 'text'
  if (textVariant(schema) !== undefined) return 'text'
  if (schema.shape === 'rule') return 'rule'
  if (schema.shape === 'icon') return 'icon'
  if (isPeople(schema)) return 'people'
  if (schema.shape === 'name') return 'name'
  if (schema.pattern?.startsWith('^P') === true) return 'duration'
  if (schema.enum !== undefined) return 'choice'
  if (schema.pattern !== undefined && NAMES.has(schema.pattern)) return 'name'
  if (schema.type === 'boolean') return 'yes_no'
  if (schema.type === 'integer' || schema.type === 'number') return 'number'
  if (schema.type === 'string') return (schema.maxLength ?? 0) > LONG ? 'lines' : 'line'
  if (Array.isArray(schema.type) && schema.type.includes('string') && schema.items !== undefined)
    return 'names'
  if (schema.type === 'array' && schema.items !== undefined)
    return listControl(root, resolved(root, schema.items))
  if (schema.discriminator !== undefined || schema.properties !== undefined) return 'group'
  if (schema.propertyNames?.pattern?.startsWith('^(any|') === true) return 'fault_ways'
  if (schema.type === 'object') return 'map'
  return 'json'
}

/** What a text is in one language, where a property may be written once or language by language. */
export function textVariant(schema: Schema): Schema | undefined {
  const plain = schema.anyOf?.find((one) => one.type === 'string' && one.enum === undefined)
  const byLanguage = schema.anyOf?.some(
    (one) =>
      one.type === 'object' &&
      (one.properties === undefined ? typeof one.additionalProperties === 'object' : isByTag(one.properties)),
  )
  return byLanguage === true ? plain : undefined
}

/** Whether an object has a text for each of some languages. */
const isByTag = (properties: NonNullable<Schema['properties']>): boolean =>
  Object.entries(properties).every(
    ([tag, one]) => /^[a-z]{2}(-[A-Z]{2})?$/.test(tag) && one.type === 'string',
  )

/** An entry of a list that is a name, or an object where more is said of what it names. */
export interface Mixed {
  /** The property of the object that is the name. */
  readonly key: string
  readonly schema: Schema
}

export function mixedItem(root: Schema, item: Schema): Mixed | undefined {
  const variants = (resolved(root, item).anyOf ?? []).map((one) => resolved(root, one))
  const schema = variants.find((one) => one.properties !== undefined)
  const key = schema?.required?.[0]
  const hasName = variants.some((one) => one.type === 'string')
  return schema === undefined || key === undefined || !hasName ? undefined : { key, schema }
}

/** Characters from which a text is written in several lines. */
const LONG = 300

/** A name, or one with a sign that says in which order. */
const isName = (schema: Schema): boolean =>
  schema.shape === 'name' || (schema.type === 'string' && schema.pattern?.startsWith('^[-+]?') === true)

function listControl(root: Schema, item: Schema): ControlKind {
  if (mixedItem(root, item) !== undefined) return 'list'
  if (item.type === 'array' && isName(resolved(root, item.items ?? {}))) return 'field_lists'
  if (item.enum !== undefined) return 'choices'
  if (item.type === 'string' || item.shape === 'name') return 'names'
  if (item.properties !== undefined || item.discriminator !== undefined) return 'list'
  return 'json'
}
