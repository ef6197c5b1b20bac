import type { Executor } from '../db/database.ts'

/** A template that a workspace has. */
export interface InstalledTemplate {
  readonly name: string
  readonly version: string
  /** An instant, ISO 8601. */
  readonly installedAt: string
}

/**
 * The templates of a workspace, by name.
 * @param schema quoted
 */
export async function listInstalled(db: Executor, schema: string): Promise<readonly InstalledTemplate[]> {
  const { rows } = await db.query<{ name: string; version: string; at: string }>({
    text: `SELECT name, version, to_char(installed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
      FROM ${schema}.tenon_template ORDER BY name`,
  })
  return rows.map(({ name, version, at }) => ({ name, version, installedAt: at }))
}

/** Notes that a version of a template is in; the same version again changes nothing. */
export async function noteInstalled(
  db: Executor,
  schema: string,
  name: string,
  version: string,
): Promise<void> {
  await db.query({
    text: `INSERT INTO ${schema}.tenon_template AS t (name, version) VALUES ($1, $2)
      ON CONFLICT (name) DO UPDATE SET version = excluded.version, installed_at = now()
      WHERE t.version <> excluded.version`,
    values: [name, version],
  })
}
