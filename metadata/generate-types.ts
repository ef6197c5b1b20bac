import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { compile } from 'json-schema-to-typescript'

const HEADER = `// Generated from metadata/schema by \`npm run generate\`. Do not edit.
import type { FieldDefinition, FlowStep, Rule, Scope, Text } from './text.ts'

export type { FieldDefinition, FlowStep, Rule, Scope, Text } from './text.ts'
`

const schemaFolder = join(import.meta.dirname, 'schema')

type Schema = { readonly [key: string]: unknown }

/**
 * The TypeScript of all definition kinds, generated from schema/*.json.
 * `metadata/types.ts` holds the result; a test compares the two.
 */
export async function generateTypes(): Promise<string> {
  const { 'common.schema.json': common, ...kinds } = readSchemas()
  // Text, Rule, Scope and FieldDefinition are written by hand in text.ts: the shapes that carry `tsType`.
  const shared = Object.values(common?.$defs as Record<string, Schema>).filter(
    (shape) => shape.tsType === undefined,
  )
  const parts = await Promise.all([...shared, ...Object.values(kinds)].map(compileOne))
  return `${HEADER}${parts.join('')}`
}

function readSchemas(): Record<string, Schema> {
  const files = readdirSync(schemaFolder).filter((file) => file.endsWith('.schema.json'))
  const read = (file: string) => JSON.parse(readFileSync(join(schemaFolder, file), 'utf8')) as Schema
  return Object.fromEntries(files.sort().map((file) => [file, read(file)]))
}

function compileOne(schema: Schema): Promise<string> {
  return compile(forGenerator(schema) as never, String(schema['x-type']), {
    bannerComment: '',
    style: { semi: false, singleQuote: true },
    unknownAny: true,
    format: true,
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
  })
}

/**
 * The schema as the type generator wants it: a reference is the name of its type, a title the name of a type
 * and nothing else (titles for people would become a type each). Descriptions become comments.
 */
function forGenerator(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forGenerator)
  if (typeof value !== 'object' || value === null) return value
  const {
    $ref,
    title: _title,
    'x-type': typeName,
    'x-zh': _chinese,
    $defs: _defs,
    $schema: _,
    $id: _id,
    properties,
    ...rest
  } = value as Schema
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, entry]) => [key, forGenerator(entry)])),
    ...(typeof $ref === 'string' ? { tsType: typeOf($ref) } : {}),
    ...(typeName === undefined ? {} : { title: typeName }),
    // The keys of `properties` are names, not keywords: one may be called "title".
    ...(properties === undefined ? {} : { properties: mapValues(properties as Schema, forGenerator) }),
  }
}

function mapValues(record: Schema, change: (value: unknown) => unknown): Schema {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}

/** `common.schema.json#/$defs/who` → Who; the local shapes are the field and the step. */
function typeOf(reference: string): string {
  const name = reference.slice(reference.lastIndexOf('/') + 1)
  if (name === 'step') return 'FlowStep'
  return name === 'field' ? 'FieldDefinition' : `${name[0]?.toUpperCase()}${name.slice(1)}`
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, 'types.ts'), await generateTypes())
  console.error(`wrote metadata/types.ts from ${basename(schemaFolder)}/`)
}
