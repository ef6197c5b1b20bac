import type { Executor } from '../db/database.ts'
import { AppError, type Problem, problem } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import { buildCandidate, toSound } from './candidate.ts'
import { equalDefinitions } from './canonical.ts'
import type { ChangesetItem } from './changesets.ts'
import { checkCandidate } from './check.ts'
import type { Definition, DefinitionSet } from './compiled.ts'
import { columnConversions } from './conversion/column-conversion.ts'
import { type ConvertedField, findConverted } from './conversion/converted.ts'
import { countUnconvertible, losesAny, type Unconvertible } from './conversion/count-unconvertible.ts'
import { countRecords } from './count-records.ts'
import { comparePlaces } from './ddl/compare-places.ts'
import { findDefinition, isContentKind, listDefinitions, toDefinitionSet } from './definition-set.ts'
import { diffDefinitions } from './diff.ts'
import { ALL_KEPT } from './diff-field.ts'
import { itemsOf } from './kinds/kinds.ts'
import { findLargeTables } from './large-tables.ts'
import { assignPhysical } from './physical.ts'
import { isRetired, type PhysicalRow, toPhysicalMap } from './place.ts'
import { pointer } from './pointer.ts'
import { type Preparation, planPreparation } from './preparation.ts'
import { findRevised } from './revised.ts'
import type { WorkspaceState } from './state.ts'
import { planHash, type Step, type StepKind, tagWithCounts } from './steps.ts'
import { findValueRenames } from './value-renames.ts'

/** A step with what it means for the records that there are. */
export interface PlannedStep extends Step {
  /** Live records affected; undefined where there is nothing to count. */
  readonly records: number | undefined
  /** JSON pointer into the definition, to the item that the step is about. */
  readonly path: string
  /** The table is so full that this is done as a job before the publish. */
  readonly isPrepared: boolean
  /** What becomes of values of another type; undefined where a publish does not ask, or nothing is written anew. */
  readonly conversion?: Unconvertible | undefined
  /** The field whose values those are. */
  readonly field?: { readonly id: string; readonly entityId: string }
}

/** Exactly what publishing a draft would do. */
export interface Plan {
  readonly hash: string
  readonly baseVersion: number
  readonly candidate: DefinitionSet
  readonly steps: readonly PlannedStep[]
  readonly work: PlannedWork
}

/** What the plan means for the tables. */
export interface PlannedWork {
  /** The places after the publish. */
  readonly places: readonly PhysicalRow[]
  readonly preparation: Preparation
  /** Ids of fields of full tables that are worked out otherwise: in new columns, filled before the publish. */
  readonly revised: ReadonlySet<string>
  /** Fields whose values are written anew in columns of another type. */
  readonly converted: readonly ConvertedField[]
  /** Tables are so full that the publish goes as a job. */
  readonly isLong: boolean
  /** Ids of entities whose tables are full and get an index or new values. */
  readonly longEntities: ReadonlySet<string>
}

export interface PlanSource {
  readonly db: Executor
  /** Quoted. */
  readonly schema: string
  readonly registry: Registry
  /** What is in force; the draft must stand on it. */
  readonly state: WorkspaceState
  /**
   * A publish only needs to know whether there are records, a person how many; whoever only looks at the model does not
   * ask: each step is as bad as it can be then.
   */
  readonly counts: 'exact' | 'whether_any' | 'none'
}

/** A draft that has been checked. */
export interface CheckedDraft {
  /** Every problem of it, paths below `/<kind>/<name>`. */
  readonly problems: readonly Problem[]
  /** What would be in force. */
  readonly definitions: ReturnType<typeof buildCandidate>['definitions']
  /** Addresses of what the draft sets. */
  readonly changed: ReadonlySet<string>
}

export function checkDraft(
  base: DefinitionSet,
  changeset: { readonly items: readonly ChangesetItem[] },
  registry: Registry,
): CheckedDraft {
  const { definitions, changed } = buildCandidate(base, changeset.items, registry)
  return { problems: checkCandidate(definitions, registry, changed), definitions, changed }
}

/**
 * Plans the publish of a draft that stands on what is in force.
 * @throws AppError with every problem of the check
 */
export async function planDraft(
  source: PlanSource,
  changeset: { readonly items: readonly ChangesetItem[] },
): Promise<Plan> {
  return await planChecked(source, checkDraft(source.state.definitions, changeset, source.registry))
}

/** The same of a draft that has been checked against what is in force. */
export async function planChecked(
  source: PlanSource,
  { problems, definitions }: Pick<CheckedDraft, 'problems' | 'definitions'>,
): Promise<Plan> {
  const { state, registry } = source
  if (problems.length > 0) throw new AppError(problems)
  const candidate = toSound(definitions)
  const retired = new Set(state.physical.filter(isRetired).map((row) => row.itemId))
  const steps = diffDefinitions(state.definitions, candidate, registry, retired)
  const work = await planWork(source, candidate)
  const planned: PlannedStep[] = []
  for (const step of steps) {
    const id = findDefinition(candidate, step.definition.kind, step.definition.name)?.id ?? ''
    planned.push({
      ...(await withCounts(source, step)),
      ...(await withConversion(source, step, candidate, work)),
      path: pathOf(step, candidate, state.definitions),
      isPrepared:
        (LONG_STEPS.has(step.kind) && work.longEntities.has(id)) || isRevision(step, candidate, work),
    })
  }
  const hash = planHash(state.version, toldByHash(state.definitions, candidate, registry), planned, registry)
  return { hash, baseVersion: state.version, candidate, steps: planned, work }
}

/** The model, and what of the content the draft changes: a report that somebody saves meanwhile is no other plan. */
function toldByHash(inForce: DefinitionSet, candidate: DefinitionSet, registry: Registry): DefinitionSet {
  const told = listDefinitions(candidate).filter(
    (one) =>
      !isContentKind(one.kind) ||
      !equalDefinitions(findDefinition(inForce, one.kind, one.name), one, registry),
  )
  return toDefinitionSet(told)
}

/** Steps that a full table makes long. */
const LONG_STEPS: ReadonlySet<StepKind> = new Set<StepKind>([
  'addUnique',
  'addIndex',
  'addOwner',
  'addField',
  'reviveField',
  'reviveEntity',
  'rebuildSearch',
  'renameOption',
  'changeFieldType',
])

function isRevision({ kind, definition, item }: Step, candidate: DefinitionSet, work: PlannedWork): boolean {
  if (kind !== 'changeField' || definition.kind !== 'entity') return false
  const field = candidate.entity.get(definition.name)?.fields.find(({ name }) => name === item)
  return work.revised.has(field?.id ?? '')
}

async function planWork(
  { db, schema, registry, state }: PlanSource,
  candidate: DefinitionSet,
): Promise<PlannedWork> {
  const converted = findConverted(state.definitions, candidate, registry)
  const kept = assignPhysical(candidate, state.physical, registry, { converted })
  const revised = await findRevised({ db, schema, registry, state }, candidate, kept)
  const places =
    revised.size === 0 ? kept : assignPhysical(candidate, state.physical, registry, { revised, converted })
  const { newIndexes, newTables } = comparePlaces(state.physical, places)
  const renames = findValueRenames(state.definitions, candidate, places)
  const isNew = new Set(newTables.map((row) => row.place.table))
  const tables = new Map(
    places.flatMap((row) => (row.kind === 'entity' ? [[row.itemId, row.place.table]] : [])),
  )
  const touched = [
    ...newIndexes.map((row) => row.place.table),
    ...renames.map(({ table }) => table),
    ...converted.map(({ entityId }) => tables.get(entityId)!),
  ]
  const large = await findLargeTables(
    db,
    schema,
    touched.filter((table) => !isNew.has(table)),
  )
  const owners = places.filter((row) => row.kind === 'entity' && large.has(row.place.table))
  return {
    places,
    preparation: planPreparation(state.physical, places, (table) => large.has(table)),
    revised,
    converted,
    isLong: large.size > 0 || revised.size > 0,
    longEntities: new Set(owners.map((row) => row.itemId)),
  }
}

async function withCounts(
  source: PlanSource,
  step: Step,
): Promise<Step & { readonly records: number | undefined }> {
  if (step.counts.length === 0 || source.counts === 'none') return { ...step, records: undefined }
  const physical = toPhysicalMap(source.state.physical)
  const where = { schema: source.schema, physical, ...(source.counts === 'exact' ? {} : { upTo: 1 }) }
  let records = 0
  for (const query of step.counts) records += await countRecords(source.db, query, where)
  return { ...step, tag: tagWithCounts(step, records), records }
}

async function withConversion(
  { db, schema, registry, state, counts }: PlanSource,
  step: Step,
  candidate: DefinitionSet,
  { converted, places }: PlannedWork,
): Promise<Partial<Pick<PlannedStep, 'conversion' | 'records' | 'field' | 'tag' | 'note'>> | undefined> {
  const isAsked = counts === 'exact' || (counts === 'whether_any' && step.safeWhenNone === true)
  if (step.kind !== 'changeFieldType' || !isAsked) return undefined
  const entity = candidate.entity.get(step.definition.name)
  const id = entity?.fields.find(({ name }) => name === step.item)?.id
  const fields = converted.filter((one) => one.id === id)
  const [how] = columnConversions({ schema, registry, state }, candidate, places, fields)
  if (how === undefined) return undefined
  const isBack = isReturning(how.id, state.physical, places)
  if (counts === 'whether_any') return (await losesAny(db, how, isBack)) ? undefined : LOSES_NOTHING
  const conversion = await countUnconvertible(db, how, isBack)
  const loses = conversion.records > 0 || conversion.altered > 0
  return {
    ...(step.safeWhenNone === true && !loses ? LOSES_NOTHING : {}),
    ...{ conversion, records: conversion.records, field: { id: how.id, entityId: how.entityId } },
  }
}

/** The type may lose something, but no value that is there does. */
const LOSES_NOTHING = { tag: 'safe', note: ALL_KEPT } as const

/** Whether a field gets the columns back that it had before: what stood in them is still there. */
function isReturning(id: string, inForce: readonly PhysicalRow[], places: readonly PhysicalRow[]): boolean {
  const placeIn = (rows: readonly PhysicalRow[]) =>
    rows.flatMap((row) => (row.kind === 'field' && row.itemId === id ? [row.place] : []))[0]
  const [column] = placeIn(places)?.columns ?? []
  return (
    column !== undefined && placeIn(inForce)?.former?.some(({ columns }) => columns.includes(column)) === true
  )
}

function pathOf(step: Step, candidate: DefinitionSet, inForce: DefinitionSet): string {
  if (step.item === undefined) return ''
  const { kind, name } = step.definition
  const places = [candidate, inForce].flatMap((set) =>
    itemPath(findDefinition(set, kind, name), step.item ?? ''),
  )
  return places[0] ?? ''
}

function itemPath(definition: Definition | undefined, key: string): readonly string[] {
  if (definition === undefined) return []
  const item = itemsOf(definition.kind, definition).find((one) => one.key === key)
  return item === undefined ? [] : [item.path]
}

/** The problems of a plan that may not be published; [] where it may. */
export function blockedBy(plan: Plan): readonly Problem[] {
  return plan.steps
    .filter((step) => step.tag === 'blocked')
    .map((step) =>
      problem('META_PLAN_BLOCKED', pointer(step.definition.kind, step.definition.name) + step.path, {
        params: { reason: step.sentence },
        hint: step.note,
      }),
    )
}
