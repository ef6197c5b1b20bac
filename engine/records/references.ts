import { rowTestSql } from '../access/row-test-sql.ts'
import type { Executor } from '../db/database.ts'
import { type Problem, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { poolsOf } from '../model/kinds/pool-place.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, type Parameters, toPlan } from './parameters.ts'
import type { SelectSource } from './select.ts'

/** One record that a write points to. */
export interface Reference {
  readonly target: CompiledEntity
  readonly id: string
  /** JSON pointer to where it was said. */
  readonly path: string
}

/** The distinct records of one entity that a write points to. */
export interface ReferenceGroup {
  readonly target: CompiledEntity
  readonly ids: readonly string[]
}

/**
 * The records that values point to. The actor is one without looking: nobody acts who is not there.
 * @param path JSON pointer of the record in the request, '' for a single one
 */
export function referencesOf(
  context: RequestContext,
  entity: CompiledEntity,
  values: Iterable<readonly [CompiledField, unknown]>,
  path: string,
): readonly Reference[] {
  const references: Reference[] = []
  for (const [field, value] of values) {
    if (value === null || field.relation === undefined || isPooled(context, entity, field, value)) continue
    const at = `${path}/${field.name}`
    for (const [name, id] of targetsOf(field, value)) {
      const target = context.model.entities.get(name)
      if (target === undefined || (name === 'user' && id === context.actor.id)) continue
      references.push({ target, id: id.toLowerCase(), path: at })
    }
  }
  return references
}

/** An owner is a person or a pool of the entity. */
function isPooled(
  { model }: RequestContext,
  entity: CompiledEntity,
  { name }: CompiledField,
  value: unknown,
): boolean {
  return name === 'owner' && poolsOf(model.definitions, entity.name).some(({ id }) => id === value)
}

function targetsOf(field: CompiledField, value: unknown): readonly (readonly [string, string])[] {
  const relation = field.relation
  if (relation?.kind === 'one') return [[relation.to, value as string]]
  if (relation?.kind === 'many') return (value as string[]).map((id) => [relation.to, id] as const)
  if (relation?.kind === 'dynamic') {
    const { entity, id } = value as { entity: string; id: string }
    return [[entity, id]]
  }
  return []
}

/** By entity, in a fixed order: locks are always taken in the same one. */
export function groupReferences(references: readonly Reference[]): readonly ReferenceGroup[] {
  const byTarget = new Map<CompiledEntity, Set<string>>()
  for (const { target, id } of references) byTarget.set(target, (byTarget.get(target) ?? new Set()).add(id))
  return [...byTarget]
    .map(([target, ids]) => ({ target, ids: [...ids].sort() }))
    .sort((left, right) => (left.target.name < right.target.name ? -1 : 1))
}

/** What of the groups shapes a statement; their ids stay open. */
export function groupsKey(groups: readonly ReferenceGroup[]): string {
  return groups.map((group) => `${group.target.name}${group.ids.length === 1 ? '' : '+'}`).join(',')
}

/**
 * The part of a write that holds the referenced records: they must be live and in sight, and they stay so until
 * the write commits, since a delete takes a stronger lock on its row.
 */
export function referenceGuards(
  source: SelectSource,
  groups: readonly ReferenceGroup[],
): { ctes: readonly string[]; conditions: readonly string[] } {
  const ctes: string[] = []
  const conditions = groups.map((group, index) => {
    const { target } = group
    // A single one needs no list, no sorting and no counting: starting those up costs more than the look-up.
    if (group.ids.length === 1) {
      return `(SELECT true FROM ${heldSql(source, target, `= ${source.parameters.open(`id of ${index}`, 'uuid')}`)} FOR KEY SHARE)`
    }
    const held = heldSql(source, target, `= ANY(${source.parameters.open(`ids of ${index}`, 'uuid[]')})`)
    ctes.push(`p${index} AS (SELECT x."id" FROM ${held} ORDER BY x."id" FOR KEY SHARE)`)
    return `(SELECT count(*) FROM p${index}) = ${source.parameters.open(`count of ${index}`, 'bigint')}`
  })
  return { ctes, conditions }
}

/** What `referenceGuards` left open. */
export function guardSlots(groups: readonly ReferenceGroup[]): Record<string, unknown> {
  return Object.fromEntries(
    groups.flatMap(({ ids }, index) => [
      [`id of ${index}`, ids[0]],
      [`ids of ${index}`, ids],
      [`count of ${index}`, ids.length],
    ]),
  )
}

/** The live records of an entity in the actor's sight whose id passes a test, as a FROM item `x` with its condition. */
function heldSql(source: SelectSource, target: CompiledEntity, test: string): string {
  const predicate = rowTestSql(source, source.access.entity(target.name).read, target, 'x')
  return `${target.table} x WHERE x."id" ${test} AND x."deleted_at" IS NULL AND ${predicate}`
}

/** The problems of references that lead nowhere, or nowhere that the actor can see. */
export async function missingReferences(
  context: RequestContext,
  runner: Executor,
  references: readonly Reference[],
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for (const group of groupReferences(references)) {
    const parameters: Parameters = createParameters()
    const source = { model: context.model, access: context.access, parameters }
    const held = heldSql(source, group.target, `= ANY(${parameters.open('ids', 'uuid[]')})`)
    const plan = toPlan(`SELECT x."id" FROM ${held}`, parameters)
    const found = await runner.query<{ id: string }>(bind(plan, context, { ids: group.ids }))
    const ids = new Set(found.rows.map((row) => row.id))
    for (const reference of references) {
      if (reference.target !== group.target || ids.has(reference.id)) continue
      problems.push(problem('FIELD_REFERENCE_MISSING', reference.path))
    }
  }
  return problems
}
