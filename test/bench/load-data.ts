import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../../engine/db/database.ts'
import { parseJson } from '../../engine/db/values.ts'
import { publishDefinitions } from '../../engine/model/publish-definitions.ts'
import type { Registry } from '../../engine/registry/registry.ts'
import { benchDefinitions } from './definitions.ts'
import { tokenHash, uuidOf, uuidSql } from './ids.ts'

const USERS = 201
const CHUNK = 20_000

/**
 * Loads the floor's data and gives Tenon the same records; does nothing where that was done before.
 * @returns whether it was done now: until the first round both hold the same
 */
export async function loadData(
  db: Database,
  registry: Registry,
  shared: string,
  tell: (line: string) => void,
): Promise<boolean> {
  const found = await db.query<{ there: boolean }>({
    text: "SELECT to_regclass('public.bench_done') IS NOT NULL AS there",
  })
  if (found.rows[0]?.there === true) return false
  tell("loading the floor's data")
  await runScript(db, readFileSync(join(shared, 'bench', 'data.sql'), 'utf8'))
  tell('publishing the definitions')
  await publishDefinitions(db, registry, 'default', benchDefinitions, 'Bench')
  await loadPeople(db)
  tell('loading accounts')
  await db.query({
    text: `INSERT INTO ws_default.account (id, name, city, created_at) SELECT ${uuidSql('account', 'id')}, name, city, created_at FROM public.account`,
  })
  await loadCustomers(db, registry, tell)
  tell('vacuum')
  for (const table of ['account', 'customer', '"user"', 'tenon_session']) {
    await db.query({ text: `VACUUM ANALYZE ws_default.${table}` })
  }
  await db.query({ text: 'CREATE TABLE public.bench_done (at timestamptz DEFAULT now())' })
  return true
}

async function runScript(db: Database, script: string): Promise<void> {
  const text = script.replaceAll(/^--.*$/gm, '')
  await db.session(async (session) => {
    await session.query({ text: 'SET statement_timeout = 0' })
    await session.query({ text: 'SET search_path = public' }) // the user's own schema would come first
    for (const statement of text.split(/;/))
      if (statement.trim() !== '') await session.query({ text: statement })
  })
}

async function loadPeople(db: Database): Promise<void> {
  await db.query({
    text:
      `INSERT INTO ws_default."user" (id, name, email, roles, language, active) ` +
      `SELECT ${uuidSql('user', 'id')}, name, email, ARRAY[CASE role WHEN 'admin' THEN 'administrator' ELSE 'sales' END], 'en', true ` +
      'FROM public.app_user',
  })
  for (let user = 1; user <= USERS; user++) {
    await db.query({
      text: `INSERT INTO ws_default.tenon_session (token_hash, kind, user_id, expires_at) VALUES ($1, 'session', $2, now() + interval '30 days')`,
      values: [tokenHash(user), uuidOf('user', user)],
    })
  }
}

const FIELDS = [
  'name',
  'phone',
  'email',
  'status',
  'level',
  'industry',
  'region',
  'source',
  'amount',
  'score',
  'note',
]

/** The customers with the search tokens that the engine itself would give them. */
async function loadCustomers(db: Database, registry: Registry, tell: (line: string) => void): Promise<void> {
  const search = registry.search()
  const total = 1_000_000
  for (let from = 1; from <= total; from += CHUNK) {
    const names = await db.query<{ j: string }>({
      text: 'SELECT json_agg(json_build_array(id, name))::text AS j FROM public.customer WHERE id >= $1 AND id < $2',
      values: [from, from + CHUNK],
    })
    const rows = parseJson<[number, string][]>(names.rows[0]?.j ?? '[]')
    const tokens = rows.map(([id, name]) => ({ id, search: search.tokensOf([name]) }))
    await db.query({
      text:
        `INSERT INTO ws_default.customer (id, owner, account, created_at, updated_at, created_by, search, ${FIELDS.join(', ')}) ` +
        `SELECT ${uuidSql('customer', 'c.id')}, ${uuidSql('user', 'c.owner_id')}, ${uuidSql('account', 'c.account_id')}, ` +
        `c.created_at, c.updated_at, ${uuidSql('user', 'c.owner_id')}, x.search, ${FIELDS.map((name) => `c.${name}`).join(', ')} ` +
        'FROM public.customer c JOIN json_to_recordset($1::json) AS x(id int, search text[]) ON x.id = c.id',
      values: [JSON.stringify(tokens)],
    })
    if ((from - 1) % 100_000 === 0) tell(`loading customers: ${from - 1} of ${total}`)
  }
}
