import type { Executor } from '../db/database.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import type { MergeDetails } from './merge-trail.ts'
import { type ShownRecord, shownRecords } from './shown-cells.ts'

/** The action under which the audit keeps that records were merged. */
export const MERGED = 'merged'

/** Records as the actor knows them, by id; those out of sight are not there. */
export type ShownByIds = ReadonlyMap<string, ShownRecord>

interface MergeRow {
  readonly action: string
  /** JSON; null where it was erased. */
  readonly changes: string | null
}

/** The other side of the merges among these rows of a history. */
export async function mergedNames(
  context: RequestContext,
  entity: CompiledEntity,
  rows: readonly MergeRow[],
): Promise<ShownByIds> {
  const ids = rows.flatMap(({ action, changes }) => {
    if (action !== MERGED) return []
    const { from = [], into } = JSON.parse(changes ?? '{}') as MergeDetails
    return [...from, ...(into === undefined ? [] : [into])]
  })
  return ids.length === 0 ? new Map() : await shownRecords(context, context.db, entity, [...new Set(ids)])
}

/** Which records were merged into this one, or into which this one was, as far as the actor may see them. */
export function presentMerge({ from, into, reason }: MergeDetails, shown: ShownByIds): object {
  return {
    ...(from === undefined ? {} : { from: from.map((id) => told(shown, id)) }),
    ...(into === undefined ? {} : { into: told(shown, into) }),
    reason: reason ?? null,
  }
}

/** Records that were merged into one whose timelines are looked at besides. */
const MOST_TOLD = 40

/**
 * The records in the recycle bin that were merged into one, or into one of those, as far as the actor sees them. One that
 * came back tells of itself again.
 */
export async function mergedInto(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  id: string,
): Promise<ShownByIds> {
  const merge = `${context.model.schema}.tenon_merge`
  const { rows } = await runner.query<{ id: string }>({
    text:
      `WITH RECURSIVE m(id) AS (SELECT x.record FROM ${merge} x WHERE x.into_record = $1::uuid ` +
      `UNION SELECT x.record FROM ${merge} x JOIN m ON x.into_record = m.id) ` +
      `SELECT m.id::text AS id FROM m JOIN ${entity.table} t ON t."id" = m.id ` +
      `WHERE t."deleted_at" IS NOT NULL AND m.id <> $1::uuid ORDER BY m.id LIMIT ${MOST_TOLD}`,
    values: [id],
  })
  if (rows.length === 0) return new Map()
  return await shownRecords(
    context,
    runner,
    entity,
    rows.map((row) => row.id),
  )
}

/** Into which records these were merged at last, by id, as far as the actor may see them. */
export async function mergedAway(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<ReadonlyMap<string, object>> {
  if (ids.length === 0) return new Map()
  const { rows } = await runner.query<{ id: string; into: string }>({
    text:
      'SELECT DISTINCT ON (x.record) x.record::text AS id, x.into_record::text AS into ' +
      `FROM ${context.model.schema}.tenon_merge x WHERE x.record = ANY($1::uuid[]) ORDER BY x.record, x.id DESC`,
    values: [ids],
  })
  if (rows.length === 0) return new Map()
  const shown = await shownRecords(context, runner, entity, [...new Set(rows.map(({ into }) => into))])
  return new Map(rows.map(({ id, into }) => [id, told(shown, into)]))
}

/** A record of a merge as the actor knows it. */
function told(shown: ShownByIds, id: string): object {
  const known = shown.get(id)
  return known === undefined ? { id: null, label: null, hidden: true } : { id, label: known.label }
}
