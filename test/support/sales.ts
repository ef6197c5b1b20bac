import { createEngine } from '../../engine/app.ts'
import { type EngineOptions, startEngine, type TestEngine, testConfig } from './engine.ts'
import type { Template } from './postgres.ts'

/** The sales template as the first start installs it, without its data. */
const salesTemplate: Template = {
  key: 'sales',
  async build(_database, url) {
    const engine = await createEngine(testConfig(url, { TENON_TEMPLATE: 'sales' }))
    await engine.close()
  },
}

/** An engine with the sales template, which is installed once a test process. */
export function startSales(options: Pick<EngineOptions, 'env'> = {}): Promise<TestEngine> {
  return startEngine({ ...options, template: salesTemplate })
}
