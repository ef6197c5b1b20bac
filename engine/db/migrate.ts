import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, problem, refuse } from '../errors.ts'
import { type Observe, observeNothing } from '../observe.ts'
import type { Database, Executor, Transaction, TransactionOptions } from './database.ts'
import { quoteName } from './values.ts'

/** One file of migrations/system or migrations/workspace; files run in the order of their names. */
export interface Migration {
  readonly name: string
  readonly sql: string
  /** SHA-256 of the file, hex. */
  readonly checksum: string
}

type Area = 'system' | 'workspace'

/** A workspace and where it lies. */
export interface Workspace {
  readonly name: string
  readonly schema: string
}

const SYSTEM_SCHEMA = 'tenon'
/** Any number will do as long as every Tenon takes the same. */
const LOCK = 7_362_064_151

export const WORKSPACE_NAME = /^[a-z][a-z0-9_-]{0,39}$/

/** Reads the migrations of an area, in order. */
export function readMigrations(area: Area): Migration[] {
  const folder = join(import.meta.dirname, 'migrations', area)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(folder, file), 'utf8')
      return { name: file.slice(0, -4), sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Brings the engine's own schema up to date. Safe when several nodes start at once.
 * @throws AppError START_DATABASE_NEWER, START_MIGRATION_CHANGED
 */
export async function migrateSystem(db: Database, observe: Observe = observeNothing): Promise<void> {
  const migrations = readMigrations('system')
  const known = await db.query<{ found: boolean }>({
    text: `SELECT to_regclass('tenon.migration') IS NOT NULL AS found`,
  })
  const isNew = known.rows[0]?.found !== true
  if (!isNew && pendingOf(migrations, await appliedTo(db, SYSTEM_SCHEMA), SYSTEM_SCHEMA).length === 0) return
  await inMigration(db, async (tx) => {
    await tx.query({
      text: `CREATE SCHEMA IF NOT EXISTS tenon;
        CREATE TABLE IF NOT EXISTS tenon.migration (
          schema_name text COLLATE "C" NOT NULL,
          name text COLLATE "C" NOT NULL,
          checksum text NOT NULL,
          applied_at timestamptz NOT NULL DEFAULT now(),
          PRIMARY KEY (schema_name, name)
        )`,
    })
    await applyPending(tx, migrations, SYSTEM_SCHEMA, observe)
  })
}

/**
 * Brings every workspace up to date, each in its own transaction.
 * @throws AppError START_DATABASE_NEWER, START_MIGRATION_CHANGED
 */
export async function migrateWorkspaces(db: Database, observe: Observe = observeNothing): Promise<void> {
  const migrations = readMigrations('workspace')
  for (const { schema } of await listWorkspaces(db)) {
    if (pendingOf(migrations, await appliedTo(db, schema), schema).length === 0) continue
    await inMigration(db, (tx) => applyPending(tx, migrations, schema, observe))
  }
}

/**
 * Makes a workspace with the engine's own tables in it, or leaves the one that exists.
 * @returns it, and whether it is new
 * @throws AppError WORKSPACE_NAME_INVALID
 */
export async function createWorkspace(
  db: Database,
  name: string,
  observe: Observe = observeNothing,
): Promise<Workspace & { readonly created: boolean }> {
  return inMigration(db, (tx) => createWorkspaceIn(tx, name, observe))
}

/**
 * The same with whatever else its transaction does.
 * @param tx of `inMigration`
 * @param sandboxOf the workspace that it is made from
 */
export async function createWorkspaceIn(
  tx: Transaction,
  name: string,
  observe: Observe = observeNothing,
  sandboxOf?: string,
): Promise<Workspace & { readonly created: boolean }> {
  if (!WORKSPACE_NAME.test(name)) throw refuse('WORKSPACE_NAME_INVALID', '', { params: { name } })
  const schema = `ws_${name}`
  const inserted = await tx.query({
    text: `INSERT INTO tenon.workspace (name, schema_name, sandbox_of, prepared) VALUES ($1, $2, $3, $4)
ON CONFLICT (name) DO NOTHING`,
    values: [name, schema, sandboxOf ?? null, sandboxOf !== undefined],
  })
  if (inserted.rowCount === 0) return { name, schema, created: false }
  await tx.query({ text: `CREATE SCHEMA ${quoteName(schema)}` })
  await applyPending(tx, readMigrations('workspace'), schema, observe)
  return { name, schema, created: true }
}

/**
 * Removes a workspace with all that is in it.
 * @param tx of `inMigration`
 */
export async function dropWorkspaceIn(tx: Transaction, { name, schema }: Workspace): Promise<void> {
  await tx.query({ text: 'DELETE FROM tenon.workspace WHERE name = $1', values: [name] })
  await tx.query({ text: 'DELETE FROM tenon.migration WHERE schema_name = $1', values: [schema] })
  await tx.query({ text: `DROP SCHEMA ${quoteName(schema)} CASCADE` })
}

/** What the name of a schema begins with that no transaction ever commits. */
export const SCRATCH_PREFIX = 'tenon_scratch_'

/** Statements that make nothing but a search quicker. */
const PLAIN_INDEXES = /^CREATE INDEX [^;]*;/gm

/**
 * Fills a schema that is to be rolled back with a workspace's tables of the engine, without noting it anywhere and without
 * the indexes that only matter where there are many rows.
 * @param schema quoted, there already
 */
export async function fillScratchSchema(tx: Transaction, schema: string): Promise<void> {
  const sql = readMigrations('workspace').map((migration) =>
    migration.sql
      .replace(PLAIN_INDEXES, '')
      .replace(/^(ALTER|DROP) INDEX (?!IF )/gm, '$1 INDEX IF EXISTS ')
      .replaceAll('{schema}', schema),
  )
  await tx.query({ text: sql.join('\n') })
}

/** Whether a workspace has had all that its first start gives it. */
export async function isPrepared(db: Executor, name: string): Promise<boolean> {
  const { rows } = await db.query<{ prepared: boolean }>({
    text: 'SELECT prepared FROM tenon.workspace WHERE name = $1',
    values: [name],
  })
  return rows[0]?.prepared === true
}

export async function markPrepared(db: Executor, name: string): Promise<void> {
  await db.query({ text: 'UPDATE tenon.workspace SET prepared = true WHERE name = $1', values: [name] })
}

/** All workspaces, by name. */
export async function listWorkspaces(db: Executor): Promise<Workspace[]> {
  const { rows } = await db.query<Workspace>({
    text: 'SELECT name, schema_name AS schema FROM tenon.workspace ORDER BY name',
  })
  return rows
}

/** One at a time over all nodes; DDL goes past a pooler and may take its time. */
export function inMigration<T>(
  db: Database,
  work: (tx: Transaction) => Promise<T>,
  options: Pick<TransactionOptions, 'lockTimeoutMs'> = {},
): Promise<T> {
  return db.transaction(
    async (tx) => {
      await tx.query({ text: 'SELECT pg_advisory_xact_lock($1)', values: [LOCK] })
      return work(tx)
    },
    { ...options, direct: true, statementTimeoutMs: 0 },
  )
}

async function appliedTo(db: Executor, schema: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ name: string; checksum: string }>({
    text: 'SELECT name, checksum FROM tenon.migration WHERE schema_name = $1',
    values: [schema],
  })
  return new Map(rows.map(({ name, checksum }) => [name, checksum]))
}

async function applyPending(
  tx: Transaction,
  migrations: readonly Migration[],
  schema: string,
  observe: Observe,
): Promise<void> {
  for (const { name, sql, checksum } of pendingOf(migrations, await appliedTo(tx, schema), schema)) {
    await tx.query({ text: sql.replaceAll('{schema}', quoteName(schema)) })
    await tx.query({
      text: 'INSERT INTO tenon.migration (schema_name, name, checksum) VALUES ($1, $2, $3)',
      values: [schema, name, checksum],
    })
    observe('migrated', { schema, migration: name })
  }
}

/**
 * Which migrations a schema still needs.
 * @param applied checksums by name
 * @throws AppError START_DATABASE_NEWER for one that this Tenon does not have, START_MIGRATION_CHANGED
 */
export function pendingOf(
  migrations: readonly Migration[],
  applied: ReadonlyMap<string, string>,
  schema: string,
): Migration[] {
  const known = new Set(migrations.map(({ name }) => name))
  const unknown = [...applied.keys()].filter((name) => !known.has(name)).sort()
  if (unknown[0] !== undefined) {
    throw new AppError(problem('START_DATABASE_NEWER', '', { params: { schema, migration: unknown[0] } }))
  }
  const changed = migrations.find(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum)
  if (changed) {
    throw new AppError(
      problem('START_MIGRATION_CHANGED', '', { params: { schema, migration: changed.name } }),
    )
  }
  return migrations.filter(({ name }) => !applied.has(name))
}
