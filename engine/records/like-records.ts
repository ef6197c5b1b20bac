import { AppError, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { comparisonOf } from '../model/duplicate-rules.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { guardStored } from './duplicate-guard.ts'
import { type FoundDuplicate, findDuplicates } from './find-duplicates.ts'
import { recordId } from './get.ts'
import { checkParameters } from './parse-list.ts'
import { type ShownCells, shownCells } from './shown-cells.ts'

/** Like records that are told of one; more are no duplicates but a rule that is too wide. */
const MOST_TOLD = 20

/**
 * The records of its entity that are like one by the duplicate rules, the most alike first: of those that the actor may read,
 * by values that the actor is shown in both. So nothing is told that a look at the two would not tell.
 * @throws AppError RECORD_NOT_FOUND
 */
export async function likesOf(
  context: RequestContext,
  entityName: string,
  id: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const problems = checkParameters(raw, [])
  if (problems.length > 0) throw new AppError(problems)
  const record = recordId(id)
  const cells = await shownCells(context, context.db, entity, record)
  if (cells === undefined) throw refuse('RECORD_NOT_FOUND')
  const comparison = comparisonOf(context.model, entity)
  const guarded =
    comparison === undefined ? [] : await guardStored(context, context.db, entity, comparison, [record])
  const found = await findDuplicates(context, context.db, entity, guarded)
  const seen = found.filter((one) => isToldLike(one, entity, cells))
  const best = new Map<string, FoundDuplicate>()
  for (const one of seen) if (one.likeness > (best.get(one.id)?.likeness ?? 0)) best.set(one.id, one)
  const data = [...best.values()]
    .sort((one, other) => other.likeness - one.likeness || (one.id < other.id ? -1 : 1))
    .slice(0, MOST_TOLD)
    .map(({ id: like, label, owner, likeness, own }) => ({
      ...{ id: like, label: label ?? like, likeness, field: own.field.name },
      owner: owner?.isSeen === true ? { id: owner.id, label: owner.name } : null,
    }))
  return { status: 200, body: JSON.stringify({ data }) }
}

/**
 * Whether a match may be told of records that the actor looks at: both are of the entity and seen, with what is alike in them.
 * @param cells of the record for which it was found
 */
export function isToldLike(
  { own, target, isSeen, isComparedSeen }: FoundDuplicate,
  entity: CompiledEntity,
  cells: ShownCells,
): boolean {
  const compared = own.within === undefined ? [own.field] : [own.field, own.within]
  return (
    target.entity === entity &&
    isSeen &&
    isComparedSeen &&
    compared.every((field) => cells(field) === 'whole')
  )
}
