import { canonicalText } from './canonical.ts'
import type { Definition, DefinitionSet, Kind } from './compiled.ts'
import { listDefinitions, toDefinitionSet } from './definition-set.ts'
import { addressOf, type Item, itemName } from './kinds/items.ts'
import type { ItemList, ItemNoun, ModelContext, Reference, Target } from './kinds/kind-spec.ts'
import { KINDS, referencesOf } from './kinds/kinds.ts'
import { isRecord, own, pointerSteps, valueAt } from './pointer.ts'
import { findRenames, type Renames } from './renames.ts'

/** The new name of what a mention leads to, or undefined where it keeps its name. */
type NewName = (to: Target) => string | undefined

/**
 * All definitions with every mention of a definition or item changed to its new name: in lists, rules, paths
 * through lookups, keys and translations. The thing itself keeps its name.
 * @param from what is renamed, as it is called before
 * @param name the new name: of an item its own, without what holds it
 */
export function renameReferences(context: ModelContext, from: Target, name: string): DefinitionSet {
  const address = addressOf(from.kind, from.name, from.item)
  const newName: NewName = (to) => (addressOf(to.kind, to.name, to.item) === address ? name : undefined)
  return toDefinitionSet(
    listDefinitions(context.definitions).map((definition) =>
      rewriteMentions(definition, referencesOf(definition, context), newName),
    ),
  )
}

/** All definitions after a rename: the thing and every mention of it. */
export function applyRename(context: ModelContext, from: Target, name: string): DefinitionSet {
  const rewritten = renameReferences(context, from, name)
  return toDefinitionSet(
    listDefinitions(rewritten).map((definition) => {
      if (definition.kind !== from.kind || definition.name !== from.name) return definition
      if (from.item === undefined) return { ...definition, name }
      const key = from.item
      return renameItems(definition, (item) => (item.key === key ? name : undefined))
    }),
  )
}

/**
 * What has to follow when a candidate gives definitions or items new names (the ids say which): definitions
 * that the candidate leaves as they are in force, and mentions of old names in those that it changes.
 * @returns the whole candidate; definitions that needed nothing are the same objects
 */
export function followRenames(base: ModelContext, candidate: DefinitionSet): DefinitionSet {
  const renames = findRenames(base.definitions, candidate)
  if (renames.isEmpty) return candidate
  const bridge: ModelContext = { registry: base.registry, definitions: bridgeOf(base.definitions, candidate) }
  const inForce = new Map(listDefinitions(base.definitions).map((definition) => [definition.id, definition]))
  return toDefinitionSet(
    listDefinitions(candidate).map((definition) => {
      const before = definition.id === undefined ? undefined : inForce.get(definition.id)
      const isUntouched =
        before === definition ||
        (before !== undefined &&
          canonicalText(before, base.registry) === canonicalText(definition, base.registry))
      return isUntouched
        ? rewriteMentions(definition, referencesOf(definition, base), renames.newName)
        : followInChanged(definition, before, bridge, renames)
    }),
  )
}

/** A changed definition may already say the new names; an old one is followed where nothing else has it now. */
function followInChanged(
  definition: Definition,
  before: Definition | undefined,
  bridge: ModelContext,
  renames: Renames,
): Definition {
  const asCalled = before === undefined ? definition : ({ ...definition, name: before.name } as Definition)
  const newName: NewName = (to) => (renames.isFree(to) ? renames.newName(to) : undefined)
  const rewritten = rewriteMentions(asCalled, referencesOf(asCalled, bridge), newName)
  return { ...rewritten, name: definition.name } as Definition
}

/**
 * Base and candidate in one, in which old and new names both lead somewhere: every renamed definition under both
 * names, every entity with its old fields and those that are new.
 */
function bridgeOf(base: DefinitionSet, candidate: DefinitionSet): DefinitionSet {
  const now = new Map(listDefinitions(candidate).map((definition) => [definition.id, definition]))
  const inForce = listDefinitions(base).map((definition) => withNewFields(definition, now.get(definition.id)))
  const known = new Set(inForce.map(({ kind, name }) => addressOf(kind, name)))
  const aliases = inForce.flatMap((definition) => {
    const name = now.get(definition.id)?.name
    if (name === undefined || known.has(addressOf(definition.kind, name))) return []
    return [{ ...definition, name } as Definition]
  })
  return toDefinitionSet([...inForce, ...aliases])
}

function withNewFields(before: Definition, now: Definition | undefined): Definition {
  if (before.kind !== 'entity' || now?.kind !== 'entity') return before
  const names = new Set(before.fields.map((field) => field.name))
  return { ...before, fields: [...before.fields, ...now.fields.filter((field) => !names.has(field.name))] }
}

/** Items whose rename is a step of its own; that of any other is a change of its definition. */
const STEPPED: ReadonlySet<ItemNoun> = new Set(['field', 'option', 'stage'])

/** Base definitions by id, with the names that the candidate gives to them, their items and what they mention. */
export function renamedBase(base: ModelContext, candidate: DefinitionSet): ReadonlyMap<string, Definition> {
  const renames = findRenames(base.definitions, candidate)
  return new Map(
    listDefinitions(base.definitions).map((definition) => {
      const { kind, name } = definition
      if (renames.isEmpty) return [identityOf(definition), definition]
      const rewritten = rewriteMentions(definition, referencesOf(definition, base), renames.newName)
      const withItems = renameItems(rewritten, ({ key, noun }) =>
        STEPPED.has(noun) ? renames.newName({ kind, name, item: key }) : undefined,
      )
      return [
        identityOf(definition),
        { ...withItems, name: renames.newName({ kind, name }) ?? name } as Definition,
      ]
    }),
  )
}

/** What a definition is known by across versions: its id. One without is only ever itself. */
export function identityOf(definition: Definition): string {
  return definition.id ?? addressOf(definition.kind, definition.name)
}

function renameItems(
  definition: Definition,
  newName: (item: Pick<Item, 'key' | 'noun'>) => string | undefined,
): Definition {
  return KINDS[definition.kind as Kind].lists.reduce<unknown>(
    (result, list) => renameInList(list, result, '', newName),
    definition,
  ) as Definition
}

function renameInList(
  list: ItemList,
  holder: unknown,
  outer: string,
  newName: (item: Pick<Item, 'key' | 'noun'>) => string | undefined,
): unknown {
  const entries = valueAt(holder, list.at)
  if (!Array.isArray(entries)) return holder
  const renamed = entries.map((entry: unknown) => {
    const name = itemName(list, entry)
    if (name === undefined || !isRecord(entry)) return entry
    const key = [outer, list.prefix, name].filter(Boolean).join('/')
    const inner = (list.nested ?? []).reduce<unknown>(
      (result, nested) => renameInList(nested, result, key, newName),
      entry,
    )
    const changed = list.nameOf === undefined ? newName({ key, noun: list.noun }) : undefined
    return changed === undefined ? inner : { ...(inner as object), name: changed }
  })
  if (renamed.every((entry, index) => entry === entries[index])) return holder
  return changeAt(holder, list.at, () => renamed)
}

/** The definition with each mention of something renamed rewritten; the same object where there is none. */
function rewriteMentions(
  definition: Definition,
  references: readonly Reference[],
  newName: NewName,
): Definition {
  const changes = new Map<string, Change>()
  for (const { path, to, inKey = false, span, byOtherName } of references) {
    const name = byOtherName ? undefined : newName(to)
    if (name === undefined) continue
    const key = `${inKey} ${path}`
    const change = changes.get(key) ?? { path, inKey, parts: [] }
    if (!change.parts.some((part) => part.span?.[0] === span?.[0])) change.parts.push({ span, name })
    changes.set(key, change)
  }
  // Values first: a changed key changes the paths below it.
  const ordered = [...changes.values()].sort((one, other) => Number(one.inKey) - Number(other.inKey))
  return ordered.reduce<unknown>((result, change) => applyChange(result, change), definition) as Definition
}

interface Change {
  readonly path: string
  readonly inKey: boolean
  readonly parts: { readonly span: readonly [number, number] | undefined; readonly name: string }[]
}

function applyChange(definition: unknown, { path, inKey, parts }: Change): unknown {
  const steps = pointerSteps(path)
  if (!inKey) return changeAt(definition, steps, (text) => respell(String(text), parts))
  const key = steps.at(-1) ?? ''
  return changeAt(definition, steps.slice(0, -1), (holder) => renameKey(holder, key, respell(key, parts)))
}

function respell(text: string, parts: Change['parts']): string {
  const fromTheRight = [...parts].sort((one, other) => (other.span?.[0] ?? 0) - (one.span?.[0] ?? 0))
  return fromTheRight.reduce((result, { span, name }) => {
    if (span === undefined) return name
    return result.slice(0, span[0]) + name + result.slice(span[1])
  }, text)
}

/** Keeps the place of the key; a key that is already there wins over the one that would become it. */
function renameKey(holder: unknown, from: string, to: string): unknown {
  if (!isRecord(holder) || from === to || own(holder, to) !== undefined) return holder
  return Object.fromEntries(Object.entries(holder).map(([key, value]) => [key === from ? to : key, value]))
}

function changeAt(value: unknown, steps: readonly string[], change: (value: unknown) => unknown): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return change(value)
  if (Array.isArray(value)) {
    return value.map((entry: unknown, index) =>
      String(index) === step ? changeAt(entry, rest, change) : entry,
    )
  }
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, key === step ? changeAt(entry, rest, change) : entry]),
  )
}
