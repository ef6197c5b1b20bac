import type { Database } from '../../db/database.ts'
import { listWorkspaces } from '../../db/migrate.ts'
import { quoteName } from '../../db/values.ts'
import type { PeriodicTask } from '../../jobs/periodic.ts'
import type { Observe } from '../../observe.ts'
import type { FlowDeps } from './deps.ts'

/** Runs that go at once; people do not wait for it. */
const BATCH = 1_000
const DAY_MS = 86_400_000
/** Before every id. */
const NO_ID = '00000000-0000-0000-0000-000000000000'

/**
 * Each hour, in every workspace: runs that ended long ago go with their journals. One that must never come again stays as
 * a row, so that it does not; its journal goes as well.
 * @param keepDays for so long after their end they are kept
 */
export function flowUpkeepTask(db: Database, keepDays: number, observe: Observe): PeriodicTask {
  return {
    name: 'flow_upkeep',
    cron: '17 * * * *',
    async run(signal) {
      const before = new Date(Date.now() - keepDays * DAY_MS)
      for (const { schema: name } of await listWorkspaces(db)) {
        try {
          await dropEndedRuns(db, quoteName(name), before, signal)
        } catch (error) {
          observe('fault', { during: `runs of ${name}`, error })
        }
      }
    },
  }
}

/** A call that is on its way has had its time by then, milliseconds. */
const MISSED_MS = 60_000

/**
 * Each minute: calls for runs that are due for a minute and at which nobody is. Whatever makes a run due calls for it; this
 * is for a call that was lost with whoever had taken it.
 */
export function missedRunsTask({ db, wakes, now, observe }: FlowDeps): PeriodicTask {
  return {
    name: 'missed_runs',
    cron: '* * * * *',
    async run(signal) {
      for (const { name, schema } of await listWorkspaces(db)) {
        if (signal.aborted) return
        try {
          const { rows } = await db.query({
            text:
              `SELECT 1 FROM ${quoteName(schema)}.tenon_run r WHERE r.state IN ('waiting', 'sleeping') ` +
              'AND r.due_at <= $1::timestamptz LIMIT 1',
            values: [new Date(now().getTime() - MISSED_MS)],
          })
          if (rows.length > 0) await wakes.runs(db, name)
        } catch (error) {
          observe('fault', { during: `due runs of ${name}`, error })
        }
      }
    },
  }
}

/**
 * Drops the runs that ended before an instant, batch by batch. Their ids tell when they began, so that the younger ones
 * are not looked at. When their flows were last at work is kept.
 * @param schema quoted
 * @returns how many runs and journals went
 */
export async function dropEndedRuns(
  db: Database,
  schema: string,
  before: Date,
  signal?: AbortSignal,
): Promise<number> {
  const values = (after: string) => [after, idBefore(before), before.toISOString(), BATCH]
  let dropped = 0
  for (let after: string | undefined = NO_ID; after !== undefined && signal?.aborted !== true; ) {
    const { rows }: { rows: { last: string | null; dropped: string }[] } = await db.query({
      text: `WITH old AS (
  SELECT r.id, r.flow, r.created_at, r.once, r.ended_at FROM ${schema}.tenon_run r
  WHERE r.id > $1::uuid AND r.id < $2::uuid ORDER BY r.id LIMIT $4),
ended AS (SELECT id, flow, created_at, once FROM old WHERE ended_at < $3::timestamptz),
gone AS (DELETE FROM ${schema}.tenon_run r USING ended e WHERE r.id = e.id AND NOT e.once RETURNING r.id),
noted AS (INSERT INTO ${schema}.tenon_opened AS o (definition, day)
  SELECT flow, max(created_at AT TIME ZONE 'UTC')::date FROM ended WHERE NOT once GROUP BY flow
  ON CONFLICT (definition) DO UPDATE SET day = excluded.day WHERE o.day < excluded.day),
emptied AS (DELETE FROM ${schema}.tenon_run_step s USING ended e WHERE s.run = e.id AND e.once RETURNING s.run)
SELECT (SELECT max(id::text) FROM old) AS last,
  ((SELECT count(*) FROM gone) + (SELECT count(DISTINCT run) FROM emptied))::text AS dropped`,
      values: values(after),
    })
    after = rows[0]?.last ?? undefined
    dropped += Number(rows[0]?.dropped ?? 0)
  }
  return dropped
}

/** The smallest id that could have been made at an instant: the first 48 bits are its milliseconds. */
function idBefore(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
