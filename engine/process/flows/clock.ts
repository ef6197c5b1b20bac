import { parseDuration } from '../../../metadata/rules/durations.ts'
import type { FlowTrigger } from '../../../metadata/types.ts'
import type { Transaction } from '../../db/database.ts'
import { quoteText } from '../../db/values.ts'
import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import { nextDue, shifted } from '../../model/flow-schedule.ts'
import type { FlowDeps } from './deps.ts'
import { flowIndex, type ModelFlow } from './flow-index.ts'
import { type Candidate, runsFor } from './match-events.ts'
import { insertRuns, type NewRun } from './run-store.ts'
import { newRun } from './start.ts'

/** Records whose time is looked at at once. */
const BATCH = 500

interface ClockRow {
  readonly since: Date
  readonly looked_at: Date
  readonly due_at: Date | null
}

/**
 * Looks at the times of one workspace's flows: starts the runs that are due by now, and says when to look again. How far a
 * flow has been looked at stands with its runs in one transaction, so that a moment is neither missed nor taken twice.
 * @param touched ids of the entities whose records have changed since all was looked at, where no time has passed: only the
 *   times of these are looked at
 * @returns when the next time is due; undefined where none is known
 */
export async function lookAtClock(
  deps: FlowDeps,
  model: CompiledModel,
  touched?: ReadonlySet<string>,
): Promise<Date | undefined> {
  const { byTime, scheduled } = flowIndex(model)
  const timed = [...byTime].flatMap(([entity, flows]) => (touched?.has(entity) === false ? [] : flows))
  const dues: Date[] = []
  for (const flow of touched === undefined ? [...timed, ...scheduled] : timed) {
    const next = await deps.db.transaction((tx) => lookAt(deps, model, tx, flow))
    if (next !== undefined) dues.push(next)
  }
  return dues.sort((one, other) => one.getTime() - other.getTime())[0]
}

async function lookAt(
  deps: FlowDeps,
  model: CompiledModel,
  tx: Transaction,
  flow: ModelFlow,
): Promise<Date | undefined> {
  const now = deps.now()
  const clock = await holdClock(tx, model, flow, now)
  const { schedule } = flow.trigger
  return schedule === undefined
    ? await lookAtTimes(deps, model, tx, flow, clock, now)
    : await lookAtSchedule(deps, model, tx, flow, clock, now)
}

/** The clock of a flow; it begins now for one that is new, or whose trigger has changed. */
async function holdClock(
  tx: Transaction,
  { schema }: CompiledModel,
  flow: ModelFlow,
  now: Date,
): Promise<ClockRow> {
  const { time, schedule, record } = flow.trigger
  const trigger = JSON.stringify([record, time, schedule])
  const known = await heldClock(tx, schema, flow, trigger)
  if (known !== undefined) return known
  await tx.query({
    text:
      `INSERT INTO ${schema}.tenon_flow_clock AS c (flow, trigger, since, looked_at) VALUES ($1, $2, $3, $3) ` +
      'ON CONFLICT (flow) DO UPDATE SET trigger = excluded.trigger, since = excluded.since, looked_at = excluded.looked_at, ' +
      'due_at = NULL WHERE c.trigger <> excluded.trigger',
    values: [flow.id, trigger, now.toISOString()],
  })
  return (await heldClock(tx, schema, flow, trigger))!
}

async function heldClock(
  tx: Transaction,
  schema: string,
  flow: ModelFlow,
  trigger: string,
): Promise<ClockRow | undefined> {
  const { rows } = await tx.query<{ since: string; looked_at: string; due_at: string | null }>({
    text:
      `SELECT to_json(since)#>>'{}' AS since, to_json(looked_at)#>>'{}' AS looked_at, to_json(due_at)#>>'{}' AS due_at ` +
      `FROM ${schema}.tenon_flow_clock WHERE flow = $1 AND trigger = $2 FOR UPDATE`,
    values: [flow.id, trigger],
  })
  const [row] = rows
  if (row === undefined) return undefined
  return {
    since: new Date(row.since),
    looked_at: new Date(row.looked_at),
    due_at: row.due_at === null ? null : new Date(row.due_at),
  }
}

async function lookAtSchedule(
  { wakes }: FlowDeps,
  model: CompiledModel,
  tx: Transaction,
  flow: ModelFlow,
  { since, due_at }: ClockRow,
  now: Date,
): Promise<Date | undefined> {
  const { timeZone } = model.settings
  const schedule = flow.trigger.schedule!
  const due = due_at ?? nextDue(schedule, timeZone, since, since)
  if (due === undefined) return undefined
  const isDue = due.getTime() <= now.getTime()
  if (!isDue && due_at !== null) return due
  const next = isDue ? nextDue(schedule, timeZone, now, since) : due
  if (isDue) {
    // Of moments that nobody was there for, one is made up.
    const cause = { by: 'schedule', at: now.toISOString(), due: due.toISOString() } as const
    const run = newRun(model, flow, undefined, { cause, slot: due.toISOString(), once: true })
    if ((await insertRuns(tx, model.schema, [run], now)).length > 0) await wakes.runs(tx, model.workspace)
  }
  await tx.query({
    text: `UPDATE ${model.schema}.tenon_flow_clock SET looked_at = $2, due_at = $3 WHERE flow = $1`,
    values: [flow.id, now.toISOString(), next?.toISOString() ?? null],
  })
  return next
}

async function lookAtTimes(
  deps: FlowDeps,
  model: CompiledModel,
  tx: Transaction,
  flow: ModelFlow,
  { looked_at }: ClockRow,
  now: Date,
): Promise<Date | undefined> {
  const found = timeSql(model, flow)
  if (found === undefined) return undefined
  for await (const rows of dueBetween(tx, found, looked_at, now)) await startDue(deps, model, tx, flow, rows)
  return await moveOn(tx, model, flow, found, now)
}

/** Behind every record of a moment. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** The records whose time has come in a span, in its order and page by page. @param from an instant that does not count */
export async function* dueBetween(
  tx: Transaction,
  found: TimeSql,
  from: Date,
  to: Date,
): AsyncGenerator<readonly { readonly id: string; readonly due: Date }[]> {
  const where = bounds(found, from, to)
  for (let after: readonly [string, string] = [from.toISOString(), LAST_ID]; ; ) {
    const { rows } = await tx.query<{ id: string; due: string }>({
      text:
        `SELECT d.id::text AS id, to_json(d.due)#>>'{}' AS due FROM (${found.select(where)}) d ` +
        `WHERE (d.due, d.id) > ($1::timestamptz, $2::uuid) AND d.due <= $3::timestamptz ORDER BY d.due, d.id LIMIT ${BATCH}`,
      values: [...after, to.toISOString()],
    })
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(({ id, due }) => ({ id, due: new Date(due) }))
    after = [last.due, last.id]
  }
}

/** Keeps how far a flow has been looked at. @returns the next moment after that */
async function moveOn(
  tx: Transaction,
  { schema }: CompiledModel,
  flow: ModelFlow,
  found: TimeSql,
  after: Date,
): Promise<Date | undefined> {
  const moved = `moved AS (UPDATE ${schema}.tenon_flow_clock SET looked_at = $1::timestamptz WHERE flow = $2), `
  return await nextMoment(tx, found, after, { text: moved, values: [flow.id] })
}

/**
 * The next moment after an instant. Moments come in the order of their field but for what calendar and clock differ, so
 * that the first by the field, and what stands close to it, are looked at alone.
 * @param beside what the same statement does, its values from $2 on
 */
export async function nextMoment(
  tx: Transaction,
  found: TimeSql,
  after: Date,
  beside: { readonly text: string; readonly values: readonly string[] } = { text: '', values: [] },
): Promise<Date | undefined> {
  const { column, isDay } = found
  const ahead = (where: string) =>
    `SELECT d.due, d.at FROM (${found.select(bounds(found, after, undefined) + where)}) d WHERE d.due > $1::timestamptz`
  const { rows } = await tx.query<{ due: string | null }>({
    text:
      `WITH ${beside.text}first AS MATERIALIZED (${ahead('')} ORDER BY d.at LIMIT 1) ` +
      `SELECT to_json(min(n.due))#>>'{}' AS due FROM (${ahead(
        ` AND ${column} >= (SELECT at FROM first) AND ${column} <= (SELECT at FROM first) + ${isDay ? '4' : "interval '4 days'"}`,
      )} ORDER BY d.at LIMIT ${CLOSE}) n`,
    values: [after.toISOString(), ...beside.values],
  })
  const due = rows[0]?.due
  return due == null ? undefined : new Date(due)
}

/** Records close to the first that are looked at; where there are more, it is looked again soon anyway. */
const CLOSE = 500

/** Starts the runs of records whose time has come, where the flow's condition holds; each moment of a record once. */
export async function startDue(
  deps: FlowDeps,
  model: CompiledModel,
  tx: Transaction,
  flow: ModelFlow,
  due: readonly { readonly id: string; readonly due: Date }[],
): Promise<void> {
  const now = deps.now()
  const candidates = due.map(
    ({ id, due: at }): Candidate => ({
      ...{ record: id, actor: null, chain: [], after: {} },
      cause: { by: 'time', at: now.toISOString(), due: at.toISOString() },
    }),
  )
  const runs = (await runsFor(deps, model, tx, flow, candidates)).map((run): NewRun => {
    if (flow.runs === 'many' || run.slot === undefined) return run
    return flow.runs === 'once' ? run : { ...run, slot: `${run.slot} ${run.cause.due}`, once: true }
  })
  if ((await insertRuns(tx, model.schema, runs, now)).length > 0) await deps.wakes.runs(tx, model.workspace)
}

export interface TimeSql {
  /** The records of the entity with `id` and `due`. @param where over the column, for its index */
  select(where: string): string
  readonly column: string
  readonly isDay: boolean
  readonly time: NonNullable<FlowTrigger['time']>
  readonly timeZone: string
}

/** The moments of a flow's records as SQL: days and months by the calendar of the workspace, hours by the clock. */
export function timeSql(model: CompiledModel, flow: ModelFlow): TimeSql | undefined {
  const { time, record } = flow.trigger
  const entity = model.entities.get(record ?? '')
  const field = entity?.fields.get(time?.field ?? '')
  const column = field?.columns[0]
  if (time === undefined || entity === undefined || column === undefined) return undefined
  const { timeZone } = model.settings
  const zone = quoteText(timeZone)
  const isDay = field?.ruleType === 'date'
  const parts = parseDuration(time.before ?? time.after ?? 'PT0S') ?? { months: 0, days: 0, ms: 0 }
  const sign = time.before === undefined ? '+' : '-'
  const local = isDay ? `t.${column}::timestamp` : `(t.${column} AT TIME ZONE ${zone})`
  const isCalendar = parts.months !== 0 || parts.days !== 0
  const moved = `((${local} ${sign} make_interval(months => ${parts.months})) ${sign} make_interval(days => ${parts.days}))`
  const base = isCalendar || isDay ? `(${moved} AT TIME ZONE ${zone})` : `t.${column}`
  const due = `(${base} ${sign} make_interval(secs => ${parts.ms / 1000}))`
  return {
    ...{ column: `t.${column}`, isDay, time, timeZone },
    select: (where) =>
      `SELECT t."id" AS id, t.${column} AS at, date_trunc('milliseconds', ${due}) AS due FROM ${entityTable(entity)} t ` +
      `WHERE t."deleted_at" IS NULL AND t.${column} IS NOT NULL${where}`,
  }
}

function entityTable({ table }: CompiledEntity): string {
  return table
}

/** More than calendar and clock can differ, milliseconds: months are cut short at their ends, days have an hour more or less. */
const MONTHS_SLACK_MS = 4 * 86_400_000
const DAYS_SLACK_MS = 2 * 86_400_000
const CLOCK_SLACK_MS = 60_000

function slackMs({ isDay, time }: TimeSql): number {
  const { months, days } = parseDuration(time.before ?? time.after ?? 'PT0S') ?? { months: 0, days: 0 }
  if (months !== 0) return MONTHS_SLACK_MS
  return isDay || days !== 0 ? DAYS_SLACK_MS : CLOCK_SLACK_MS
}

/** Where the field must lie for its moment to be in a span: roughly, so that an index finds it. */
function bounds(found: TimeSql, from: Date, to: Date | undefined): string {
  const { column, isDay, time, timeZone } = found
  const back = (at: Date, slack: number) => {
    const moved = shifted(
      at,
      time.before ?? time.after ?? 'PT0S',
      timeZone,
      time.before === undefined ? -1 : 1,
    )
    const text = quoteText(new Date(moved.getTime() + slack).toISOString())
    return isDay ? `${text}::timestamptz::date` : `${text}::timestamptz`
  }
  const upper = to === undefined ? '' : ` AND ${column} <= ${back(to, slackMs(found))}`
  return ` AND ${column} >= ${back(from, -slackMs(found))}${upper}`
}
