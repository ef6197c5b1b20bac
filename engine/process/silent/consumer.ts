import type { EventConsumer } from '../../events/consumer.ts'
import type { EventBatch, WorkspaceEvent } from '../../events/event.ts'
import type { CompiledModel, RunningSilent } from '../../model/compiled.ts'
import { callSilent, noteFor, openRuns } from '../../model/silent/note.ts'
import { isByWrite } from '../../model/silent/watched.ts'
import type { FlowDeps } from '../flows/deps.ts'
import { movedTimes } from './clock.ts'
import { modelWith } from './model-with.ts'

const LOOKED_AT: ReadonlySet<string> = new Set(['create', 'update', 'delete', 'restore', 'approval'])

/**
 * Notes the writes that a draft which runs silently is to judge; whoever judges them is called by the queue. Where none
 * runs, or each has looked at enough, events are passed over.
 */
export function silentConsumer(deps: FlowDeps): EventConsumer {
  return {
    name: 'silent',
    isIdle: async (_workspace, { schema, tx }) => (await openRuns(tx, schema)).length === 0,
    async take({ workspace, schema, events }: EventBatch, tx) {
      const open = await openRuns(tx, schema)
      const model = await modelWith(deps, workspace, open)
      let noted = 0
      for (const one of open) {
        const run = model?.silent.find(({ id }) => id === one.id)
        if (model === undefined || run === undefined) continue
        const recent = events.filter((event) => isRecent(run, event))
        const own = recent.filter((event) => isLookedAt(model, run, event))
        const moments = await movedTimes(deps, { inForce: model, run }, tx, recent)
        noted += await noteFor(tx, schema, one, [...own, ...moments])
      }
      if (noted > 0) await callSilent(tx, workspace)
    },
  }
}

function isRecent({ begunAt }: RunningSilent, { record, via, action, at }: WorkspaceEvent): boolean {
  return record !== null && via !== 'template' && LOOKED_AT.has(action) && new Date(at) >= new Date(begunAt)
}

function isLookedAt(model: CompiledModel, { watched }: RunningSilent, event: WorkspaceEvent): boolean {
  return watched.some((one) => isByWrite(one) && model.entities.get(one.entity ?? '')?.id === event.entity)
}
