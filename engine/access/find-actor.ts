import type { Executor } from '../db/database.ts'
import type { CompiledModel } from '../model/compiled.ts'
import type { Actor } from './actor.ts'
import { sortedRoles } from './sessions.ts'
import { languageOfUser, mayActSql, readingOfUser, userTable } from './user-table.ts'

/** The user of that id as they would act, whether or not they may sign in now; undefined where there is none. */
export async function findActor(
  executor: Executor,
  model: CompiledModel,
  id: string,
): Promise<Actor | undefined> {
  const [found] = (await findActors(executor, model, [id])).values()
  return found?.actor
}

/** Somebody as they would act, and whether they may. */
export interface FoundActor {
  readonly actor: Actor
  readonly mayAct: boolean
}

/** Those of several users that there are, by id. */
export async function findActors(
  executor: Executor,
  model: CompiledModel,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FoundActor>> {
  const user = userTable(model)
  const { rows } = await executor.query<{
    readonly id: string
    readonly name: string
    readonly roles: string[] | null
    readonly language: string | null
    readonly may_act: boolean
  }>({
    text: `SELECT u."id"::text AS id, ${user.name} AS name, ${user.roles} AS roles, ${user.language} AS language,
(${mayActSql(user)}) AS may_act FROM ${user.table} u WHERE u."id" = ANY($1::uuid[]) AND u."deleted_at" IS NULL`,
    values: [ids],
  })
  return new Map(
    rows.map((row): [string, FoundActor] => {
      const roles = sortedRoles(row.roles ?? [], model)
      const language = languageOfUser(row.language, model)
      const reading = readingOfUser(row.language)
      const actor: Actor = {
        kind: 'user',
        id: row.id,
        name: row.name,
        roles,
        roleKey: roles.join(' '),
        language,
        ...(reading === undefined ? {} : { reading }),
      }
      return [row.id, { actor: Object.freeze(actor), mayAct: row.may_act }]
    }),
  )
}
