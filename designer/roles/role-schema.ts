import { textIn } from '../../metadata/text.ts'
import { isObject, type Json, valueAt } from '../store/json-value.ts'

/** A right on records as the schema of roles has it. */
export interface RightColumn {
  readonly name: string
  readonly title: string
  readonly description: string
  /** A scope, yes or no, or something that this page has no cell for. */
  readonly type: 'scope' | 'yes_no' | 'other'
}

/** What pages need of the JSON Schema of roles, in one language. */
export interface RoleShape {
  readonly rights: readonly RightColumn[]
  readonly classes: readonly string[]
  readonly administration: readonly string[]
}

/** Rights that come first: what one may see, then what one may add; the others as the schema has them. */
const FIRST = ['read', 'create']

/** What is said of single fields and stages has tables of its own. */
const APART = ['fields', 'transitions']

/** The rights, classes and administrative rights that roles may name: what the schema has, this page shows. */
export function roleShape(schema: unknown, language: string): RoleShape {
  const properties = valueAt(schema, ['$defs', 'rights', 'properties'])
  const rights = Object.entries(isObject(properties) ? properties : {})
    .filter(([name]) => !APART.includes(name))
    .map(([name, one]) => column(name, isObject(one) ? one : {}, language))
  const rank = ({ name }: RightColumn): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length)
  return {
    rights: [...rights].sort((one, other) => rank(one) - rank(other)),
    classes: textsAt(schema, ['$defs', 'personal', 'enum']),
    administration: textsAt(schema, ['properties', 'administration', 'items', 'enum']),
  }
}

function column(name: string, schema: Json, language: string): RightColumn {
  const chinese = isObject(schema['x-zh']) ? schema['x-zh'] : {}
  const say = (key: string, fallback: string): string => {
    const text = {
      en: String(schema[key] ?? fallback),
      'zh-CN': String(chinese[key] ?? schema[key] ?? fallback),
    }
    return textIn(text, language, fallback)
  }
  const isScope = typeof schema.$ref === 'string' && schema.$ref.endsWith('/scope')
  const type = isScope ? 'scope' : schema.type === 'boolean' ? 'yes_no' : 'other'
  return { name, title: say('title', name), description: say('description', ''), type }
}

function textsAt(schema: unknown, path: readonly string[]): readonly string[] {
  const found = valueAt(schema, path)
  return Array.isArray(found) ? found.filter((one): one is string => typeof one === 'string') : []
}

/** A name as words, where nobody has written any: `definitions_by_kind` → Definitions by kind. */
export function wordsOf(name: string): string {
  const words = name.replaceAll(/[_.:]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
