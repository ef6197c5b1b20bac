import { textIn } from '../../../metadata/text.ts'
import type { Executor } from '../../db/database.ts'
import { instantSql, parseJson } from '../../db/values.ts'
import { AppError, type Problem, refuse } from '../../errors.ts'
import { isRecordId } from '../../fields/parts/formats.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { entityById } from '../../model/entity-by-id.ts'
import { TRIGGER_STEP } from '../../model/kinds/flow-place.ts'
import { allFlows, flowCalled } from '../../model/stalled-flow.ts'
import { newId } from '../../model/uuid.ts'
import type { Reader } from '../../records/context.ts'
import { type FlowDeps, modelContext } from './deps.ts'
import type { ModelFlow } from './flow-index.ts'
import { BEGINNING } from './frames.ts'
import { modelOfRun } from './model-of.ts'
import { cancelCalls, retryCalls } from './outside.ts'
import { pinnedFlow } from './pinned.ts'
import { presentFault, presentSteps, type StoredStep } from './present.ts'
import { triedAs } from './start.ts'

const at = (column: string) => `${instantSql(`r.${column}`)} AS ${column}`
/** Of a run `r`. */
export const RUN_COLUMNS =
  'r.id::text AS id, r.flow::text AS flow, r.name, r.version, r.pilot::text AS pilot, r.definition::text AS definition, r.entity::text AS entity, r.record::text AS record, r.state, ' +
  `r.cause::text AS cause, r.actor::text AS actor, r.fault::text AS fault, r.tries, r.steps, ${at('due_at')}, ${at('created_at')}, ` +
  `${at('updated_at')}, ${at('ended_at')}`

export interface RunRow {
  readonly id: string
  readonly flow: string
  readonly name: string
  readonly version: number
  readonly pilot: string | null
  readonly definition: string | null
  readonly entity: string | null
  readonly record: string | null
  readonly state: string
  readonly cause: string
  readonly actor: string | null
  readonly fault: string | null
  readonly tries: number
  readonly steps: number
  readonly due_at: string
  readonly created_at: string
  readonly updated_at: string
  readonly ended_at: string | null
}

export interface RunQuestion {
  readonly flow?: string | undefined
  /** A state, or `dead`: those that failed and loops that were cut. */
  readonly state?: string | undefined
  readonly record?: string | undefined
  readonly limit: number
  /** The id of the last run of the page before. */
  readonly after?: string | undefined
}

const DEAD = ['failed', 'cut']

/** Runs, the newest first. */
export async function listRuns(
  db: Executor,
  model: CompiledModel,
  question: RunQuestion,
  reader: Reader,
): Promise<{ readonly data: readonly object[]; readonly next: string | null }> {
  const states = question.state === undefined ? null : question.state === 'dead' ? DEAD : [question.state]
  const flow = question.flow === undefined ? null : (flowCalled(model.definitions, question.flow)?.id ?? '')
  // One that is only tried is known by its name alone.
  const tried = flow === '' ? question.flow : null
  const { rows } = await db.query<RunRow>({
    text:
      `SELECT ${RUN_COLUMNS} FROM ${model.schema}.tenon_run r WHERE ($1::text IS NULL OR r.flow::text = $1 OR (r.name = $6 AND r.pilot IS NOT NULL)) ` +
      'AND ($2::text[] IS NULL OR r.state = ANY($2::text[])) AND ($3::text IS NULL OR r.record::text = $3) ' +
      'AND ($4::text IS NULL OR r.id < $4::uuid) ORDER BY r.id DESC LIMIT $5',
    values: [flow, states, question.record ?? null, question.after ?? null, question.limit + 1, tried],
  })
  const page = rows.slice(0, question.limit)
  const next = rows.length > question.limit ? (page.at(-1)?.id ?? null) : null
  return { data: page.map((row) => presentRun(model, row, reader)), next }
}

export function presentRun(model: CompiledModel, row: RunRow, reader: Reader) {
  const { fault, cause, entity: entityId, pilot, definition, ...run } = row
  const tried = definition === null ? undefined : parseJson<ModelFlow>(definition)
  const flow = allFlows(model.translated).find(({ id }) => id === row.flow)
  const entity = entityById(model, entityId)
  return {
    ...run,
    ...{
      flow: flow?.name ?? row.name,
      label: textIn((tried ?? flow)?.label, reader.actor.language, row.name),
    },
    entity: entity?.name ?? null,
    tried: pilot !== null,
    cause: parseJson<object>(cause),
    fault: presentFault(fault === null ? null : parseJson<Problem>(fault), reader),
  }
}

/** One run with its journal. @throws AppError FLOW_RUN_UNKNOWN */
export async function readRun(
  deps: FlowDeps,
  model: CompiledModel,
  id: string,
  reader: Reader,
): Promise<object> {
  const row = await findRun(deps.db, model, id)
  const { rows } = await deps.db.query<Omit<StoredStep, 'fault'> & { readonly fault: Problem | null }>({
    text:
      `SELECT r.number, r.path, r.name, r.action, r.item, r.state, r.input, r.output, r.fault, r.tries, ${at('begun_at')}, ${at('ended_at')} ` +
      `FROM ${model.schema}.tenon_run_step r WHERE r.run = $1 ORDER BY r.number`,
    values: [row.id],
  })
  const flow = await flowOf(deps, model, row)
  const steps = rows.map((step) => ({
    ...step,
    input: asJson(step.input),
    output: asJson(step.output),
    fault: asJson(step.fault) as Problem | null,
  }))
  return {
    ...presentRun(model, row, reader),
    // No version has it.
    ...(row.definition === null ? {} : { definition: parseJson<object>(row.definition) }),
    journal: presentSteps(steps, flow, modelContext(deps, model), reader),
  }
}

/** jsonb comes as text. */
function asJson(value: unknown): unknown {
  return typeof value === 'string' ? parseJson(value) : value
}

async function flowOf(deps: FlowDeps, model: CompiledModel, run: RunRow): Promise<ModelFlow | undefined> {
  try {
    const { flow, version, definition } = run
    const own = definition === null ? null : parseJson<ModelFlow>(definition)
    return await pinnedFlow(deps.db, model, deps.registry, { flow, version, definition: own })
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return undefined
    throw error
  }
}

async function findRun(db: Executor, { schema }: CompiledModel, id: string): Promise<RunRow> {
  const { rows } = await db.query<RunRow>({
    text: `SELECT ${RUN_COLUMNS} FROM ${schema}.tenon_run r WHERE r.id = $1`,
    values: [isRecordId(id) ? id : null],
  })
  if (rows[0] === undefined) throw refuse('FLOW_RUN_UNKNOWN')
  return rows[0]
}

export type RunAct = 'retry' | 'cancel' | 'replay'

/** From which states an act leads on. */
const FROM: { readonly [A in RunAct]: readonly string[] } = {
  retry: ['failed'],
  cancel: ['waiting', 'sleeping', 'failed'],
  replay: ['done', 'failed', 'cancelled', 'cut'],
}

/**
 * Takes a failed run up at the step that failed, ends one, or does one again from its beginning as the flow is today: for
 * those who still try it as they have it, else as it is in force.
 * @returns the id of the run that goes on
 * @throws AppError FLOW_RUN_UNKNOWN, FLOW_RUN_STATE, FLOW_RUN_OPEN, FLOW_UNKNOWN
 */
export async function actOnRun(
  deps: FlowDeps,
  model: CompiledModel,
  id: string,
  act: RunAct,
): Promise<string> {
  return await deps.db.transaction(async (tx) => {
    const { id: run, state, flow } = await findRun(tx, model, id)
    await tx.query({
      text: `SELECT 1 FROM ${model.schema}.tenon_run WHERE id = $1 FOR UPDATE`,
      values: [run],
    })
    const held = await findRun(tx, model, run)
    if (!FROM[act].includes(held.state)) throw refuse('FLOW_RUN_STATE', '', { params: { state } })
    const now = deps.now().toISOString()
    if (act === 'cancel') {
      await tx.query({
        text: `UPDATE ${model.schema}.tenon_run SET state = 'cancelled', ended_at = $2, updated_at = $2 WHERE id = $1`,
        values: [run, now],
      })
      await cancelCalls(deps, tx, model.schema, run)
      return run
    }
    if (act === 'replay') return await replay(deps, model, tx, held, flow, now)
    await reopen(tx, model, run, now)
    await retryCalls(deps, tx, model.schema, run)
    await deps.wakes.outgoing(tx, model.workspace)
    await deps.wakes.runs(tx, model.workspace)
    return run
  })
}

/** @throws AppError FLOW_RUN_OPEN where a later run of the flow has the record by now: one at a time */
async function reopen(tx: Executor, { schema }: CompiledModel, run: string, now: string): Promise<void> {
  try {
    await tx.query({
      text:
        `UPDATE ${schema}.tenon_run SET state = 'waiting', due_at = $2, updated_at = $2, ended_at = NULL, tries = 0, ` +
        'fault = NULL WHERE id = $1',
      values: [run, now],
    })
  } catch (error) {
    if ((error as { code?: unknown }).code !== '23505') throw error
    throw refuse('FLOW_RUN_OPEN')
  }
}

async function replay(
  deps: FlowDeps,
  model: CompiledModel,
  tx: Executor,
  run: RunRow,
  flow: string,
  now: string,
): Promise<string> {
  const own = (await modelOfRun(tx, model, run)) ?? model
  const current = allFlows(own.definitions).find((one) => one.id === flow)
  if (current === undefined) throw refuse('FLOW_UNKNOWN', '', { params: { name: run.name } })
  const { pilot = null, definition = null } = triedAs(own, current)
  const id = newId()
  await tx.query({
    text:
      `INSERT INTO ${model.schema}.tenon_run (id, flow, name, version, pilot, definition, entity, record, actor, state, outputs, cause, due_at, created_at, ` +
      "updated_at, position) SELECT $2, r.flow, $3, $4, $7, $8::jsonb, r.entity, r.record, r.actor, 'waiting', " +
      // What an event told is known from the beginning; what steps gave is not.
      `CASE WHEN r.cause ? 'event' THEN jsonb_build_object('${TRIGGER_STEP}', r.outputs->'${TRIGGER_STEP}') ELSE '{}' END, ` +
      "r.cause || jsonb_build_object('by', 'replay', 'of', r.id, 'at', $5::text), $5::timestamptz, $5::timestamptz, $5::timestamptz, $6::jsonb " +
      `FROM ${model.schema}.tenon_run r WHERE r.id = $1`,
    values: [
      ...[run.id, id, current.name, model.version, now, JSON.stringify(BEGINNING)],
      ...[pilot, definition === null ? null : JSON.stringify(definition)],
    ],
  })
  await deps.wakes.runs(tx, model.workspace)
  return id
}
