import { createEngine } from '../../engine/app.ts'
import { type EngineOptions, startEngine, type TestEngine, testConfig } from './engine.ts'
import type { Template } from './postgres.ts'

/** By which whatever it encrypts is read again, in whatever folder. */
export const SALES_SECRET = 'a key of thirty-two characters or more'

/** The sales template as the first start installs it, without its data. */
export const salesTemplate: Template = {
  key: 'sales',
  async build(_database, url) {
    const engine = await createEngine(
      testConfig(url, { TENON_TEMPLATE: 'sales', TENON_SECRET_KEY: SALES_SECRET }),
    )
    await engine.close()
  },
}

/** An engine with the sales template, which is installed once a test process. */
export function startSales(options: Pick<EngineOptions, 'env'> = {}): Promise<TestEngine> {
  return startEngine({ env: { TENON_SECRET_KEY: SALES_SECRET, ...options.env }, template: salesTemplate })
}
