import type { FieldDefinition } from '../../../metadata/types.ts'
import type { FieldType } from '../../registry/field-type.ts'
import { offeredOptions } from '../../registry/option-list.ts'
import type { Registry } from '../../registry/registry.ts'
import { fieldContextOf } from '../field-context.ts'
import type { ModelContext } from '../kinds/kind-spec.ts'

/**
 * What a change of a field's type means for the values that are there.
 *
 * - `safe`: each value has its counterpart in the new type, and the way back gives the same one again;
 * - `lossy`: some values have none, or say less afterwards: to be confirmed;
 * - `refused`: there is no reading of one as the other.
 */
export type Convertibility = 'safe' | 'lossy' | 'refused'

/** Types that a person reads as they would read a text, and whose values are texts. */
const SHORT_TEXTS = ['text', 'email', 'phone', 'url']
const NUMBERS = ['integer', 'decimal', 'currency', 'percent']
const LISTS = ['multi_select', 'tags']

/** Written as texts they may be longer than a field of one line holds. */
const LONG = new Set(['long_text', 'rich_text', 'json', ...LISTS])

/** The engine keeps something of its own beside the value, or the value means nothing without that. */
const BOUND = new Set(['stage', 'file', 'image', 'user', 'team', 'location', 'address'])
/** Values that the engine gives, or that are no more than a name in a closed list of the world. */
const NEVER_INTO = new Set(['auto_number', 'time_zone', 'json'])

const SAFE: Readonly<Record<string, readonly string[]>> = {
  text: ['long_text', 'rich_text'],
  long_text: ['rich_text'],
  integer: ['decimal', 'currency'],
  boolean: ['integer'],
  date: ['date_time'],
}
const LOSSY: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(NUMBERS.map((name) => [name, [...NUMBERS, 'boolean', 'select']])),
  date_time: ['date'],
  rich_text: ['long_text', 'text'],
  ...Object.fromEntries(LISTS.map((name) => [name, ['select', ...LISTS]])),
}

/** A field with the definitions around it. */
export interface FieldSide {
  readonly model: ModelContext
  readonly entity: string
  readonly definition: FieldDefinition
}

/** What becomes of the values of a field of another type; undefined where the values may stay what they are. */
export function convertibility(from: FieldSide, to: FieldSide): Convertibility | undefined {
  const { registry } = to.model
  const [old, now] = [registry.typeOf(from.definition), registry.typeOf(to.definition)]
  if (old === undefined || now === undefined) return 'refused'
  const [oldColumns, columns] = [typesOf(old, from.definition), typesOf(now, to.definition)]
  const isSameStore = JSON.stringify(oldColumns) === JSON.stringify(columns)
  if (from.definition.type === to.definition.type && isSameStore) return undefined
  if (!isMovable(old, oldColumns) || !isMovable(now, columns)) return 'refused'
  if (BOUND.has(old.name) || BOUND.has(now.name) || NEVER_INTO.has(now.name)) return 'refused'
  const pair = byTable(old, now, registry)
  return pair === 'lossy' && isChoiceKept(from, to) ? 'safe' : pair
}

function byTable(old: FieldType, now: FieldType, registry: Registry): Convertibility {
  if (SAFE[old.name]?.includes(now.name)) return 'safe'
  if (LOSSY[old.name]?.includes(now.name) || old.name === now.name) return 'lossy'
  if (now.name === 'long_text') return 'safe'
  if (now.name === 'rich_text') return LONG.has(old.name) ? 'refused' : 'safe'
  if (now.name === 'text') return LONG.has(old.name) ? 'lossy' : 'safe'
  if (old.name === 'time_zone') return 'refused'
  // What a person wrote as a text is read as an import would read it; so are an option's words.
  const isText = [...SHORT_TEXTS, 'long_text', 'select'].includes(old.name)
  if (isText || registry.fieldType(old.name)?.rule?.type === 'text') return 'lossy'
  return 'refused'
}

function typesOf(type: FieldType, definition: FieldDefinition): readonly string[] {
  return type.columns(definition).map(({ sqlType }) => sqlType)
}

/** Values in one column of the record's own row that a client may write and read. */
function isMovable(type: FieldType, columns: readonly string[]): boolean {
  const isKept = type.computed === undefined && type.sealing === undefined && type.writeOnly !== true
  return isKept && type.relation === undefined && columns.length === 1
}

/** One option becomes a list with that option, where the list offers it. */
function isChoiceKept(from: FieldSide, to: FieldSide): boolean {
  if (![...LISTS, 'select'].includes(from.definition.type) || !LISTS.includes(to.definition.type))
    return false
  const offered = new Set(optionNamesOf(to))
  return optionNamesOf(from).every((name) => offered.has(name))
}

function optionNamesOf({ model, entity, definition }: FieldSide): readonly string[] {
  const source = { definitions: model.definitions, settings: { currency: '' } }
  const context = fieldContextOf(source)(entity)
  return (offeredOptions(definition, context) ?? []).map(({ name }) => name)
}
