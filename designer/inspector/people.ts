import { isObject, type Json } from '../store/json-value.ts'
import type { Schema } from './schema.ts'

/** One form of naming people, or what stands instead of them. */
export type PersonForm = 'role' | 'field' | 'leaderOf' | 'team' | 'user' | 'pool' | 'table'

export const PERSON_FORMS: readonly PersonForm[] = ['role', 'field', 'leaderOf', 'team', 'user']

/** What may be said beside the form, and is kept. */
const BESIDE: Readonly<Record<PersonForm, ReadonlySet<string>>> = {
  role: new Set(['in']),
  field: new Set(),
  leaderOf: new Set(['level']),
  team: new Set(),
  user: new Set(),
  pool: new Set(),
  table: new Set(['match', 'take']),
}

/** Whether a property names people, alone or among other things. */
export const isPeople = (schema: Schema): boolean =>
  schema.shape === 'peopleList' || isHolders(schema) || names(schema, 'peopleList')

/** Whether it names those who hold something, each by a role, a team or an address. */
const isHolders = (schema: Schema): boolean => names(schema, 'holder') || isListOfHolders(schema)

/** Whether it is a list of them, though it be of one. */
const isListOfHolders = (schema: Schema): boolean =>
  schema.type === 'array' && schema.items?.$ref?.endsWith('/holder') === true

const names = (schema: Schema, shape: string): boolean =>
  schema.anyOf?.some((one) => one.$ref?.endsWith(`/${shape}`) === true) === true

const HOLDER_FORMS: readonly PersonForm[] = ['role', 'team', 'user']

/** The forms that a property takes, and the words that may stand instead. */
export function formsOf(schema: Schema): {
  readonly forms: readonly PersonForm[]
  readonly words: readonly string[]
  readonly isHolder: boolean
} {
  if (isHolders(schema)) return { forms: HOLDER_FORMS, words: [], isHolder: true }
  const variants = schema.shape === 'peopleList' ? [] : (schema.anyOf ?? [])
  const has = (key: string): boolean => variants.some((one) => one.properties?.[key] !== undefined)
  const beside = (['pool', 'table'] as const).filter(has)
  return {
    forms: [...PERSON_FORMS, ...beside],
    words: variants.flatMap((one) => (one.enum ?? []).map(String)),
    isHolder: false,
  }
}

/** Which form an entry has; undefined for one that is written by hand, such as a rule. */
export function formOf(entry: unknown): PersonForm | undefined {
  if (!isObject(entry)) return undefined
  const keys = Object.keys(entry)
  return (Object.keys(BESIDE) as PersonForm[]).find(
    (form) => keys.includes(form) && keys.every((key) => key === form || BESIDE[form].has(key)),
  )
}

/** The entries of a value; undefined where one of them has none of the forms. */
export function entriesOf(value: unknown): readonly Json[] | undefined {
  const list = value === undefined ? [] : Array.isArray(value) ? value : [value]
  return list.every((one) => formOf(one) !== undefined) ? (list as readonly Json[]) : undefined
}

/** One alone is written without a list, where the property is not one by its schema; none is not written. */
export function writtenOf(entries: readonly Json[], schema: Schema = {}): unknown {
  if (schema.type === 'array') return entries
  if (entries.length === 0) return undefined
  return entries.length === 1 ? entries[0] : entries
}

/** What an entry of a form begins with. */
export function beginOf(form: PersonForm): Json {
  if (form === 'table') return { table: '', match: [], take: '' }
  return { [form]: form === 'field' || form === 'leaderOf' ? 'owner' : '' }
}
