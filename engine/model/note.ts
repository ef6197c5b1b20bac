import type { Transaction } from '../db/database.ts'
import type { Registry } from '../registry/registry.ts'
import { equalDefinitions } from './canonical.ts'
import type { Definition, DefinitionSet, Kind } from './compiled.ts'
import { listDefinitions } from './definition-set.ts'
import type { Override } from './scenarios.ts'

/** One definition before and after; undefined where it was not there, or is no more. */
export interface DefinitionChange {
  readonly kind: Kind
  readonly name: string
  readonly before: Definition | undefined
  readonly after: Definition | undefined
}

/** Where a change of definitions was asked from; kept with a job that makes it later. */
export interface ChangeSource {
  readonly via: string
  readonly address: string | undefined
  /** The request's UUID. */
  readonly request: string | undefined
}

export interface DefinitionNote {
  /** The acting user's id; undefined for Tenon itself. */
  readonly by: string | undefined
  readonly from: ChangeSource | undefined
  /** What was published; undefined for content saved by itself. */
  readonly published:
    | { readonly version: number; readonly label: string; readonly override?: Override | undefined }
    | undefined
  readonly changes: readonly DefinitionChange[]
}

/** Notes a change of definitions, in its own transaction; the audit's way in. */
export type NoteDefinitions = (tx: Transaction, schema: string, note: DefinitionNote) => Promise<void>

/** What differs between two sets; one that was renamed is one change, under its new name. */
export function changesBetween(
  before: DefinitionSet,
  after: DefinitionSet,
  registry: Registry,
): readonly DefinitionChange[] {
  const old = new Map(listDefinitions(before).map((definition) => [keyOf(definition), definition]))
  const changed = listDefinitions(after).flatMap((definition): DefinitionChange[] => {
    const known = old.get(keyOf(definition))
    old.delete(keyOf(definition))
    if (known === definition || equalDefinitions(known, definition, registry)) return []
    return [{ kind: definition.kind, name: definition.name, before: known, after: definition }]
  })
  const removed = [...old.values()].map(
    (gone): DefinitionChange => ({ kind: gone.kind, name: gone.name, before: gone, after: undefined }),
  )
  return [...changed, ...removed]
}

function keyOf({ kind, name, id }: Definition): string {
  return `${kind} ${id ?? name}`
}
