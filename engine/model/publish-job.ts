import type { Database } from '../db/database.ts'
import { AppError } from '../errors.ts'
import { isRefusal, type JobTask, type RunningJob } from '../jobs/run-job.ts'
import type { Registry } from '../registry/registry.ts'
import { loadChangeset, setChangesetState } from './changesets.ts'
import { compileModel } from './compile.ts'
import type { PublishControl } from './control.ts'
import { columnConversions } from './conversion/column-conversion.ts'
import {
  convertBeside,
  convertNoted,
  endNotes,
  type NotedConversion,
  noteWrites,
  withNote,
} from './conversion/convert-records.ts'
import type { FillComputed, PrefillComputed } from './fill.ts'
import type { NoteDefinitions } from './note.ts'
import { toPhysicalMap } from './place.ts'
import { strayIndexes } from './preparation.ts'
import { buildIndexes, dropPrepared, expandEarly, type PrepareDeps } from './prepare.ts'
import {
  inModelTransaction,
  type LockedPlan,
  lockPlan,
  PUBLISH_JOB,
  type PublishDeps,
  type PublishPayload,
  publishPrepared,
} from './publish.ts'
import { passBy, type ReachPoint } from './reach.ts'
import { loadState } from './state.ts'
import { explainDuplicates } from './unique-fault.ts'

export interface PublishTaskSource {
  readonly db: Database
  readonly registry: Registry
  readonly reach?: ReachPoint
  readonly note?: NoteDefinitions
  readonly fill?: FillComputed
  readonly prefill?: PrefillComputed
  readonly control?: PublishControl
}

/**
 * The job that prepares full tables and publishes then. Cut off anywhere, it goes on where it was: what is built is
 * found, what is half-built is built anew, and the publish itself is one transaction.
 */
export function publishTask(source: PublishTaskSource): JobTask {
  return {
    kind: PUBLISH_JOB,
    async run(job) {
      const payload = job.payload as PublishPayload
      const deps: PublishDeps = {
        ...source,
        workspace: payload.workspace,
        schema: job.schema,
        from: payload.from,
      }
      const { state, version } = await loadChangeset(source.db, job.schema, payload.changeset)
      if (state === 'published') return { version }
      try {
        return { version: await prepareAndPublish({ ...deps, prefill: source.prefill }, payload, job) }
      } catch (error) {
        if (isBusy(error) && !job.isLastTry) throw new Error('the tables are busy', { cause: error })
        if (isRefusal(error) || job.isLastTry) await giveUp(deps, payload, job)
        throw error
      }
    },
  }
}

/** Too much traffic for a publish is no verdict about it: the queue asks again. */
function isBusy(error: unknown): boolean {
  return error instanceof AppError && error.code === 'META_PUBLISH_BUSY'
}

async function prepareAndPublish(
  deps: PublishDeps & Pick<PublishTaskSource, 'prefill'>,
  payload: PublishPayload,
  job: RunningJob,
): Promise<number> {
  const locked = await expand(deps, payload)
  const { plan } = locked
  const conversions = longConversions(deps, locked)
  await convertBeside(deps.db, deps.schema, conversions, job)
  await (deps.reach ?? passBy)('converted values beside')
  await prefill(deps, locked, job)
  try {
    await buildIndexes(prepareDeps(deps, job), plan.work.preparation.indexes)
  } catch (error) {
    throw explainDuplicates(error, plan.candidate, plan.work.places)
  }
  for (const conversion of conversions) await convertNoted(deps.db, deps.schema, conversion, job.signal)
  return publishPrepared(deps, payload)
}

/** Fields of full tables whose values are written anew before the publish. */
function longConversions(
  { workspace, schema, registry }: PublishDeps,
  { changeset, state, plan: { candidate, work } }: LockedPlan,
): readonly NotedConversion[] {
  const fields = work.converted.filter(({ entityId }) => work.longEntities.has(entityId))
  const source = { workspace, schema, registry, state }
  const conversions = columnConversions(source, candidate, work.places, fields)
  return conversions.map((conversion) => withNote(conversion, changeset.id))
}

/** Values of revised formulas, into their new columns: what serves till the publish stays as it is. */
async function prefill(
  deps: PublishDeps & Pick<PublishTaskSource, 'prefill'>,
  { state, plan }: LockedPlan,
  job: RunningJob,
): Promise<void> {
  const { db, registry, workspace, schema, reach = passBy } = deps
  const { revised, places } = plan.work
  if (deps.prefill === undefined || revised.size === 0) return
  const { version, contentRevision, settings } = state
  const model = compileModel({
    ...{ workspace, schema, version: version + 1, contentRevision, settings, registry },
    definitions: plan.candidate,
    physical: toPhysicalMap(places),
  })
  await deps.prefill({ db, registry }, model, revised, job)
  await reach('filled new columns')
}

function expand(deps: PublishDeps, payload: PublishPayload): Promise<LockedPlan> {
  const { reach = passBy } = deps
  return inModelTransaction(deps, async (tx) => {
    const locked = await lockPlan(tx, deps, payload, 'publishing')
    await expandEarly(tx, deps.schema, locked.state.physical, locked.plan.work.preparation, reach)
    await noteWrites(tx, deps.schema, longConversions(deps, locked))
    await reach('noting writes')
    return locked
  })
}

function prepareDeps({ db, schema, reach = passBy }: PublishDeps, job: RunningJob): PrepareDeps {
  return { db, schema, reach, signal: job.signal, progress: job.progress }
}

/** The draft is open again, and nothing that was built for it goes on refusing values. */
async function giveUp(deps: PublishDeps, payload: PublishPayload, job: RunningJob): Promise<void> {
  const state = await loadState(deps.db, deps.schema)
  await dropPrepared(prepareDeps(deps, job), strayIndexes(state.physical))
  await inModelTransaction(deps, (tx) => endNotes(tx, deps.schema, payload.changeset))
  await setChangesetState(deps.db, deps.schema, payload.changeset, 'open')
}
