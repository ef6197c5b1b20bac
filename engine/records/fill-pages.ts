import type { Statement } from '../db/database.ts'
import { backgroundPace, type Pace } from '../db/pace.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { assertCurrent, modelGuard } from './model-moved.ts'
import { bind, createParameters, type Plan, toPlan } from './parameters.ts'
import { literal, type SelectSource } from './select.ts'
import { differsSql, workedColumns, writeText } from './work-out.ts'
import { type RowColumn, writtenRow } from './written-row.ts'

/** Pages of a table that are looked at in one go. */
const PAGES_AT_ONCE = 1_000
/** The same beside others: what they ask then waits some milliseconds at most for a core. */
const PAGES_BESIDE = 50
/** What `fillfactor` leaves free in each page. */
const FREE_SHARE = 0.1
/** Passes that pass over what others change meanwhile; what is left then is held first. */
const FREE_PASSES = 2

/** What is worked out for all records of one entity. */
export interface PageFill {
  readonly entity: CompiledEntity
  /**
   * The fields that may change: those of a model that is still to come. Undefined: whatever of the entity's is worked out,
   * as long as the model is the one in force.
   */
  readonly only: ReadonlySet<CompiledField> | undefined
  /** Tags that are taken away because no rule gives them any more, by their field. */
  readonly gone: ReadonlyMap<CompiledField, readonly string[]>
}

export interface FillWatch {
  readonly signal: AbortSignal
  progress(done: number, total: number): Promise<void>
}

/**
 * Works out formulas and tags of all records of an entity, beside the traffic and however many there are.
 *
 * It goes through the table page by page and changes in one transaction only so many records of a page as find room in
 * it. The next transaction then finds the room of the versions that these have left, and so on: nearly every change stays
 * in its page, and no index is written to, which is most of what a change costs. What others change at the same time
 * is passed over, and found in a further pass where it is not right by then.
 * @returns how many records were changed
 * @throws ModelMovedError when another model came into force
 */
export async function fillByPages(
  context: RequestContext,
  fill: PageFill,
  watch: FillWatch,
): Promise<number> {
  const plans = { stale: stalePlan(context, fill), write: writePlan(context, fill) }
  const pace = backgroundPace(context.db, watch.signal)
  let changed = 0
  for (let pass = 1; ; pass++) {
    const found = await fillOnce(context, fill, plans, watch, { pass, pace })
    changed += found
    if (found === 0) return changed
  }
}

interface Plans {
  readonly stale: Plan
  readonly write: Plan
}

/** @returns how many records were found that do not hold what they would be given */
async function fillOnce(
  context: RequestContext,
  { entity, only }: PageFill,
  plans: Plans,
  watch: FillWatch,
  { pass, pace }: { readonly pass: number; readonly pace: Pace },
): Promise<number> {
  const { db } = context
  const { pages, records } = await sizeOf(context, entity, pass)
  let found = 0
  for (let from = 0; from < pages; ) {
    watch.signal.throwIfAborted()
    if (only === undefined) await assertCurrent(context, db)
    const to = from + (pace.isShared() ? PAGES_BESIDE : PAGES_AT_ONCE)
    const slots = { from: `(${from},0)`, to: `(${to},0)` }
    const { rows } = await pace.run(() => db.query<Stale>(bind(plans.stale, context, slots)))
    found += rows.length
    if (pass > FREE_PASSES) await pace.run(() => writeHeld(context, entity, plans.write, rows))
    else for (const ids of inRounds(rows)) await pace.run(() => db.query(boundTo(context, plans.write, ids)))
    if (pass === 1) await watch.progress(Math.round(records * Math.min(1, to / pages)), records)
    from = to
  }
  return found
}

interface Stale {
  readonly id: string
  readonly page: string
}

async function sizeOf(
  { db }: RequestContext,
  { table }: CompiledEntity,
  pass: number,
): Promise<{ readonly pages: number; readonly records: number }> {
  const count = pass === 1 ? `(SELECT count(*) FROM ${table})` : '0'
  const { rows } = await db.query<{ pages: string; records: string }>({
    text:
      `SELECT pg_relation_size('${table}'::regclass) / current_setting('block_size')::bigint AS pages, ` +
      `${count} AS records`,
  })
  return { pages: Number(rows[0]!.pages), records: Number(rows[0]!.records) }
}

/** Ids in rounds, of each page as many in one as find room there. @param rows in the order of their pages */
function inRounds(rows: readonly Stale[]): readonly (readonly string[])[] {
  const rounds: string[][] = []
  for (let at = 0; at < rows.length; ) {
    const page = rows[at]!.page
    let end = at
    while (end < rows.length && rows[end]!.page === page) end++
    const atOnce = Math.max(1, Math.floor((end - at) * FREE_SHARE))
    for (let index = at; index < end; index++) {
      const round = Math.floor((index - at) / atOnce)
      rounds[round] ??= []
      rounds[round].push(rows[index]!.id)
    }
    at = end
  }
  return rounds
}

/** Held in a statement of its own, so that the next one sees what those before us left. */
async function writeHeld(
  context: RequestContext,
  { table }: CompiledEntity,
  plan: Plan,
  rows: readonly Stale[],
): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  await context.db.transaction(async (tx) => {
    await tx.query({
      text: `SELECT 1 FROM ${table} t WHERE t."id" = ANY($1::uuid[]) ORDER BY t."id" FOR NO KEY UPDATE`,
      values: [ids],
    })
    await tx.query(boundTo(context, plan, ids))
  })
}

/** The records of a range of pages that do not hold what they would be given, in the order in which they lie. */
function stalePlan(context: RequestContext, fill: PageFill): Plan {
  const { parameters, source } = sourceOf(context)
  const { all, worked } = workedColumns(source, fill.entity, keptTags(fill), fill.only)
  const range = `o.ctid >= ${parameters.open('from', 'tid')} AND o.ctid < ${parameters.open('to', 'tid')}`
  return toPlan(
    `SELECT o."id"::text AS id, ((o.ctid::text::point)[0])::bigint AS page FROM ${fill.entity.table} o` +
      `${writtenRow(source, fill.entity, all, 'looked at')} WHERE ${range} AND (${differsSql(worked, 'o')})`,
    parameters,
  )
}

/** Gives these records what they are to hold, and passes over one that somebody changes at the same moment. */
function writePlan(context: RequestContext, fill: PageFill): Plan {
  const { parameters, source } = sourceOf(context)
  const { all, worked } = workedColumns(source, fill.entity, keptTags(fill), fill.only)
  const isSame = `t.ctid = o.ctid AND o."id" = ANY(${parameters.open('ids', 'uuid[]')})`
  const guard =
    fill.only === undefined
      ? ` AND ${modelGuard(context.model.schema, parameters.open('version', 'integer'))}`
      : ''
  return toPlan(
    writeText(
      fill.entity,
      worked,
      `${fill.entity.table} o${writtenRow(source, fill.entity, all)}`,
      isSame + guard,
    ),
    parameters,
  )
}

function boundTo(context: RequestContext, plan: Plan, ids: readonly string[]): Statement {
  return bind(plan, context, { ids, version: context.model.version })
}

function sourceOf(context: RequestContext) {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  return { parameters, source }
}

/** Columns of tags without those that are taken away. */
function keptTags({ gone }: PageFill): readonly RowColumn[] {
  return [...gone].flatMap(([field, tags]) => {
    const name = field.columns[0]
    if (name === undefined || tags.length === 0) return []
    const list = `ARRAY[${tags.map(literal).join(', ')}]::text[]`
    const kept = `ARRAY(SELECT u.x FROM unnest(o.${name}) WITH ORDINALITY u(x, i) WHERE u.x <> ALL (${list}) ORDER BY u.i)`
    return [{ name, sql: `(CASE WHEN o.${name} && ${list} THEN ${kept} ELSE o.${name} END)` }]
  })
}
