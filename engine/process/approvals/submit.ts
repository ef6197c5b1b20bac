import type { Executor } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import type { ModelApproval } from '../../model/approval-index.ts'
import type { RequestContext } from '../../records/context.ts'
import { inWrite } from '../../records/in-write.ts'
import { assertTouchable } from '../../records/touch.ts'
import type { ActBody } from './acts.ts'
import { type Course, note } from './course.ts'
import { checkedFiles } from './files.ts'
import { goOn } from './go-on.ts'
import { courseOf, holdFor, openApprovals, personActing, seenRecord } from './open.ts'
import { levelsOf } from './pinned.ts'
import { type ApprovalRun, insertRun, raiseVersion, runsOf, saveRun } from './store.ts'
import { readBy, tellAll } from './tell.ts'
import { type ApprovalDeps, type ApprovalWorld, holds } from './world.ts'

export interface ActOptions {
  readonly runner?: Executor
  /** The version of the record that was shown. */
  readonly expected?: number | undefined
}

/**
 * Submits a record, for somebody who may change it; one that came back to its submitter goes on.
 * @throws AppError APPROVAL_UNKNOWN, APPROVAL_AMBIGUOUS, APPROVAL_RUNNING, APPROVAL_NOBODY, AUTH_DENIED, RECORD_LOCKED
 */
export async function submitRecord(
  deps: ApprovalDeps,
  asked: RequestContext,
  entityName: string,
  id: string,
  body: ActBody,
  { runner, expected }: ActOptions = {},
): Promise<ApprovalRun> {
  const submitter = personActing(asked)
  return await inWrite(asked, runner === undefined ? {} : { runner }, async (tx) => {
    const seen = await seenRecord(asked, tx, entityName, id)
    const { world, version } = await holdFor(deps, asked, tx, seen, expected)
    const { approval, open } = await approvalFor(world, submitter, body.approval)
    if (open?.state === 'running') throw refuse('APPROVAL_RUNNING')
    await assertTouchable(asked, tx, seen.entity, seen.record, 'update', '')
    const files = await checkedFiles(world, body.files)
    const course =
      open === undefined
        ? await beginCourse(world, approval, submitter, version)
        : await againCourse(world, open, version)
    const isNeeded = await holds(world, submitter, course.approval.when)
    // Whoever wrote meanwhile finds the record moved, and held.
    course.version = await raiseVersion(tx, world.entity, world.record)
    if (!isNeeded) course.run = { ...course.run, state: 'not_needed', resume: null }
    const outcome = isNeeded ? ('submitted' as const) : ('not_needed' as const)
    await note(course, { act: 'submit', actor: submitter, comment: body.comment, files, outcome })
    if (isNeeded) await goOnFrom(course)
    await saveRun(tx, asked.model.schema, course.run, world.now)
    await readBy(course, [submitter])
    await tellAll(course, submitter)
    return course.run
  })
}

async function goOnFrom(course: Course): Promise<void> {
  const resumed = levelsOf(course.approval).findIndex(({ id }) => id === course.run.resume)
  course.run = { ...course.run, resume: null }
  await goOn(course, Math.max(0, resumed), course.run.round === 0)
}

/** The approval that is meant, and what of it is open for the record: the one whose condition holds. */
export async function approvalFor(
  world: ApprovalWorld,
  submitter: string,
  name: string | undefined,
): Promise<{ readonly approval: ModelApproval; readonly open: ApprovalRun | undefined }> {
  const { asked, tx, entity, record } = world
  const meant = openApprovals(asked, entity, name)
  const runs = await runsOf(tx, asked.model.schema, record, 'open')
  const openOf = (approval: ModelApproval) => runs.find((run) => run.approval === approval.id)
  const [only] = meant
  if (meant.length === 1) return { approval: only!, open: openOf(only!) }
  const begun = meant.filter((one) => openOf(one) !== undefined)
  if (begun.length === 1) return { approval: begun[0]!, open: openOf(begun[0]!) }
  const fitting: ModelApproval[] = []
  for (const one of meant) if (await holds(world, submitter, one.when)) fitting.push(one)
  if (fitting.length > 1) {
    const names = fitting.map((one) => one.name).join(', ')
    throw refuse('APPROVAL_AMBIGUOUS', '/approval', { params: { names } })
  }
  const approval = fitting[0] ?? only!
  return { approval, open: openOf(approval) }
}

async function beginCourse(
  world: ApprovalWorld,
  approval: ModelApproval,
  submitter: string,
  version: number,
): Promise<Course> {
  const { asked, tx, entity, record, now } = world
  const place = { version: asked.model.version, entity: entity.id, record, submitter }
  const run = await insertRun(tx, asked.model.schema, approval, place, now)
  return { world, approval, run, turns: [], version, called: new Set() }
}

/** What came back goes on as it was published when it was first submitted. */
async function againCourse(world: ApprovalWorld, open: ApprovalRun, version: number): Promise<Course> {
  const course = await courseOf(world, open, version)
  course.run = { ...course.run, state: 'running' }
  return course
}
