import { SYSTEM_ACTOR } from '../../engine/access/actor.ts'
import type { Database } from '../../engine/db/database.ts'
import { takeBatch } from '../../engine/events/cursor.ts'
import type { EventBatch } from '../../engine/events/event.ts'
import { createModelStore } from '../../engine/model/store.ts'
import { observeNothing } from '../../engine/observe.ts'
import { lookAtClock } from '../../engine/process/flows/clock.ts'
import { flowConsumer } from '../../engine/process/flows/consumer.ts'
import type { FlowDeps } from '../../engine/process/flows/deps.ts'
import { drainRuns } from '../../engine/process/flows/drain.ts'
import { queueWakes } from '../../engine/process/flows/wakes.ts'
import { bulkRecords } from '../../engine/records/bulk.ts'
import { type RequestContext, requestContext, type Via } from '../../engine/records/context.ts'
import { createRecord } from '../../engine/records/create.ts'
import { patchRecord } from '../../engine/records/patch.ts'
import { type ModelWorld, modelTemplate, modelWorld, SCHEMA } from './model-world.ts'
import { createTestDatabase } from './postgres.ts'

/** A run as a test looks at it. */
export interface StoredRun {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly record: string | null
  readonly version: number
  readonly tries: number
  readonly due_at: string
  readonly fault: { readonly code: string; readonly params?: Readonly<Record<string, unknown>> } | null
}

/** Flows without an engine around them: nothing happens but what a test asks for, by a clock that it sets. */
export interface FlowWorld {
  readonly db: Database
  readonly model: ModelWorld
  readonly deps: FlowDeps
  /** The events of each batch that flows have taken, by their number. */
  readonly batches: number[]
  set(instant: string): void
  create(entity: string, body: object, via?: Via): Promise<string>
  patch(entity: string, id: string, body: object): Promise<void>
  bulk(entity: string, body: object, via?: Via): Promise<void>
  context(via?: Via): Promise<RequestContext>
  /** Flows take all events; no step is taken. */
  hear(): Promise<void>
  /** Takes the steps that are due. */
  drain(): Promise<'all' | 'some' | 'full'>
  /** Everything that follows from what has happened, and from the time. */
  settle(): Promise<void>
  runs(flow: string): Promise<readonly StoredRun[]>
  /** Titles of notifications, in order. */
  told(): Promise<readonly string[]>
  query<T extends object>(text: string, values?: readonly unknown[]): Promise<readonly T[]>
  close(): Promise<void>
}

export async function flowWorld(definitions: readonly unknown[]): Promise<FlowWorld> {
  const test = await createTestDatabase(modelTemplate)
  const db = test.open(8)
  const model = modelWorld(db, test.url)
  await model.publish(definitions)
  const models = await createModelStore(db, model.registry)
  let now = new Date('2031-01-01T00:00:00.000Z')
  const deps: FlowDeps = {
    ...{ db, registry: model.registry, observe: observeNothing, now: () => now, wakes: queueWakes },
    modelOf: (name, isStale) => (isStale === true ? models.refresh(name) : models.current(name)),
  }
  const batches: number[] = []
  const flows = flowConsumer(deps)
  const consumer = {
    ...flows,
    async take(batch: EventBatch, tx: Parameters<typeof flows.take>[1]) {
      batches.push(batch.events.length)
      await flows.take(batch, tx)
    },
  }
  const current = async () => (await models.refresh('default'))!
  const query = async <T extends object>(text: string, values: readonly unknown[] = []) =>
    (await db.query<T>({ text, values })).rows

  const world: FlowWorld = {
    ...{ db, model, deps, batches, query },
    set(instant) {
      now = new Date(instant)
    },
    async context(via = 'api') {
      const search = model.registry.search()
      return requestContext({ model: await current(), db, search, via, actor: SYSTEM_ACTOR, now: () => now })
    },
    async create(entity, body, via) {
      const { body: text } = await createRecord(await world.context(via), entity, body)
      return (JSON.parse(text) as { data: { id: string } }).data.id
    },
    async patch(entity, id, body) {
      await patchRecord(await world.context(), entity, id, body)
    },
    async bulk(entity, body, via) {
      await bulkRecords(await world.context(via), entity, body)
    },
    async hear() {
      for (let isMore = true; isMore; ) {
        const at = { workspace: 'default', schema: SCHEMA }
        isMore = (await db.transaction((tx) => takeBatch(tx, at, consumer))).isMore
      }
    },
    drain: () => drainRuns(deps, 'default', () => false),
    async settle() {
      for (;;) {
        const before = await lastEvent()
        await world.hear()
        await lookAtClock(deps, await current())
        await world.drain()
        if ((await lastEvent()) === before) return
      }
    },
    runs: (flow) =>
      query<StoredRun>(
        `SELECT id::text AS id, name, state, record::text AS record, version, tries, to_json(due_at)#>>'{}' AS due_at, ` +
          `fault::text AS fault FROM ${SCHEMA}.tenon_run WHERE name = $1 ORDER BY id`,
        [flow],
      ).then((rows) => rows.map((row) => ({ ...row, fault: JSON.parse(String(row.fault ?? 'null')) }))),
    told: async () =>
      (
        await query<{ title: string }>(
          `SELECT title FROM ${SCHEMA}.notification WHERE deleted_at IS NULL ORDER BY created_at, id`,
        )
      ).map(({ title }) => title),
    async close() {
      await models.close()
      await test.drop()
    },
  }
  async function lastEvent(): Promise<string> {
    const [row] = await query<{ last: string }>(
      `SELECT coalesce(max(id), 0)::text AS last FROM ${SCHEMA}.tenon_audit`,
    )
    return row!.last
  }
  await world.hear()
  return world
}
