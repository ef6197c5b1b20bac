import type { Database } from '../../db/database.ts'
import type { FileStore } from '../../files/file-store.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import type { ModelContext } from '../../model/kinds/kind-spec.ts'
import type { Observe } from '../../observe.ts'
import type { RequestContext } from '../../records/context.ts'
import { requestContext } from '../../records/context.ts'
import type { TellDeps, TellWakes } from '../telling/deps.ts'

/** What flows stand on; a scenario fills it with its own database, model and clock. */
export interface FlowDeps extends TellDeps {
  /** The model in force. @param isStale whether the one known turned out to be out of date */
  modelOf(workspace: string, isStale?: boolean): Promise<CompiledModel | undefined>
  readonly observe: Observe
  /** Runs of one workspace that take a step at a time, 2 by default. */
  readonly lanes?: number
  /** Where contents of files lie; where there is none (a scenario) documents are told of and not printed. */
  readonly files?: FileStore
  /** Whether it is a scenario: what leaves the database is told and not done. */
  readonly isPlayed?: boolean
  /** Calls those who run flows. */
  readonly wakes: Wakes
}

/** How work is called for later; nothing is called where somebody asks for it anyway. */
export interface Wakes extends TellWakes {
  /** Runs of a workspace are due: at once, or those that are named each not before its time. */
  runs(
    tx: Pick<Database, 'query'>,
    workspace: string,
    later?: readonly { readonly at: Date; readonly run: string }[],
  ): Promise<void>
  /** The times of a workspace's flows must be looked at by then. */
  clock(tx: Pick<Database, 'query'>, workspace: string, at: Date): Promise<void>
}

/** Nobody is called: whoever asks does the work at once, or takes it back. */
export const NO_WAKES: Wakes = {
  runs: async () => undefined,
  clock: async () => undefined,
  outgoing: async () => undefined,
  deliveries: async () => undefined,
}

export function modelContext(deps: Pick<FlowDeps, 'registry'>, { definitions }: CompiledModel): ModelContext {
  return { definitions, registry: deps.registry }
}

/** The rights and the name under which flows write: the engine's, told as a flow's. */
export function flowContext(
  deps: Pick<FlowDeps, 'db' | 'registry' | 'now'>,
  model: CompiledModel,
  { run, name, db = deps.db }: { readonly run?: string; readonly name: string; readonly db?: Database },
): RequestContext {
  return requestContext({
    ...{ model, db, via: 'flow', search: deps.registry.search(), now: deps.now },
    actor: {
      ...{ kind: 'flow', id: undefined, name, roles: ['administrator'], roleKey: 'administrator' },
      language: model.settings.language,
    },
    origin: { address: undefined, request: run },
  })
}
