import { isDeepStrictEqual } from 'node:util'
import type { FlowTrigger } from '../../../metadata/types.ts'
import type { Executor, Transaction } from '../../db/database.ts'
import type { WorkspaceEvent } from '../../events/event.ts'
import type { CompiledModel, RunningSilent } from '../../model/compiled.ts'
import { nextDue } from '../../model/flow-schedule.ts'
import { isActive } from '../../model/kinds/flow.ts'
import {
  asNoted,
  callSilent,
  flowsOf,
  type NewOccasion,
  type NotedEvent,
  noteFor,
  type OpenRun,
  openRuns,
} from '../../model/silent/note.ts'
import type { Watched } from '../../model/silent/watched.ts'
import { schemaOf } from '../../model/state.ts'
import { dueBetween, nextMoment, timeSql } from '../flows/clock.ts'
import { touchedTimes } from '../flows/consumer.ts'
import type { FlowDeps } from '../flows/deps.ts'
import type { ModelFlow } from '../flows/flow-index.ts'
import { modelWith } from './model-with.ts'

/** After a fault the times are looked at again, milliseconds. */
const AGAIN_MS = 60_000

interface Pair {
  readonly inForce: CompiledModel
  readonly run: RunningSilent
}

/** One of the two that are compared, as its own model has it. */
interface Side {
  readonly key: 'now' | 'draft'
  readonly model: CompiledModel
  readonly flow: ModelFlow
}

/**
 * Notes which times have come of the flows that drafts compare, on either side. It looks before the runs of those in force
 * begin, and never holds them up: a fault of a trial is observed.
 * @returns when to look again; undefined where no time is known
 */
export async function lookAtSilentClock(deps: FlowDeps, workspace: string): Promise<Date | undefined> {
  try {
    const schema = await schemaOf(deps.db, workspace)
    const open = schema === undefined ? [] : await openRuns(deps.db, schema)
    if (open.length === 0) return undefined
    const model = await modelWith(deps, workspace, open)
    const dues: Date[] = []
    for (const one of open) {
      const run = model?.silent.find(({ id }) => id === one.id)
      if (model === undefined || run === undefined) continue
      for (const watched of flowsOf(run)) {
        const sides = sidesOf({ inForce: model, run }, watched)
        if (!sides.some(({ flow }) => isTimed(flow.trigger))) continue
        const next = await deps.db.transaction((tx) => lookAt(deps, tx, { run, one, watched, sides }))
        if (next !== undefined) dues.push(next)
      }
    }
    return earliest(dues)
  } catch (error) {
    deps.observe('fault', { during: 'the times of silent runs', error })
    return new Date(deps.now().getTime() + AGAIN_MS)
  }
}

const isTimed = ({ time, schedule }: FlowTrigger): boolean => time !== undefined || schedule !== undefined

function earliest(dues: readonly Date[]): Date | undefined {
  return dues.length === 0 ? undefined : new Date(Math.min(...dues.map((due) => due.getTime())))
}

/** The sides that are in force on their own, each in its model; a flow that is off is none. */
function sidesOf({ inForce, run }: Pair, { before, after }: Watched<'flow'>): readonly Side[] {
  const sides = [
    { key: 'now', model: inForce, definition: before },
    { key: 'draft', model: run.model, definition: after },
  ] as const
  return sides.flatMap(({ key, model, definition }): readonly Side[] => {
    const flow = definition && (model.definitions.flow.get(definition.name) as ModelFlow | undefined)
    return flow === undefined || !isActive(flow) ? [] : [{ key, model, flow }]
  })
}

interface Look {
  readonly run: RunningSilent
  readonly one: OpenRun
  readonly watched: Watched<'flow'>
  readonly sides: readonly Side[]
}

/** What has come since the last look; how far it has looked stands with it in one transaction. */
async function lookAt(
  deps: FlowDeps,
  tx: Transaction,
  { run, one, watched, sides }: Look,
): Promise<Date | undefined> {
  const now = deps.now()
  const { schema, workspace } = run.model
  const from = await holdClock(tx, schema, run, watched)
  const found = new Map<string, NewOccasion>()
  const dues: Date[] = []
  for (const side of sides) {
    const moments =
      side.flow.trigger.schedule === undefined
        ? await timesOf(tx, side, from, now)
        : await scheduleOf(tx, side, { run, watched }, from, now)
    if (moments.next !== undefined) dues.push(moments.next)
    for (const { due, record } of moments.come) {
      const key = `${record ?? ''} ${due.toISOString()}`
      found.set(key, occasionOf(side, { due, record }, found.get(key)))
    }
  }
  const come = [...found.values()].sort((a, b) => (a.occasion.due! < b.occasion.due! ? -1 : 1))
  const noted = await noteFor(tx, schema, one, await asNoted(tx, schema, come, now))
  if (noted > 0) await callSilent(tx, workspace)
  await tx.query({
    text: `UPDATE ${schema}.tenon_silent_clock SET looked_at = $3 WHERE run = $1 AND flow = $2`,
    values: [run.id, watched.id, now.toISOString()],
  })
  return earliest(dues)
}

/** How far the times of a flow have been looked at; from the beginning of the run where they have not. */
async function holdClock(
  tx: Transaction,
  schema: string,
  { id, begunAt }: RunningSilent,
  { id: flow }: Watched,
): Promise<Date> {
  await tx.query({
    text: `INSERT INTO ${schema}.tenon_silent_clock (run, flow, looked_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    values: [id, flow, begunAt],
  })
  return (await lookedAt(tx, schema, id, flow, 'FOR UPDATE'))!
}

async function lookedAt(
  tx: Executor,
  schema: string,
  run: string,
  flow: string,
  lock: 'FOR UPDATE' | '' = '',
): Promise<Date | undefined> {
  const { rows } = await tx.query<{ at: string }>({
    text: `SELECT to_json(looked_at)#>>'{}' AS at FROM ${schema}.tenon_silent_clock WHERE run = $1 AND flow = $2 ${lock}`,
    values: [run, flow],
  })
  return rows[0] === undefined ? undefined : new Date(rows[0].at)
}

interface Moment {
  readonly due: Date
  readonly record?: string | undefined
}

interface Moments {
  readonly come: readonly Moment[]
  readonly next: Date | undefined
}

async function timesOf(tx: Transaction, { model, flow }: Side, from: Date, now: Date): Promise<Moments> {
  const found = timeSql(model, flow)
  if (found === undefined) return { come: [], next: undefined }
  const come: Moment[] = []
  for await (const rows of dueBetween(tx, found, from, now))
    come.push(...rows.map(({ id, due }) => ({ due, record: id })))
  return { come, next: await nextMoment(tx, found, now) }
}

/** Of moments that nobody was there for one is made up, as with the flow in force. */
async function scheduleOf(
  tx: Transaction,
  { key, model, flow }: Side,
  { run, watched }: Pick<Look, 'run' | 'watched'>,
  from: Date,
  now: Date,
): Promise<Moments> {
  const schedule = flow.trigger.schedule!
  const isKept = key === 'now' || isDeepStrictEqual(watched.before?.trigger, watched.after?.trigger)
  const since = (isKept ? await countedFrom(tx, model.schema, flow) : undefined) ?? new Date(run.begunAt)
  const due = nextDue(schedule, model.settings.timeZone, from, since)
  if (due === undefined) return { come: [], next: undefined }
  if (due > now) return { come: [], next: due }
  return { come: [{ due }], next: nextDue(schedule, model.settings.timeZone, now, since) }
}

/** What the schedule in force counts from. */
async function countedFrom(tx: Executor, schema: string, { id }: ModelFlow): Promise<Date | undefined> {
  const { rows } = await tx.query<{ since: string }>({
    text: `SELECT to_json(since)#>>'{}' AS since FROM ${schema}.tenon_flow_clock WHERE flow = $1`,
    values: [id],
  })
  return rows[0] === undefined ? undefined : new Date(rows[0].since)
}

/** One moment of one side, together with the other side's where that has come before. */
function occasionOf(
  { key, model, flow }: Side,
  { due, record }: Moment,
  known: NewOccasion | undefined,
  after?: string,
): NewOccasion {
  const by = record === undefined ? 'schedule' : 'time'
  const other = known?.occasion ?? { now: false, draft: false }
  return {
    occasion: { ...other, [key]: true, by, flow: flow.id, due: due.toISOString() },
    entity: record === undefined ? undefined : model.entities.get(flow.trigger.record ?? '')?.id,
    ...{ record, after },
  }
}

/**
 * What writes do to the times of compared flows: the clock is called in time for those ahead; a time that is over already
 * has come where the flow makes up for it.
 */
export async function movedTimes(
  deps: FlowDeps,
  { inForce, run }: Pair,
  tx: Transaction,
  events: readonly WorkspaceEvent[],
): Promise<readonly NotedEvent[]> {
  const now = deps.now()
  const found = new Map<string, NewOccasion>()
  const ahead: Date[] = []
  for (const watched of flowsOf(run)) {
    for (const side of sidesOf({ inForce, run }, watched)) {
      const times = await touchedTimes(tx, side.model, side.flow, events)
      if (times.length === 0) continue
      const looked = (await lookedAt(tx, run.model.schema, run.id, watched.id)) ?? new Date(run.begunAt)
      for (const { id, due, event } of times) {
        if (due > looked) ahead.push(due)
        else if (side.flow.trigger.time?.missed === 'now') {
          const key = `${id} ${due.toISOString()} ${watched.id}`
          found.set(key, occasionOf(side, { due, record: id }, found.get(key), event.id))
        }
      }
    }
  }
  const first = earliest(ahead)
  if (first !== undefined) await deps.wakes.clock(tx, run.model.workspace, first)
  return await asNoted(tx, run.model.schema, [...found.values()], now)
}
