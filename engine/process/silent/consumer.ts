import type { Executor, Transaction } from '../../db/database.ts'
import type { EventConsumer } from '../../events/consumer.ts'
import type { EventBatch, WorkspaceEvent } from '../../events/event.ts'
import { wake } from '../../jobs/wake.ts'
import type { CompiledModel, RunningSilent } from '../../model/compiled.ts'
import { MOST_WRITES } from '../../model/silent/silent-run.ts'
import type { FlowDeps } from '../flows/deps.ts'

export const SILENT_TASK = 'silent_judge'

/** Writes of one batch that a run looks at: of a mass it takes some. */
const MOST_OF_BATCH = 200
/** Writes that wait to be judged at a time. */
const MOST_WAITING = 1_000

const LOOKED_AT: ReadonlySet<string> = new Set(['create', 'update', 'delete', 'restore', 'approval'])

/**
 * Notes the writes that a draft which runs silently is to judge; whoever judges them is called by the queue. Where none
 * runs, or each has looked at enough, events are passed over.
 */
export function silentConsumer(deps: Pick<FlowDeps, 'modelOf'>): EventConsumer {
  return {
    name: 'silent',
    isIdle: async (_workspace, { schema, tx }) => (await openRuns(tx, schema)).length === 0,
    async take({ workspace, schema, events }: EventBatch, tx) {
      const open = await openRuns(tx, schema)
      const model = await modelWith(deps, workspace, open)
      let noted = 0
      for (const { id, taken, waiting } of open) {
        const run = model?.silent.find((one) => one.id === id)
        if (model === undefined || run === undefined) continue
        const own = events.filter((event) => isLookedAt(model, run, event))
        const room = Math.max(0, Math.min(MOST_OF_BATCH, MOST_WRITES - taken, MOST_WAITING - waiting))
        await note(tx, schema, id, own.slice(0, room), Math.max(0, own.length - room))
        noted += Math.min(own.length, room)
      }
      if (noted > 0) await callSilent(tx, workspace)
    },
  }
}

/** Calls those who judge, with the transaction that has noted something. */
export async function callSilent(tx: Executor, workspace: string): Promise<void> {
  await wake(tx, SILENT_TASK, { workspace }, { key: workspace })
}

interface OpenRun {
  readonly id: string
  readonly taken: number
  readonly waiting: number
}

async function openRuns(tx: Executor, schema: string): Promise<readonly OpenRun[]> {
  const { rows } = await tx.query<OpenRun>({
    text: `SELECT r.id::text AS id, r.taken,
  (SELECT count(*) FROM ${schema}.tenon_silent_event e WHERE e.run = r.id)::integer AS waiting
FROM ${schema}.tenon_silent_run r WHERE r.ended_at IS NULL AND r.taken < ${MOST_WRITES} ORDER BY r.begun_at, r.id`,
  })
  return rows
}

/** The model in force with these runs; one that is too old to know them is loaded anew. */
export async function modelWith(
  deps: Pick<FlowDeps, 'modelOf'>,
  workspace: string,
  runs: readonly { readonly id: string }[],
): Promise<CompiledModel | undefined> {
  const model = await deps.modelOf(workspace)
  const isKnown = runs.every(({ id }) => model?.silent.some((run) => run.id === id))
  return isKnown ? model : await deps.modelOf(workspace, true)
}

function isLookedAt(
  model: CompiledModel,
  { watched, begunAt }: RunningSilent,
  event: WorkspaceEvent,
): boolean {
  if (event.record === null || event.via === 'template' || !LOOKED_AT.has(event.action)) return false
  if (new Date(event.at) < new Date(begunAt)) return false
  return watched.some(({ entity }) => model.entities.get(entity)?.id === event.entity)
}

async function note(
  tx: Transaction,
  schema: string,
  run: string,
  events: readonly WorkspaceEvent[],
  passedOver: number,
): Promise<void> {
  if (events.length + passedOver === 0) return
  await tx.query({
    text: `INSERT INTO ${schema}.tenon_silent_event (run, event)
SELECT $1, e.event FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY e(event, i) ORDER BY e.i`,
    values: [run, JSON.stringify(events)],
  })
  await tx.query({
    text: `UPDATE ${schema}.tenon_silent_run SET taken = taken + $2, passed_over = passed_over + $3 WHERE id = $1`,
    values: [run, events.length, passedOver],
  })
}
