import type { Database } from '../db/database.ts'
import { AppError, refuse } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import { acceptDefinition } from './accept.ts'
import { type Changeset, closedBy, dropItem, loadChangeset, saveItems, tellOfDraft } from './changesets.ts'
import type { Definition, DefinitionSet, Kind } from './compiled.ts'
import { findDefinition } from './definition-set.ts'
import { identify } from './identify.ts'
import { itemsOf, KINDS } from './kinds/kinds.ts'
import { own } from './pointer.ts'
import { readRuleTexts } from './read-rule-texts.ts'
import { loadState } from './state.ts'
import { newId } from './uuid.ts'

export interface DraftDeps {
  readonly db: Database
  readonly registry: Registry
  /** The workspace's schema, quoted. */
  readonly schema: string
}

/** A definition in a draft, and what its writer had before their eyes. */
export interface DraftAddress {
  readonly kind: Kind
  readonly name: string
  /**
   * The version in force that it was written against: what others have published since is merged with it, or told as a
   * conflict. Absent: against what is in force now.
   */
  readonly baseVersion?: number | undefined
}

/** @throws AppError META_VERSION_UNKNOWN for one that is not in force yet */
export function baseOf({ baseVersion }: DraftAddress, version: number): number {
  if (baseVersion === undefined) return version
  if (baseVersion <= version) return baseVersion
  throw refuse('META_VERSION_UNKNOWN', '/base_version', { params: { version: baseVersion } })
}

/**
 * Sets a definition in an open draft. It gets its ids here; it may still be incomplete.
 * @param raw the definition as it was sent
 * @returns it with its ids
 * @throws AppError META_CHANGESET_UNKNOWN, META_CHANGESET_CLOSED, META_CHANGESET_PUBLISHING, and every problem of
 *   `acceptDefinition`, `readRuleTexts` and `identify`
 */
export async function setInDraft(
  { db, schema, registry }: DraftDeps,
  changesetId: string,
  address: DraftAddress,
  raw: unknown,
): Promise<unknown> {
  const { kind, name } = address
  const changeset = await loadChangeset(db, schema, changesetId)
  if (changeset.state !== 'open') throw closedBy(changeset.state)
  const { version, definitions } = await loadState(db, schema)
  const drafted = changeset.items.find((item) => item.kind === kind && item.name === name)?.definition
  const definition = readInDraft({ registry, definitions, changeset }, address, raw, drafted)
  await saveItems(db, schema, changeset.id, [{ kind, name, definition }], baseOf(address, version))
  await tellOfDraft(db, schema, changeset.id)
  return definition
}

/**
 * A definition as it was sent, with its rules read and its ids.
 * @param before as the draft had it when it was changed: what has its name keeps its id
 * @throws AppError with every problem of `acceptDefinition`, `readRuleTexts` and `identify`
 */
export function readInDraft(
  place: {
    readonly registry: Registry
    readonly definitions: DefinitionSet
    readonly changeset: Pick<Changeset, 'items'>
  },
  { kind, name }: Pick<DraftAddress, 'kind' | 'name'>,
  raw: unknown,
  before: unknown,
): unknown {
  const { registry, definitions, changeset } = place
  const accepted = acceptDefinition(raw, kind, name)
  const entities = [
    ...definitions.entity.values(),
    ...changeset.items.filter((item) => item.kind === 'entity').map((item) => item.definition),
  ]
  return identifyInDraft(readRuleTexts(accepted, kind, entities, registry), kind, definitions, before)
}

/**
 * Removes a definition in an open draft; one that only the draft knows is gone from it.
 * @throws AppError META_CHANGESET_*, META_DEFINITION_UNKNOWN
 */
export async function removeInDraft(
  { db, schema }: Pick<DraftDeps, 'db' | 'schema'>,
  changesetId: string,
  address: DraftAddress,
): Promise<void> {
  const { kind, name } = address
  const changeset = await loadChangeset(db, schema, changesetId)
  if (changeset.state !== 'open') throw closedBy(changeset.state)
  const { version, definitions } = await loadState(db, schema)
  const isInForce = findDefinition(definitions, kind, name) !== undefined
  const isDrafted = changeset.items.some((item) => item.kind === kind && item.name === name)
  if (!isInForce && !isDrafted)
    throw refuse('META_DEFINITION_UNKNOWN', '', { params: { kind: KINDS[kind].label, name } })
  const items = [{ kind, name, definition: undefined }]
  if (isInForce) await saveItems(db, schema, changeset.id, items, baseOf(address, version))
  else await dropItem(db, schema, changeset.id, kind, name)
  await tellOfDraft(db, schema, changeset.id)
}

/**
 * Gives ids. What the draft has named before keeps the id that it got then, although it is not in force yet.
 * @throws AppError with the problems of the identities
 */
export function identifyInDraft(
  definition: unknown,
  kind: Kind,
  base: DefinitionSet,
  drafted: unknown,
): unknown {
  const fresh = new Set<string>()
  const createId = () => {
    const id = newId()
    fresh.add(id)
    return id
  }
  const { definition: identified, problems } = identify(definition as Definition, base, createId)
  if (problems.length > 0) throw new AppError(problems)
  const drafts = idsOf(kind, drafted)
  const used = new Set(idsOf(kind, identified).values())
  const replaced = [...idsOf(kind, identified)].flatMap(([key, id]) => {
    const before = drafts.get(key)
    return fresh.has(id) && before !== undefined && !used.has(before) ? [[id, before] as const] : []
  })
  const text = replaced.reduce(
    (json, [id, before]) => json.replaceAll(id, before),
    JSON.stringify(identified),
  )
  return JSON.parse(text) as unknown
}

/** Ids by the names under which people know them: '' for the definition itself, else an item's key. */
function idsOf(kind: Kind, definition: unknown): ReadonlyMap<string, string> {
  const items = itemsOf(kind, definition).map((item): [string, unknown] => [item.key, item.id])
  const all: [string, unknown][] = [['', own(definition, 'id')], ...items]
  return new Map(all.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
