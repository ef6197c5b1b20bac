import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { createEngine } from '../../engine/app.ts'
import { beginDatabase } from '../../engine/begin-database.ts'
import { openCore } from '../../engine/core.ts'
import { DEFAULT_WORKSPACE } from '../../engine/http/workspace.ts'
import { importFile } from '../../engine/imports/import-file.ts'
import { observeNothing } from '../../engine/observe.ts'
import { runScenarios } from '../../engine/quality/run-scenarios.ts'
import { createShutdown } from '../../engine/shutdown.ts'
import { installTemplate } from '../../engine/templates/install.ts'
import { type EngineOptions, startEngine, type TestEngine, testConfig } from './engine.ts'
import type { Template } from './postgres.ts'
import { scratchFolder } from './scratch.ts'

/** By which whatever it encrypts is read again, in whatever folder. */
export const SALES_SECRET = 'a key of thirty-two characters or more'

const SALES = join(import.meta.dirname, '..', '..', 'seeds', 'sales')
const SCENARIOS = join(SALES, 'definitions', 'scenario')

/**
 * The sales template without its data and its scenarios: they would run at each publish, for seconds, and have tests of
 * their own (seed-scenarios).
 */
export const salesTemplate: Template = {
  key: 'sales',
  async build(_database, url) {
    const config = testConfig(url, { TENON_SECRET_KEY: SALES_SECRET })
    const empty = await createEngine(config)
    await empty.close()
    const folder = join(scratchFolder('sales'), 'sales')
    cpSync(SALES, folder, { recursive: true, filter: (path) => path !== SCENARIOS })
    const shutdown = createShutdown()
    try {
      const begun = beginDatabase(config, () => undefined, shutdown)
      const { database: db, registry, models } = await openCore(config, observeNothing, shutdown, begun)
      const deps = { db, registry, models, progress: () => undefined, loadRows: importFile }
      const wish = { withDemo: false }
      await installTemplate({ ...deps, scenarios: runScenarios }, DEFAULT_WORKSPACE, folder, wish)
    } finally {
      await shutdown.run()
    }
  },
}

/** An engine with the sales template, which is installed once a test process. */
export function startSales(options: Pick<EngineOptions, 'env'> = {}): Promise<TestEngine> {
  return startEngine({ env: { TENON_SECRET_KEY: SALES_SECRET, ...options.env }, template: salesTemplate })
}
