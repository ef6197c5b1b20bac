import type { Executor } from '../db/database.ts'
import { parseJson } from '../db/values.ts'
import { refuse } from '../errors.ts'
import type { DefinitionSet } from './compiled.ts'
import { fromStored, type StoredDefinitions } from './definition-set.ts'

/** One immutable snapshot of a workspace's definitions, in a list. */
export interface VersionSummary {
  readonly version: number
  readonly label: string
  readonly published_at: string
  readonly published_by: string | null
}

/**
 * The history of a workspace, newest first.
 * @param schema quoted
 */
export async function listVersions(db: Executor, schema: string): Promise<readonly VersionSummary[]> {
  const { rows } = await db.query<VersionSummary>({
    text: `SELECT version, label, published_by,
  to_char(published_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS published_at
FROM ${schema}.tenon_version ORDER BY version DESC`,
  })
  return rows
}

/**
 * All definitions of a version, content as it was when that was published; none of version 0.
 * @throws AppError META_VERSION_UNKNOWN
 */
export async function loadVersion(db: Executor, schema: string, version: number): Promise<DefinitionSet> {
  if (version === 0) return fromStored({})
  const { rows } = await db.query<{ definitions: string }>({
    text: `SELECT definitions FROM ${schema}.tenon_version WHERE version = $1`,
    values: [version],
  })
  if (rows[0] === undefined) throw refuse('META_VERSION_UNKNOWN', '', { params: { version } })
  return fromStored(parseJson<StoredDefinitions>(rows[0].definitions))
}
