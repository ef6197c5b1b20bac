import type { RecordData } from '../api/types.ts'
import { referenceOf } from '../values/references.ts'

export type FormData = Readonly<Record<string, unknown>>
type Schema = Readonly<Record<string, unknown>>

const propertiesOf = (schema: Schema): Readonly<Record<string, Schema>> =>
  (schema.properties ?? {}) as Readonly<Record<string, Schema>>

/** The fields that a form asks for. */
export const fieldsOf = (schema: Schema): readonly string[] => Object.keys(propertiesOf(schema))

/**
 * A stored record as form data: what is null is left out (no value), expanded lookups become what is sent:
 * an id, or entity and id where the lookup may lead to several.
 */
export function toFormData(schema: Schema, record: RecordData | null): FormData {
  if (record === null) return {}
  return Object.fromEntries(
    Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
      const value = record[name]
      return value === null || value === undefined ? [] : [[name, plainValue(property, value)]]
    }),
  )
}

/** What a new record begins with. */
export function defaultsOf(schema: Schema): FormData {
  return Object.fromEntries(
    Object.entries(propertiesOf(schema)).flatMap(([name, property]) =>
      property.default === undefined ? [] : [[name, property.default]],
    ),
  )
}

/**
 * The schema without its defaults: rjsf would fill them into every form, also where a person has cleared a
 * stored value.
 */
export function withoutDefaults(schema: Schema): Schema {
  const properties = Object.entries(propertiesOf(schema)).map(([name, property]) => {
    const { default: _default, ...rest } = property
    return [name, rest]
  })
  return { ...schema, properties: Object.fromEntries(properties) }
}

function plainValue(property: Schema, value: unknown): unknown {
  const properties = property.properties as Readonly<Record<string, unknown>> | undefined
  if (property.type === 'string' && typeof value === 'object') return referenceOf(value)?.id ?? undefined
  if (properties !== undefined && 'entity' in properties && 'id' in properties) {
    const { entity, id } = value as { readonly entity?: unknown; readonly id?: unknown }
    return typeof id === 'string' ? { entity, id } : undefined // hidden: its own cover is no value
  }
  const items = property.items as Schema | undefined
  if (Array.isArray(value) && items?.type === 'string') {
    return value.map((item) => (typeof item === 'object' ? (referenceOf(item)?.id ?? undefined) : item))
  }
  return value
}

/** What a create sends: everything that has a value and is not kept back. */
export function bodyOfCreate(schema: Schema, data: FormData, keptBack: ReadonlySet<string> = NONE): FormData {
  return Object.fromEntries(
    writableOf(schema).flatMap((name) =>
      data[name] === undefined || keptBack.has(name) ? [] : [[name, data[name]]],
    ),
  )
}

const NONE: ReadonlySet<string> = new Set()

/** What a patch sends: changed fields alone; a cleared one as null. */
export function bodyOfPatch(
  schema: Schema,
  before: FormData,
  after: FormData,
  keptBack: ReadonlySet<string> = NONE,
): FormData {
  return Object.fromEntries(
    writableOf(schema)
      .filter((name) => !keptBack.has(name) && !same(before[name], after[name]))
      .map((name) => [name, after[name] ?? null]),
  )
}

/** The fields of a form that are sent: not those that the engine works out. */
export const writableOf = (schema: Schema): readonly string[] =>
  Object.entries(propertiesOf(schema)).flatMap(([name, property]) =>
    property.readOnly === true ? [] : [name],
  )

/** Whether two JSON values are the same; the order of an object's keys does not matter. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value ?? null
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}
