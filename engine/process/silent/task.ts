import type { Executor } from '../../db/database.ts'
import { backgroundPace } from '../../db/pace.ts'
import { parseJson } from '../../db/values.ts'
import type { WakePayload, WakeTask } from '../../jobs/wake.ts'
import { callSilent, type NotedEvent, SILENT_TASK } from '../../model/silent/note.ts'
import { schemaOf } from '../../model/state.ts'
import { ModelMovedError } from '../../records/model-moved.ts'
import type { FlowDeps } from '../flows/deps.ts'
import type { Comparing, Found } from './found.ts'
import { judgeWrite } from './judge.ts'
import { keepFound } from './keep.ts'
import { modelWith } from './model-with.ts'

/** Writes that are judged before what came of them is kept. */
const PIECE = 20
/** After so long a workspace lets the others have their turn, milliseconds. */
const TURN_MS = 3_000
/** How long a flow in force is waited for that has been set off as well. */
const MOST_PATIENCE = '1 minute'
const AGAIN_MS = 500
/** A time is noted before the flow in force begins. */
const BEGIN = '1 second'
/** After so long what is held by somebody is told as not comparable, milliseconds. */
const MOST_HELD_MS = 60_000
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
          if (!(await pace.run(() => judgePiece(deps, workspace)))) return await lookAgain(deps, workspace)
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
 * @returns whether anything was judged, so that more may wait
 */
export async function judgePiece(deps: FlowDeps, workspace: string): Promise<boolean> {
  const schema = await schemaOf(deps.db, workspace)
  if (schema === undefined) return false
  const waiting = await oldest(deps.db, schema)
  if (waiting.length === 0) return false
  const runs = [...new Set(waiting.map(({ run }) => run))].map((id) => ({ id }))
  const model = await modelWith(deps, workspace, runs)
  if (model === undefined) return false
  let isAny = false
  for (const { id } of runs) {
    const own = waiting.filter((one) => one.run === id)
    const run = model.silent.find((one) => one.id === id)
    // A run that nothing here can compile has looked at nothing.
    const found =
      run === undefined
        ? new Map(own.map(({ number }) => [number, []]))
        : await judgeAll({ deps, inForce: model, run }, own)
    if (found.size === 0) continue
    isAny = true
    await deps.db.transaction(async (tx) => {
      const { rows } = await tx.query<{ number: string }>({
        text: `DELETE FROM ${schema}.tenon_silent_event WHERE number = ANY($1::bigint[]) RETURNING number::text AS number`,
        values: [[...found.keys()]],
      })
      const mine = rows.map(({ number }) => number)
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
  return isAny
}

/** What came of each write that can be judged by now, by its number: what somebody holds waits, since it is seldom held for long. */
async function judgeAll(
  work: Comparing,
  waiting: readonly Waiting[],
): Promise<ReadonlyMap<string, readonly Found[]>> {
  const found = new Map<string, readonly Found[]>()
  for (const { number, event } of waiting) {
    const verdicts = await judgeWrite(work, event)
    const mayWait = Date.now() - Date.parse(event.at) < MOST_HELD_MS
    if (!(mayWait && verdicts.some(({ isLate }) => isLate))) found.set(number, verdicts)
  }
  return found
}

/** Where something waits for a flow in force, it is looked for again. */
async function lookAgain(deps: FlowDeps, workspace: string): Promise<void> {
  const schema = await schemaOf(deps.db, workspace)
  if (schema === undefined) return
  const { rows } = await deps.db.query({ text: `SELECT 1 FROM ${schema}.tenon_silent_event LIMIT 1` })
  if (rows.length > 0) await callSilent(deps.db, workspace, new Date(Date.now() + AGAIN_MS))
}

interface Waiting {
  readonly number: string
  readonly run: string
  readonly event: NotedEvent
}

/** Of what has come otherwise only that which the flow in force is done with: what it changes is set back as a whole. */
async function oldest(db: Executor, schema: string): Promise<readonly Waiting[]> {
  const { rows } = await db.query<Omit<Waiting, 'event'> & { readonly event: string }>({
    text: `SELECT e.number::text AS number, e.run::text AS run, e.event::text AS event FROM ${schema}.tenon_silent_event e
WHERE NOT e.event ? 'occasion' OR (e.event->>'at')::timestamptz < clock_timestamp() - interval '${MOST_PATIENCE}'
OR NOT (e.event#>>'{occasion,by}' IN ('time', 'schedule') AND (e.event->>'at')::timestamptz > clock_timestamp() - interval '${BEGIN}')
AND NOT EXISTS (SELECT 1 FROM ${schema}.tenon_run r WHERE r.state = 'waiting' AND r.flow = (e.event#>>'{occasion,flow}')::uuid
  AND r.created_at >= (e.event->>'at')::timestamptz - interval '1 second')
ORDER BY e.number LIMIT ${PIECE}`,
  })
  return rows.map((row) => ({ ...row, event: parseJson<NotedEvent>(row.event) }))
}
