import { randomBytes } from 'node:crypto'
import { SYSTEM_ACTOR } from '../access/actor.ts'
import type { Database } from '../db/database.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { requestContext } from '../records/context.ts'
import { createRecord } from '../records/create.ts'
import type { Registry } from '../registry/registry.ts'

export interface FirstAdministratorSource {
  readonly db: Database
  readonly registry: Registry
  readonly model: CompiledModel
  readonly email: string | undefined
  readonly password: string | undefined
}

/** How the first administrator signs in; the password only where it was made up here. */
export interface FirstAdministrator {
  readonly email: string
  readonly password: string | undefined
}

const DEFAULT_EMAIL = 'admin@example.com'

/**
 * Makes the first administrator of a workspace that has no user yet; undefined where there is one.
 * @throws AppError when e-mail or password are refused
 */
export async function ensureFirstAdministrator(
  source: FirstAdministratorSource,
): Promise<FirstAdministrator | undefined> {
  const { db, registry, model } = source
  const users = model.entities.get('user')
  if (users === undefined) throw new Error('the workspace has no users')
  const found = await db.query({ text: `SELECT 1 FROM ${users.table} LIMIT 1` })
  if (found.rows.length > 0) return undefined
  const email = source.email ?? DEFAULT_EMAIL
  const made = source.password === undefined ? randomBytes(12).toString('base64url') : undefined
  const context = requestContext({ db, search: registry.search(), model, actor: SYSTEM_ACTOR, via: 'system' })
  const name = email.split('@')[0] ?? email
  await createRecord(context, 'user', {
    name: name.charAt(0).toUpperCase() + name.slice(1),
    email,
    password: source.password ?? made,
    roles: ['administrator'],
  })
  return { email, password: made }
}
