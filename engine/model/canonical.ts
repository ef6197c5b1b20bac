import type { JsonSchema } from '../registry/field-type.ts'
import type { Registry } from '../registry/registry.ts'
import { isKind } from './definition-set.ts'
import { dereference, kindSchema } from './kinds/kind-schema.ts'
import { isRecord, own } from './pointer.ts'

/**
 * The one form of a definition in which it is exported, compared and hashed: keys in the order of the schema,
 * maps sorted, defaults and the editor's `$schema` left out. Works on any JSON; what the schema does not know
 * comes last, sorted.
 */
export function canonical<D>(definition: D, registry: Registry): D {
  const kind = own(definition, 'kind')
  if (typeof kind !== 'string' || !isKind(kind)) return ordered(definition) as D
  const schema = kindSchema(registry, kind)
  const { $schema: _editor, ...rest } = definition as Record<string, unknown>
  return arrange(rest, schema, schema) as D
}

/** Whether two definitions say the same. */
export function equalDefinitions(one: unknown, other: unknown, registry: Registry): boolean {
  return canonicalText(one, registry) === canonicalText(other, registry)
}

interface Kept {
  readonly form: unknown
  readonly text: string
}
const keptForms = new WeakMap<Registry, WeakMap<object, Kept>>()

/** Both forms, kept per object: definitions are never changed in place. */
function formsOf(definition: object, registry: Registry): Kept {
  let forms = keptForms.get(registry)
  if (forms === undefined) {
    forms = new WeakMap()
    keptForms.set(registry, forms)
  }
  const known = forms.get(definition)
  if (known !== undefined) return known
  const form = canonical(definition, registry)
  const kept = { form, text: JSON.stringify(form) }
  forms.set(definition, kept)
  return kept
}

/** The canonical form as JSON text. */
export function canonicalText(definition: unknown, registry: Registry): string {
  if (!isRecord(definition)) return JSON.stringify(ordered(definition)) ?? ''
  return formsOf(definition, registry).text
}

/** The canonical form of a definition that is not going to change: made once, shared. */
export function keptCanonical<D extends object>(definition: D, registry: Registry): D {
  return formsOf(definition, registry).form as D
}

function arrange(value: unknown, schema: JsonSchema, root: JsonSchema): unknown {
  const shape = shapeFor(value, schema, root)
  if (shape === undefined) return ordered(value)
  if (Array.isArray(value))
    return value.map((entry) => arrange(entry, (shape.items ?? {}) as JsonSchema, root))
  if (!isRecord(value)) return value
  return arrangeObject(value, shape, root)
}

function arrangeObject(
  value: Readonly<Record<string, unknown>>,
  shape: JsonSchema,
  root: JsonSchema,
): unknown {
  const properties = (shape.properties ?? {}) as Readonly<Record<string, JsonSchema>>
  const known = Object.keys(properties).filter((key) => Object.hasOwn(value, key))
  const others = Object.keys(value)
    .filter((key) => !Object.hasOwn(properties, key))
    .sort()
  const extra = isRecord(shape.additionalProperties) ? (shape.additionalProperties as JsonSchema) : {}
  return fromEntries([
    ...known.flatMap((key): [string, unknown][] => {
      const entry = arrange(value[key], properties[key] ?? {}, root)
      return isDefault(entry, properties[key] ?? {}, root) ? [] : [[key, entry]]
    }),
    ...others.map((key): [string, unknown] => [key, arrange(value[key], extra, root)]),
  ])
}

/** Object.fromEntries defines keys rather than assigning them, so `__proto__` stays a key. */
function fromEntries(entries: readonly [string, unknown][]): Record<string, unknown> {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

function isDefault(value: unknown, schema: JsonSchema, root: JsonSchema): boolean {
  const withDefault = Object.hasOwn(schema, 'default') ? schema : dereference(schema, root)
  return (
    Object.hasOwn(withDefault, 'default') &&
    JSON.stringify(ordered(withDefault.default)) === JSON.stringify(value)
  )
}

/** The part of a schema that describes the keys or items of the value, or undefined for free values. */
function shapeFor(value: unknown, schema: JsonSchema, root: JsonSchema): JsonSchema | undefined {
  const shape = dereference(schema, root)
  const branches = (shape.oneOf ?? shape.anyOf) as readonly JsonSchema[] | undefined
  if (branches !== undefined) {
    const fitting = branches.map((branch) => dereference(branch, root)).find((branch) => fits(value, branch))
    return fitting === undefined ? undefined : shapeFor(value, fitting, root)
  }
  if (Array.isArray(value)) return shape.items === undefined ? undefined : shape
  return shape.properties === undefined && shape.additionalProperties === undefined ? undefined : shape
}

/** A field's schema is told by its `type`; otherwise objects go with the schema of objects. */
function fits(value: unknown, branch: JsonSchema): boolean {
  if (!isRecord(value)) return false
  const typeKey = own(branch.properties, 'type')
  const type = own(typeKey, 'const')
  return branch.type === 'object' && (type === undefined || type === own(value, 'type'))
}

/** Any JSON with its keys sorted. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (!isRecord(value)) return value
  return fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, ordered(value[key])]),
  )
}
