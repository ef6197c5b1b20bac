import type { Executor } from '../../db/database.ts'
import { parseJson } from '../../db/values.ts'
import type { Problem } from '../../errors.ts'
import { newId } from '../../model/uuid.ts'
import type { ModelFlow } from './flow-index.ts'
import { BEGINNING, type Position } from './frames.ts'

export type RunState = 'waiting' | 'sleeping' | 'done' | 'failed' | 'cancelled' | 'cut'

/** What set a run off. */
export interface RunCause {
  readonly by:
    | 'created'
    | 'changed'
    | 'deleted'
    | 'restored'
    | 'time'
    | 'schedule'
    | 'button'
    | 'approval'
    | 'event'
    | 'flow'
    | 'replay'
  readonly at: string
  /** Of a change: the fields that it touched, and what stood there before. */
  readonly fields?: readonly string[]
  readonly before?: Readonly<Record<string, unknown>>
  /** Of a time or schedule: the moment that was due. */
  readonly due?: string
  /** Of an approval: which one ran, and what came of it. */
  readonly approval?: string
  readonly outcome?: string
  /** Of an event: `connection.event`. */
  readonly event?: string
  /** Of a replay: the run that is done again. */
  readonly of?: string
}

/** One of the runs that led to another. */
export interface ChainLink {
  readonly flow: string
  readonly record: string | null
}

export interface NewRun {
  readonly flow: string
  readonly name: string
  readonly version: number
  /** Of a flow that a pilot has otherwise: the pilot's id, and the flow as its people have it. */
  readonly pilot?: string | undefined
  readonly definition?: ModelFlow | undefined
  readonly entity?: string | undefined
  readonly record?: string | undefined
  readonly cause: RunCause
  readonly actor?: string | null | undefined
  readonly chain?: readonly ChainLink[]
  readonly slot?: string | undefined
  readonly once?: boolean
  /** What its steps read from the beginning, by name. */
  readonly outputs?: Run['outputs']
  /** A loop that was cut: it is kept for those who look, and never runs. */
  readonly cut?: Problem
  /** A trigger that could not be judged: it is kept for those who look, and may be retried. */
  readonly fault?: Problem
}

export interface Run {
  readonly id: string
  readonly flow: string
  readonly name: string
  readonly version: number
  readonly pilot: string | null
  readonly definition: ModelFlow | null
  readonly entity: string | null
  readonly record: string | null
  readonly state: RunState
  readonly cause: RunCause
  readonly actor: string | null
  readonly chain: readonly ChainLink[]
  readonly position: Position
  readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly tries: number
  readonly steps: number
}

/** Stores runs that are to begin at once. @returns the ids of those that are new: of one slot there is one */
export async function insertRuns(
  tx: Executor,
  schema: string,
  runs: readonly NewRun[],
  now: Date,
): Promise<readonly string[]> {
  if (runs.length === 0) return []
  const rows = runs.map((run) => ({
    id: newId(),
    ...{ flow: run.flow, name: run.name, version: run.version },
    ...{ pilot: run.pilot ?? null, definition: run.definition ?? null },
    ...{ entity: run.entity ?? null, record: run.record ?? null, actor: run.actor ?? null },
    state: run.cut === undefined ? (run.fault === undefined ? 'waiting' : 'failed') : 'cut',
    ended: run.cut === undefined && run.fault === undefined ? null : now.toISOString(),
    outputs: run.outputs ?? {},
    ...{ cause: run.cause, chain: run.chain ?? [], fault: run.cut ?? run.fault ?? null },
    // What is only told takes no slot.
    ...{
      slot: run.cut === undefined && run.fault === undefined ? slotOf(run) : null,
      once: run.once === true,
    },
  }))
  const columns =
    'id uuid, flow uuid, name text, version integer, pilot uuid, definition jsonb, entity uuid, record uuid, actor uuid, state text, ' +
    'ended timestamptz, outputs jsonb, cause jsonb, chain jsonb, fault jsonb, slot text, once boolean'
  const { rows: made } = await tx.query<{ id: string }>({
    text:
      `INSERT INTO ${schema}.tenon_run (id, flow, name, version, pilot, definition, entity, record, actor, state, ended_at, outputs, cause, chain, fault, ` +
      'slot, once, due_at, created_at, updated_at, position) ' +
      'SELECT r.id, r.flow, r.name, r.version, r.pilot, r.definition, r.entity, r.record, r.actor, r.state, r.ended, r.outputs, r.cause, r.chain, r.fault, ' +
      `r.slot, r.once, $2::timestamptz, $2::timestamptz, $2::timestamptz, $3::jsonb FROM jsonb_to_recordset($1::jsonb) AS r(${columns}) ` +
      'ON CONFLICT DO NOTHING RETURNING id::text AS id',
    values: [JSON.stringify(rows), now.toISOString(), JSON.stringify(BEGINNING)],
  })
  return made.map(({ id }) => id)
}

/**
 * What is tried is one at a time for itself: it keeps nobody else's from beginning, nor they it. What must never come again
 * must not because somebody tries it, either.
 */
function slotOf({ slot, once, pilot }: NewRun): string | null {
  if (slot === undefined) return null
  return pilot === undefined || once === true ? slot : `${pilot} ${slot}`
}

export const RUN_COLUMNS =
  'r.id::text AS id, r.flow::text AS flow, r.name, r.version, r.pilot::text AS pilot, r.definition::text AS definition, r.entity::text AS entity, r.record::text AS record, r.state, ' +
  'r.cause::text AS cause, r.actor::text AS actor, r.chain::text AS chain, r.position::text AS position, ' +
  'r.outputs::text AS outputs, r.tries, r.steps'

type RunRow = Omit<Run, 'cause' | 'chain' | 'position' | 'outputs' | 'definition'> & {
  readonly definition: string | null
  readonly cause: string
  readonly chain: string
  readonly position: string
  readonly outputs: string
}

export function toRun({ cause, chain, position, outputs, definition, ...row }: RunRow): Run {
  return {
    ...row,
    definition: definition === null ? null : parseJson(definition),
    cause: parseJson(cause),
    chain: parseJson(chain),
    position: parseJson(position),
    outputs: parseJson(outputs),
  }
}

/** Holds a run that is due; undefined where it is not, or somebody else has it. */
export async function claimRun(
  tx: Executor,
  schema: string,
  id: string,
  now: Date,
): Promise<Run | undefined> {
  const [run] = await claimRuns(tx, schema, [id], now)
  return run
}

/** Holds those of several runs that are due and that nobody else has, in their order. */
export async function claimRuns(
  tx: Executor,
  schema: string,
  ids: readonly string[],
  now: Date,
): Promise<readonly Run[]> {
  const { rows } = await tx.query<RunRow>({
    text:
      `SELECT ${RUN_COLUMNS} FROM ${schema}.tenon_run r WHERE r.id = ANY($1::uuid[]) AND r.state IN ('waiting', 'sleeping') ` +
      'AND r.due_at <= $2::timestamptz ORDER BY r.due_at, r.id FOR UPDATE SKIP LOCKED',
    values: [ids, now.toISOString()],
  })
  return rows.map(toRun)
}

/** Where a run is after a step. */
export interface RunProgress {
  readonly state: RunState
  readonly dueAt: Date
  readonly position: Position
  readonly outputs: Run['outputs']
  readonly tries: number
  readonly steps: number
  readonly fault?: Problem | undefined
}

/** Where a run is now. */
export interface SavedRun extends RunProgress {
  readonly id: string
}

/** Saves where runs are now, all in one statement. */
export async function saveRuns(
  tx: Executor,
  schema: string,
  runs: readonly SavedRun[],
  now: Date,
): Promise<void> {
  if (runs.length === 0) return
  const rows = runs.map(({ id, state, dueAt, position, outputs, tries, steps, fault }) => {
    const isEnded = state !== 'waiting' && state !== 'sleeping'
    return {
      ...{ id, state, due: dueAt.toISOString(), position, outputs, tries, steps, fault: fault ?? null },
      ended: isEnded ? now.toISOString() : null,
    }
  })
  await tx.query({
    text:
      `UPDATE ${schema}.tenon_run r SET state = n.state, due_at = n.due, position = n.position, outputs = n.outputs, ` +
      'tries = n.tries, steps = n.steps, fault = n.fault, updated_at = $2::timestamptz, ended_at = n.ended ' +
      'FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, state text, due timestamptz, position jsonb, outputs jsonb, ' +
      'tries integer, steps integer, fault jsonb, ended timestamptz) WHERE r.id = n.id',
    values: [JSON.stringify(rows), now.toISOString()],
  })
}

/** A row of the journal. */
export interface JournalEntry {
  readonly number: number
  readonly path: string
  readonly name?: string | undefined
  readonly action: string
  readonly item?: string | undefined
  readonly state: 'done' | 'skipped' | 'failed' | 'waiting' | 'late'
  readonly input?: unknown
  readonly output?: unknown
  readonly fault?: Problem | undefined
  readonly tries: number
  readonly begunAt: Date
  readonly endedAt?: Date | undefined
}

/** A step of a run. */
export interface JournalStep extends JournalEntry {
  readonly run: string
}

/** Writes steps into the journal, or what has become of those that waited, all in one statement; each at most once. */
export async function writeJournal(
  tx: Executor,
  schema: string,
  steps: readonly JournalStep[],
): Promise<void> {
  if (steps.length === 0) return
  const rows = steps.map(({ begunAt, endedAt, ...step }) => ({
    ...step,
    ...{ begun: begunAt.toISOString(), ended: endedAt?.toISOString() ?? null },
  }))
  await tx.query({
    text:
      `INSERT INTO ${schema}.tenon_run_step AS s (run, number, path, name, action, item, state, input, output, fault, tries, begun_at, ended_at) ` +
      'SELECT n.run, n.number, n.path, n.name, n.action, n.item, n.state, n.input, n.output, n.fault, n.tries, n.begun, n.ended ' +
      'FROM jsonb_to_recordset($1::jsonb) AS n(run uuid, number integer, path text, name text, action text, item text, ' +
      'state text, input jsonb, output jsonb, fault jsonb, tries integer, begun timestamptz, ended timestamptz) ' +
      'ON CONFLICT (run, number) DO UPDATE SET state = excluded.state, input = coalesce(excluded.input, s.input), ' +
      'output = excluded.output, fault = excluded.fault, tries = excluded.tries, ended_at = excluded.ended_at',
    values: [JSON.stringify(rows)],
  })
}

/** The record at hand of a loop, from the journal's list. */
export async function loopItem(
  tx: Executor,
  schema: string,
  run: string,
  loop: { readonly journal: number; readonly at: number },
): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string | null }>({
    text: `SELECT s.output->'ids'->>$3::int AS id FROM ${schema}.tenon_run_step s WHERE s.run = $1 AND s.number = $2`,
    values: [run, loop.journal, loop.at],
  })
  return rows[0]?.id ?? undefined
}
