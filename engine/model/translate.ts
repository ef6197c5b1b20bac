import { isTexts } from '../../metadata/texts-of.ts'
import type { Text, TranslationDefinition } from '../../metadata/types.ts'
import type { DefinitionByKind, DefinitionSet, Kind, Reading } from './compiled.ts'
import { addressOf } from './kinds/items.ts'
import { itemsOf } from './kinds/kinds.ts'
import { isRecord, pointerSteps } from './pointer.ts'

/** Texts by address (`entity/account/phone#help`), each by language. */
type AddedTexts = ReadonlyMap<string, Readonly<Record<string, string>>>

/**
 * The definitions with the texts that translations add to them: what people are shown. A translation gives a text
 * in its language where it is missing and replaces it where it is there. Without translations the set itself.
 * @param reading a language whose texts take the place of another's
 */
export function translateDefinitions(set: DefinitionSet, reading?: Reading): DefinitionSet {
  const added = addedTexts([...set.translation.values()])
  if (added.size === 0 && reading === undefined) return set
  const kinds = Object.keys(set) as Kind[]
  return Object.fromEntries(
    kinds.map((kind) => {
      const translated = translateKind(kind, set[kind], added)
      return [kind, reading === undefined ? translated : readKind(translated, reading)]
    }),
  ) as never
}

function addedTexts(translations: readonly TranslationDefinition[]): AddedTexts {
  const added = new Map<string, Record<string, string>>()
  for (const { language, texts } of translations) {
    for (const [address, text] of Object.entries(texts)) {
      added.set(address, { ...added.get(address), [language]: text })
    }
  }
  return added
}

function translateKind<K extends Kind>(
  kind: K,
  definitions: ReadonlyMap<string, DefinitionByKind[K]>,
  added: AddedTexts,
): ReadonlyMap<string, DefinitionByKind[K]> {
  return new Map([...definitions].map(([name, definition]) => [name, translate(kind, definition, added)]))
}

function translate<K extends Kind>(
  kind: K,
  definition: DefinitionByKind[K],
  added: AddedTexts,
): DefinitionByKind[K] {
  const places = [
    { address: addressOf(kind, definition.name), path: '' },
    ...itemsOf(kind, definition).map(({ key, path }) => ({
      address: addressOf(kind, definition.name, key),
      path,
    })),
  ]
  const changes = places.flatMap(({ address, path }) =>
    TEXT_KEYS.flatMap(({ key, mark }) => {
      const texts = added.get(address + mark)
      return texts === undefined ? [] : [{ steps: pointerSteps(path), key, texts }]
    }),
  )
  if (changes.length === 0) return definition
  const copy = structuredClone(definition) as unknown as Record<string, unknown>
  for (const { steps, key, texts } of changes) {
    const holder = steps.reduce((at, step) => at[step] as Record<string, unknown>, copy)
    holder[key] = merged(holder[key] as Text | undefined, texts)
  }
  return copy as unknown as DefinitionByKind[K]
}

function readKind(definitions: ReadonlyMap<string, unknown>, reading: Reading): ReadonlyMap<string, unknown> {
  return new Map([...definitions].map(([name, definition]) => [name, inReading(definition, reading)]))
}

/** With the texts of a language in another's place, wherever there are any; the rest as it is. */
function inReading(value: unknown, reading: Reading): unknown {
  if (Array.isArray(value)) return value.map((one) => inReading(one, reading))
  if (!isRecord(value)) return value
  if (!isTexts(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inReading(one, reading)]))
  const text = value[reading.language]
  return text === undefined ? value : { ...value, [reading.spoken]: text }
}

const TEXT_KEYS = [
  { key: 'label', mark: '' },
  { key: 'plural', mark: '#plural' },
  { key: 'help', mark: '#help' },
] as const

/** A text that was one for all languages stays the one for those that nobody translated. */
function merged(text: Text | undefined, texts: Readonly<Record<string, string>>): Text {
  return { ...(typeof text === 'string' ? { en: text } : text), ...texts }
}
