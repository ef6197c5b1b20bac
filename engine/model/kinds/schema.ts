import common from '../../../metadata/schema/common.schema.json' with { type: 'json' }
import type { JsonSchema } from '../../registry/field-type.ts'

const COMMON_PREFIX = 'common.schema.json#/$defs/'

/** Names of TypeScript types: of no use to forms and editors. */
const FOR_GENERATOR: ReadonlySet<string> = new Set(['x-type', 'tsType'])

/**
 * A schema of metadata/schema with the shared shapes that it names under its own `$defs`, so that forms,
 * editors and validators can use it alone.
 */
export function bundleSchema(schema: JsonSchema): JsonSchema {
  const shared = new Map<string, unknown>()
  const body = localise(schema, shared) as JsonSchema
  return { ...body, $defs: { ...(body.$defs as object | undefined), ...Object.fromEntries(shared) } }
}

function localise(value: unknown, shared: Map<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((entry) => localise(entry, shared))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) => {
      if (FOR_GENERATOR.has(key)) return []
      if (key !== '$ref' || typeof entry !== 'string') return [[key, localise(entry, shared)]]
      return [[key, localReference(entry, shared)]]
    }),
  )
}

function localReference(reference: string, shared: Map<string, unknown>): string {
  const name = reference.startsWith(COMMON_PREFIX)
    ? reference.slice(COMMON_PREFIX.length)
    : reference.slice('#/$defs/'.length)
  const shape = (common.$defs as Record<string, unknown>)[name]
  if (shape !== undefined && !shared.has(name)) {
    shared.set(name, undefined) // a shape may name itself
    shared.set(name, localise(shape, shared))
  }
  return `#/$defs/${name}`
}
