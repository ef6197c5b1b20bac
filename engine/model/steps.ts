import { createHash } from 'node:crypto'
import type { LocalText } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import { canonicalText } from './canonical.ts'
import type { DefinitionSet, Kind } from './compiled.ts'
import { listDefinitions } from './definition-set.ts'

export type StepKind =
  | 'addEntity'
  | 'reviveEntity'
  | 'renameEntity'
  | 'changeEntity'
  | 'retireEntity'
  | 'addOwner'
  | 'removeOwner'
  | 'addField'
  | 'reviveField'
  | 'renameField'
  | 'changeField'
  | 'changeFieldType'
  | 'changeFieldTarget'
  | 'retireField'
  | 'addUnique'
  | 'dropUnique'
  | 'addIndex'
  | 'dropIndex'
  | 'rebuildSearch'
  | 'addOption'
  | 'renameOption'
  | 'changeOption'
  | 'removeOption'
  | 'addStage'
  | 'renameStage'
  | 'changeStage'
  | 'removeStage'
  | 'replaceStage'
  | 'addDefinition'
  | 'renameDefinition'
  | 'changeDefinition'
  | 'removeDefinition'
  | 'saveContent'
  | 'removeContent'

/** safe: nothing is lost; lossy: to be confirmed; blocked: cannot be published. */
export type StepTag = 'safe' | 'lossy' | 'blocked'

/** A field or entity by the name that it has in force, and by its id. */
export interface Named {
  readonly name: string
  readonly id: string
}

interface OfEntity {
  readonly entity: Named
}
interface OfField extends OfEntity {
  readonly field: Named
}

/** Which live records to count, by names and ids in force. */
export type CountQuery =
  | (OfEntity & { readonly where: 'all' })
  | (OfField & { readonly where: 'notNull' | 'null' })
  /** The value is one of these; of a list type: holds one of them. */
  | (OfField & { readonly where: 'option'; readonly values: readonly string[] })
  /** The text has more characters. */
  | (OfField & { readonly where: 'longer'; readonly limit: number })
  | (OfField & { readonly where: 'outOfRange'; readonly min?: number; readonly max?: number })
  /** A dynamic lookup that leads to one of these entities. */
  | (OfField & { readonly where: 'pointsTo'; readonly targets: readonly Named[] })
  /** Records whose values together also stand in another one; those with a null among them do not count. */
  | (OfEntity & { readonly where: 'duplicates'; readonly fields: readonly Named[] })

/** One thing that publishing a changeset does. Pure data. */
export interface Step {
  readonly kind: StepKind
  /** As bad as it can be: `tagWithCounts` says what it is once the records are counted. */
  readonly tag: StepTag
  /** By the name in the candidate, or in force where it is removed. */
  readonly definition: { readonly kind: Kind; readonly name: string }
  /** The key of the item in its definition, as names stand there. */
  readonly item?: string
  readonly sentence: LocalText
  /** What else to know: what happens to records that would not pass, why it is blocked. */
  readonly note?: LocalText
  /** The records affected are the sum of these; [] where there is nothing to count. */
  readonly counts: readonly CountQuery[]
  /** With no record affected the step is safe. */
  readonly safeWhenNone?: true
  /** Renamed: the old name. Of an option or stage, the value that the counted records have to give up for `to`. */
  readonly from?: string
  readonly to?: string
  /** The fields of a unique or an index by name in the candidate, an index's with its minus. */
  readonly fields?: readonly string[]
  /** What takes long on filled tables and is done before the publish transaction. */
  readonly prepare?: 'unique' | 'index' | 'search'
}

/**
 * The tag of a step once its records are counted.
 * @param count the sum over the step's `counts`
 */
export function tagWithCounts(step: Step, count: number): StepTag {
  return step.safeWhenNone && count === 0 ? 'safe' : step.tag
}

/**
 * What a person confirms when they publish: base version, definitions, kinds and tags of the steps. Counts may
 * move while 500 people work; the plan stays the same as long as its tags do.
 * @param definitions of the whole candidate
 * @param steps tagged with their counts
 * @returns SHA-256 in hex
 */
export function planHash(
  baseVersion: number,
  definitions: DefinitionSet,
  steps: readonly Pick<Step, 'kind' | 'tag' | 'definition' | 'item'>[],
  registry: Registry,
): string {
  const hash = createHash('sha256')
  hash.update(`${baseVersion}\n`)
  for (const definition of listDefinitions(definitions))
    hash.update(`${canonicalText(definition, registry)}\n`)
  for (const { kind, tag, definition, item } of steps) {
    hash.update(`${JSON.stringify([kind, tag, definition.kind, definition.name, item ?? null])}\n`)
  }
  return hash.digest('hex')
}
