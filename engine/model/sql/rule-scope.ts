import type { RuleScope, ScopeEntry } from '../../../metadata/rules/types.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../compiled.ts'

/** How many lookups a path may go through before its field: `account.owner.name` goes through two. */
export const MAX_LOOKUPS = 2

/** Whether the asking side may name the field at all; a field that it may not is unknown to it. */
export type FieldTest = (entity: CompiledEntity, field: CompiledField) => boolean

/**
 * The names that rules over an entity may use: its fields and, through lookups to one entity, those of its
 * relatives. Fields without a rule type and those whose values never come out (passwords) are unknown.
 */
export function ruleScope(
  model: CompiledModel,
  entity: CompiledEntity,
  mayName: FieldTest = () => true,
): RuleScope {
  const isNamed: FieldTest = (holder, field) => field.type.writeOnly !== true && mayName(holder, field)
  return {
    resolve(path) {
      const found = resolveField(model, entity, path.split('.'), isNamed)
      return found === undefined ? undefined : entryOf(found.field)
    },
    names(under) {
      const holder = under === undefined ? entity : relative(model, entity, under.split('.'), isNamed)
      if (holder === undefined) return []
      const readable = (field: CompiledField) => field.ruleType !== undefined && isNamed(holder, field)
      return [...holder.fields.values()].filter(readable).map((field) => field.name)
    },
  }
}

/** A field found at the end of a path, with what it was reached through. */
export interface ResolvedField {
  readonly entity: CompiledEntity
  readonly field: CompiledField
  /** The lookups on the way, outermost first, each with the entity that holds it. */
  readonly through: readonly { readonly entity: CompiledEntity; readonly field: CompiledField }[]
}

/** Follows a path from an entity; undefined where a step is unknown, no lookup to one entity, or one too many. */
export function resolveField(
  model: CompiledModel,
  entity: CompiledEntity,
  path: readonly string[],
  isNamed: FieldTest = () => true,
): ResolvedField | undefined {
  if (path.length > MAX_LOOKUPS + 1) return undefined
  const through: { entity: CompiledEntity; field: CompiledField }[] = []
  let holder: CompiledEntity | undefined = entity
  for (const [index, step] of path.entries()) {
    const field: CompiledField | undefined = holder.fields.get(step)
    if (field === undefined || !isNamed(holder, field)) return undefined
    if (index === path.length - 1) return { entity: holder, field, through }
    if (field.relation?.kind !== 'one') return undefined
    through.push({ entity: holder, field })
    holder = model.entities.get(field.relation.to)
    if (holder === undefined) return undefined
  }
  return undefined
}

function relative(
  model: CompiledModel,
  entity: CompiledEntity,
  path: readonly string[],
  isNamed: FieldTest,
): CompiledEntity | undefined {
  const found = resolveField(model, entity, path, isNamed)
  return found?.field.relation?.kind === 'one' ? model.entities.get(found.field.relation.to) : undefined
}

function entryOf(field: CompiledField): ScopeEntry | undefined {
  if (field.ruleType === undefined) return undefined
  if (field.options === undefined) return { type: field.ruleType }
  return { type: field.ruleType, options: field.options.map((option) => option.name) }
}
