import type { Definition, DefinitionSet, Kind } from './compiled.ts'

/** All kinds, in the order in which lists and folders show them. */
export const KIND_NAMES = Object.keys({
  entity: true,
  option_set: true,
  pipeline: true,
  validation: true,
  tag_rule: true,
  calendar: true,
  assignment: true,
  pool: true,
  duplicate_rule: true,
  flow: true,
  approval: true,
  connection: true,
  webform: true,
  layout: true,
  view: true,
  app: true,
  role: true,
  sharing: true,
  translation: true,
  message: true,
  document: true,
  scenario: true,
  report: true,
  dashboard: true,
  setting: true,
} satisfies Record<Kind, true>) as readonly Kind[]

/** Kinds that act on save and have their own history; all others are published. */
export const CONTENT_KINDS: readonly Kind[] = [
  'view',
  'message',
  'document',
  'report',
  'dashboard',
  'setting',
]

export function isKind(name: string): name is Kind {
  return (KIND_NAMES as readonly string[]).includes(name)
}

export function isContentKind(kind: Kind): boolean {
  return CONTENT_KINDS.includes(kind)
}

/** A set of definitions by kind and name; of two with the same address the later one counts. */
export function toDefinitionSet(definitions: Iterable<Definition>): DefinitionSet {
  const maps = new Map<Kind, Map<string, Definition>>(KIND_NAMES.map((kind) => [kind, new Map()]))
  for (const definition of definitions) maps.get(definition.kind)?.set(definition.name, definition)
  return Object.fromEntries(maps) as unknown as DefinitionSet
}

/** All definitions of a set, kind by kind, by name. */
export function listDefinitions(set: DefinitionSet): readonly Definition[] {
  return KIND_NAMES.flatMap((kind) =>
    [...(set[kind] as ReadonlyMap<string, Definition>).values()].sort((left, right) =>
      left.name < right.name ? -1 : 1,
    ),
  )
}

export function findDefinition(set: DefinitionSet, kind: Kind, name: string): Definition | undefined {
  return (set[kind] as ReadonlyMap<string, Definition>).get(name)
}

/** The form in which tenon_version keeps a set: `{"entity": {"account": {…}}, …}`. */
export type StoredDefinitions = { readonly [K in Kind]?: { readonly [name: string]: unknown } }

export function toStored(set: DefinitionSet): StoredDefinitions {
  return Object.fromEntries(
    KIND_NAMES.map((kind) => [kind, Object.fromEntries(set[kind] as ReadonlyMap<string, Definition>)]),
  )
}

export function fromStored(stored: StoredDefinitions): DefinitionSet {
  return toDefinitionSet(
    KIND_NAMES.flatMap((kind) => Object.values(stored[kind] ?? {}) as readonly Definition[]),
  )
}
