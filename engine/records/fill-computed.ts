import { SYSTEM_ACTOR } from '../access/actor.ts'
import { noteDefinitions } from '../audit/note-definitions.ts'
import type { Database, Executor } from '../db/database.ts'
import { enqueueJob } from '../jobs/queue.ts'
import type { JobTask, RunningJob } from '../jobs/run-job.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { computedOf, pathsIn } from '../model/computed.ts'
import type { ChangedField, FillComputed } from '../model/fill.ts'
import { LARGE_TABLE_RECORDS } from '../model/large-tables.ts'
import type { ModelStore } from '../model/store.ts'
import { newId } from '../model/uuid.ts'
import type { SearchPort } from '../registry/ports.ts'
import { type RequestContext, requestContext } from './context.ts'
import { fillRecords } from './work-out.ts'

/** One computed field of one entity. */
interface Place {
  readonly entity: CompiledEntity
  readonly field: CompiledField
  /** Tags that are taken away because no rule gives them any more. */
  readonly gone?: readonly string[]
}

const KIND = 'fill_computed'
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
  await enqueueJob(tx, model.schema, { id: newId(), kind: KIND, payload, createdBy: undefined })
}

/** What every publish needs of the layers above the model. */
export const publishPorts = { note: noteDefinitions, fill: fillComputed } as const

/** The job that works out computed fields of many records, batch by batch, beside the traffic. */
export function fillComputedTask(db: Database, models: ModelStore, search: SearchPort): JobTask {
  return {
    kind: KIND,
    async run(job) {
      const { workspace, fields } = job.payload as {
        workspace: string
        fields: readonly ChangedField[]
      }
      const model = await models.current(workspace)
      if (model === undefined) return { records: 0 }
      const context = contextOf(db, search, model)
      return { records: await fillAll(context, job, inOrder(model, fields)) }
    },
  }
}

async function fillAll(context: RequestContext, job: RunningJob, places: readonly Place[]): Promise<number> {
  let done = 0
  for (const place of places) {
    for (let after: string | undefined = FIRST; after !== undefined; ) {
      job.signal.throwIfAborted()
      const from: string = after
      const batch = await context.db.transaction((tx) => fillPlace(context, tx, place, from))
      done += batch.count
      after = batch.last
      await job.progress(done, undefined)
    }
  }
  await job.progress(done, done)
  return done
}

const FIRST = '00000000-0000-0000-0000-000000000000'

/** @param after the id behind which a batch begins; undefined: all records at once */
async function fillPlace(
  context: RequestContext,
  tx: Executor,
  { entity, field, gone = [] }: Place,
  after: string | undefined,
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
  if (ids.length > 0) await fillRecords(context, tx, entity, field, ids)
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

function allPlaces(model: CompiledModel): readonly Place[] {
  return [...model.entities.values()].flatMap((entity) => {
    const { formulas, rollUps } = computedOf(model, entity)
    return [...rollUps, ...formulas].map(({ field }) => ({ entity, field }))
  })
}

/** The fields of these ids and all that look at them, each after what it looks at itself. */
function inOrder(model: CompiledModel, changed: readonly ChangedField[]): readonly Place[] {
  const places = [...allPlaces(model), ...formerPlaces(model, changed)]
  const byField = new Map(places.map((place) => [place.field, place]))
  const ordered = new Set<Place>()
  const wanted = new Map(changed.map((one) => [one.id, one]))
  const visit = (place: Place): boolean => {
    if (ordered.has(place)) return true
    let isMoved = wanted.has(place.field.id)
    for (const field of lookedAt(model, place)) {
      const before = byField.get(field)
      if (before !== undefined && visit(before)) isMoved = true
    }
    if (isMoved) ordered.add(place)
    return isMoved
  }
  for (const place of places) visit(place)
  return [...ordered].map((place) => ({ ...place, gone: wanted.get(place.field.id)?.gone ?? [] }))
}

/** Tags fields that rules have kept and keep no longer. */
function formerPlaces(model: CompiledModel, changed: readonly ChangedField[]): readonly Place[] {
  const former = new Set(changed.flatMap(({ id, gone }) => (gone === undefined ? [] : [id])))
  return [...model.entities.values()].flatMap((entity) => {
    const kept = computedOf(model, entity).formulas.map(({ field }) => field)
    return [...entity.fields.values()]
      .filter((field) => former.has(field.id) && !kept.includes(field))
      .map((field) => ({ entity, field }))
  })
}

/** The fields that a computed field looks at, wherever they are. */
function lookedAt(model: CompiledModel, { entity, field }: Place): readonly CompiledField[] {
  const { formulas, rollUps } = computedOf(model, entity)
  const rollUp = rollUps.find((one) => one.field === field)
  if (rollUp !== undefined) {
    const filtered = rollUp.filter === undefined ? [] : pathsIn(rollUp.filter)
    const named = filtered.flatMap(([name]) => rollUp.child.fields.get(name!) ?? [])
    const timed = rollUp.window === undefined ? [] : [rollUp.window.by]
    return [...(rollUp.value === undefined ? [] : [rollUp.value]), ...timed, ...named]
  }
  const formula = formulas.find((one) => one.field === field)
  return formula === undefined
    ? []
    : formula.rules.flatMap(pathsIn).flatMap((path) => fieldsOn(model, entity, path))
}

function fieldsOn(
  model: CompiledModel,
  entity: CompiledEntity,
  path: readonly string[],
): readonly CompiledField[] {
  const [step, ...rest] = path
  const field = entity.fields.get(step ?? '')
  if (field === undefined) return []
  const next = field.relation?.kind === 'one' ? model.entities.get(field.relation.to) : undefined
  return next === undefined || rest.length === 0 ? [field] : [field, ...fieldsOn(model, next, rest)]
}
