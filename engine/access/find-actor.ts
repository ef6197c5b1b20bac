import type { Executor } from '../db/database.ts'
import type { CompiledModel } from '../model/compiled.ts'
import type { Actor } from './actor.ts'
import { sortedRoles } from './sessions.ts'
import { languageOfUser, userTable } from './user-table.ts'

/** The user of that id as they would act, whether or not they may sign in now; undefined where there is none. */
export async function findActor(
  executor: Executor,
  model: CompiledModel,
  id: string,
): Promise<Actor | undefined> {
  const user = userTable(model)
  const { rows } = await executor.query<{
    readonly id: string
    readonly name: string
    readonly roles: string[] | null
    readonly language: string | null
  }>({
    text: `SELECT u."id", ${user.name} AS name, ${user.roles} AS roles, ${user.language} AS language
FROM ${user.table} u WHERE u."id" = $1::uuid AND u."deleted_at" IS NULL`,
    values: [id],
  })
  const row = rows[0]
  if (row === undefined) return undefined
  const roles = sortedRoles(row.roles ?? [], model)
  const language = languageOfUser(row.language, model)
  return Object.freeze({
    kind: 'user',
    id: row.id,
    name: row.name,
    roles,
    roleKey: roles.join(' '),
    language,
  })
}
