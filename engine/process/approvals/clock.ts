import { SYSTEM_ACTOR } from '../../access/actor.ts'
import type { Executor } from '../../db/database.ts'
import { type WakePayload, type WakeTask, waitingSince, wake } from '../../jobs/wake.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { entityById } from '../../model/entity-by-id.ts'
import { requestContext } from '../../records/context.ts'
import { ModelMovedError } from '../../records/model-moved.ts'
import { queueWakes } from '../flows/wakes.ts'
import { limitEnd } from '../limit-end.ts'
import type { TellDeps } from '../telling/deps.ts'
import { type Course, levelOf, note, turnsNow } from './course.ts'
import { leaveLevel, passLevel } from './go-on.ts'
import { courseOf, holdFor } from './open.ts'
import type { ModelLevel } from './pinned.ts'
import { runsOf, saveRun } from './store.ts'
import { tell, tellAll } from './tell.ts'
import type { ApprovalWakes } from './world.ts'

const CLOCK_TASK = 'approval_clock'
/** First half of the advisory locks under which a workspace's clock is set; any number nobody else takes. */
const CLOCK_LOCK = 7_362_071
const BATCH = 100

/** Calls through the queue, which commit with whatever made them due. */
export const queueClock: ApprovalWakes = { ...queueWakes, clock: setClock }

/** An earlier look takes the place of a later one, never the other way round. */
async function setClock(tx: Executor, workspace: string, at: Date): Promise<void> {
  await tx.query({
    text: 'SELECT pg_advisory_xact_lock($1::int, hashtext($2))',
    values: [CLOCK_LOCK, workspace],
  })
  const known = await waitingSince(tx, CLOCK_TASK, workspace)
  if (known === undefined || at < known) await wake(tx, CLOCK_TASK, { workspace }, { key: workspace, at })
}

/** What the times of approvals stand on; a scenario fills it with its own database, model and clock. */
export interface ClockDeps extends TellDeps {
  modelOf(workspace: string, isStale?: boolean): Promise<CompiledModel | undefined>
  readonly wakes: ApprovalWakes
}

/** Looks at the times of a workspace's approvals when one is over. */
export function approvalClockTask(deps: ClockDeps): WakeTask {
  return {
    name: CLOCK_TASK,
    async run({ workspace }: WakePayload) {
      const next = await lookAtApprovals(deps, workspace)
      if (next !== undefined) await deps.db.transaction((tx) => setClock(tx, workspace, next))
    },
  }
}

/**
 * Does what the levels say of those whose time is over: each in a transaction of its own, which moves its time on.
 * @returns when the next time is over; undefined where none is known
 */
export async function lookAtApprovals(deps: ClockDeps, workspace: string): Promise<Date | undefined> {
  let model = await deps.modelOf(workspace)
  for (;;) {
    if (model === undefined) return undefined
    const due = await dueRuns(deps, model)
    if (due.length === 0) return await nextDue(deps.db, model.schema)
    for (const one of due) {
      try {
        await deps.db.transaction((tx) => timeOver(deps, model!, tx, one))
      } catch (error) {
        if (!(error instanceof ModelMovedError)) throw error
        model = await deps.modelOf(workspace, true)
        break
      }
    }
  }
}

export async function nextDue(db: Executor, schema: string): Promise<Date | undefined> {
  const { rows } = await db.query<{ due: string | null }>({
    text: `SELECT to_json(min(due_at))#>>'{}' AS due FROM ${schema}.tenon_approval WHERE state = 'running' AND due_at IS NOT NULL`,
  })
  return rows[0]?.due == null ? undefined : new Date(rows[0].due)
}

interface DueRun {
  readonly id: string
  readonly entity: string
  readonly record: string
}

async function dueRuns({ db, now }: ClockDeps, { schema }: CompiledModel): Promise<readonly DueRun[]> {
  const { rows } = await db.query<DueRun>({
    text:
      `SELECT a.id::text AS id, a.entity::text AS entity, a.record::text AS record FROM ${schema}.tenon_approval a ` +
      "WHERE a.state = 'running' AND a.due_at <= $1::timestamptz ORDER BY a.due_at, a.id LIMIT $2",
    values: [now().toISOString(), BATCH],
  })
  return rows
}

async function timeOver(
  deps: ClockDeps,
  model: CompiledModel,
  tx: Executor,
  { id, entity: entityId, record }: DueRun,
): Promise<void> {
  const entity = entityById(model, entityId)
  if (entity === undefined) return await forget(tx, model.schema, id)
  const { registry, now, db } = deps
  const asked = requestContext({
    model,
    db,
    search: registry.search(),
    now,
    actor: SYSTEM_ACTOR,
    via: 'system',
  })
  const held = await holdFor(deps, asked, tx, { entity, record }, undefined)
  const run = (await runsOf(tx, model.schema, record, 'open')).find((one) => one.id === id)
  // Somebody may have decided between our look and our hold.
  const isOver = run?.state === 'running' && run.due_at !== null && new Date(run.due_at) <= now()
  if (!isOver || run === undefined) return
  const course = await courseOf(held.world, run, held.version)
  const level = levelOf(course)
  if (level?.limit === undefined) return await forget(tx, model.schema, id)
  await OVER[level.limit.then](course, level, level.limit)
  await saveRun(tx, model.schema, course.run, course.world.now)
  await tellAll(course, undefined)
}

/** A time that means nothing any more. */
async function forget(tx: Executor, schema: string, id: string): Promise<void> {
  await tx.query({ text: `UPDATE ${schema}.tenon_approval SET due_at = NULL WHERE id = $1`, values: [id] })
}

const OVER: {
  readonly [T in NonNullable<ModelLevel['limit']>['then']]: (
    course: Course,
    level: ModelLevel,
    limit: NonNullable<ModelLevel['limit']>,
  ) => Promise<void>
} = {
  async remind(course, level, limit) {
    const { now, asked } = course.world
    // Of moments that nobody was there for, one is made up.
    let due: Date | undefined = new Date(course.run.due_at ?? now)
    while (due !== undefined && due <= now) due = limitEnd(asked.model, limit, due)
    course.run = { ...course.run, due_at: due?.toISOString() ?? null }
    await note(course, { act: 'remind', level })
    await tell(course, 'remind', waitingIn(course))
  },
  async next(course, level) {
    const late = waitingIn(course)
    await note(course, { act: 'time_over', level })
    await passLevel(course)
    await tell(course, 'time_over', late)
  },
  async return(course, level) {
    const late = waitingIn(course)
    await leaveLevel(course)
    course.run = { ...course.run, state: 'returned', since_round: course.run.round, resume: null }
    await note(course, { act: 'time_over', level, outcome: 'returned' })
    await tell(course, 'time_over', late)
  },
}

function waitingIn(course: Course): readonly string[] {
  return turnsNow(course).flatMap(({ state, person }) => (state === 'waiting' ? [person] : []))
}
