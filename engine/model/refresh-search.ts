import type { EntityDefinition, FieldDefinition } from '../../metadata/types.ts'
import type { Database, Transaction } from '../db/database.ts'
import { backgroundPace } from '../db/pace.ts'
import { parseJson, quoteName } from '../db/values.ts'
import { ruledOptions } from '../fields/parts/tag-groups.ts'
import { enqueueJob } from '../jobs/queue.ts'
import type { JobTask, RunningJob } from '../jobs/run-job.ts'
import type { Registry } from '../registry/registry.ts'
import type { DefinitionSet, PhysicalEntity } from './compiled.ts'
import { findDefinition } from './definition-set.ts'
import { toPhysicalMap } from './place.ts'
import type { Plan } from './plan.ts'
import { loadState } from './state.ts'
import { tagRulesOf } from './tag-rules.ts'
import { newId } from './uuid.ts'

const KIND = 'refresh_search'
const BATCH_RECORDS = 500

/** Queues the making of new search tokens for the entities that a plan finds by other fields from now on. */
export async function enqueueSearchRefresh(
  tx: Transaction,
  schema: string,
  plan: Plan,
  by: string | undefined,
): Promise<void> {
  const names = plan.steps.filter((step) => step.kind === 'rebuildSearch').map((step) => step.definition.name)
  for (const name of names)
    await enqueueEntitySearch(tx, schema, findDefinition(plan.candidate, 'entity', name)?.id, by)
}

/** Queues the making of new search tokens for the records of an entity. */
export async function enqueueEntitySearch(
  tx: Transaction,
  schema: string,
  entity: string | undefined,
  by: string | undefined,
): Promise<void> {
  await enqueueJob(tx, schema, { id: newId(), kind: KIND, payload: { entity }, createdBy: by })
}

/** The job that writes the search tokens of all records of an entity anew. */
export function refreshSearchTask(db: Database, registry: Registry): JobTask {
  return {
    kind: KIND,
    async run(job) {
      const { entity } = job.payload as { readonly entity: string }
      return { records: await refreshAll(db, registry, job, entity) }
    },
  }
}

async function refreshAll(
  db: Database,
  registry: Registry,
  job: RunningJob,
  entityId: string,
): Promise<number> {
  const pace = backgroundPace(db, job.signal)
  let after = '00000000-0000-0000-0000-000000000000'
  let done = 0
  for (;;) {
    job.signal.throwIfAborted()
    // Read anew for each batch: a later publish may have changed the fields once more.
    const source = await readSource(db, registry, job.schema, entityId)
    if (source === undefined) return done
    const from = after
    const batch = await pace.run(() => refreshBatch(db, registry, source, from))
    done += batch.count
    if (batch.last === undefined) {
      await job.progress(done, done)
      return done
    }
    after = batch.last
    await job.progress(done, undefined)
  }
}

interface SearchSource {
  /** Qualified and quoted. */
  readonly table: string
  readonly fields: readonly {
    readonly definition: FieldDefinition
    readonly column: string
    /** Tags that rules give: they are asked for by name. */
    readonly owned: readonly string[]
  }[]
}

/** Undefined where the entity is gone or has no tokens any more. */
async function readSource(
  db: Database,
  registry: Registry,
  schema: string,
  entityId: string,
): Promise<SearchSource | undefined> {
  const state = await loadState(db, schema)
  const entity = [...state.definitions.entity.values()].find((one) => one.id === entityId)
  const row = state.physical.find((one) => one.kind === 'entity' && one.itemId === entityId)
  const place = toPhysicalMap(state.physical).get(entityId)
  if (entity === undefined || place === undefined) return undefined
  if (row?.kind !== 'entity' || !row.place.search) return undefined
  return {
    table: `${schema}.${quoteName(place.table)}`,
    fields: searchedFields(state.definitions, entity, place, registry),
  }
}

function searchedFields(
  definitions: DefinitionSet,
  entity: EntityDefinition,
  place: PhysicalEntity,
  registry: Registry,
): SearchSource['fields'] {
  const rules = tagRulesOf(definitions, entity.name)
  return entity.fields.flatMap((definition) => {
    const given = (rules.get(definition.name) ?? []).map(({ tag }) => tag)
    const owned = definition.type === 'tags' ? [...ruledOptions(definition), ...given] : []
    const column = place.fields.get(definition.id ?? '')?.columns[0]
    const isSearched = definition.searchable === true && registry.typeOf(definition)?.searchText !== undefined
    return isSearched && column !== undefined ? [{ definition, column: `t.${quoteName(column)}`, owned }] : []
  })
}

/**
 * A record that someone changes meanwhile gets its tokens from that write: its version has moved. The records are taken in
 * the order of their ids, so that other writers of many wait for this one instead of both for each other.
 */
async function refreshBatch(
  db: Database,
  registry: Registry,
  { table, fields }: SearchSource,
  after: string,
): Promise<{ readonly count: number; readonly last: string | undefined }> {
  const columns = fields.map(({ column }) => `to_json(${column})`)
  const { rows } = await db.query<{ id: string; version: number; texts: string }>({
    text: `SELECT t."id", t."version", json_build_array(${columns.join(', ')}) AS texts FROM ${table} t
WHERE t."id" > $1 ORDER BY t."id" LIMIT ${BATCH_RECORDS}`,
    values: [after],
  })
  const tokens = rows.map(({ id, version, texts }) => ({
    id,
    version,
    search: registry.search().tokensOf(searchTexts(registry, fields, parseJson<unknown[]>(texts))),
  }))
  await db.query({
    text: `WITH held AS MATERIALIZED (
  SELECT t."id" FROM ${table} t WHERE t."id" = ANY($2::uuid[]) ORDER BY t."id" FOR NO KEY UPDATE)
UPDATE ${table} t SET "search" = x.search
FROM held JOIN jsonb_to_recordset($1::jsonb) AS x(id uuid, version integer, search text[]) ON x.id = held."id"
WHERE t."id" = x.id AND t."version" = x.version`,
    values: [JSON.stringify(tokens), rows.map(({ id }) => id)],
  })
  return { count: rows.length, last: rows.length < BATCH_RECORDS ? undefined : rows.at(-1)?.id }
}

function searchTexts(
  registry: Registry,
  fields: SearchSource['fields'],
  values: readonly unknown[],
): readonly string[] {
  return fields.flatMap(({ definition, owned }, index) => {
    const stored = values[index]
    const value =
      owned.length > 0 && Array.isArray(stored) ? stored.filter((tag) => !owned.includes(tag)) : stored
    const text = registry.typeOf(definition)?.searchText
    return value === null || value === undefined || text === undefined ? [] : [text(value)]
  })
}
