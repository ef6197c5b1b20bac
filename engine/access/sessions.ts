import { createHash, randomBytes } from 'node:crypto'
import type { Database, Executor, Statement } from '../db/database.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { accessOf } from './access.ts'
import type { Actor, Viewer } from './actor.ts'
import { rightsBeyondAll, tokenRoles } from './hand-out.ts'
import { languageOfUser, mayActSql, userTable } from './user-table.ts'

/** How long a found actor is trusted without asking again, milliseconds; NOTIFY shortens it. */
const CACHED_FOR_MS = 30_000
/** Actors kept at once, over all workspaces; the longest unused are dropped. */
const MAX_CACHED = 50_000
const CHANNEL = 'tenon_session'
/** 32 random bytes in base64url: anything else is no token of ours and costs no statement. */
const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/

/** Who stands behind a token; kept in memory, so that a request on the hot path asks no table. */
export interface Sessions {
  /** The actor of a token: at once when known, else from the database; undefined = not signed in. */
  find(model: CompiledModel, token: string): Actor | undefined | Promise<Actor | undefined>
  /**
   * Forgets on every node what is known of a user, or of all users of the workspace: after sign-out,
   * deactivation, a change of roles.
   */
  usersChanged(executor: Executor, workspace: string, userId?: string): Promise<void>
  /** Calls back when something about a user may have changed, or about all of a workspace. @returns what ends it */
  watch(onChange: (workspace: string, userId: string | undefined) => void): () => void
  close(): Promise<void>
}

interface CachedActor {
  readonly actor: Actor
  readonly workspace: string
  readonly version: number
  readonly until: number
}

interface SessionRow {
  readonly kind: 'session' | 'token' | 'view_as'
  /** JSON of who looks, where a view is of somebody who may act. */
  readonly viewer: string | null
  readonly token_roles: string[] | null
  readonly expires_at: Date | string
  readonly id: string
  readonly name: string
  readonly roles: string[] | null
  readonly language: string | null
}

export interface SessionsSource {
  readonly db: Database
  /** The clock, milliseconds. */
  readonly now?: () => number
}

/** Opens the cache and listens for what other nodes change. */
export async function createSessions({ db, now = Date.now }: SessionsSource): Promise<Sessions> {
  const cached = new Map<string, CachedActor>()
  const pending = new Map<string, Promise<Actor | undefined>>()
  // Raised by every forgetting: an answer that was on its way meanwhile is not kept.
  let generation = 0
  const watchers = new Set<(workspace: string, userId: string | undefined) => void>()
  const forget = (workspace: string, userId: string | undefined) => {
    generation++
    for (const [key, entry] of cached) {
      const { id, viewer } = entry.actor
      const isTheirs = userId === undefined || id === userId || viewer?.id === userId
      if (isTheirs && entry.workspace === workspace) cached.delete(key)
    }
    for (const tell of watchers) tell(workspace, userId)
  }
  const forgetAll = () => {
    generation++
    cached.clear()
  }
  const stopListening = await db.listen(
    CHANNEL,
    (payload) => {
      const [workspace = '', userId] = payload.split(' ')
      forget(workspace, userId)
    },
    forgetAll,
  )

  const load = async (model: CompiledModel, token: string, key: string): Promise<Actor | undefined> => {
    const begun = generation
    const { rows } = await db.query<SessionRow>(findStatement(model, token))
    const row = rows[0]
    if (row === undefined) return undefined
    const actor = actorOf(row, model)
    if (actor === undefined) return undefined
    if (begun === generation) {
      const until = Math.min(now() + CACHED_FOR_MS, new Date(row.expires_at).getTime())
      cached.set(key, { actor, workspace: model.workspace, version: model.version, until })
      if (cached.size > MAX_CACHED) cached.delete(cached.keys().next().value!)
    }
    return actor
  }

  return {
    find(model, token) {
      const key = `${model.workspace} ${token}`
      const known = cached.get(key)
      // A publish may rename or remove roles: an actor holds for the version it was found under.
      if (known !== undefined && known.version === model.version && known.until > now()) return known.actor
      if (!TOKEN_SHAPE.test(token)) return undefined
      let loading = pending.get(key)
      if (loading === undefined) {
        loading = load(model, token, key).finally(() => pending.delete(key))
        pending.set(key, loading)
      }
      return loading
    },
    async usersChanged(executor, workspace, userId) {
      forget(workspace, userId)
      const payload = userId === undefined ? workspace : `${workspace} ${userId}`
      await executor.query({ text: 'SELECT pg_notify($1, $2)', values: [CHANNEL, payload] })
    },
    watch(onChange) {
      watchers.add(onChange)
      return () => void watchers.delete(onChange)
    },
    async close() {
      forgetAll()
      await stopListening()
    },
  }
}

const findTexts = new WeakMap<CompiledModel, string>()

function findStatement(model: CompiledModel, token: string): Statement {
  let text = findTexts.get(model)
  if (text === undefined) {
    const user = userTable(model)
    // When it was last used is noted now and then: a session that is used all day costs six writes an hour.
    text = `WITH seen AS (UPDATE ${model.schema}.tenon_session SET seen_at = now()
  WHERE token_hash = $1 AND seen_at < now() - interval '10 minutes')
SELECT s.kind, s.roles AS token_roles, s.expires_at, u."id", ${user.name} AS name,
  ${user.roles} AS roles, ${user.language} AS language,
  (SELECT json_build_object('id', u."id", 'name', ${user.name}, 'roles', ${user.roles})::text
    FROM ${user.table} u WHERE u."id" = s.viewer_id AND ${mayActSql(user)}) AS viewer
FROM ${model.schema}.tenon_session s JOIN ${user.table} u ON u."id" = s.user_id
WHERE s.token_hash = $1 AND s.expires_at > now() AND ${mayActSql(user)}`
    findTexts.set(model, text)
  }
  return { text, values: [hashToken(token)] }
}

/** Undefined for a view of somebody on whom the viewer may not look, or not any more. */
function actorOf(row: SessionRow, model: CompiledModel): Actor | undefined {
  const roles = rolesOf(row, model)
  const viewer = row.kind === 'view_as' ? viewerOf(row, roles, model) : undefined
  if (row.kind === 'view_as' && viewer === undefined) return undefined
  return Object.freeze({
    ...(viewer === undefined ? {} : { viewer }),
    kind: row.kind === 'token' ? ('token' as const) : ('user' as const),
    id: row.id,
    name: row.name,
    roles,
    roleKey: roles.join(' '),
    language: languageOfUser(row.language, model),
  })
}

function viewerOf(row: SessionRow, seen: readonly string[], model: CompiledModel): Viewer | undefined {
  if (row.viewer === null) return undefined
  const { id, name, roles } = JSON.parse(row.viewer) as Pick<SessionRow, 'id' | 'name' | 'roles'>
  const own = sortedRoles(roles ?? [], model)
  const access = accessOf(model, { roles: own, roleKey: own.join(' ') })
  const mayLook = access.may('users') && rightsBeyondAll(model, access, seen).length === 0
  return mayLook ? { id, name, until: new Date(row.expires_at).toISOString() } : undefined
}

/**
 * The roles in force: those of the user that exist; of an API token its own, as long as its user still has
 * them (or hands them out anyway), so that a token never outlives the rights of the person behind it.
 */
function rolesOf(row: SessionRow, model: CompiledModel): readonly string[] {
  const own = sortedRoles(row.roles ?? [], model)
  if (row.token_roles === null) return own
  const allowed = tokenRoles(model, own, accessOf(model, { roles: own, roleKey: own.join(' ') }))
  return sortedRoles(row.token_roles, model).filter((role) => allowed.includes(role))
}

/** Those of the names that are roles of the model, sorted and each once. */
export function sortedRoles(names: readonly string[], model: CompiledModel): readonly string[] {
  return Object.freeze([...new Set(names)].filter((name) => model.definitions.role.has(name)).sort())
}

/** A new secret of 256 bits, as clients carry it. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a token: who reads the table cannot sign in with it. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
