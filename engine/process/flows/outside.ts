import { createHash } from 'node:crypto'
import { answerAs } from '../../actions/call.ts'
import type { Executor, Transaction } from '../../db/database.ts'
import { parseJson } from '../../db/values.ts'
import { refuse } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { shifted } from '../../model/flow-schedule.ts'
import { TRIGGER_STEP } from '../../model/kinds/flow-place.ts'
import { type NewOccasion, noteOccasions } from '../../model/silent/note.ts'
import type { Watched } from '../../model/silent/watched.ts'
import type { Settled } from '../../notify/outgoing/sender.ts'
import { insertCall } from '../../notify/outgoing/store.ts'
import type { StepContext } from '../../registry/action.ts'
import type { ConnectorFault } from '../../registry/connector-fault.ts'
import { createFileRecord, keepFile, type NewFile } from '../files.ts'
import { type FlowDeps, flowContext } from './deps.ts'
import { flowIndex } from './flow-index.ts'
import { insertRuns, type NewRun, type RunCause } from './run-store.ts'
import { newRun } from './start.ts'
import type { StepSource } from './step-context.ts'

type Values = Readonly<Record<string, unknown>>
type Request = Parameters<StepContext['call']>[0]

/** Tries of a call that nothing is said of, and how long they may take. */
const TRIES = 20
const KEPT = 'P1D'
/** Where a time is said it alone counts. */
const UNCOUNTED = 1_000_000
/** Where tries are counted they may take long. */
const KEPT_COUNTED = 'P30D'

/** Queues the call of a step, or tells what came of it. @throws AppError CALL_REFUSED, CONNECTION_UNKNOWN */
export async function callOutside(source: StepSource, request: Request): Promise<Values | undefined> {
  const { world, deps, run, number } = source
  const { model } = world.context
  const known = await findCall(world.tx, model.schema, run, number)
  if (known?.state === 'done') return known.output ?? {}
  if (known?.state === 'failed' || known?.state === 'cancelled') throw refusedBy(known.fault)
  if (known !== undefined) return undefined
  const definition = model.definitions.connection.get(request.connection)
  if (definition?.id === undefined)
    throw refuse('CONNECTION_UNKNOWN', '', { params: { name: request.connection } })
  const now = deps.now()
  const { times, for: long } = request.retry ?? {}
  await insertCall(
    world.tx,
    model.schema,
    {
      ...{ connection: definition.id, name: definition.name, operation: request.operation, purpose: 'call' },
      ...{ key: request.key ?? `${run}-${number}`, input: request.input, run, step: number },
      mostTries: times !== undefined ? times + 1 : long === undefined ? TRIES : UNCOUNTED,
      until: shifted(now, long ?? (times === undefined ? KEPT : KEPT_COUNTED), model.settings.timeZone),
    },
    now,
  )
  await deps.wakes.outgoing(world.tx, model.workspace)
  return undefined
}

interface KnownCall {
  readonly state: 'waiting' | 'sending' | 'done' | 'failed' | 'cancelled'
  readonly output: Values | null
  readonly fault: ConnectorFault | null
}

async function findCall(
  tx: Executor,
  schema: string,
  run: string,
  step: number,
): Promise<KnownCall | undefined> {
  const { rows } = await tx.query<{ state: KnownCall['state']; output: string | null; fault: string | null }>(
    {
      text:
        `SELECT o.state, o.output::text AS output, o.fault::text AS fault FROM ${schema}.tenon_outgoing o ` +
        'WHERE o.run = $1::uuid AND o.step = $2',
      values: [run, step],
    },
  )
  const row = rows[0]
  if (row === undefined) return undefined
  const json = <T>(text: string | null) => (text === null ? null : parseJson<T>(text))
  return { state: row.state, output: json<Values>(row.output), fault: json<ConnectorFault>(row.fault) }
}

function refusedBy(fault: ConnectorFault | null) {
  const { code, text } = fault ?? { code: 'CALL_CANCELLED', text: '' }
  return refuse('CALL_REFUSED', '', { params: { code, text } })
}

/** What a call's end means for the run that waits for it. */
export function callSettled(deps: FlowDeps): Settled {
  return async (tx, model, { run }) => {
    if (run === null) return
    // Whoever asks just now is waited for: what they do not yet see they must be called for.
    await tx.query({
      text: `SELECT 1 FROM ${model.schema}.tenon_run WHERE id = $1 FOR UPDATE`,
      values: [run],
    })
    await tx.query({
      text: `UPDATE ${model.schema}.tenon_run SET due_at = $2 WHERE id = $1 AND state = 'sleeping' AND due_at > $2::timestamptz`,
      values: [run, deps.now().toISOString()],
    })
    await deps.wakes.runs(tx, model.workspace)
  }
}

/** The failed calls of a run are made again from the beginning, with the same key. */
export async function retryCalls(deps: FlowDeps, tx: Executor, schema: string, run: string): Promise<void> {
  const now = deps.now().toISOString()
  await tx.query({
    text:
      `UPDATE ${schema}.tenon_outgoing SET state = 'waiting', tries = 0, due_at = $2, ended_at = NULL, fault = NULL, ` +
      "until = $2::timestamptz + greatest(until - created_at, interval '1 hour') WHERE run = $1 AND state = 'failed'",
    values: [run, now],
  })
}

/** What has not gone out for a run never does. */
export async function cancelCalls(deps: FlowDeps, tx: Executor, schema: string, run: string): Promise<void> {
  await tx.query({
    text: `UPDATE ${schema}.tenon_outgoing SET state = 'cancelled', ended_at = $2 WHERE run = $1 AND state = 'waiting'`,
    values: [run, deps.now().toISOString()],
  })
}

/** First half of the advisory locks between those who wait for an event and those who bring it. */
const EVENT_LOCK = 7_362_076

async function lockEvent(tx: Executor, schema: string, event: string): Promise<void> {
  await tx.query({
    text: 'SELECT pg_advisory_xact_lock($1::int, hashtext($2))',
    values: [EVENT_LOCK, `${schema} ${event}`],
  })
}

/** Each key of the one is said by the other with the same text: 12 and "12" are one reference. */
const FITS = (match: string, data: string) =>
  `NOT EXISTS (SELECT 1 FROM jsonb_each_text(${match}) m WHERE ${data}->>m.key IS DISTINCT FROM m.value)`

/** What was told since the run began that says all of `match`; else the run is woken once it is. */
export async function eventFor(
  { world, run }: StepSource,
  event: string,
  match: Values,
): Promise<Values | undefined> {
  const { tx, context } = world
  const { schema } = context.model
  // Either the event is there, or whoever brings it finds that it is waited for.
  await lockEvent(tx, schema, event)
  const said = JSON.stringify(match)
  const { rows } = await tx.query<{ data: string }>({
    text:
      `SELECT e.data::text AS data FROM ${schema}.tenon_hook_event e JOIN ${schema}.tenon_run r ON r.id = $2::uuid ` +
      `WHERE e.event = $1 AND e.received_at >= r.created_at AND ${FITS('$3::jsonb', 'e.data')} ORDER BY e.received_at LIMIT 1`,
    values: [event, run, said],
  })
  await tx.query({
    text:
      rows[0] === undefined
        ? `INSERT INTO ${schema}.tenon_awaited (run, event, match) VALUES ($1::uuid, $2, $3::jsonb) ` +
          'ON CONFLICT (run) DO UPDATE SET event = excluded.event, match = excluded.match'
        : `DELETE FROM ${schema}.tenon_awaited WHERE run = $1::uuid AND event = $2 AND $3::jsonb IS NOT NULL`,
    values: [run, event, said],
  })
  return rows[0] === undefined ? undefined : parseJson<Values>(rows[0].data)
}

export type HookFile = Omit<NewFile, 'about'>

export interface HookEvent {
  readonly connection: string
  readonly id: string
  /** connection.event */
  readonly event: string
  readonly data: Values
  /** What came with it; kept as files, whose ids the data gives by these names. */
  readonly files?: ReadonlyMap<string, HookFile>
}

/**
 * Keeps an event, wakes the runs that wait for it and starts those that it sets off.
 * @returns whether it is new: one that comes twice does nothing
 */
export async function takeHookEvent(
  deps: FlowDeps,
  model: CompiledModel,
  tx: Transaction,
  { connection, id, event, data, files = new Map() }: HookEvent,
): Promise<boolean> {
  const { schema, workspace } = model
  await lockEvent(tx, schema, event)
  const now = deps.now().toISOString()
  const { rowCount } = await tx.query({
    text:
      `INSERT INTO ${schema}.tenon_hook_event (connection, id, event, data, received_at) VALUES ($1::uuid, $2, $3, $4::jsonb, $5) ` +
      'ON CONFLICT DO NOTHING',
    values: [connection, id, event, JSON.stringify(data), now],
  })
  if (rowCount === 0) return false
  const kept = await keepFiles(deps, model, tx, files)
  const told = { ...data, ...kept }
  const said = JSON.stringify(told)
  if (files.size > 0)
    await tx.query({
      text: `UPDATE ${schema}.tenon_hook_event SET data = $3::jsonb WHERE connection = $1::uuid AND id = $2`,
      values: [connection, id, said],
    })
  const woken = await tx.query({
    text:
      `UPDATE ${schema}.tenon_run r SET due_at = $3::timestamptz FROM ${schema}.tenon_awaited a WHERE a.run = r.id ` +
      `AND a.event = $1 AND r.state = 'sleeping' AND r.due_at > $3::timestamptz AND ${FITS('a.match', '$2::jsonb')}`,
    values: [event, said, now],
  })
  const started = await insertRuns(tx, schema, runsOf(deps, model, event, told), deps.now())
  if (woken.rowCount + started.length > 0) await deps.wakes.runs(tx, workspace)
  await noteOccasions(tx, model, (watched) => toldTo(watched, event, told), deps.now())
  return true
}

/** What an event is to a draft that changes a flow; undefined where it sets off neither side. */
function toldTo(
  { id, before, after }: Watched<'flow'>,
  event: string,
  told: Values,
): NewOccasion | undefined {
  const [now, draft] = [before, after].map((side) => side?.trigger.event === event)
  return now || draft
    ? { occasion: { by: 'event', flow: id, now: now === true, draft: draft === true, event, told } }
    : undefined
}

/** Of a file that a story tells of, whose content is nowhere. */
const EMPTY = { digest: createHash('sha256').digest('hex'), size: 0 } as const

/** The ids of an event's files, by name. */
async function keepFiles(
  deps: FlowDeps,
  model: CompiledModel,
  tx: Transaction,
  files: ReadonlyMap<string, HookFile>,
): Promise<Values> {
  const ids: Record<string, string> = {}
  const context = flowContext(deps, model, { name: 'hook' })
  for (const [name, file] of files)
    ids[name] =
      deps.files === undefined
        ? await createFileRecord(context, tx, { ...file, ...EMPTY })
        : await keepFile(deps.files, context, tx, file)
  return ids
}

/** The runs that an event sets off, each with what it tells. */
function runsOf(deps: FlowDeps, model: CompiledModel, event: string, data: Values): readonly NewRun[] {
  return (flowIndex(model).byEvent.get(event) ?? []).map((flow) => {
    const cause: RunCause = { by: 'event', at: deps.now().toISOString(), event }
    const outputs = { [TRIGGER_STEP]: answerAs(data, flow.trigger.gives) }
    return newRun(model, flow, undefined, { cause, actor: null, outputs })
  })
}
