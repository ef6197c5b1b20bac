import { parseJson } from '../db/values.ts'
import type { Override } from '../model/scenarios.ts'
import type { RequestContext } from './context.ts'
import { type Person, personSql, presentPerson } from './people.ts'

/** One immutable snapshot of a workspace's definitions, in a list. */
export interface VersionSummary {
  readonly version: number
  readonly label: string
  readonly published_at: string
  /** Null: Tenon itself. */
  readonly published_by: Person | null
  /** Why it was published although scenarios failed, and which. */
  readonly override?: Override
}

interface VersionRow {
  readonly version: number
  readonly label: string
  readonly published_at: string
  readonly by: string | null
  readonly by_label: string | null
  readonly override: string | null
}

/** The versions of a workspace's model, newest first, each with who published it. */
export async function listVersions({
  db,
  model,
  access,
}: RequestContext): Promise<readonly VersionSummary[]> {
  const who = personSql(model, access, 'v.published_by')
  const { rows } = await db.query<VersionRow>({
    text:
      `SELECT v.version, v.label, v.override, v.published_by::text AS by, ${who.label} AS by_label, ` +
      `to_char(v.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS published_at ` +
      `FROM ${model.schema}.tenon_version v ${who.join} ORDER BY v.version DESC`,
  })
  return rows.map(({ by, by_label, override, ...version }) => ({
    ...version,
    published_by: presentPerson(by, by_label),
    ...(override === null ? {} : { override: parseJson<Override>(override) }),
  }))
}
