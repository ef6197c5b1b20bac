import { SYSTEM_ACTOR } from '../access/actor.ts'
import type { Database, Executor } from '../db/database.ts'
import { listWorkspaces } from '../db/migrate.ts'
import type { PeriodicTask } from '../jobs/periodic.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import { computedOf } from '../model/computed.ts'
import type { ModelStore } from '../model/store.ts'
import type { Observe } from '../observe.ts'
import type { SearchPort } from '../registry/ports.ts'
import { type RequestContext, requestContext } from './context.ts'
import { FILL_KIND } from './fill-computed.ts'
import { dayIn, todayOf } from './parameters.ts'
import { settling } from './settle.ts'
import { staleRecords, workOutDay } from './work-out.ts'

/** Records that are looked at in one go; those among them that differ are written in one transaction. */
const BATCH_RECORDS = 2_000

export interface DayUpkeepSource {
  readonly db: Database
  readonly models: Pick<ModelStore, 'current'>
  readonly search: SearchPort
  readonly observe: Observe
  readonly now?: () => Date
}

/**
 * Each minute, in every workspace where a new day has begun: what changes by time alone is worked out anew. Formulas and
 * tag rules over the day, and roll-ups of a rolling window; whatever depends on them follows. It may be cut off anywhere
 * and goes on where it was.
 */
export function dayUpkeepTask(source: DayUpkeepSource): PeriodicTask {
  const { db, observe, now = () => new Date() } = source
  // A workspace whose day is done costs nothing until its next one.
  const done = new Map<string, { readonly timeZone: string; readonly day: string }>()
  return {
    name: 'day_upkeep',
    cron: '* * * * *',
    async run(signal) {
      for (const { name } of await listWorkspaces(db)) {
        if (signal.aborted) return
        const known = done.get(name)
        if (known !== undefined && dayIn(known.timeZone, now()) === known.day) continue
        try {
          const finished = await workOutWorkspace(source, name, signal)
          if (finished !== undefined) done.set(name, finished)
        } catch (error) {
          observe('fault', { during: `day of ${name}`, error })
        }
      }
    },
  }
}

/**
 * @returns the day that is done; undefined where it was cut off, the model moved on or the second time is still to come:
 *   the next minute goes on
 */
async function workOutWorkspace(source: DayUpkeepSource, workspace: string, signal: AbortSignal) {
  const { db, models, search, now } = source
  const model = await models.current(workspace)
  if (model === undefined) return undefined
  const context = requestContext({
    ...{ model, actor: SYSTEM_ACTOR, db, search, via: 'system' },
    ...(now === undefined ? {} : { now }),
  })
  // A publish works its rules out for all records: beside it the day would do the same once more, record by record in its way.
  if (await isFilling(db, model)) return undefined
  const isMoved = async () => (await models.current(workspace))?.version !== model.version
  const day = todayOf(context)
  let isWaiting = false
  for (const entity of model.entities.values()) {
    if (!computedOf(model, entity).isDaily) continue
    let after = await begin(context, entity, day)
    while (after !== null) {
      if (signal.aborted || (await isMoved())) return undefined
      after = await workOutBatch(context, entity, day, after)
    }
    isWaiting ||= await waits(context, entity)
  }
  if (isWaiting) return undefined
  return { timeZone: model.settings.timeZone, day }
}

async function isFilling(db: Database, { schema }: CompiledModel): Promise<boolean> {
  const { rows } = await db.query<{ fills: boolean }>({
    text: `SELECT EXISTS (SELECT FROM ${schema}.tenon_job WHERE kind = $1 AND state IN ('waiting', 'running')) AS fills`,
    values: [FILL_KIND],
  })
  return rows[0]?.fills === true
}

/** The same at once, for the day of the context and with whatever it takes: for tables that hold next to nothing. */
export async function workOutToday(context: RequestContext): Promise<void> {
  const day = todayOf(context)
  for (const entity of context.model.entities.values()) {
    if (!computedOf(context.model, entity).isDaily) continue
    let after = await begin(context, entity, day)
    while (after !== null) after = await workOutBatch(context, entity, day, after)
  }
}

const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * Where to go on: behind which record; null where the day is done, or is to be done once more and cannot be yet. The
 * second time comes a minute later, when all writes have ended that the first time could not see.
 */
async function begin(context: RequestContext, entity: CompiledEntity, day: string): Promise<string | null> {
  const isNext = 'd.waits_for <= pg_snapshot_xmin(pg_current_snapshot())'
  const { rows } = await context.db.query<{ after: string | null }>({
    text:
      `INSERT INTO ${dayTable(context.model)} AS d (entity, day, after) VALUES ($1, $2, $3) ` +
      'ON CONFLICT (entity) DO UPDATE SET day = excluded.day, ' +
      `after = CASE WHEN d.day = excluded.day AND (${isNext}) IS NOT TRUE THEN d.after ELSE excluded.after END, ` +
      `is_second = d.day = excluded.day AND (d.is_second OR (${isNext}) IS TRUE), ` +
      `waits_for = CASE WHEN d.day = excluded.day AND (${isNext}) IS NOT TRUE THEN d.waits_for END ` +
      'RETURNING d.after::text AS after',
    values: [entity.id, day, FIRST],
  })
  return rows[0]?.after ?? null
}

async function waits({ db, model }: RequestContext, entity: CompiledEntity): Promise<boolean> {
  const { rows } = await db.query<{ waits: boolean }>({
    text: `SELECT waits_for IS NOT NULL AS waits FROM ${dayTable(model)} WHERE entity = $1`,
    values: [entity.id],
  })
  return rows[0]?.waits === true
}

/** @returns the id behind which to go on; null when all are done */
async function workOutBatch(
  context: RequestContext,
  entity: CompiledEntity,
  day: string,
  after: string,
): Promise<string | null> {
  const { ids, last } = await staleRecords(context, context.db, entity, after, BATCH_RECORDS)
  await context.db.transaction(async (tx) => {
    if (ids.length > 0) await refresh(context, tx, entity, ids)
    await tx.query({
      text:
        `UPDATE ${dayTable(context.model)} SET after = $3, waits_for = ` +
        'CASE WHEN $3::uuid IS NULL AND NOT is_second THEN pg_snapshot_xmax(pg_current_snapshot()) END ' +
        'WHERE entity = $1 AND day = $2',
      values: [entity.id, day, last],
    })
  })
  return last
}

/** Held in the order of their ids, in a statement of its own: the next one sees what those before us left. */
async function refresh(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<void> {
  await settling(context, tx, entity, ids, async () => {
    await tx.query({
      text: `SELECT 1 FROM ${entity.table} t WHERE t."id" = ANY($1::uuid[]) ORDER BY t."id" FOR NO KEY UPDATE`,
      values: [ids],
    })
    await workOutDay(context, tx, entity, ids)
  })
}

function dayTable({ schema }: CompiledModel): string {
  return `${schema}.tenon_day`
}
