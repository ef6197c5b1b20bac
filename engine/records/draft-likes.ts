import { AppError } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { type CompiledDuplicateRule, comparisonOf } from '../model/duplicate-rules.ts'
import { newId } from '../model/uuid.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { guardNew } from './duplicate-guard.ts'
import { type Applies, findDuplicates } from './find-duplicates.ts'
import { holdingRules } from './insert-rows.ts'
import { foremost } from './judge-duplicates.ts'
import { parseWrite, type WriteValues } from './parse-write.ts'
import { missingReferences, referencesOf } from './references.ts'
import { duplicateProblem, presentFound } from './tell-duplicates.ts'
import { assertCreatable } from './touch.ts'

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
  const values = await parseDraft(context, entity, body)
  const comparison = comparisonOf(context.model, entity)
  const record = { id: newId(), values, path: '' }
  const guarded = comparison === undefined ? [] : [guardNew(context, comparison, record)]
  const asking = guarded.filter(({ asked }) => asked.length > 0)
  if (asking.length === 0) return answer([])
  const applies = async (): Promise<Applies> => {
    const rules = new Set(asking.flatMap(({ asked }) => asked.map(({ rule }) => rule)))
    const held = await holdingOf(context, entity, record, [...rules])
    return (_id, rule) => held.has(rule)
  }
  const found = await findDuplicates(context, context.db, entity, asking, applies)
  const told = foremost(found.filter(({ isComparedSeen }) => isComparedSeen))
  return answer(
    presentFound(
      context,
      told.map((one) => ({ action: one.rule.definition.then, problem: duplicateProblem(context, one) })),
    ),
  )
}

const answer = (data: readonly unknown[]): RecordAnswer => ({ status: 200, body: JSON.stringify({ data }) })

/** What is said so far; a record that it points to must be in sight, since rules look through it. */
async function parseDraft(
  context: RequestContext,
  entity: CompiledEntity,
  body: unknown,
): Promise<WriteValues> {
  const { values, problems } = parseWrite(context, entity, body, true)
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
