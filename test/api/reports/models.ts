import { createModelStore } from '../../../engine/model/store.ts'
import type { TestEngine } from '../../support/engine.ts'
import { recordsRegistry } from '../records/world.ts'

/** The models of a running engine's workspaces, for what the engine does by the clock. */
export async function modelsOf(engine: TestEngine) {
  const registry = recordsRegistry()
  return { registry, models: await createModelStore(engine.database, registry, { observe: () => undefined }) }
}
