import { createEngine } from '../../engine/app.ts'
import { type Config, readConfig } from '../../engine/config.ts'
import type { Database } from '../../engine/db/database.ts'
import { type Client, createClient } from './http.ts'
import { createTestDatabase, type Template, type TestDatabase, workspaceTemplate } from './postgres.ts'
import { scratchFolder } from './scratch.ts'

export const ADMIN = { email: 'admin@example.com', password: 'a long enough password' }

export interface EngineOptions {
  /** What the database begins with. */
  readonly template?: Template
  /** Settings as environment variables, above those of a test. */
  readonly env?: Readonly<Record<string, string>>
  /** Folders of further languages in place of the project's. */
  readonly languages?: string
  /** A second node on the database of a first. */
  readonly on?: TestEngine
}

export interface TestEngine {
  readonly url: string
  readonly database: Database
  readonly testDatabase: TestDatabase
  /** Not signed in. */
  readonly client: Client
  /** Signs in as the first administrator. */
  loginAdmin(): Promise<Client>
  stop(): Promise<void>
}

/** What an engine of a test is set to, with settings of its own above. */
export function testConfig(databaseUrl: string, env: EngineOptions['env'] = {}): Config {
  return readConfig({
    PORT: '0',
    DATABASE_URL: databaseUrl,
    TENON_DATA_DIR: scratchFolder('engine'),
    TENON_TEMPLATE: 'none',
    TENON_DEMO: '0',
    TENON_ADMIN_EMAIL: ADMIN.email,
    TENON_ADMIN_PASSWORD: ADMIN.password,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    ...env,
  })
}

/** An engine in this process, on a database of its own and a free port. Call in `before`, `stop` in `after`. */
export async function startEngine(options: EngineOptions = {}): Promise<TestEngine> {
  const testDatabase =
    options.on?.testDatabase ?? (await createTestDatabase(options.template ?? workspaceTemplate))
  const config = testConfig(testDatabase.url, options.env)
  const engine = await createEngine(config, undefined, undefined, undefined, options.languages)
  const client = createClient(engine.url)
  return {
    url: engine.url,
    database: engine.database,
    testDatabase,
    client,
    loginAdmin: () => client.login(ADMIN.email, ADMIN.password),
    async stop() {
      await engine.close()
      if (options.on === undefined) await testDatabase.drop()
    },
  }
}
