import type { Executor } from '../db/database.ts'
import { AppError, type Problem, problem, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import type { WriteValues } from './parse-write.ts'
import { sightPredicate } from './row-source.ts'

/** Fields whose values lie in other rows: link tables and child lists. They are written after the record. */
export function isKeptElsewhere(field: CompiledField): boolean {
  return field.relation?.kind === 'many' || field.relation?.kind === 'children'
}

export function writesElsewhere(values: WriteValues): boolean {
  for (const field of values.keys()) if (isKeptElsewhere(field)) return true
  return false
}

/**
 * Makes the links of a many-to-many field be exactly these, of those that the actor can see: a link to a record
 * that is hidden or in the recycle bin stays, since the actor could not have named it.
 */
export async function replaceLinks(
  context: RequestContext,
  runner: Executor,
  field: CompiledField,
  recordId: string,
  targetIds: readonly string[],
): Promise<void> {
  const target = field.relation?.kind === 'many' ? context.model.entities.get(field.relation.to) : undefined
  if (target === undefined) throw refuse('FIELD_VALUE_INVALID', `/${field.name}`)
  const parameters = createParameters()
  const record = parameters.open('record', 'uuid')
  const targets = parameters.open('targets', 'uuid[]')
  const seen = sightPredicate(
    { model: context.model, access: context.access, parameters },
    target,
    'm',
    false,
  )
  const text =
    `WITH gone AS (DELETE FROM ${field.linkTable} l USING ${target.table} m WHERE l."record" = ${record} ` +
    `AND m."id" = l."target" AND ${seen} AND NOT l."target" = ANY(${targets})) ` +
    `INSERT INTO ${field.linkTable} ("record", "target") SELECT ${record}, x FROM unnest(${targets}) x ` +
    'ON CONFLICT DO NOTHING'
  const slots = { record: recordId, targets: targetIds }
  await runner.query(bind(toPlan(text, parameters), context, slots))
}

/** Ids as the database writes them, in its order. */
export function linkIds(value: unknown): readonly string[] {
  return ((value ?? []) as readonly string[]).map((id) => id.toLowerCase()).sort()
}

/** What a child list asks for: children to make, to change (with an `id`), and to delete (not named). */
export interface ChildPlan {
  readonly entity: CompiledEntity
  readonly by: string
  readonly bodies: readonly Record<string, unknown>[]
}

/**
 * @throws AppError when the child entity or its lookup is not there for this actor
 */
export function childPlan(context: RequestContext, field: CompiledField, value: unknown): ChildPlan {
  const relation = field.relation
  const entity = relation?.kind === 'children' ? context.model.entities.get(relation.of) : undefined
  if (relation?.kind !== 'children' || entity === undefined)
    throw refuse('FIELD_VALUE_INVALID', `/${field.name}`)
  return { entity, by: relation.by, bodies: (value ?? []) as Record<string, unknown>[] }
}

/** The ids of a record's live children in sight; others are neither shown nor replaced. */
export async function childIds(
  context: RequestContext,
  runner: Executor,
  plan: ChildPlan,
  parentId: string,
): Promise<readonly string[]> {
  const by = plan.entity.fields.get(plan.by)
  if (by === undefined) return []
  const parameters = createParameters()
  const text =
    `SELECT c."id"::text AS id FROM ${plan.entity.table} c WHERE c.${by.columns[0]} = ${parameters.open('parent', 'uuid')} ` +
    `AND ${sightPredicate({ model: context.model, access: context.access, parameters }, plan.entity, 'c', false)} ORDER BY c."id"`
  const found = await runner.query<{ id: string }>(
    bind(toPlan(text, parameters), context, { parent: parentId }),
  )
  return found.rows.map((row) => row.id)
}

/** Problems of a part of a write, as seen from the whole: their paths get the part's in front. */
export function atPath(problems: readonly Problem[], path: string): readonly Problem[] {
  return path === '' ? problems : problems.map((fault) => ({ ...fault, path: `${path}${fault.path}` }))
}

/** Runs a part of a write and puts its path in front of what it refuses with. */
export async function within<T>(path: string, part: () => Promise<T>): Promise<T> {
  try {
    return await part()
  } catch (error) {
    if (!(error instanceof AppError) || path === '') throw error
    throw new AppError(atPath(error.problems, path), { cause: error })
  }
}

/** The problem of a child that names a record which is none of the parent's. */
export function strangerProblem(index: number): Problem {
  return problem('FIELD_REFERENCE_MISSING', `/${index}/id`)
}
