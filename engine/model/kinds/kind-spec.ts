import type { LocalText, Problem } from '../../errors.ts'
import type { JsonSchema } from '../../registry/field-type.ts'
import type { Registry } from '../../registry/registry.ts'
import type { DefinitionByKind, DefinitionSet, Kind } from '../compiled.ts'

/** Definitions together with the field types that they are made of: what references are followed in. */
export interface ModelContext {
  readonly definitions: DefinitionSet
  readonly registry: Registry
}

/**
 * A definition, or an item in it. Items are named by their key: a field `phone`, an option of a field
 * `source/expo`, an option or stage `won`, a section `section/basics`, a tab `tab/quotes`, a navigation item
 * `opportunity` or `opportunity/board`.
 */
export interface Target {
  readonly kind: Kind
  readonly name: string
  readonly item?: string
}

/** One mention of a definition or item in another definition (or in itself). */
export interface Reference {
  /** JSON pointer to the string, or to the entry whose key is the mention. */
  readonly path: string
  readonly to: Target
  /** The mention is the key of the entry at `path`, not its value. */
  readonly inKey?: true
  /** The part of the string that is the name, [start, end); absent: all of it. */
  readonly span?: readonly [number, number]
  /** The string leads to the target by another name (an inverse): a rename leaves it alone. */
  readonly byOtherName?: true
  /** It stands in a rule: the rule's own check judges it. */
  readonly inRule?: true
}

/** A place for a rule, whatever stands there now. */
export interface RulePlace {
  /** The keys that lead to it. */
  readonly at: readonly string[]
  readonly entity: string
  /** The relation of `entity` over whose records it is, where it is not over its own. */
  readonly relation?: string
  /** Words that stand there without being a rule's text. */
  readonly words?: readonly string[]
}

export type ItemNoun =
  | 'field'
  | 'option'
  | 'stage'
  | 'milestone'
  | 'section'
  | 'tab'
  | 'nav_item'
  | 'step'
  | 'rule'
  | 'level'

/** Where a kind keeps a list of named items. */
export interface ItemList {
  /** The keys that lead from the definition (or the outer item) to the list. */
  readonly at: readonly string[]
  readonly noun: ItemNoun
  /** Put before the item's name in its key, where two lists of one definition share no namespace. */
  readonly prefix?: string
  /** The name of an item that has no `name`; what it is known by. */
  readonly nameOf?: (item: unknown) => string | undefined
  readonly nested?: readonly ItemList[]
}

/** Everything the engine knows about one kind of definition. */
export interface KindSpec<K extends Kind> {
  readonly kind: K
  /** Content acts on save and has its own history; model kinds are published. */
  readonly content: boolean
  readonly label: LocalText
  /** The JSON Schema (2020-12), self-contained: all its references are local. */
  schema(registry: Registry): JsonSchema
  readonly lists: readonly ItemList[]
  /** Where it holds rules, each over the records of an entity; of a definition that nobody has checked yet. */
  rules?(definition: unknown): readonly RulePlace[]
  /** Every mention of other definitions and items. */
  references(definition: DefinitionByKind[K], context: ModelContext): readonly Reference[]
  /**
   * Faults beyond shape and references, paths relative to the definition. What does not resolve is passed
   * over in silence: the check of references has reported it.
   */
  check(definition: DefinitionByKind[K], context: ModelContext): readonly Problem[]
  /** What those that there are by nature are called where their definition does not say it. */
  called?(name: string): LocalText | undefined
  /** The definition as one sentence in each language. */
  sentence(definition: DefinitionByKind[K], context: ModelContext): LocalText
}

/** Declares a kind; a definition in the making is never seen by its functions. */
export function defineKind<K extends Kind>(spec: KindSpec<K>): KindSpec<K> {
  return Object.freeze(spec)
}
