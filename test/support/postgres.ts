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

/** What a template holds; it is built once a test process and cloned for each test file. */
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

let server: Promise<EmbeddedDatabase> | undefined
const templates = new Map<string, Promise<string>>()

/**
 * The URL of the one server of this test process; it keeps nothing and ends with the process. Processes do not share one:
 * transactions of another database on the same server hold up what waits for older ones to end.
 */
export async function testServerUrl(): Promise<string> {
  server ??= startEmbedded({
    dataDir: scratchFolder('pg'),
    sync: false,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
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

async function buildTemplate(template: Template): Promise<string> {
  const name = `template_${template.key}`
  await administer(`CREATE DATABASE ${quoteName(name)}`)
  const url = withDatabase(await testServerUrl(), name)
  const database = openDatabase({ url, poolSize: 4 })
  try {
    await template.build(database, url)
  } finally {
    await database.close()
  }
  return name
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(await testServerUrl(), 'postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function withDatabase(serverUrl: string, name: string): string {
  return serverUrl.replace(/\/[^/]*$/, `/${name}`)
}
