import type { Executor, Transaction } from '../../db/database.ts'
import { parseJson } from '../../db/values.ts'
import type { ChangesetItem } from '../changesets.ts'
import { type EndedPilot, keptItems, type PilotEnd } from '../pilots/pilot.ts'
import { newId } from '../uuid.ts'

/** A draft that runs silently: its definitions as they were when it was begun. */
export interface StoredSilentRun {
  readonly id: string
  readonly changeset: string
  readonly items: readonly ChangesetItem[]
  /** An instant. */
  readonly begunAt: string
  readonly begunBy: string | null
}

/** Writes that one run looks at: what they tell of a rule, a thousand more would not tell better. */
export const MOST_WRITES = 5_000

/** The JSON of those that run, the one begun first before the others. @param schema quoted */
export const runningSilentSql = (schema: string): string =>
  `SELECT coalesce(json_agg(json_build_object('id', r.id, 'changeset', r.changeset_id, 'items', r.items,
  'begunAt', to_json(r.begun_at)#>>'{}', 'begunBy', r.begun_by) ORDER BY r.begun_at, r.id), '[]')
FROM ${schema}.tenon_silent_run r WHERE r.ended_at IS NULL`

export async function loadRunningSilent(db: Executor, schema: string): Promise<readonly StoredSilentRun[]> {
  const { rows } = await db.query<{ runs: string }>({
    text: `SELECT (${runningSilentSql(schema)})::text AS runs`,
  })
  return parseJson<readonly StoredSilentRun[]>(rows[0]!.runs)
}

/** How often something came of a definition, by what it was. */
export type SilentFigures = Readonly<Record<string, number>>

/** The last run of a draft, whether it still runs or not. */
export interface SilentRecord extends StoredSilentRun {
  readonly ended: EndedPilot | undefined
  readonly taken: number
  readonly looked: number
  readonly passedOver: number
  /** By the definition's id. */
  readonly figures: Readonly<Record<string, SilentFigures>>
}

/** The last run of a draft; undefined where it had none. */
export async function lastSilent(
  db: Executor,
  schema: string,
  changeset: string,
): Promise<SilentRecord | undefined> {
  const { rows } = await db.query<{ run: string }>({
    text: `SELECT json_build_object('id', r.id, 'changeset', r.changeset_id, 'items', r.items,
  'begunAt', to_json(r.begun_at)#>>'{}', 'begunBy', r.begun_by, 'taken', r.taken, 'looked', r.looked,
  'passedOver', r.passed_over, 'figures', r.figures,
  'ended', r.ended || jsonb_build_object('at', to_json(r.ended_at)#>>'{}'))::text AS run
FROM ${schema}.tenon_silent_run r WHERE r.changeset_id = $1::uuid ORDER BY r.begun_at DESC, r.id DESC LIMIT 1`,
    values: [changeset],
  })
  if (rows[0] === undefined) return undefined
  const run = parseJson<Omit<SilentRecord, 'ended'> & { ended: EndedPilot | null }>(rows[0].run)
  return { ...run, ended: run.ended ?? undefined }
}

/** Begins a run. The one before it of the same draft goes, with what it has found. */
export async function saveSilent(
  tx: Transaction,
  schema: string,
  run: Pick<StoredSilentRun, 'changeset' | 'items' | 'begunBy'>,
): Promise<void> {
  const { changeset, items, begunBy } = run
  await tx.query({
    text: `DELETE FROM ${schema}.tenon_silent_run WHERE changeset_id = $1::uuid`,
    values: [changeset],
  })
  await tx.query({
    text: `INSERT INTO ${schema}.tenon_silent_run (id, changeset_id, items, begun_by, begun_at)
VALUES ($1, $2, $3, $4, clock_timestamp())`,
    values: [newId(), changeset, keptItems(items), begunBy],
  })
}

/** The definitions of one that goes on on another version. */
export async function moveSilent(
  tx: Transaction,
  schema: string,
  run: string,
  items: readonly ChangesetItem[],
): Promise<void> {
  await tx.query({
    text: `UPDATE ${schema}.tenon_silent_run SET items = $2 WHERE id = $1`,
    values: [run, keptItems(items)],
  })
}

/** What it has found stays to be read; what waits to be judged goes. @returns whether one ran */
export async function endSilent(
  tx: Transaction,
  schema: string,
  changeset: string,
  end: PilotEnd,
): Promise<boolean> {
  const { rowCount } = await tx.query({
    text: `WITH ended AS (UPDATE ${schema}.tenon_silent_run SET ended_at = now(), ended = $2
WHERE changeset_id = $1::uuid AND ended_at IS NULL RETURNING id),
gone AS (DELETE FROM ${schema}.tenon_silent_event WHERE run IN (SELECT id FROM ended))
SELECT 1 FROM ended`,
    values: [changeset, JSON.stringify(end)],
  })
  return rowCount > 0
}
