import type { Executor } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import { approvalsOf, type ModelApproval } from '../../model/approval-index.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { entityFor, type RequestContext } from '../../records/context.ts'
import { readRecord, recordId } from '../../records/get.ts'
import { assertCurrent } from '../../records/model-moved.ts'
import type { Course } from './course.ts'
import { pinnedApproval } from './pinned.ts'
import { type ApprovalRun, holdRecord, turnsOf } from './store.ts'
import { type ApprovalDeps, type ApprovalWorld, approvalWorld } from './world.ts'

/** The record that somebody names, if they see it. @throws AppError RECORD_NOT_FOUND, AUTH_DENIED for who only looks */
export async function seenRecord(
  asked: RequestContext,
  runner: Executor,
  entityName: string,
  id: string,
): Promise<{ readonly entity: CompiledEntity; readonly record: string }> {
  const entity = entityFor(asked, entityName)
  const record = recordId(id)
  if ((await readRecord(asked, runner, entity, record)) === undefined) throw refuse('RECORD_NOT_FOUND')
  return { entity, record }
}

/** @throws AppError AUTH_DENIED for nobody in particular and for who sees as somebody else */
export function personActing({ actor }: RequestContext): string {
  if (actor.id === undefined || actor.viewer !== undefined) throw refuse('AUTH_DENIED')
  return actor.id
}

/**
 * Holds the record for an act.
 * @param expected the version that was shown; another one refuses the act
 * @throws AppError RECORD_NOT_FOUND, RECORD_VERSION_MOVED
 */
export async function holdFor(
  deps: ApprovalDeps,
  asked: RequestContext,
  tx: Executor,
  { entity, record }: { readonly entity: CompiledEntity; readonly record: string },
  expected: number | undefined,
): Promise<{ readonly world: ApprovalWorld; readonly version: number }> {
  await assertCurrent(asked, tx)
  const version = await holdRecord(tx, entity, record)
  if (version === undefined) throw refuse('RECORD_NOT_FOUND')
  if (expected !== undefined && expected !== version)
    throw refuse('RECORD_VERSION_MOVED', '', { params: { version } })
  return { world: approvalWorld(deps, asked, tx, entity, record), version }
}

/** An approval that is under way, as it was published when it began. */
export async function courseOf(world: ApprovalWorld, run: ApprovalRun, version: number): Promise<Course> {
  const { engine, registry, tx } = world
  const approval = await pinnedApproval(tx, engine.model, registry, run)
  const turns = await turnsOf(tx, engine.model.schema, [run.id])
  return { world, approval, run, turns, version, called: new Set() }
}

/** The approvals for which an entity's records may be submitted. @throws AppError APPROVAL_UNKNOWN */
export function openApprovals(
  { model }: RequestContext,
  entity: CompiledEntity,
  name: string | undefined,
): readonly ModelApproval[] {
  const all = (approvalsOf(model, entity)?.all ?? []).filter(({ active }) => active !== false)
  const meant = name === undefined ? all : all.filter((one) => one.name === name)
  if (meant.length > 0) return meant
  throw refuse('APPROVAL_UNKNOWN', name === undefined ? '' : '/approval', {
    params: { name: (name ?? '').slice(0, 40) },
  })
}
