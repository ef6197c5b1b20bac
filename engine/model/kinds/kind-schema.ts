import type { JsonSchema } from '../../registry/field-type.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Kind } from '../compiled.ts'
import { isRecord, own } from '../pointer.ts'
import { KINDS } from './kinds.ts'

const kept = new WeakMap<Registry, { types: number; byKind: Map<Kind, JsonSchema> }>()

/**
 * The JSON Schema (2020-12) of a kind with every registered field type, action and connector in it: self-contained, with titles and
 * descriptions in English and, under `x-zh`, Chinese. Built once, and again when one has been added since.
 */
export function kindSchema(registry: Registry, kind: Kind): JsonSchema {
  const types = registry.fieldTypes().length + registry.actions().length + registry.connectors().length
  let schemas = kept.get(registry)
  if (schemas === undefined || schemas.types !== types) {
    schemas = { types, byKind: new Map() }
    kept.set(registry, schemas)
  }
  const known = schemas.byKind.get(kind)
  if (known !== undefined) return known
  const schema = KINDS[kind].schema(registry)
  schemas.byKind.set(kind, schema)
  return schema
}

/** What a `$ref` of the schema leads to; the schema itself where there is none. */
export function dereference(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (typeof schema.$ref !== 'string') return schema
  const target = own(root.$defs, schema.$ref.slice('#/$defs/'.length))
  return isRecord(target) ? dereference(target, root) : schema
}
