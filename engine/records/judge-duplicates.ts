import { recordAudit } from '../audit/record-audit.ts'
import type { Executor } from '../db/database.ts'
import { AppError, type Problem } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import type { GuardedRecord } from './duplicate-guard.ts'
import { type FoundDuplicate, findDuplicates } from './find-duplicates.ts'
import { duplicateProblem } from './tell-duplicates.ts'

/** Matches of one record that are told; more help nobody. */
const MOST_TOLD = 10

/** A write that duplicate rules refuse, with the problems of each record by its id. */
export class DuplicatesError extends AppError {
  readonly byRecord: ReadonlyMap<string, readonly Problem[]>
  constructor(byRecord: ReadonlyMap<string, readonly Problem[]>) {
    super([...byRecord.values()].flat())
    this.byRecord = byRecord
  }
}

/**
 * Judges records that were just written, their keys held and kept, by the rules of their entity.
 * @throws DuplicatesError where a rule blocks, or warns and nobody has accepted; nothing may be committed then
 */
export async function judgeDuplicates(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  records: readonly GuardedRecord[],
): Promise<void> {
  const asking = records.filter(({ asked }) => asked.length > 0)
  if (asking.length === 0) return
  const found = foremost(await findDuplicates(context, tx, entity, records))
  if (found.length === 0) return
  const isDryRun = context.duplicates?.isDryRun === true
  const refused = isDryRun ? [] : found.filter((one) => isRefused(context, one))
  if (isDryRun || refused.length > 0) {
    await noteAsking(context, entity, found, isDryRun)
    if (refused.length > 0) throw new DuplicatesError(problemsOf(context, refused))
  } else await noteAccepted(context, tx, entity, found)
  context.duplicates?.found?.push(
    ...found.map((one) => ({
      action: one.rule.definition.then,
      problem: duplicateProblem(context, one),
    })),
  )
}

function isRefused(context: RequestContext, { rule }: FoundDuplicate): boolean {
  const { then, via } = rule.definition
  // A stranger must not learn who is there already: what follows is the form's matter.
  if (context.via === 'webform') return false
  if (via !== undefined && !(via as readonly string[]).includes(context.via)) return false
  // A template brings its own records: there is nobody to ask.
  const isAccepted = context.duplicates?.isAccepted === true || context.via === 'template'
  return then === 'block' || (then === 'warn' && !isAccepted)
}

const WEIGHT = { block: 0, warn: 1, allow: 2 } as const

/** What weighs most first, then what is most alike; the order decides what a refusal is called. */
export function foremost(found: readonly FoundDuplicate[]): readonly FoundDuplicate[] {
  return [...groupByRecord(found).values()].flatMap((ofRecord) =>
    [...ofRecord]
      .sort(
        (one, other) =>
          WEIGHT[one.rule.definition.then] - WEIGHT[other.rule.definition.then] ||
          other.likeness - one.likeness,
      )
      .slice(0, MOST_TOLD),
  )
}

function problemsOf(
  context: RequestContext,
  refused: readonly FoundDuplicate[],
): ReadonlyMap<string, readonly Problem[]> {
  const byRecord = new Map<string, Problem[]>()
  for (const one of refused) {
    const problems = byRecord.get(one.record.id) ?? []
    byRecord.set(one.record.id, [...problems, duplicateProblem(context, one)])
  }
  return byRecord
}

/** Whoever meets records out of their sight leaves a trace, also where nothing is stored: values could be guessed so. */
async function noteAsking(
  context: RequestContext,
  entity: CompiledEntity,
  found: readonly FoundDuplicate[],
  isDryRun: boolean,
): Promise<void> {
  const hidden = found.filter(({ isSeen }) => !isSeen)
  if (hidden.length === 0) return
  const { model, actor, via, origin } = context
  const entry = {
    ...{
      action: 'duplicates_asked' as const,
      actor: actor.id,
      via,
      origin,
      subject: `entity/${entity.name}`,
    },
    details: { entity: entity.name, ...traceOf(hidden), dry_run: isDryRun },
  }
  // Past the write, which is about to be taken back, and past the pool for writes, of which it holds a connection.
  await context.db.transaction((tx) => recordAudit(tx, model.schema, entry), { direct: true })
}

/** That a record was stored although there are like ones stays with it. */
async function noteAccepted(
  { model, actor, via, origin }: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  found: readonly FoundDuplicate[],
): Promise<void> {
  const ids = [...new Set(found.map(({ record }) => record.id))]
  const entries = ids.map((id) => ({
    ...{ action: 'duplicates_accepted' as const, actor: actor.id, via, origin },
    record: { entity: entity.id, id },
    details: traceOf(found.filter(({ record }) => record.id === id)),
  }))
  await recordAudit(tx, model.schema, entries)
}

function traceOf(found: readonly FoundDuplicate[]) {
  return {
    rules: [...new Set(found.map(({ rule }) => rule.definition.name))],
    records: found.map(({ target, id }) => ({ entity: target.entity.name, id })),
  }
}

function groupByRecord(
  found: readonly FoundDuplicate[],
): ReadonlyMap<GuardedRecord, readonly FoundDuplicate[]> {
  const groups = new Map<GuardedRecord, FoundDuplicate[]>()
  for (const one of found) groups.set(one.record, [...(groups.get(one.record) ?? []), one])
  return groups
}
