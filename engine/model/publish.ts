import { setTimeout as delay } from 'node:timers/promises'
import type { Database, Transaction } from '../db/database.ts'
import { AppError, problem, refuse } from '../errors.ts'
import { enqueueJob } from '../jobs/queue.ts'
import type { Registry } from '../registry/registry.ts'
import { applyVersion } from './apply.ts'
import { settleBase } from './bases.ts'
import {
  type Changeset,
  type ChangesetState,
  closedBy,
  loadChangeset,
  setChangesetState,
} from './changesets.ts'
import { type Control, type ControlledPublish, controlRule, type PublishControl } from './control.ts'
import type { FillComputed } from './fill.ts'
import { lockWorkspaceModel } from './lock-tables.ts'
import type { ChangeSource, NoteDefinitions } from './note.ts'
import { blockedBy, type Plan, planDraft } from './plan.ts'
import { proveDraft } from './prove.ts'
import { passBy, type ReachPoint } from './reach.ts'
import { enqueueKeyRefresh } from './refresh-keys.ts'
import { enqueueSearchRefresh } from './refresh-search.ts'
import { saveScenarioRun } from './scenario-runs.ts'
import type { Proof, RunScenarios } from './scenarios.ts'
import { loadState, type WorkspaceState } from './state.ts'
import { explainDuplicates } from './unique-fault.ts'
import { newId } from './uuid.ts'

export interface PublishDeps {
  readonly db: Database
  readonly registry: Registry
  readonly workspace: string
  /** Quoted. */
  readonly schema: string
  /** Told of each point reached; tests stop the process there. */
  readonly reach?: ReachPoint
  readonly note?: NoteDefinitions | undefined
  readonly fill?: FillComputed | undefined
  /** Tries the candidate's scenarios before it is published. */
  readonly scenarios?: RunScenarios | undefined
  /** Judges whether enough people agree; without it nothing is published where somebody must. */
  readonly control?: PublishControl | undefined
  /** Where the request came from. */
  readonly from?: ChangeSource | undefined
}

export interface PublishRequest {
  readonly changeset: string
  /** The plan that was confirmed. */
  readonly hash: string
  readonly by: string | undefined
  /** Why it is published although scenarios fail. */
  readonly reason?: string | undefined
  /** Why it is published although too few agree. */
  readonly emergency?: string | undefined
  /** What is new for users; else what the draft says of it. */
  readonly announcement?: string | undefined
}

/** The kind of the job that prepares tables and publishes, and what it carries. */
export const PUBLISH_JOB = 'publish'
export type PublishPayload = PublishRequest & {
  readonly workspace: string
  readonly from?: ChangeSource | undefined
  /** What the scenarios said when it was queued. */
  readonly proof?: Proof | undefined
}

/** A draft with its plan, as the transaction that holds all locks but the tables' sees them. */
export interface LockedPlan {
  readonly changeset: Changeset
  readonly state: WorkspaceState
  readonly plan: Plan
  /** Who agreed; undefined where nobody need. */
  readonly control: Control | undefined
}

/** Milliseconds to wait for one lock before everything is let go: nobody waits longer behind a publish. */
const LOCK_TIMEOUT_MS = 100
/** Milliseconds after which a publish gives up. */
const GIVE_UP_MS = 10_000
const FIRST_PAUSE_MS = 40
const LAST_PAUSE_MS = 600

/** What came of the wish to publish: a version, or a job that prepares tables and publishes then. */
export type PublishOutcome = { readonly version: number } | { readonly job: string }

/**
 * Publishes exactly the confirmed plan, in one transaction: everything or nothing. Where tables are so full that they
 * must be prepared first, it queues the job that does so and publishes then.
 * @throws AppError META_CHANGESET_*, META_BASE_MOVED, META_PLAN_MOVED, META_PLAN_BLOCKED, META_PUBLISH_BUSY and the
 *   problems of the check; META_AGREEMENT_MISSING, META_EMERGENCY_DENIED; META_SCENARIO_FAILED for each scenario that fails, without a reason to go ahead
 */
export async function publishDraft(deps: PublishDeps, request: PublishRequest): Promise<PublishOutcome> {
  const proof = await proveDraft(deps, request)
  return inModelTransaction(deps, async (tx) => {
    const locked = await lockPlan(tx, deps, request, 'open')
    if (!locked.plan.work.isLong) return { version: await applyPlan(tx, deps, request, locked, proof) }
    await setChangesetState(tx, deps.schema, locked.changeset.id, 'publishing')
    const job = newId()
    const payload: PublishPayload = { ...request, workspace: deps.workspace, from: deps.from, proof }
    await enqueueJob(tx, deps.schema, { id: job, kind: PUBLISH_JOB, payload, createdBy: request.by })
    return { job }
  })
}

/** Publishes a draft whose tables a job has prepared. @throws AppError as `publishDraft` */
export async function publishPrepared(deps: PublishDeps, request: PublishPayload): Promise<number> {
  return inModelTransaction(deps, async (tx) =>
    applyPlan(tx, deps, request, await lockPlan(tx, deps, request, 'publishing'), request.proof),
  )
}

/**
 * Runs work under the workspace's publish lock, again and again while locks are not to be had.
 * @throws AppError META_PUBLISH_BUSY
 */
export async function inModelTransaction<T>(
  { db, schema }: Pick<PublishDeps, 'db' | 'schema'>,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const end = performance.now() + GIVE_UP_MS
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LAST_PAUSE_MS)) {
    try {
      return await db.transaction(
        async (tx) => {
          await lockWorkspaceModel(tx, schema)
          return work(tx)
        },
        { direct: true, lockTimeoutMs: LOCK_TIMEOUT_MS, statementTimeoutMs: 0 },
      )
    } catch (error) {
      if (!isLockTrouble(error)) throw error
      if (performance.now() > end) throw new AppError(problem('META_PUBLISH_BUSY'), { cause: error })
      await delay(pauseMs * (0.5 + Math.random()))
    }
  }
}

/** Lock not available, deadlock. */
function isLockTrouble(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === '55P03' || code === '40P01'
}

/**
 * Reads the draft and plans it again under the lock, so that it is what was confirmed and stays so.
 * @throws AppError as `publishDraft`
 */
export async function lockPlan(
  tx: Transaction,
  deps: PublishDeps,
  request: PublishRequest,
  expected: ChangesetState,
): Promise<LockedPlan> {
  const { schema, registry, reach = passBy } = deps
  await reach('locked model')
  const changeset = await loadChangeset(tx, schema, request.changeset, 'update')
  if (changeset.state !== expected) throw closedBy(changeset.state)
  const state = await loadState(tx, schema)
  const base = Math.min(changeset.baseVersion, ...changeset.items.map(({ baseVersion }) => baseVersion))
  const isUnmerged = changeset.items.some(({ ownBase }) => ownBase !== undefined)
  if (state.version !== base || isUnmerged) throw baseMoved(base, state.version)
  const plan = await planDraft({ db: tx, schema, registry, state, counts: 'whether_any' }, changeset)
  if (plan.hash !== request.hash) throw refuse('META_PLAN_MOVED')
  const blocked = blockedBy(plan)
  if (blocked.length > 0) throw new AppError(blocked)
  const control = await judge(tx, deps, request, { changeset, state, plan })
  await reach('planned')
  return { changeset, state, plan, control }
}

/** By the rule in force, not by the one that the draft would make: a rule is not loosened by less than it asks. */
async function judge(
  tx: Transaction,
  deps: PublishDeps,
  request: PublishRequest,
  locked: Omit<LockedPlan, 'control'>,
): Promise<Control | undefined> {
  const rule = controlRule(locked.state.definitions)
  if (rule === undefined) return undefined
  if (deps.control !== undefined) return deps.control.judge(tx, controlled(deps, request, locked))
  throw refuse('META_AGREEMENT_MISSING', '', { params: { have: 0, needs: rule.needs } })
}

function controlled(
  { db, registry, workspace, schema }: PublishDeps,
  { by, emergency }: PublishRequest,
  { changeset, state, plan }: Omit<LockedPlan, 'control'>,
): ControlledPublish {
  return { db, registry, workspace, schema, state, changeset, plan, by, emergency }
}

/** The refusal of a draft that stands on a version that is no longer in force. */
export function baseMoved(base: number, version: number): AppError {
  return refuse('META_BASE_MOVED', '', { params: { base, version } })
}

async function applyPlan(
  tx: Transaction,
  deps: PublishDeps,
  request: PublishRequest,
  locked: LockedPlan,
  proof: Proof | undefined,
): Promise<number> {
  const { db, workspace, schema, registry, reach = passBy, note, fill, from } = deps
  const { changeset, state, plan, control } = locked
  try {
    const version = await applyVersion(tx, {
      workspace,
      schema,
      state,
      candidate: plan.candidate,
      label: changeset.label,
      publishedBy: request.by,
      steps: plan.steps.map(({ counts: _counts, ...step }) => step),
      registry,
      places: plan.work.places,
      noted: { changeset: changeset.id, entities: plan.work.longEntities },
      reach,
      note,
      fill,
      db,
      from,
      override: proof?.override,
      control,
      announcement: request.announcement ?? changeset.announcement,
    })
    if (proof !== undefined) await saveScenarioRun(tx, schema, version, proof.results)
    await enqueueSearchRefresh(tx, schema, plan, request.by)
    await enqueueKeyRefresh(tx, { schema, workspace }, state.definitions, plan.candidate, request.by)
    await setChangesetState(tx, schema, changeset.id, 'published', version)
    await settleBase(tx, schema, changeset)
    await deps.control?.answer(tx, controlled(deps, request, locked), version)
    await reach('closed changeset')
    return version
  } catch (error) {
    throw explainDuplicates(error, plan.candidate, plan.work.places)
  }
}
