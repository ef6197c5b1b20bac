import type { Executor } from '../../db/database.ts'
import { backgroundPace } from '../../db/pace.ts'
import { parseJson } from '../../db/values.ts'
import type { WorkspaceEvent } from '../../events/event.ts'
import type { WakePayload, WakeTask } from '../../jobs/wake.ts'
import { schemaOf } from '../../model/state.ts'
import { ModelMovedError } from '../../records/model-moved.ts'
import type { FlowDeps } from '../flows/deps.ts'
import { callSilent, modelWith, SILENT_TASK } from './consumer.ts'
import type { Found } from './found.ts'
import { judgeWrite } from './judge.ts'
import { keepFound } from './keep.ts'

/** Writes that are judged before what came of them is kept. */
const PIECE = 20
/** After so long a workspace lets the others have their turn, milliseconds. */
const TURN_MS = 3_000
/** What is in force may move once or twice while it is looked at. */
const MOST_MOVES = 5

/** Judges the writes that wait for drafts which run silently. It gives way to people, and holds nothing while it judges. */
export function silentTask(deps: FlowDeps): WakeTask {
  return {
    name: SILENT_TASK,
    async run({ workspace }: WakePayload, signal) {
      const end = performance.now() + TURN_MS
      const pace = backgroundPace(deps.db, signal)
      for (let moves = 0; !signal.aborted; ) {
        try {
          if (!(await pace.run(() => judgePiece(deps, workspace)))) return
        } catch (error) {
          if (!(error instanceof ModelMovedError) || ++moves > MOST_MOVES) throw error
          await deps.modelOf(workspace, true)
        }
        if (performance.now() > end) return await callSilent(deps.db, workspace)
      }
    },
  }
}

/**
 * Judges the writes that have waited longest. What came of each is counted in the transaction in which it goes: whoever is
 * cut off, or does the same beside this one, counts nothing twice.
 * @returns whether more may wait
 */
export async function judgePiece(deps: FlowDeps, workspace: string): Promise<boolean> {
  const schema = await schemaOf(deps.db, workspace)
  if (schema === undefined) return false
  const waiting = await oldest(deps.db, schema)
  if (waiting.length === 0) return false
  const runs = [...new Set(waiting.map(({ run }) => run))].map((id) => ({ id }))
  const model = await modelWith(deps, workspace, runs)
  if (model === undefined) return false
  for (const { id } of runs) {
    const own = waiting.filter((one) => one.run === id)
    const run = model.silent.find((one) => one.id === id)
    const found = new Map<string, readonly Found[]>()
    for (const { number, event } of run === undefined ? [] : own)
      found.set(number, await judgeWrite({ deps, inForce: model, run: run! }, event))
    await deps.db.transaction(async (tx) => {
      const { rows } = await tx.query<{ number: string }>({
        text: `DELETE FROM ${schema}.tenon_silent_event WHERE number = ANY($1::bigint[]) RETURNING number::text AS number`,
        values: [own.map(({ number }) => number)],
      })
      const mine = rows.map(({ number }) => number)
      // A run that nothing here can compile has looked at nothing.
      const writes = run === undefined ? { looked: 0, passedOver: mine.length } : { looked: mine.length }
      await keepFound(
        tx,
        schema,
        id,
        mine.flatMap((number) => found.get(number) ?? []),
        writes,
      )
    })
  }
  return true
}

interface Waiting {
  readonly number: string
  readonly run: string
  readonly event: WorkspaceEvent
}

async function oldest(db: Executor, schema: string): Promise<readonly Waiting[]> {
  const { rows } = await db.query<Omit<Waiting, 'event'> & { readonly event: string }>({
    text: `SELECT number::text AS number, run::text AS run, event::text AS event FROM ${schema}.tenon_silent_event
ORDER BY number LIMIT ${PIECE}`,
  })
  return rows.map((row) => ({ ...row, event: parseJson<WorkspaceEvent>(row.event) }))
}
