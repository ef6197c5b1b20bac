import { textIn } from '../../metadata/text.ts'
import type { EntityDefinition, FieldDefinition, Text } from '../../metadata/types.ts'
import type { Language, LocalText } from '../errors.ts'
import type { JsonSchema } from '../registry/field-type.ts'
import type { Definition, DefinitionSet, Kind } from './compiled.ts'
import { listDefinitions } from './definition-set.ts'
import { dereference, kindSchema } from './kinds/kind-schema.ts'
import type { ModelContext } from './kinds/kind-spec.ts'
import { KINDS } from './kinds/kinds.ts'
import { isRecord, own } from './pointer.ts'
import { stepSentence } from './step-sentences.ts'
import type { Named, Step, StepKind } from './steps.ts'

/** What a comparison of two models carries along. */
export interface DiffContext {
  readonly base: ModelContext
  readonly candidate: ModelContext
  /** Entities and fields of the base by id: as they are called in force. */
  readonly inForce: ReadonlyMap<string, Named>
  /** Ids of retired entities and fields whose data is still there. */
  readonly retired: ReadonlySet<string>
}

/** Names in force by id: of definitions and of entities' fields. */
export function namesInForce(base: DefinitionSet): ReadonlyMap<string, Named> {
  const named = (item: { readonly id?: string; readonly name: string }): [string, Named] => [
    item.id ?? item.name,
    { name: item.name, id: item.id ?? item.name },
  ]
  return new Map(
    listDefinitions(base).flatMap((definition) => [
      named(definition),
      ...(definition.kind === 'entity' ? definition.fields.map(named) : []),
    ]),
  )
}

/** Where records of a field lie in force; undefined for what is new. */
export function inForce(
  { inForce: names }: DiffContext,
  entity: EntityDefinition,
  field: FieldDefinition,
): { readonly entity: Named; readonly field: Named } | undefined {
  const [ofEntity, ofField] = [names.get(entity.id ?? entity.name), names.get(field.id ?? field.name)]
  return ofEntity === undefined || ofField === undefined ? undefined : { entity: ofEntity, field: ofField }
}

interface Labelled {
  readonly name: string
  readonly label?: Text
}

/** What a step says beyond its kind. */
export interface StepParts extends Partial<Omit<Step, 'kind' | 'definition' | 'item' | 'sentence'>> {
  /** The item, with its key. */
  readonly of?: { readonly key: string; readonly called: Labelled }
  /** The field in whose list the item stands. */
  readonly within?: Labelled
  /** What changed, or which fields, per language. */
  readonly list?: LocalText
}

/** A step with its sentence; safe and with nothing to count unless the parts say otherwise. */
export function makeStep(kind: StepKind, definition: Definition, parts: StepParts = {}): Step {
  const { of, list, within, ...rest } = parts
  const words = (language: Language) => ({
    kind: KINDS[definition.kind].label[language],
    definition: within === undefined ? quote(definition, language) : inner(within, definition, language),
    item: of === undefined ? '' : quote(of.called, language),
    from: parts.from ?? '',
    to: parts.to ?? '',
    list: list?.[language] ?? '',
  })
  return {
    kind,
    tag: 'safe',
    definition: { kind: definition.kind, name: definition.name },
    ...(of === undefined ? {} : { item: of.key }),
    sentence: stepSentence(kind, { en: words('en'), 'zh-CN': words('zh-CN') }),
    counts: [],
    ...rest,
  }
}

function quote(item: Labelled, language: Language): string {
  return `“${textIn(item.label, language, item.name)}”`
}

/** A field and what it belongs to. */
function inner(field: Labelled, definition: Labelled, language: Language): string {
  const [one, whole] = [quote(field, language), quote(definition, language)]
  return language === 'en' ? `${one} of ${whole}` : `${whole}的${one}`
}

/** Labels as a list in both languages. */
export function listOf(items: readonly Labelled[]): LocalText {
  return {
    en: items.map((item) => quote(item, 'en')).join(', '),
    'zh-CN': items.map((item) => quote(item, 'zh-CN')).join('、'),
  }
}

/** Keys whose values differ, in the order of the first and then the second; `without` are told elsewhere. */
export function changedKeys(
  before: object,
  after: object,
  without: readonly string[] = [],
): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].filter(
    (key) => !without.includes(key) && sortedText(own(before, key)) !== sortedText(own(after, key)),
  )
}

/** JSON text in which the order of keys does not count. */
export function sortedText(value: unknown): string {
  return (
    JSON.stringify(value, (_key, entry: unknown) =>
      isRecord(entry)
        ? Object.fromEntries(Object.entries(entry).sort(([one], [other]) => (one < other ? -1 : 1)))
        : entry,
    ) ?? ''
  )
}

/** The schema of what stands in a list of a kind. */
function itemSchema(root: JsonSchema, list: string): JsonSchema | undefined {
  const property = own(root.properties, list)
  const items = isRecord(property) ? own(dereference(property, root), 'items') : undefined
  return isRecord(items) ? dereference(items, root) : undefined
}

/**
 * The titles of keys as the schema of the kind tells them: “label, required”.
 * @param type of the field whose keys they are
 * @param list in which what has them stands
 */
export function keyTitles(
  { candidate }: DiffContext,
  kind: Kind,
  keys: readonly string[],
  { type, list }: { readonly type?: string; readonly list?: string } = {},
): LocalText {
  const root = kindSchema(candidate.registry, kind)
  const typed = type === undefined ? undefined : own(root.$defs, `field_${type}`)
  const schema = isRecord(typed) ? typed : ((list === undefined ? undefined : itemSchema(root, list)) ?? root)
  const title = (key: string): LocalText => {
    const property = own(schema.properties, key)
    const named: JsonSchema = isRecord(property) ? { ...dereference(property, root), ...property } : {}
    const english = typeof named.title === 'string' ? named.title.toLowerCase() : key
    const chinese = own(named['x-zh'], 'title')
    return { en: english, 'zh-CN': typeof chinese === 'string' ? chinese : english }
  }
  const titles = keys.map(title)
  return { en: titles.map((one) => one.en).join(', '), 'zh-CN': titles.map((one) => one['zh-CN']).join('、') }
}
