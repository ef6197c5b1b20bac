import { trailKey } from '../../audit/trail.ts'
import type { Transaction } from '../../db/database.ts'
import { parseJson } from '../../db/values.ts'
import type { LocalText } from '../../errors.ts'
import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import type { NotedEvent } from '../../model/silent/note.ts'
import { incomparable } from './found.ts'

/** Later writes that are taken back at most. */
const MOST_LATER = 100
/** The flow in force begins a run when what set it off is noted, or right after, milliseconds. */
const BEGIN_SLACK_MS = 1_000

const TOO_MANY: LocalText = {
  en: 'the flow in force has changed too much by then',
  'zh-CN': '现行自动流程此时已更改了过多记录',
}

/**
 * Sets back, in a transaction that is taken back, what the flow in force may have changed since: both sides are to find
 * records as they were when the request ended, its owner given, or the time came. What is kept sealed, or in several columns, stays as it is.
 */
export async function rewind(tx: Transaction, model: CompiledModel, event: NotedEvent): Promise<void> {
  const later =
    event.occasion === undefined ? await afterWrite(tx, model, event) : await sinceOccasion(tx, model, event)
  const records = new Map<
    string,
    { readonly entity: string; readonly id: string; readonly before: Map<string, unknown> }
  >()
  for (const { entity, record: id, changes } of later) {
    const key = `${entity} ${id}`
    const { before } = records.get(key) ?? { before: new Map<string, unknown>() }
    for (const [field, change] of Object.entries(changes === null ? {} : parseJson<object>(changes)))
      before.set(field, (change as { readonly before?: unknown } | null)?.before ?? null)
    records.set(key, { entity, id, before })
  }
  const entities = new Map([...model.entities.values()].map((entity) => [entity.id, entity]))
  for (const { entity, id, before } of records.values()) {
    const compiled = entities.get(entity)
    if (compiled !== undefined) await setBack(tx, compiled, id, before)
  }
}

interface LaterRow {
  readonly entity: string
  readonly record: string
  readonly changes: string | null
}

const LATER = `a.entity::text AS entity, a.record::text AS record, a.changes::text AS changes`

/** What was written to the record by others than the request itself, the newest first. */
async function afterWrite(
  tx: Transaction,
  { schema }: CompiledModel,
  event: NotedEvent,
): Promise<readonly LaterRow[]> {
  if (event.source !== 'audit' || event.record === null) return []
  const { rows } = await tx.query<LaterRow>({
    text: `SELECT ${LATER} FROM ${schema}.tenon_audit a WHERE a.entity = $1::uuid AND a.record = $2::uuid
AND a.id > $3::bigint AND a.action = 'update' AND (a.request IS NULL OR a.request IS DISTINCT FROM $4::uuid) ORDER BY a.id DESC LIMIT ${MOST_LATER}`,
    values: [event.entity, event.record, event.id, event.request],
  })
  return rows
}

/** What was written to the record since, and what the run that began then has written anywhere. */
async function sinceOccasion(
  tx: Transaction,
  { schema }: CompiledModel,
  { id, at, entity, record, occasion }: NotedEvent,
): Promise<readonly LaterRow[]> {
  const { rows } = await tx.query<LaterRow>({
    text: `SELECT ${LATER} FROM ${schema}.tenon_audit a WHERE a.id > $1::bigint AND a.at >= $2::timestamptz AND a.action = 'update'
AND a.record IS NOT NULL AND ((a.entity = $3::uuid AND a.record = $4::uuid) OR a.request IN (
  SELECT r.id FROM ${schema}.tenon_run r WHERE r.flow = $5::uuid AND r.created_at >= $2::timestamptz))
ORDER BY a.id DESC LIMIT ${MOST_LATER + 1}`,
    values: [id, new Date(Date.parse(at) - BEGIN_SLACK_MS).toISOString(), entity, record, occasion!.flow],
  })
  if (rows.length > MOST_LATER) throw incomparable(TOO_MANY)
  return rows
}

async function setBack(
  tx: Transaction,
  entity: CompiledEntity,
  record: string,
  before: ReadonlyMap<string, unknown>,
): Promise<void> {
  const columns = [...entity.fields.values()].flatMap((field) => {
    const isPlain = field.columns.length === 1 && field.type.sealing === undefined && !field.system
    const isFault = typeof before.get(trailKey(field)) === 'object' && field.type.computed !== undefined
    return isPlain && !isFault && before.has(trailKey(field)) ? [field.columns[0]!] : []
  })
  if (columns.length === 0) return
  const list = columns.join(', ')
  await tx.query({
    text: `UPDATE ${entity.table} t SET (${list}) = (SELECT ${list} FROM jsonb_populate_record(NULL::${entity.table}, $2::jsonb))
WHERE t."id" = $1::uuid`,
    values: [record, JSON.stringify(Object.fromEntries(before))],
  })
}
