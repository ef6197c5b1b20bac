import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { registerBuiltInActions } from '../../engine/actions/built-in.ts'
import { registerBuiltInFields } from '../../engine/fields/built-in.ts'
import type { Action } from '../../engine/registry/action.ts'
import type { FieldType } from '../../engine/registry/field-type.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import { escapeCell, table } from './markdown.ts'

interface Schema {
  readonly description?: string
  readonly 'x-zh'?: { readonly description?: string }
  readonly $ref?: string
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly $defs?: Readonly<Record<string, Schema>>
}

const SCHEMA_FOLDER = join(import.meta.dirname, '..', '..', 'metadata', 'schema')
/** What every definition may have; told once instead of in each table. */
const COMMON = new Set(['$schema', 'kind', 'name', 'was', 'id', 'label', 'requirement', 'note'])
/** The same for the named items within a definition. */
const ITEM_COMMON = new Set(['was', 'id'])
/** Shapes that have a table of their own. */
const OWN_TABLES = new Map([
  ['common.schema.json#/$defs/option', 'option'],
  ['common.schema.json#/$defs/rights', 'rights'],
  ['#/$defs/field', 'field'],
  ['#/$defs/step', 'step'],
  ['common.schema.json#/$defs/peopleList', 'people'],
  ['common.schema.json#/$defs/people', 'people'],
])

/** The tables of docs/definitions.md by the name of their place. */
export function definitionTables(): ReadonlyMap<string, string> {
  const { common, ...kinds } = readSchemas()
  const entity = kinds.entity
  if (common?.$defs === undefined || entity === undefined) throw new Error('schemas are missing')
  const { option, rights, people } = common.$defs
  return new Map([
    ['common', keyTable(pick(entity, COMMON))],
    ...Object.entries(kinds).map(([kind, schema]) => [kind, keyTable(without(schema, kind))] as const),
    ['field', keyTable(without(entity.$defs?.field ?? {}, 'field'))],
    ['option', keyTable(option ?? {})],
    ['rights', keyTable(rights ?? {})],
    ['people', keyTable(people ?? {})],
    ['step', keyTable(kinds.flow?.$defs?.step ?? {})],
    ['actions', actionTable()],
    ['field_types', fieldTypeTable()],
  ])
}

function readSchemas(): Record<string, Schema> {
  const files = readdirSync(SCHEMA_FOLDER).filter((file) => file.endsWith('.schema.json'))
  const read = (file: string) => JSON.parse(readFileSync(join(SCHEMA_FOLDER, file), 'utf8')) as Schema
  return Object.fromEntries(files.sort().map((file) => [file.replace('.schema.json', ''), read(file)]))
}

/** A template's manifest is no definition and a field is an item: both tell all of their keys. */
function without(schema: Schema, kind: string): Schema {
  const isWhole = kind === 'template' || kind === 'field'
  const keys = Object.keys(schema.properties ?? {})
  return pick(schema, new Set(isWhole ? keys : keys.filter((key) => !COMMON.has(key))))
}

function pick(schema: Schema, keys: ReadonlySet<string>): Schema {
  const properties = Object.entries(schema.properties ?? {}).filter(([key]) => keys.has(key))
  return { ...schema, properties: Object.fromEntries(properties) }
}

function keyTable(schema: Schema): string {
  return table(['key', 'meaning', '含义'], keyRows(schema, ''))
}

/** One row a key, those of objects and lists of objects below their own, as `tabs[].name`. */
function keyRows(schema: Schema, before: string): string[][] {
  return Object.entries(schema.properties ?? {})
    .filter(([key]) => before === '' || !ITEM_COMMON.has(key))
    .flatMap(([key, entry]) => {
      const mark = schema.required?.includes(key) ? ' \\*' : ''
      const row = [`\`${before}${key}\`${mark}`, englishOf(entry), chineseOf(entry)]
      return [row, ...below(entry, `${before}${key}`)]
    })
}

function below(entry: Schema, path: string): string[][] {
  const parts: [Schema, string][] = [
    [entry, `${path}.`],
    ...[entry.items ?? {}, ...(entry.items?.anyOf ?? [])].map((part): [Schema, string] => [
      part,
      `${path}[].`,
    ]),
  ]
  return parts.flatMap(([part, before]) => (part.properties === undefined ? [] : keyRows(part, before)))
}

function englishOf(entry: Schema): string {
  const own = ownTable(entry)
  const values = valuesOf(entry)
  return [
    escapeCell(entry.description ?? ''),
    ...(values === undefined ? [] : [`One of ${values}.`]),
    ...(isTold(entry.default) ? [`Default: \`${JSON.stringify(entry.default)}\`.`] : []),
    ...(own === undefined ? [] : [`See [${own}](#${own}).`]),
  ].join(' ')
}

function chineseOf(entry: Schema): string {
  const values = valuesOf(entry)
  const text = escapeCell(entry['x-zh']?.description ?? '')
  const choice = values === undefined ? '' : `可选：${values}。`
  return text + choice + (isTold(entry.default) ? `默认：\`${JSON.stringify(entry.default)}\`。` : '')
}

function valuesOf({ enum: own, items }: Schema): string | undefined {
  return (own ?? items?.enum)?.map((value) => `\`${String(value)}\``).join(', ')
}

/** Nothing, false and empty are what anybody expects of a key that is absent. */
function isTold(value: unknown): boolean {
  if (value === undefined || value === false) return false
  return typeof value !== 'object' || value === null || Object.keys(value).length > 0
}

function ownTable({ $ref, items, additionalProperties }: Schema): string | undefined {
  const values = typeof additionalProperties === 'object' ? additionalProperties.$ref : undefined
  return [$ref, items?.$ref, values].flatMap((reference) => OWN_TABLES.get(reference ?? '') ?? [])[0]
}

function actionTable(): string {
  const registry = createRegistry()
  registerBuiltInActions(registry)
  const keys = (action: Action, language: 'en' | 'zh-CN') =>
    Object.entries(action.takes)
      .map(([key, { required, description }]) => {
        const mark = required === true ? ' \\*' : ''
        return `\`${key}\`${mark}: ${escapeCell(description[language])}`
      })
      .join('<br>')
  const rows = registry
    .actions()
    .map((action) => [
      `\`${action.name}\``,
      `${escapeCell(action.description.en)}<br>${keys(action, 'en')}`,
      `${escapeCell(`${action.label['zh-CN']}：${action.description['zh-CN']}`)}<br>${keys(action, 'zh-CN')}`,
    ])
  return table(['do', 'meaning and keys', '含义与键'], rows)
}

function fieldTypeTable(): string {
  const registry = createRegistry()
  registerBuiltInFields(registry)
  const rows = registry
    .fieldTypes()
    .map((type) => [
      `\`${type.name}\``,
      `${escapeCell(type.description.en)} ${configKeys(type, 'en')}`.trim(),
      `${escapeCell(`${type.label['zh-CN']}：${type.description['zh-CN']}`)} ${configKeys(type, 'zh-CN')}`.trim(),
    ])
  return table(['type', 'meaning and keys', '含义与键'], rows)
}

/** The keys that a type adds to a field, each with what it means. */
function configKeys({ configSchema }: FieldType, language: 'en' | 'zh-CN'): string {
  const lines = Object.entries(configSchema.properties).map(([key, entry]) => {
    const mark = configSchema.required?.includes(key) ? ' \\*' : ''
    return `<br>\`${key}\`${mark} ${configText(entry as Schema, language)}`
  })
  return lines.join('')
}

function configText(entry: Schema, language: 'en' | 'zh-CN'): string {
  return language === 'en' ? englishOf(entry) : chineseOf(entry)
}
