import { expect } from 'chai'
import type { Transaction } from '../../../engine/db/database.ts'
import type { WorkspaceEvent } from '../../../engine/events/event.ts'
import type { CompiledModel } from '../../../engine/model/compiled.ts'
import { flowConsumer } from '../../../engine/process/flows/consumer.ts'
import { type FlowDeps, NO_WAKES } from '../../../engine/process/flows/deps.ts'

describe('flows that hear of a model', () => {
  it('ask for the one in force after a publish, and after somebody tries a draft or no longer does', async () => {
    const asked: unknown[] = []
    const deps = {
      wakes: NO_WAKES,
      now: () => new Date(),
      modelOf: async (_workspace: string, isStale?: boolean) => {
        asked.push(isStale)
        return {} as CompiledModel
      },
    } as unknown as FlowDeps
    const hear = (action: string) =>
      flowConsumer(deps).take(
        { workspace: 'default', schema: '"ws"', events: [event(action)] },
        {} as Transaction,
      )
    for (const action of ['login', 'published', 'pilot']) await hear(action)
    expect(asked).to.deep.equal([false, true, true])
  })
})

function event(action: string): WorkspaceEvent {
  return {
    ...{ id: '1', source: 'audit', at: '2031-01-01T00:00:00.000Z', action, entity: null, record: null },
    ...{ version: null, actor: null, via: 'api', request: null, subject: null, changes: {}, fields: [] },
  }
}
