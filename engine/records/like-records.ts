import { AppError, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { type CompiledDuplicateRule, comparisonOf } from '../model/duplicate-rules.ts'
import { newId } from '../model/uuid.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { guardNew, guardStored, guardUnsaved, movedComparison } from './duplicate-guard.ts'
import { type Applies, type FoundDuplicate, findDuplicates } from './find-duplicates.ts'
import { recordId } from './get.ts'
import { holdingRules } from './insert-rows.ts'
import { foremost } from './judge-duplicates.ts'
import { checkParameters } from './parse-list.ts'
import { parseWrite, type WriteValues } from './parse-write.ts'
import { missingReferences, referencesOf } from './references.ts'
import { type ShownCells, shownCells } from './shown-cells.ts'
import { duplicateProblem, presentFound } from './tell-duplicates.ts'
import { assertCreatable, assertTouchable } from './touch.ts'

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

/**
 * What is there already like a new record as far as it is filled in: what is missing yet is no fault. Told is what the actor
 * may read, by values that the actor is shown there. Of anything else a create tells, which leaves a trace: here it could
 * be sought out letter by letter.
 * @throws AppError with every other problem of the body
 */
export async function likesOfDraft(
  context: RequestContext,
  entityName: string,
  body: unknown,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  assertCreatable(context, entity, '')
  const values = await parseDraft(context, entity, body, true)
  const comparison = comparisonOf(context.model, entity)
  const record = { id: newId(), values, path: '' }
  const guarded = comparison === undefined ? [] : [guardNew(context, comparison, record)]
  const asking = guarded.filter(({ asked }) => asked.length > 0)
  if (asking.length === 0) return answerOf([])
  const applies = async (): Promise<Applies> => {
    const rules = new Set(asking.flatMap(({ asked }) => asked.map(({ rule }) => rule)))
    const held = await holdingOf(context, entity, record, [...rules])
    return (_id, rule) => held.has(rule)
  }
  const found = await findDuplicates(context, context.db, entity, asking, applies)
  return toldOf(context, found)
}

/**
 * The same for a record that is being changed, by what the change moves. Beside what is said, only values count that the
 * actor is shown of the record: what they may not see is not compared for them.
 * @throws AppError RECORD_NOT_FOUND, AUTH_DENIED, with every other problem of the body
 */
export async function likesOfChange(
  context: RequestContext,
  entityName: string,
  id: string,
  body: unknown,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const record = recordId(id)
  const cells = await shownCells(context, context.db, entity, record)
  if (cells === undefined) throw refuse('RECORD_NOT_FOUND')
  await assertTouchable(context, context.db, entity, record, 'update', '')
  const values = await parseDraft(context, entity, body, false)
  const comparison = movedComparison(context, entity, values)
  if (comparison === undefined) return answerOf([])
  const guarded = await guardUnsaved(context, entity, comparison, { id: record, values, path: '' })
  if (guarded === undefined || guarded.asked.length === 0) return answerOf([])
  const found = await findDuplicates(context, context.db, entity, [guarded])
  const isShown = (field: CompiledField): boolean => values.has(field) || cells(field) === 'whole'
  return toldOf(
    context,
    found.filter(({ own }) => isShown(own.field) && (own.within === undefined || isShown(own.within))),
  )
}

function toldOf(context: RequestContext, found: readonly FoundDuplicate[]): RecordAnswer {
  const told = foremost(found.filter(({ isComparedSeen }) => isComparedSeen))
  return answerOf(
    presentFound(
      context,
      told.map((one) => ({ action: one.rule.definition.then, problem: duplicateProblem(context, one) })),
    ),
  )
}

const answerOf = (data: readonly unknown[]): RecordAnswer => ({ status: 200, body: JSON.stringify({ data }) })

/** What is said so far; a record that it points to must be in sight, since rules look through it. */
async function parseDraft(
  context: RequestContext,
  entity: CompiledEntity,
  body: unknown,
  isNew: boolean,
): Promise<WriteValues> {
  const { values, problems } = parseWrite(context, entity, body, isNew)
  const faults = problems.filter(({ code }) => code !== 'FIELD_REQUIRED')
  if (faults.length > 0) throw new AppError(faults)
  const missing = await missingReferences(context, context.db, referencesOf(context, entity, values, ''))
  if (missing.length > 0) throw new AppError(missing)
  return values
}

/** The rules that speak of the record as it stands. */
async function holdingOf(
  context: RequestContext,
  entity: CompiledEntity,
  record: Parameters<typeof holdingRules>[3],
  rules: readonly CompiledDuplicateRule[],
): Promise<ReadonlySet<CompiledDuplicateRule>> {
  const conditional = rules.filter(({ when }) => when !== undefined)
  const held = await holdingRules(
    context,
    context.db,
    entity,
    record,
    conditional.map(({ when }) => when!),
  )
  return new Set(rules.filter((rule) => rule.when === undefined || held[conditional.indexOf(rule)] === true))
}
