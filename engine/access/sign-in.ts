import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { Database, Executor } from '../db/database.ts'
import { AppError, problem, refuse } from '../errors.ts'
import { isStorableText } from '../fields/parts/formats.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { hashToken, newToken } from './sessions.ts'
import type { Throttle } from './throttle.ts'
import { mayActSql, phoneKeySql, userTable } from './user-table.ts'

export const SESSION_DAYS = 30
/** A password beyond this is not worth hashing. */
const MAX_PASSWORD_LENGTH = 1024
/** Hashes verified at once: each takes 19 MiB and a core. More wait in line, up to a bound. */
const MAX_PARALLEL = 2
const MAX_WAITING = 500

export interface Credentials {
  /** The e-mail, or the phone number, by which the account is known. */
  readonly account: string
  readonly password: string
}

/** The user as `login` and `me` show them. */
export interface SignedInUser {
  readonly id: string
  readonly name: string
  readonly email: string
  /** What they chose; null where they have not yet. */
  readonly language: string | null
}

export interface SignIn {
  readonly token: string
  readonly user: SignedInUser
}

interface UserRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly language: string | null
  readonly password: string | null
}

/** Where a session is opened from. */
export interface SignInFrom {
  /** The client's network address. */
  readonly address: string
  /** The browser's own words; undefined where it says nothing. */
  readonly agent: string | undefined
}

/**
 * Opens a session of 30 days for an e-mail or phone number and a password. An unknown account costs the same work as a wrong
 * password, so that neither the answer nor its time tells which accounts exist.
 * @param from where the attempt comes from, for the throttle and the list of sessions
 * @throws AppError AUTH_FAILED, AUTH_THROTTLED, AUTH_LOCKED
 */
export async function signIn(
  source: { readonly db: Database; readonly throttle: Throttle },
  model: CompiledModel,
  credentials: Credentials,
  from: SignInFrom,
): Promise<SignIn> {
  const row = await checkThrottled(source, model, credentials, from.address)
  if (row === undefined) throw refuse('AUTH_FAILED')
  return openSession(source.db, model, row, from)
}

/** Opens a session for a user who has proved to be one. */
export async function openSession(
  db: Executor,
  model: CompiledModel,
  { id, name, email, language }: SignedInUser,
  from: SignInFrom,
): Promise<SignIn> {
  const token = newToken()
  await storeSession(db, model, id, token, from)
  return { token, user: { id, name, email, language } }
}

/**
 * Whether this is a user's present password; attempts are throttled like those of a sign-in.
 * @throws AppError AUTH_THROTTLED, AUTH_LOCKED
 */
export async function isPasswordOf(
  source: { readonly db: Database; readonly throttle: Throttle },
  model: CompiledModel,
  userId: string,
  password: string,
  address: string,
): Promise<boolean> {
  const user = userTable(model)
  const settle = await source.throttle.begin(`${model.workspace} own ${userId}`, address)
  let succeeded = true
  try {
    const { rows } = await source.db.query<{ password: string | null }>({
      text: `SELECT ${user.password} AS password FROM ${user.table} u WHERE u."id" = $1 AND ${mayActSql(user)}`,
      values: [userId],
    })
    succeeded = await passwordFits(rows[0]?.password ?? undefined, password)
    return succeeded
  } finally {
    settle(succeeded)
  }
}

/** The id of the user whom an e-mail or a phone number means; undefined for none, or one who is switched off. */
export async function findAccount(
  db: Database,
  model: CompiledModel,
  account: string,
): Promise<string | undefined> {
  return (await findUser(db, model, account))?.id
}

/** Whether a user has a password, or has never been let in so far; undefined where there is no such user to act. */
export async function hasPassword(
  db: Executor,
  model: CompiledModel,
  userId: string,
): Promise<boolean | undefined> {
  const user = userTable(model)
  const { rows } = await db.query<{ has: boolean }>({
    text: `SELECT ${user.password} IS NOT NULL AS has FROM ${user.table} u WHERE u."id" = $1 AND ${mayActSql(user)}`,
    values: [userId],
  })
  return rows[0]?.has
}

/** The user whose password it is; undefined otherwise. A fault of ours counts neither way. */
async function checkThrottled(
  source: { readonly db: Database; readonly throttle: Throttle },
  model: CompiledModel,
  credentials: Credentials,
  address: string,
): Promise<UserRow | undefined> {
  const settle = await source.throttle.begin(`${model.workspace} ${credentials.account}`, address)
  let succeeded = true
  try {
    const row = await findUser(source.db, model, credentials.account)
    succeeded = await passwordFits(row?.password ?? undefined, credentials.password)
    return succeeded ? row : undefined
  } finally {
    settle(succeeded)
  }
}

async function findUser(db: Database, model: CompiledModel, account: string): Promise<UserRow | undefined> {
  if (account.length > 320 || !isStorableText(account)) return undefined
  const user = userTable(model)
  const isEmail = account.includes('@')
  const written = isEmail ? user.email : user.phone
  const key = (text: string) => (isEmail ? `lower(${text})` : phoneKeySql(text))
  // People type their address in any case, and their number with or without spaces; where two accounts differ only
  // in that, the exact one is meant.
  const { rows } = await db.query<UserRow & { readonly exact: boolean }>({
    text: `SELECT u."id", ${user.name} AS name, ${user.email} AS email, ${user.language} AS language,
  ${user.password} AS password, ${written} = $1 AS exact
FROM ${user.table} u WHERE ${key(written)} = ${key('$1::text')} AND ${key('$1::text')} <> '' AND ${mayActSql(user)}
ORDER BY (${written} = $1) DESC LIMIT 2`,
    values: [account],
  })
  const [first, second] = rows
  return second === undefined || first?.exact === true ? first : undefined
}

let decoy: Promise<string> | undefined
let running = 0
const waiting: (() => void)[] = []

/** Verifies against the stored hash, or against a decoy of the same cost where there is none. */
async function passwordFits(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hash(randomBytes(32))
  const written = password.length <= MAX_PASSWORD_LENGTH && password.isWellFormed() ? password : ''
  const target = stored ?? (await decoy)
  if (waiting.length >= MAX_WAITING) throw new AppError(problem('HTTP_BUSY'), { retryAfterSeconds: 5 })
  if (running >= MAX_PARALLEL) await new Promise<void>((go) => waiting.push(go))
  else running++
  try {
    const fits = await verify(target, written)
    return fits && stored !== undefined && written !== ''
  } finally {
    const next = waiting.shift()
    if (next === undefined) running--
    else next() // hands its place on
  }
}

/** Characters of a browser's words that are kept. */
const MAX_AGENT_LENGTH = 300

async function storeSession(
  db: Executor,
  model: CompiledModel,
  userId: string,
  token: string,
  { address, agent }: SignInFrom,
): Promise<void> {
  await db.query({
    text: `WITH expired AS (DELETE FROM ${model.schema}.tenon_session WHERE user_id = $1 AND expires_at < now())
INSERT INTO ${model.schema}.tenon_session (token_hash, kind, user_id, expires_at, address, agent)
VALUES ($2, 'session', $1, now() + make_interval(days => $3), $4, $5)`,
    values: [userId, hashToken(token), SESSION_DAYS, address, agent?.slice(0, MAX_AGENT_LENGTH) ?? null],
  })
}

/** Ends the session of a token; unknown tokens are no fault. */
export async function signOut(db: Database, model: CompiledModel, token: string): Promise<void> {
  await db.query({
    text: `DELETE FROM ${model.schema}.tenon_session WHERE token_hash = $1 AND kind IN ('session', 'view_as')`,
    values: [hashToken(token)],
  })
}

/**
 * Ends the sessions of a user, as after a change of password, and others' views of them; API tokens stay.
 * @param keptToken the session that goes on: the one that changed it
 */
export async function endSessions(
  db: Executor,
  model: CompiledModel,
  userId: string,
  keptToken: string | undefined,
): Promise<void> {
  await db.query({
    text: `DELETE FROM ${model.schema}.tenon_session
WHERE user_id = $1 AND kind IN ('session', 'view_as') AND token_hash IS DISTINCT FROM $2`,
    values: [userId, keptToken === undefined ? null : hashToken(keptToken)],
  })
}

/** The signed-in user's own row, or undefined when it has gone meanwhile. */
export async function readSignedInUser(
  db: Database,
  model: CompiledModel,
  userId: string,
): Promise<SignedInUser | undefined> {
  const user = userTable(model)
  const { rows } = await db.query<Omit<UserRow, 'password'>>({
    text: `SELECT u."id", ${user.name} AS name, ${user.email} AS email, ${user.language} AS language
FROM ${user.table} u WHERE u."id" = $1`,
    values: [userId],
  })
  const row = rows[0]
  if (row === undefined) return undefined
  return { id: row.id, name: row.name, email: row.email, language: row.language }
}
