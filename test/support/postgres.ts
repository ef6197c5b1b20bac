import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Database } from '../../engine/db/database.ts'
import { type EmbeddedDatabase, startEmbedded } from '../../engine/db/embedded/embedded.ts'
import { createWorkspace, migrateSystem } from '../../engine/db/migrate.ts'
import { openDatabase } from '../../engine/db/pool.ts'
import { quoteName } from '../../engine/db/values.ts'
import { scratchFolder } from './scratch.ts'

/** A database of a test file's own. */
export interface TestDatabase {
  readonly url: string
  /** Opens pools that `drop` closes; the default one is small. */
  open(poolSize?: number): Database
  drop(): Promise<void>
}

/** What a template holds; it is built once on the server and cloned for each test file. */
export interface Template {
  /** Names the template; unique among all test files. */
  readonly key: string
  build(database: Database, url: string): Promise<void>
}

/** Nothing at all. */
export const emptyTemplate: Template = { key: 'empty', build: async () => undefined }

/** The engine's own schema and the workspace `default` with its tables, no definitions. */
export const workspaceTemplate: Template = {
  key: 'workspace',
  async build(database) {
    await migrateSystem(database)
    await createWorkspace(database, 'default')
  },
}

/** Set where test processes run side by side on one server. */
export const SHARED_SERVER = 'TENON_TEST_SERVER'

let server: Promise<EmbeddedDatabase> | undefined
const templates = new Map<string, Promise<string>>()

/** A server that keeps nothing and ends with this process. */
export function startTestServer(): Promise<EmbeddedDatabase> {
  return startEmbedded({
    dataDir: scratchFolder('pg'),
    sync: false,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' },
  })
}

/** The URL of the server that the test processes of a run share, else of the one of this process. */
export async function testServerUrl(): Promise<string> {
  const shared = process.env[SHARED_SERVER]
  if (shared !== undefined) return shared
  server ??= startTestServer()
  return (await server).url
}

/**
 * A database cloned from a template, in some 30 ms. Call in `before`, `drop` in `after`.
 */
export async function createTestDatabase(template: Template = workspaceTemplate): Promise<TestDatabase> {
  const source = await templateDatabase(template)
  const name = `test_${randomBytes(6).toString('hex')}`
  await administer(`CREATE DATABASE ${quoteName(name)} TEMPLATE ${quoteName(source)} STRATEGY file_copy`)
  return describeDatabase(name, await testServerUrl())
}

/** A database made by a statement of your own, such as one in another encoding; `{name}` stands for its name. */
export async function createOddDatabase(statement: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await administer(statement.replace('{name}', quoteName(name)))
  return describeDatabase(name, await testServerUrl())
}

function describeDatabase(name: string, serverUrl: string): TestDatabase {
  const url = withDatabase(serverUrl, name)
  const opened: Database[] = []
  return {
    url,
    open(poolSize = 4) {
      const database = openDatabase({ url, poolSize, directPoolSize: 4 })
      opened.push(database)
      return database
    },
    async drop() {
      await Promise.all(opened.map((database) => database.close()))
      await administer(`DROP DATABASE ${quoteName(name)} WITH (FORCE)`)
    },
  }
}

function templateDatabase(template: Template): Promise<string> {
  const known = templates.get(template.key)
  if (known !== undefined) return known
  const built = buildTemplate(template)
  templates.set(template.key, built)
  return built
}

/** One process builds it, the others wait; a template that is marked as one is whole. */
function buildTemplate(template: Template): Promise<string> {
  const name = `template_${template.key}`
  return asAdministrator(async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name])
    const whole = await client.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [name])
    if (whole.rowCount === 1) return name
    await client.query(`DROP DATABASE IF EXISTS ${quoteName(name)} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${quoteName(name)}`)
    const url = withDatabase(await testServerUrl(), name)
    const database = openDatabase({ url, poolSize: 4 })
    try {
      await template.build(database, url)
    } finally {
      await database.close()
    }
    await client.query(`ALTER DATABASE ${quoteName(name)} IS_TEMPLATE true`)
    return name
  })
}

function administer(statement: string): Promise<unknown> {
  return asAdministrator((client) => client.query(statement))
}

async function asAdministrator<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: withDatabase(await testServerUrl(), 'postgres') })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function withDatabase(serverUrl: string, name: string): string {
  return serverUrl.replace(/\/[^/]*$/, `/${name}`)
}
