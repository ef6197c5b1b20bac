import { SYSTEM_ACTOR } from '../access/actor.ts'
import { noteDefinitions } from '../audit/note-definitions.ts'
import type { Database, Executor } from '../db/database.ts'
import { backgroundPace } from '../db/pace.ts'
import { enqueueJob } from '../jobs/queue.ts'
import type { JobTask } from '../jobs/run-job.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { computedOf } from '../model/computed.ts'
import { type ComputedPlace, inOrder } from '../model/computed-order.ts'
import type { ChangedField, FillComputed, PrefillComputed } from '../model/fill.ts'
import { LARGE_TABLE_RECORDS } from '../model/large-tables.ts'
import type { ModelStore } from '../model/store.ts'
import { newId } from '../model/uuid.ts'
import type { SearchPort } from '../registry/ports.ts'
import { type RequestContext, requestContext } from './context.ts'
import { type FillWatch, fillByPages, type PageFill } from './fill-pages.ts'
import { assertCurrent, ModelMovedError } from './model-moved.ts'
import { fillRecords } from './work-out.ts'

/** The kind of job that works out computed fields of many records. */
export const FILL_KIND = 'fill_computed'
/** Records that are worked out in one transaction of the job. */
const BATCH_RECORDS = 1_000

/**
 * Works out computed fields that a publish brings or changes for the records that are there already, with all that
 * depends on them: in the publish itself where these are few, else by a job.
 */
export const fillComputed: FillComputed = async (tx, { db, registry }, model, changed) => {
  const places = inOrder(model, changed)
  if (places.length === 0) return
  const context = contextOf(db, registry.search(), model)
  const entities = [...new Set(places.map(({ entity }) => entity))]
  if (await areFew(tx, entities)) {
    for (const place of places) await fillPlace(context, tx, place, undefined)
    return
  }
  const payload = {
    workspace: model.workspace,
    fields: places.map(({ field, gone }) => ({ id: field.id, gone })),
  }
  await enqueueJob(tx, model.schema, { id: newId(), kind: FILL_KIND, payload, createdBy: undefined })
}

/** Fills the new columns of fields that a publish will work out otherwise; nothing else of the records is touched. */
const prefillComputed: PrefillComputed = async ({ db, registry }, model, fields, watch) => {
  const places = inOrder(
    model,
    [...fields].map((id) => ({ id })),
  ).filter(({ field }) => fields.has(field.id))
  const only = new Set(places.map(({ field }) => field))
  await fillAll(contextOf(db, registry.search(), model), watch, places, only)
}

/** What every publish needs of the layers above the model. */
export const publishPorts = { note: noteDefinitions, fill: fillComputed, prefill: prefillComputed } as const

/** The job that works out computed fields of many records, batch by batch, beside the traffic. */
export function fillComputedTask(db: Database, models: ModelStore, search: SearchPort): JobTask {
  return {
    kind: FILL_KIND,
    async run(job) {
      const { workspace, fields } = job.payload as {
        workspace: string
        fields: readonly ChangedField[]
      }
      for (;;) {
        // The queue may be quicker than the news of the version that asked for this.
        const model = await models.refresh(workspace)
        if (model === undefined) return { records: 0 }
        try {
          const records = await fillAll(contextOf(db, search, model), job, inOrder(model, fields))
          await job.progress(records, records)
          return { records }
        } catch (error) {
          if (!(error instanceof ModelMovedError)) throw error
        }
      }
    },
  }
}

/**
 * Works out these places for all records, batch by batch.
 * @param only the fields that may change; undefined: whatever is worked out with them
 * @returns how many records were changed or looked at
 */
async function fillAll(
  context: RequestContext,
  watch: FillWatch,
  places: readonly ComputedPlace[],
  only?: ReadonlySet<CompiledField>,
): Promise<number> {
  let done = 0
  for (const pass of passesOf(context.model, places)) {
    const beside: FillWatch = {
      signal: watch.signal,
      progress: (part, total) => watch.progress(done + part, done + total),
    }
    done += Array.isArray(pass)
      ? await fillByPages(context, pageFill(pass, only), beside)
      : await fillRollUp(context, beside, pass as ComputedPlace, only)
  }
  return done
}

/** Roll-ups one by one; formulas and tags that follow one another in one entity together. */
function passesOf(
  model: CompiledModel,
  places: readonly ComputedPlace[],
): readonly (ComputedPlace | readonly ComputedPlace[])[] {
  const passes: (ComputedPlace | ComputedPlace[])[] = []
  for (const place of places) {
    const last = passes.at(-1)
    if (isRollUp(model, place)) passes.push(place)
    else if (Array.isArray(last) && last[0]?.entity === place.entity) last.push(place)
    else passes.push([place])
  }
  return passes
}

function isRollUp(model: CompiledModel, { entity, field }: ComputedPlace): boolean {
  return computedOf(model, entity).rollUps.some((rollUp) => rollUp.field === field)
}

function pageFill(places: readonly ComputedPlace[], only: ReadonlySet<CompiledField> | undefined): PageFill {
  return { entity: places[0]!.entity, only, gone: new Map(places.map(({ field, gone }) => [field, gone])) }
}

/** Parents are held before their records are counted: whoever changes one of them meanwhile waits. */
async function fillRollUp(
  context: RequestContext,
  watch: FillWatch,
  place: ComputedPlace,
  only: ReadonlySet<CompiledField> | undefined,
): Promise<number> {
  const pace = backgroundPace(context.db, watch.signal)
  let done = 0
  for (let after: string | undefined = FIRST; after !== undefined; ) {
    watch.signal.throwIfAborted()
    const from: string = after
    if (only === undefined) await assertCurrent(context, context.db)
    const batch = await pace.run(() =>
      context.db.transaction((tx) => fillPlace(context, tx, place, from, only)),
    )
    done += batch.count
    after = batch.last
    await watch.progress(done, done)
  }
  return done
}

const FIRST = '00000000-0000-0000-0000-000000000000'

/** @param after the id behind which a batch begins; undefined: all records at once */
async function fillPlace(
  context: RequestContext,
  tx: Executor,
  { entity, field, gone }: ComputedPlace,
  after: string | undefined,
  only?: ReadonlySet<CompiledField>,
): Promise<{ readonly count: number; readonly last: string | undefined }> {
  const range =
    after === undefined
      ? { text: '', values: [] }
      : { text: ` AND t."id" > $1::uuid ORDER BY t."id" LIMIT ${BATCH_RECORDS}`, values: [after] }
  const { rows } = await tx.query<{ id: string }>({
    text: `SELECT t."id"::text AS id FROM ${entity.table} t WHERE true${range.text} FOR NO KEY UPDATE`,
    values: range.values,
  })
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0 && gone.length > 0) await takeTags(tx, entity, field, gone, ids)
  if (ids.length > 0) await fillRecords(context, tx, entity, field, { ids, only })
  const isFull = after !== undefined && ids.length === BATCH_RECORDS
  return { count: ids.length, last: isFull ? ids.at(-1) : undefined }
}

/** Takes tags away that were given by rules which are no more. */
async function takeTags(
  tx: Executor,
  { table }: CompiledEntity,
  field: CompiledField,
  gone: readonly string[],
  ids: readonly string[],
): Promise<void> {
  const column = field.columns[0]
  await tx.query({
    text:
      `UPDATE ${table} t SET ${column} = ` +
      `ARRAY(SELECT u.x FROM unnest(t.${column}) WITH ORDINALITY u(x, i) WHERE u.x <> ALL ($2::text[]) ORDER BY u.i) ` +
      `WHERE t."id" = ANY ($1::uuid[]) AND t.${column} && $2::text[]`,
    values: [ids, gone],
  })
}

function contextOf(db: Database, search: SearchPort, model: CompiledModel): RequestContext {
  return requestContext({ model, actor: SYSTEM_ACTOR, db, search, via: 'system' })
}

async function areFew(tx: Executor, entities: readonly CompiledEntity[]): Promise<boolean> {
  for (const { table } of entities) {
    const { rows } = await tx.query<{ n: number }>({
      text: `SELECT count(*)::int AS n FROM (SELECT FROM ${table} LIMIT $1) t`,
      values: [LARGE_TABLE_RECORDS + 1],
    })
    if ((rows[0]?.n ?? 0) > LARGE_TABLE_RECORDS) return false
  }
  return true
}
