import { userTable } from '../access/user-table.ts'
import type { Executor } from '../db/database.ts'
import { instantSql } from '../db/values.ts'
import type { CompiledModel } from '../model/compiled.ts'

/** What is new for users with a version. */
export interface News {
  readonly version: number
  /** As it was written, plain text. */
  readonly text: string
  readonly published_at: string
}

/** More is no news but a manual. */
const MOST_SHOWN = 3
const DAYS_SHOWN = 30

/**
 * What was announced to a person since they are here and have not put away, newest first: whoever came after a publish
 * has never known it otherwise.
 */
export async function unseenNews(
  db: Executor,
  model: CompiledModel,
  person: string,
): Promise<readonly News[]> {
  const { rows } = await db.query<News>({
    text: `SELECT v.version, v.announcement AS text,
  ${instantSql('v.published_at')} AS published_at
FROM ${model.schema}.tenon_version v JOIN ${userTable(model).table} u ON u."id" = $1::uuid
LEFT JOIN ${model.schema}.tenon_own_setting seen ON seen.person = u."id" AND seen.name = 'news_seen'
WHERE v.announcement IS NOT NULL AND v.published_at > u."created_at"
  AND v.published_at > now() - make_interval(days => ${DAYS_SHOWN})
  AND v.version > coalesce((seen.value #>> '{}')::integer, 0)
ORDER BY v.version DESC LIMIT ${MOST_SHOWN}`,
    values: [person],
  })
  return rows
}
