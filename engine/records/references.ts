import { scopePredicate } from '../access/access.ts'
import type { Executor } from '../db/database.ts'
import { type Problem, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
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
  values: Iterable<readonly [CompiledField, unknown]>,
  path: string,
): readonly Reference[] {
  const references: Reference[] = []
  for (const [field, value] of values) {
    if (value === null || field.relation === undefined) continue
    const at = `${path}/${field.name}`
    for (const [name, id] of targetsOf(field, value)) {
      const target = context.model.entities.get(name)
      if (target === undefined || (name === 'user' && id === context.actor.id)) continue
      references.push({ target, id: id.toLowerCase(), path: at })
    }
  }
  return references
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

/**
 * The part of a write that holds the referenced records: they must be live and in sight, and they stay so until
 * the write commits, since a delete takes a stronger lock on its row.
 */
export function referenceGuards(
  source: SelectSource,
  groups: readonly ReferenceGroup[],
): { ctes: readonly string[]; conditions: readonly string[] } {
  const ctes = groups.map(
    (group, index) =>
      `p${index} AS (${lockSql(source, group, source.parameters.open(`ids${index}`, 'uuid[]'))})`,
  )
  const conditions = groups.map(
    (_, index) => `(SELECT count(*) FROM p${index}) = ${source.parameters.open(`count${index}`, 'bigint')}`,
  )
  return { ctes, conditions }
}

/** What `referenceGuards` left open. */
export function guardSlots(groups: readonly ReferenceGroup[]): Record<string, unknown> {
  return Object.fromEntries(
    groups.flatMap((group, index) => [
      [`ids${index}`, group.ids],
      [`count${index}`, group.ids.length],
    ]),
  )
}

function lockSql(source: SelectSource, group: ReferenceGroup, ids: string): string {
  const scope = source.access.entity(group.target.name).read
  const predicate = scopePredicate(scope, group.target, 'x', source.parameters.actor)
  return (
    `SELECT x."id" FROM ${group.target.table} x WHERE x."id" = ANY(${ids}) ` +
    `AND x."deleted_at" IS NULL AND ${predicate} ORDER BY x."id" FOR KEY SHARE`
  )
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
    const plan = toPlan(
      lockSql(source, group, parameters.open('ids', 'uuid[]')).replace(' FOR KEY SHARE', ''),
      parameters,
    )
    const found = await runner.query<{ id: string }>(bind(plan, context, { ids: group.ids }))
    const ids = new Set(found.rows.map((row) => row.id))
    for (const reference of references) {
      if (reference.target !== group.target || ids.has(reference.id)) continue
      problems.push(problem('FIELD_REFERENCE_MISSING', reference.path))
    }
  }
  return problems
}
