import type { Executor } from '../db/database.ts'
import { instantSql, quoteName } from '../db/values.ts'
import { type Language, refuse } from '../errors.ts'
import { LIVE_SOURCE } from '../model/bases.ts'

/** A workspace made from another, in which nothing reaches a real person. */
export interface Sandbox {
  readonly name: string
  /** What people call it; its name where nobody has said otherwise. */
  readonly label: string
  /** Quoted. */
  readonly schema: string
  /** An instant, ISO 8601. */
  readonly madeAt: string
  /** The version of the live workspace that it began with, or was last refreshed onto. */
  readonly baseVersion: number
  /** Its own version in force. */
  readonly version: number
}

/** What a version of a sandbox is called that is what the live workspace had. */
export const LIVE_VERSION: { readonly [L in Language]: (version: number) => string } = {
  en: (version) => `Live version ${version}`,
  'zh-CN': (version) => `正式版本 ${version}`,
}

/** Sandboxes that a workspace has at most: each is a schema of its own. */
export const MOST_SANDBOXES = 10

/** The sandboxes of a workspace, by what they are called. */
export async function listSandboxes(db: Executor, live: string): Promise<readonly Sandbox[]> {
  const { rows } = await db.query<{ name: string; label: string; schema_name: string; at: string }>({
    text: `SELECT name, coalesce(label, name) AS label, schema_name, ${instantSql('created_at')} AS at
FROM tenon.workspace WHERE sandbox_of = $1 ORDER BY label, name`,
    values: [live],
  })
  const sandboxes: Sandbox[] = []
  for (const { name, label, schema_name, at } of rows) {
    const schema = quoteName(schema_name)
    const { rows: found } = await db.query<{ base: string; version: number }>({
      text: `SELECT b.version AS base, c.version FROM ${schema}.tenon_current c, ${schema}.tenon_base b WHERE b.source = $1`,
      values: [LIVE_SOURCE],
    })
    const { base = '0', version = 0 } = found[0] ?? {}
    sandboxes.push({ name, label, schema, madeAt: at, baseVersion: Number(base), version })
  }
  return sandboxes
}

/** @throws AppError SANDBOX_UNKNOWN */
export async function findSandbox(db: Executor, live: string, name: string): Promise<Sandbox> {
  const found = (await listSandboxes(db, live)).find((one) => one.name === name)
  if (found === undefined) throw refuse('SANDBOX_UNKNOWN', '', { params: { name: name.slice(0, 40) } })
  return found
}

/** What people call a sandbox; its name where nobody has said otherwise. */
export async function labelOfSandbox(db: Executor, name: string): Promise<string> {
  const { rows } = await db.query<{ label: string | null }>({
    text: 'SELECT label FROM tenon.workspace WHERE name = $1',
    values: [name],
  })
  return rows[0]?.label ?? name
}
