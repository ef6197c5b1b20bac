import type { Executor } from '../db/database.ts'
import { instantSql, parseJson } from '../db/values.ts'
import type { ScenarioResult } from './scenarios.ts'

/** What the scenarios of a version said last. */
export interface ScenarioRun {
  readonly version: number
  /** ISO instant. */
  readonly ranAt: string
  readonly results: readonly ScenarioResult[]
}

/** The last run of a workspace; undefined where there was none. @param schema quoted */
export async function loadScenarioRun(db: Executor, schema: string): Promise<ScenarioRun | undefined> {
  const { rows } = await db.query<{ version: number; at: string; results: string }>({
    text: `SELECT version, ${instantSql('ran_at')} AS at, results FROM ${schema}.tenon_scenario_run`,
  })
  const row = rows[0]
  if (row === undefined) return undefined
  return { version: row.version, ranAt: row.at, results: parseJson<ScenarioResult[]>(row.results) }
}

/**
 * Keeps a run as the last one. Results of some scenarios replace what the same version's run said of these.
 * @param schema quoted
 */
export async function saveScenarioRun(
  db: Executor,
  schema: string,
  version: number,
  results: readonly ScenarioResult[],
): Promise<void> {
  await db.query({
    text: `INSERT INTO ${schema}.tenon_scenario_run AS r (version, results) VALUES ($1, $2)
ON CONFLICT (single) DO UPDATE SET version = excluded.version, ran_at = now(), results = excluded.results ||
  CASE WHEN r.version = excluded.version THEN coalesce((SELECT jsonb_agg(old) FROM jsonb_array_elements(r.results) old
    WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(excluded.results) new WHERE new->>'name' = old->>'name')), '[]')
  ELSE '[]' END
WHERE r.version <= excluded.version`,
    values: [version, JSON.stringify(results)],
  })
}
