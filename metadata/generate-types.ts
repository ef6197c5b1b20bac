import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { compile } from 'json-schema-to-typescript'

/** Shapes of metadata/text.ts that the schemas name by `tsType`. */
const HAND_WRITTEN = ['Text', 'Rule', 'FieldDefinition']

const schemaFolder = join(import.meta.dirname, 'schema')

/**
 * The TypeScript of all definition kinds, generated from schema/*.json.
 * `metadata/types.ts` holds the result; a test compares the two.
 */
export async function generateTypes(): Promise<string> {
  const files = readdirSync(schemaFolder)
    .filter((file) => file.endsWith('.schema.json') && file !== 'common.schema.json')
    .sort()
  const parts: string[] = []
  for (const file of files) {
    const schema = JSON.parse(readFileSync(join(schemaFolder, file), 'utf8')) as { title: string }
    parts.push(
      await compile(schema as never, schema.title, {
        cwd: schemaFolder,
        bannerComment: '',
        style: { semi: false, singleQuote: true },
        unknownAny: true,
        format: true,
        additionalProperties: false,
        ignoreMinAndMaxItems: true,
        declareExternallyReferenced: true,
        $refOptions: { resolve: { external: true } },
      }),
    )
  }
  return `// Generated from metadata/schema by \`npm run generate\`. Do not edit.\nimport type { FieldDefinition, Rule, Text } from './text.ts'\n\nexport type { FieldDefinition, Rule, Text } from './text.ts'\n${dedupe(parts)}`
}

/** Shared shapes ($defs of common.schema.json) come out once per kind; keep the first of each. */
function dedupe(parts: readonly string[]): string {
  const seen = new Set<string>(HAND_WRITTEN)
  const kept: string[] = []
  for (const block of parts.join('\n').split(/\n(?=(?:\/\*\*|export ))/)) {
    const name = /export (?:interface|type) (\w+)/.exec(block)?.[1]
    if (name !== undefined && seen.has(name)) continue
    if (name !== undefined) seen.add(name)
    kept.push(block.trimEnd())
  }
  return `${kept.filter((block) => block !== '').join('\n')}\n`
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, 'types.ts'), await generateTypes())
  console.error(`wrote metadata/types.ts from ${basename(schemaFolder)}/`)
}
