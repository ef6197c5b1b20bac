import type { Executor } from '../db/database.ts'
import { instantSql, quoteName } from '../db/values.ts'
import { refuse } from '../errors.ts'
import { LIVE_SOURCE } from '../model/bases.ts'

/** A workspace made from another, in which nothing reaches a real person. */
export interface Sandbox {
  readonly name: string
  /** Quoted. */
  readonly schema: string
  /** An instant, ISO 8601. */
  readonly madeAt: string
  /** The version of the live workspace that it began with, or was last refreshed onto. */
  readonly baseVersion: number
  /** Its own version in force. */
  readonly version: number
}

/** Sandboxes that a workspace has at most: each is a schema of its own. */
export const MOST_SANDBOXES = 10

/** The sandboxes of a workspace, by name. */
export async function listSandboxes(db: Executor, live: string): Promise<readonly Sandbox[]> {
  const { rows } = await db.query<{ name: string; schema_name: string; at: string }>({
    text: `SELECT name, schema_name, ${instantSql('created_at')} AS at
FROM tenon.workspace WHERE sandbox_of = $1 ORDER BY name`,
    values: [live],
  })
  const sandboxes: Sandbox[] = []
  for (const { name, schema_name, at } of rows) {
    const schema = quoteName(schema_name)
    const { rows: found } = await db.query<{ base: string; version: number }>({
      text: `SELECT b.version AS base, c.version FROM ${schema}.tenon_current c, ${schema}.tenon_base b WHERE b.source = $1`,
      values: [LIVE_SOURCE],
    })
    const { base = '0', version = 0 } = found[0] ?? {}
    sandboxes.push({ name, schema, madeAt: at, baseVersion: Number(base), version })
  }
  return sandboxes
}

/** @throws AppError SANDBOX_UNKNOWN */
export async function findSandbox(db: Executor, live: string, name: string): Promise<Sandbox> {
  const found = (await listSandboxes(db, live)).find((one) => one.name === name)
  if (found === undefined) throw refuse('SANDBOX_UNKNOWN', '', { params: { name: name.slice(0, 40) } })
  return found
}
