import type { Database, Transaction } from '../db/database.ts'
import type { JobTask, RunningJob } from '../jobs/run-job.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import { type Comparison, comparisonOf, recordDigests } from '../model/duplicate-rules.ts'
import { entityById } from '../model/entity-by-id.ts'
import { REFRESH_KEYS_JOB, type RefreshKeysPayload } from '../model/refresh-keys.ts'
import type { ModelStore } from '../model/store.ts'
import type { SearchPort } from '../registry/ports.ts'
import { type ComparedValues, writeKeys } from './duplicate-keys.ts'

const BATCH_RECORDS = 1_000
const FIRST = '00000000-0000-0000-0000-000000000000'

/** The job that makes the keys of an entity's records anew after a publish, batch by batch, beside the traffic. */
export function refreshKeysTask(db: Database, models: ModelStore, search: SearchPort): JobTask {
  return {
    kind: REFRESH_KEYS_JOB,
    async run(job) {
      const { workspace, entity } = job.payload as RefreshKeysPayload
      let done = 0
      for (let after: string | undefined = FIRST; after !== undefined; ) {
        job.signal.throwIfAborted()
        // Read anew for each batch: a later publish may have changed the rules once more.
        const model = await models.refresh(workspace)
        const source = model === undefined ? undefined : sourceOf(model, entity)
        if (source === undefined) return { records: await forget(db, job, entity) }
        const from: string = after
        const batch = await db.transaction((tx) => refreshBatch(tx, search, source, from))
        done += batch.count
        after = batch.last
        await job.progress(done, after === undefined ? done : undefined)
      }
      return { records: done }
    },
  }
}

interface KeySource {
  readonly model: CompiledModel
  readonly entity: CompiledEntity
  readonly comparison: Comparison
}

/** Undefined where no rule speaks of the entity any more. */
function sourceOf(model: CompiledModel, entityId: string): KeySource | undefined {
  const entity = entityById(model, entityId)
  const comparison = entity === undefined ? undefined : comparisonOf(model, entity)
  return entity === undefined || comparison === undefined ? undefined : { model, entity, comparison }
}

async function forget(db: Database, { schema }: RunningJob, entity: string): Promise<number> {
  const { rowCount } = await db.query({
    text: `DELETE FROM ${schema}.tenon_duplicate_key WHERE entity = $1::uuid`,
    values: [entity],
  })
  return rowCount
}

/** The records are held, so that nobody changes one between our look and the keys that we make of it. */
async function refreshBatch(
  tx: Transaction,
  search: SearchPort,
  { model, entity, comparison }: KeySource,
  after: string,
): Promise<{ readonly count: number; readonly last: string | undefined }> {
  const { fields } = comparison
  const items = fields.map((field, index) => `t.${field.columns[0]}::text AS f${index}`)
  const { rows } = await tx.query<Record<string, string | null> & { id: string }>({
    text:
      `SELECT t."id"::text AS id, ${items.join(', ')} FROM ${entity.table} t WHERE t."id" > $1::uuid ` +
      `ORDER BY t."id" LIMIT ${BATCH_RECORDS} FOR SHARE`,
    values: [after],
  })
  const keyed = rows.map((row) => {
    const values: ComparedValues = new Map(fields.map((field, at) => [field, row[`f${at}`]]))
    return { id: row.id, keys: recordDigests(comparison, (field) => values.get(field), search.soundOf) }
  })
  await writeKeys(model, tx, entity, keyed)
  return { count: rows.length, last: rows.length < BATCH_RECORDS ? undefined : rows.at(-1)?.id }
}
