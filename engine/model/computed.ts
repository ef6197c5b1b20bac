import { type DurationParts, parseDuration } from '../../metadata/rules/durations.ts'
import { pathsOf } from '../../metadata/rules/paths-of.ts'
import type { RuleExpectation, TypedRule } from '../../metadata/rules/types.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from './compiled.ts'
import { compileRuledTags, type RuledTags, rulesOfTags } from './compiled-tags.ts'
import { parseOver } from './over.ts'
import { compileStoredRule } from './stored-rule.ts'

/** A field whose value a rule gives, or tags some of which rules give. */
export type CompiledFormula = {
  readonly field: CompiledField
  /** Every rule that it is worked out by. */
  readonly rules: readonly TypedRule[]
} & ({ readonly rule: TypedRule; readonly tags?: never } | { readonly tags: RuledTags })

/** The days that count for a roll-up: those of the last while, today being the last of them. */
export interface Window {
  readonly last: DurationParts
  /** The date or instant of the child that must lie in them. */
  readonly by: CompiledField
}

/** A field whose value is made of the records that are tied to this one. */
export interface CompiledRollUp {
  readonly field: CompiledField
  readonly fn: 'count' | 'sum' | 'average' | 'min' | 'max' | 'first' | 'last'
  readonly parent: CompiledEntity
  readonly child: CompiledEntity
  /** The field that ties the child to its parent: a lookup or links of the child, or links of the parent's own. */
  readonly by: CompiledField
  /** Whose field that is. */
  readonly holder: 'child' | 'parent'
  /** The field of the child that counts; undefined for a count. */
  readonly value: CompiledField | undefined
  readonly filter: TypedRule | undefined
  /** Undefined where records of all times count. */
  readonly window: Window | undefined
}

/** What the engine works out in an entity's records. */
export interface Computed {
  /** In the order in which they can be worked out: each after those that it looks at. */
  readonly formulas: readonly CompiledFormula[]
  readonly rollUps: readonly CompiledRollUp[]
  /** Whether any of it may change because a day has passed. */
  readonly isDaily: boolean
}

/** Formulas that look at an entity's records through lookups. */
export interface FormulaDependent {
  readonly entity: CompiledEntity
  /** The lookups that lead from there to here, the first one a field of `entity`. */
  readonly through: readonly CompiledField[]
}

/** Roll-ups of one parent that go over an entity's records by the same field. */
export interface RollUpDependent extends Pick<CompiledRollUp, 'parent' | 'by' | 'holder'> {
  readonly list: readonly CompiledRollUp[]
}

/** What must be worked out anew when a record of an entity changes. */
export interface Dependents {
  /** By parent and lookup: roll-ups that are worked out together. */
  readonly rollUps: readonly RollUpDependent[]
  readonly formulas: readonly FormulaDependent[]
  /** The entity's own fields that any of these look at. */
  readonly watched: ReadonlySet<CompiledField>
}

interface OfModel {
  readonly computed: ReadonlyMap<string, Computed>
  readonly dependents: ReadonlyMap<string, Dependents>
}

const compiled = new WeakMap<CompiledModel, OfModel>()

const NOTHING: Computed = { formulas: [], rollUps: [], isDaily: false }
const NOBODY: Dependents = { rollUps: [], formulas: [], watched: new Set() }

export function computedOf(model: CompiledModel, entity: CompiledEntity): Computed {
  return ofModel(model).computed.get(entity.name) ?? NOTHING
}

export function dependentsOf(model: CompiledModel, entity: CompiledEntity): Dependents {
  return ofModel(model).dependents.get(entity.name) ?? NOBODY
}

/** The tags of a field that rules alone give and take. */
export function ownedTags(
  model: CompiledModel,
  entity: CompiledEntity,
  field: CompiledField,
): readonly string[] {
  return computedOf(model, entity).formulas.find((formula) => formula.field === field)?.tags?.owned ?? []
}

/** Whether anything elsewhere depends on an entity's records. */
export function isWatched(model: CompiledModel, entity: CompiledEntity): boolean {
  const { rollUps, formulas } = dependentsOf(model, entity)
  return rollUps.length > 0 || formulas.length > 0
}

function ofModel(model: CompiledModel): OfModel {
  let found = compiled.get(model)
  if (found === undefined) {
    const computed = new Map(
      [...model.entities.values()].flatMap((entity) => {
        const own = compileComputed(model, entity)
        return own === undefined ? [] : [[entity.name, own] as const]
      }),
    )
    found = { computed, dependents: dependentsByEntity(model, computed) }
    compiled.set(model, found)
  }
  return found
}

function compileComputed(model: CompiledModel, entity: CompiledEntity): Computed | undefined {
  const fields = [...entity.fields.values()]
  const formulas = fields.filter((field) => field.type.computed === 'formula')
  const rollUps = fields.filter((field) => field.type.computed === 'roll_up')
  const tagged = fields.flatMap((field) => {
    const tags = compileRuledTags(model, entity, field)
    return tags === undefined ? [] : [{ field, tags, rules: rulesOfTags(tags) }]
  })
  if (formulas.length + rollUps.length + tagged.length === 0) return undefined
  const compiled = rollUps.map((field) => compileRollUp(model, entity, field))
  const ordered = inOrder([...formulas.map((field) => compileFormula(model, entity, field)), ...tagged])
  const isDaily =
    compiled.some(({ window }) => window !== undefined) ||
    ordered.some(({ rules }) => rules.some((rule) => pathsOf(rule).usesToday))
  return { formulas: ordered, rollUps: compiled, isDaily }
}

function compileFormula(model: CompiledModel, entity: CompiledEntity, field: CompiledField): CompiledFormula {
  const rule = compileStoredRule(model, entity, field.definition.value, expected(field))
  return { field, rule, rules: [rule] }
}

function expected(field: CompiledField): RuleExpectation {
  return field.ruleType === 'boolean' ? 'condition' : (field.ruleType ?? 'text')
}

function compileRollUp(model: CompiledModel, entity: CompiledEntity, field: CompiledField): CompiledRollUp {
  const { over, fn, filter, window } = field.definition as unknown as {
    over: string
    fn: CompiledRollUp['fn']
    filter?: unknown
    window?: { readonly last: string; readonly by: string }
  }
  const { relation, value } = parseOver(over)
  const { child, by, holder } = tieOf(model, entity, relation)
  return {
    field,
    fn,
    parent: entity,
    child,
    by,
    holder,
    value: value === undefined ? undefined : child.fields.get(value),
    filter: filter === undefined ? undefined : compileStoredRule(model, child, filter, 'condition'),
    window: window === undefined ? undefined : compileWindow(child, window),
  }
}

/** The relation's records by the field that points here, or the targets of the entity's own links of that name. */
function tieOf(
  model: CompiledModel,
  entity: CompiledEntity,
  relation: string,
): Pick<CompiledRollUp, 'child' | 'by' | 'holder'> {
  const inverse = entity.inverses.find(({ name }) => name === relation)
  const from = inverse === undefined ? undefined : model.entities.get(inverse.from)
  const by = from?.fields.get(inverse!.field)
  if (from !== undefined && by !== undefined) return { child: from, by, holder: 'child' }
  const own = entity.fields.get(relation)
  const to = own?.relation?.kind === 'many' ? model.entities.get(own.relation.to) : undefined
  if (own !== undefined && to !== undefined) return { child: to, by: own, holder: 'parent' }
  throw new Error(`"${entity.name}" has no relation "${relation}"`)
}

function compileWindow(child: CompiledEntity, said: { readonly last: string; readonly by: string }): Window {
  const [last, by] = [parseDuration(said.last), child.fields.get(said.by)]
  if (last === undefined || by === undefined) throw new Error(`a window over "${child.name}" does not hold`)
  return { last, by }
}

/** Formulas after those that they look at; the check let no circle through. */
function inOrder(formulas: readonly CompiledFormula[]): readonly CompiledFormula[] {
  const byName = new Map(formulas.map((formula) => [formula.field.name, formula]))
  const ordered = new Set<CompiledFormula>()
  const add = (formula: CompiledFormula) => {
    if (ordered.has(formula)) return
    for (const [name, ...rest] of formula.rules.flatMap(pathsIn)) {
      const before = rest.length === 0 ? byName.get(name!) : undefined
      if (before !== undefined && before !== formula) add(before)
    }
    ordered.add(formula)
  }
  for (const formula of formulas) add(formula)
  return [...ordered]
}

/** Every path that a rule reads. */
export function pathsIn(rule: TypedRule): readonly (readonly string[])[] {
  switch (rule.kind) {
    case 'path':
      return [rule.path]
    case 'fallback':
      return pathsIn(rule.value)
    case 'call':
      return rule.arguments.flatMap(pathsIn)
    default:
      return []
  }
}

interface DraftDependents {
  readonly rollUps: Map<string, RollUpDependent & { readonly list: CompiledRollUp[] }>
  readonly formulas: Map<string, FormulaDependent>
  readonly watched: Set<CompiledField>
}

function dependentsByEntity(
  model: CompiledModel,
  computed: ReadonlyMap<string, Computed>,
): ReadonlyMap<string, Dependents> {
  const drafts = new Map<string, DraftDependents>()
  const draftOf = (entity: CompiledEntity) => {
    let draft = drafts.get(entity.name)
    if (draft === undefined) {
      draft = { rollUps: new Map(), formulas: new Map(), watched: new Set() }
      drafts.set(entity.name, draft)
    }
    return draft
  }
  for (const [name, { formulas, rollUps }] of computed) {
    const entity = model.entities.get(name)!
    for (const rollUp of rollUps) noteRollUp(draftOf(rollUp.child), rollUp)
    for (const { rules } of formulas) {
      for (const path of rules.flatMap(pathsIn)) notePath(model, entity, path, draftOf)
    }
  }
  return new Map(
    [...drafts].map(([name, draft]) => [
      name,
      {
        rollUps: [...draft.rollUps.values()],
        formulas: [...draft.formulas.values()],
        watched: draft.watched,
      },
    ]),
  )
}

function noteRollUp(draft: DraftDependents, rollUp: CompiledRollUp): void {
  const { parent, by, holder } = rollUp
  const key = `${parent.name} ${by.id}`
  const group = draft.rollUps.get(key) ?? { parent, by, holder, list: [] }
  group.list.push(rollUp)
  draft.rollUps.set(key, group)
  if (holder === 'child') draft.watched.add(by)
  if (rollUp.value !== undefined) draft.watched.add(rollUp.value)
  if (rollUp.window !== undefined) draft.watched.add(rollUp.window.by)
  for (const [name] of rollUp.filter === undefined ? [] : pathsIn(rollUp.filter)) {
    const field = rollUp.child.fields.get(name!)
    if (field !== undefined) draft.watched.add(field)
  }
}

/** Notes at each relative on a formula's path that the formula looks at it. */
function notePath(
  model: CompiledModel,
  entity: CompiledEntity,
  path: readonly string[],
  draftOf: (entity: CompiledEntity) => DraftDependents,
): void {
  const through: CompiledField[] = []
  let holder = entity
  for (const step of path) {
    const field = holder.fields.get(step)
    if (field === undefined) return
    if (through.length > 0) {
      const draft = draftOf(holder)
      const key = `${entity.name} ${through.map(({ name }) => name).join('.')}`
      draft.formulas.set(key, { entity, through: [...through] })
      draft.watched.add(field)
    }
    const next = field.relation?.kind === 'one' ? model.entities.get(field.relation.to) : undefined
    if (next === undefined) return
    through.push(field)
    holder = next
  }
}
