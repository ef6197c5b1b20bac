import type { Executor, Transaction } from '../../db/database.ts'
import { parseJson } from '../../db/values.ts'
import type { Problem } from '../../errors.ts'
import type { ChangesetItem } from '../changesets.ts'
import { newId } from '../uuid.ts'

/** A draft as some people try it: its definitions as they were when it was given to them. */
export interface StoredPilot {
  readonly id: string
  readonly changeset: string
  readonly label: string
  readonly items: readonly ChangesetItem[]
  /** Ids of users. */
  readonly people: readonly string[]
  /** Ids of roles: whoever has one. */
  readonly roles: readonly string[]
  /** An instant. */
  readonly begunAt: string
  readonly begunBy: string | null
}

/** Withdrawn by somebody, published for all, or at odds with what was published meanwhile. */
export type PilotEnd =
  | { readonly why: 'withdrawn' | 'published' }
  | { readonly why: 'clash'; readonly problems: readonly Problem[] }

/** A pilot that is over. */
export type EndedPilot = PilotEnd & { readonly at: string }

/** The JSON of those that run, the one begun first before the others. @param schema quoted, as everywhere here */
export const runningPilotsSql = (schema: string): string =>
  `SELECT coalesce(json_agg(json_build_object('id', p.id, 'changeset', p.changeset_id, 'label', c.label, 'items', p.items,
  'people', p.people, 'roles', p.roles, 'begunAt', to_json(p.begun_at)#>>'{}', 'begunBy', p.begun_by)
  ORDER BY p.begun_at, p.id), '[]')
FROM ${schema}.tenon_pilot p JOIN ${schema}.tenon_changeset c ON c.id = p.changeset_id WHERE p.ended_at IS NULL`

export async function loadRunningPilots(db: Executor, schema: string): Promise<readonly StoredPilot[]> {
  const { rows } = await db.query<{ pilots: string }>({
    text: `SELECT (${runningPilotsSql(schema)})::text AS pilots`,
  })
  return parseJson<readonly StoredPilot[]>(rows[0]!.pilots)
}

/** How the last pilot of a draft ended; undefined where it had none, or one runs. */
export async function lastEnd(
  db: Executor,
  schema: string,
  changeset: string,
): Promise<EndedPilot | undefined> {
  const { rows } = await db.query<{ ended: string | null; at: string | null }>({
    text: `SELECT ended::text AS ended, to_json(ended_at)#>>'{}' AS at FROM ${schema}.tenon_pilot
WHERE changeset_id = $1::uuid ORDER BY begun_at DESC, id DESC LIMIT 1`,
    values: [changeset],
  })
  const row = rows[0]
  if (row?.ended == null || row.at === null) return undefined
  return { ...parseJson<PilotEnd>(row.ended), at: row.at }
}

/** Begins a pilot, or gives the people of one that runs the draft as it is now. */
export async function savePilot(
  tx: Transaction,
  schema: string,
  pilot: Pick<StoredPilot, 'changeset' | 'items' | 'people' | 'roles' | 'begunBy'>,
): Promise<void> {
  const { changeset, items, people, roles, begunBy } = pilot
  await tx.query({
    text: `INSERT INTO ${schema}.tenon_pilot (id, changeset_id, items, people, roles, begun_by)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (changeset_id) WHERE ended_at IS NULL
DO UPDATE SET items = excluded.items, people = excluded.people, roles = excluded.roles`,
    values: [newId(), changeset, keptItems(items), people, roles, begunBy],
  })
}

/** The definitions of one that goes on on another version. */
export async function moveItems(
  tx: Transaction,
  schema: string,
  pilot: string,
  items: readonly ChangesetItem[],
): Promise<void> {
  await tx.query({
    text: `UPDATE ${schema}.tenon_pilot SET items = $2 WHERE id = $1`,
    values: [pilot, keptItems(items)],
  })
}

/** The definitions of a draft as they are kept with what tries it: on what they stand is the state in force. */
export const keptItems = (items: readonly ChangesetItem[]): string =>
  JSON.stringify(items.map(({ kind, name, definition }) => ({ kind, name, definition })))

/** @returns whether one ran */
export async function endPilot(
  tx: Transaction,
  schema: string,
  changeset: string,
  end: PilotEnd,
): Promise<boolean> {
  const { rows } = await tx.query<{ id: string }>({
    text: `UPDATE ${schema}.tenon_pilot SET ended_at = now(), ended = $2
WHERE changeset_id = $1::uuid AND ended_at IS NULL RETURNING id::text AS id`,
    values: [changeset, JSON.stringify(end)],
  })
  // What was tried and is for all now goes on as it began; what is taken back does no more.
  if (end.why !== 'published') await stopRuns(tx, schema, rows)
  return rows.length > 0
}

/** Runs of its flows that have not ended or wait for somebody to take them up, and what they would still tell others. */
async function stopRuns(
  tx: Transaction,
  schema: string,
  pilots: readonly { readonly id: string }[],
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>({
    // One that has done nothing yet does not stand in the way of what is to happen once for its record.
    text: `UPDATE ${schema}.tenon_run r SET state = 'cancelled', ended_at = now(), updated_at = now(),
once = once AND EXISTS (SELECT FROM ${schema}.tenon_run_step s WHERE s.run = r.id AND s.state IN ('done', 'late'))
WHERE pilot = ANY($1::uuid[]) AND state IN ('waiting', 'sleeping', 'failed') RETURNING id::text AS id`,
    values: [pilots.map(({ id }) => id)],
  })
  // Asked anew: a step that was waited for may have called for something meanwhile.
  await tx.query({
    text: `UPDATE ${schema}.tenon_outgoing SET state = 'cancelled', ended_at = now() WHERE run = ANY($1::uuid[]) AND state = 'waiting'`,
    values: [rows.map(({ id }) => id)],
  })
}
