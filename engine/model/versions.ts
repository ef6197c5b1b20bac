import type { Executor } from '../db/database.ts'
import { parseJson } from '../db/values.ts'
import { refuse } from '../errors.ts'
import type { DefinitionSet } from './compiled.ts'
import { fromStored, type StoredDefinitions } from './definition-set.ts'

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
