import type { RuleScope, ScopeEntry } from '../../../metadata/rules/types.ts'
import type { Text } from '../../../metadata/text.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../compiled.ts'
import { withStages } from '../stage-paths.ts'

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
  const scope: RuleScope = {
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
  return withStages(scope, (path) => {
    const holder = path === '' ? entity : relative(model, entity, path.split('.'), isNamed)
    return holder === undefined ? [] : [...holder.pipelines.values()]
  })
}

/** The same with the records that point to the entity's records, as lists: `quotes`, `account.quotes`. */
export function ruleScopeWithLists(
  model: CompiledModel,
  entity: CompiledEntity,
  mayName: FieldTest = () => true,
): RuleScope {
  const scope = ruleScope(model, entity, mayName)
  const holderOf = (path: readonly string[]) =>
    path.length === 0 ? entity : relative(model, entity, path, mayName)
  return {
    resolve(path) {
      const own = scope.resolve(path)
      if (own !== undefined) return own
      const steps = path.split('.')
      const name = steps.pop()
      const holder = holderOf(steps)
      const pointing = holder && inversesOf(model, holder, mayName).find((one) => one.name === name)?.pointing
      return pointing && { type: 'records', items: ruleScope(model, pointing, mayName) }
    },
    names(under) {
      const holder = holderOf(under === undefined ? [] : under.split('.'))
      const lists = holder === undefined ? [] : inversesOf(model, holder, mayName)
      return [...scope.names(under), ...lists.map((list) => list.name)]
    },
  }
}

/** The ways to an entity's records that rules can follow back, by name. */
export function inversesOf(
  model: CompiledModel,
  entity: CompiledEntity,
  mayName: FieldTest,
): readonly { readonly name: string; readonly label: Text; readonly pointing: CompiledEntity }[] {
  return entity.inverses.flatMap(({ name, label, from, field }) => {
    const pointing = model.entities.get(from)
    const way = pointing?.fields.get(field)
    const isList = way?.relation?.kind === 'one' || way?.relation?.kind === 'many'
    return pointing !== undefined && isList && mayName(pointing, way) ? [{ name, label, pointing }] : []
  })
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
