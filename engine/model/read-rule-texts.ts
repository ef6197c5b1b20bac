import type { FieldDefinition, Text } from '../../metadata/types.ts'
import { AppError, type Problem } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import type { Kind } from './compiled.ts'
import type { RulePlace } from './kinds/kind-spec.ts'
import { KINDS } from './kinds/kinds.ts'
import { asName, isRecord, own, pointer, valueAt } from './pointer.ts'
import { type NamedField, type NamedList, type NameSource, textNames } from './rule-names.ts'
import { readRuleText } from './rule-text.ts'
import { systemFields } from './system-fields.ts'

type Raw = Readonly<Record<string, unknown>>

/**
 * A definition as it was sent, the text form of its rules read as JSON Logic: that is what is stored, compared and
 * exported.
 * @param entities the entities among which names and labels are looked for, checked or not
 * @throws AppError RULE_TEXT_INVALID for each text that cannot be read, with its place in the definition and in the text
 */
export function readRuleTexts(
  definition: Raw,
  kind: Kind,
  entities: Iterable<unknown>,
  registry: Registry,
): Raw {
  const places = (KINDS[kind].rules?.(definition) ?? []).filter((place) =>
    isRuleText(valueAt(definition, place.at), place),
  )
  if (places.length === 0) return definition
  const names = rawNames(entities, registry)
  const problems: Problem[] = []
  let read = definition
  for (const place of places) {
    const text = valueAt(definition, place.at) as string
    const found = readRuleText(text, textNames(names, holderOf(names, place)), pointer(...place.at))
    if ('problem' in found) problems.push(found.problem)
    else read = replaced(read, place.at, found.rule) as Raw
  }
  if (problems.length > 0) throw new AppError(problems)
  return read
}

/** The entity whose fields a rule names. */
function holderOf(names: RawNames, { entity, relation }: RulePlace): string {
  if (relation === undefined) return entity
  const list = names.lists(entity).find(({ name }) => name === relation)
  return list?.from ?? names.linkedTo(entity, relation) ?? entity
}

interface RawNames extends NameSource {
  /** Where a many-to-many field of an entity leads to. */
  linkedTo(entity: string, field: string): string | undefined
}

/** A single word where words are due is one that was misspelt, and the check of the shape says so. */
function isRuleText(value: unknown, { words }: RulePlace): boolean {
  return typeof value === 'string' && (words === undefined || !/^[a-z_]*$/i.test(value))
}

function replaced(value: unknown, [key, ...rest]: readonly string[], rule: unknown): unknown {
  if (key === undefined) return rule
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (String(index) === key ? replaced(item, rest, rule) : item))
  }
  return { ...(value as Raw), [key]: replaced(own(value, key), rest, rule) }
}

/** The names of definitions that may be incomplete: what has not the form of a field is passed over. */
function rawNames(entities: Iterable<unknown>, registry: Registry): RawNames {
  const byName = new Map<string, unknown>()
  for (const entity of entities) {
    const name = own(entity, 'name')
    if (typeof name === 'string') byName.set(name, entity)
  }
  const fieldsOf = (entity: unknown): readonly Raw[] => {
    const fields = own(entity, 'fields')
    return Array.isArray(fields)
      ? fields.filter((field): field is Raw => typeof own(field, 'name') === 'string')
      : []
  }
  return {
    fields(name) {
      const entity = byName.get(name)
      if (entity === undefined) return new Map()
      const whole = { owned: own(entity, 'owned') === true, fields: fieldsOf(entity) as FieldDefinition[] }
      const system = systemFields(registry, whole).map((field) => field.definition)
      return new Map([...system, ...fieldsOf(entity)].map((field) => [asName(field.name), namedField(field)]))
    },
    lists: (name) =>
      [...byName].flatMap(([from, entity]) =>
        fieldsOf(entity)
          .filter(({ to }) => to === name || (Array.isArray(to) && to.includes(name)))
          .map((field): NamedList => {
            const inverse =
              typeof field.inverse === 'string' ? field.inverse : `${from}_${asName(field.name)}`
            return { name: inverse, label: undefined, from }
          }),
      ),
    linkedTo(name, link) {
      const field = fieldsOf(byName.get(name)).find((one) => one.name === link)
      return field?.type === 'many_to_many' && typeof field.to === 'string' ? field.to : undefined
    },
  }
}

function namedField(field: Raw): NamedField {
  const isLookup = field.type === 'lookup' && typeof field.to === 'string'
  return {
    name: asName(field.name),
    label: labelOf(field.label),
    to: isLookup
      ? (field.to as string)
      : field.type === 'user' || field.name === 'owner'
        ? 'user'
        : undefined,
    options: undefined,
    isStage: field.type === 'stage',
  }
}

function labelOf(label: unknown): Text | undefined {
  if (typeof label === 'string') return label
  if (!isRecord(label)) return undefined
  return Object.fromEntries(
    Object.entries(label).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
