import type { Database } from '../db/database.ts'
import { type Observe, observeNothing } from '../observe.ts'
import type { Registry } from '../registry/registry.ts'
import { MODEL_CHANNEL } from './apply.ts'
import { type CompileSource, compileModel } from './compile.ts'
import type { CompiledModel, DefinitionSet } from './compiled.ts'
import { compilePilot } from './pilots/choose.ts'
import { toPhysicalMap } from './place.ts'
import { compileSilent } from './silent/compile-silent.ts'
import { loadState, placeOfWorkspace } from './state.ts'

/** Keeps the compiled model in force of each workspace at hand, and in step with what other nodes publish. */
export interface ModelStore {
  /** The model in force, loaded if need be; undefined where there is no such workspace. */
  current(workspace: string): Promise<CompiledModel | undefined>
  /** The model when it is in memory, at no cost. */
  peek(workspace: string): CompiledModel | undefined
  /** Loads what is in force now, if it is newer than what is in memory. */
  refresh(workspace: string): Promise<CompiledModel | undefined>
  /** Stops listening and checking. */
  close(): Promise<void>
}

export interface ModelStoreOptions {
  /** Models kept in memory, 50 by default; the one used longest ago goes first. */
  readonly capacity?: number
  /** Milliseconds between two checks that no notification was missed, 3,000 by default. */
  readonly checkIntervalMs?: number
  /** Told of models swapped, and of a load or check in the background that failed: the model in memory stays. */
  readonly observe?: Observe
}

const DEFAULT_CAPACITY = 50
const DEFAULT_CHECK_INTERVAL_MS = 3_000

/** Opens the store and begins to listen. A request takes the model once and keeps it; the store only swaps. */
export async function createModelStore(
  db: Database,
  registry: Registry,
  options: ModelStoreOptions = {},
): Promise<ModelStore> {
  const observe = options.observe ?? observeNothing
  const models = createModelCache(options.capacity ?? DEFAULT_CAPACITY)
  const loader = createLoader({ db, registry, models, observe })

  const checkAll = async () => {
    const stale = await staleWorkspaces(db, models.all())
    for (const workspace of stale) loader.refreshQuietly(workspace)
  }
  const checkQuietly = () => {
    checkAll().catch((error: unknown) => {
      observe('fault', { during: 'model check', error })
      // One workspace may be gone, which fails the check of all: each on its own says which.
      for (const { workspace } of models.all()) loader.refreshQuietly(workspace)
    })
  }
  const onPayload = (payload: string) => {
    const { workspace, version, contentRevision } = parsePayload(payload)
    const model = models.peek(workspace)
    if (model === undefined) return
    if (model.version < version || model.contentRevision < contentRevision) loader.refreshQuietly(workspace)
  }
  const stopListening = await db.listen(MODEL_CHANNEL, onPayload, checkQuietly)
  const timer = setInterval(checkQuietly, options.checkIntervalMs ?? DEFAULT_CHECK_INTERVAL_MS)
  timer.unref()

  return {
    peek: models.use,
    current: async (workspace) => models.use(workspace) ?? loader.current(workspace),
    refresh: loader.refresh,
    async close() {
      clearInterval(timer)
      await stopListening()
      await loader.settle()
    },
  }
}

interface ModelCache {
  /** Finds a model and counts it as just used. */
  use(workspace: string): CompiledModel | undefined
  peek(workspace: string): CompiledModel | undefined
  keep(model: CompiledModel): void
  drop(workspace: string): void
  all(): readonly CompiledModel[]
}

function createModelCache(capacity: number): ModelCache {
  const models = new Map<string, CompiledModel>() // in the order of use
  const keep = (model: CompiledModel) => {
    models.delete(model.workspace)
    models.set(model.workspace, model)
    const oldest = models.keys().next().value
    if (models.size > capacity && oldest !== undefined) models.delete(oldest)
  }
  return {
    use(workspace) {
      const model = models.get(workspace)
      if (model !== undefined && models.size > 1) keep(model)
      return model
    },
    peek: (workspace) => models.get(workspace),
    keep,
    drop: (workspace) => void models.delete(workspace),
    all: () => [...models.values()],
  }
}

interface LoaderSource {
  readonly db: Database
  readonly registry: Registry
  readonly models: ModelCache
  readonly observe: Observe
}

/** Loads one workspace at a time into the cache. */
function createLoader({ db, registry, models, observe }: LoaderSource) {
  const loading = new Map<string, Promise<CompiledModel | undefined>>()

  async function load(workspace: string): Promise<CompiledModel | undefined> {
    const known = models.peek(workspace)
    const begun = performance.now()
    const model = await loadModel(db, registry, workspace, known, observe)
    if (model === undefined) models.drop(workspace)
    else models.keep(model)
    if (model !== undefined && model !== known) {
      const seconds = (performance.now() - begun) / 1000
      observe('model_swapped', { workspace, version: model.version, seconds })
    }
    return model
  }

  /** One asked for while another runs follows it, since that may have read too early. */
  function refresh(workspace: string): Promise<CompiledModel | undefined> {
    const before = loading.get(workspace)?.catch(ignore) ?? Promise.resolve()
    const next = before.then(() => load(workspace))
    loading.set(workspace, next)
    const clear = () => {
      if (loading.get(workspace) === next) loading.delete(workspace)
    }
    next.then(clear, clear)
    return next
  }

  return {
    refresh,
    current: (workspace: string) => loading.get(workspace) ?? refresh(workspace),
    refreshQuietly(workspace: string): void {
      refresh(workspace).catch((error: unknown) =>
        observe('fault', { during: `model of ${workspace}`, error }),
      )
    },
    settle: () => Promise.allSettled(loading.values()),
  }
}

function ignore(): void {
  // a failed load is told to whoever asked for it
}

/** The model in force; the known one itself when it is still that. */
async function loadModel(
  db: Database,
  registry: Registry,
  workspace: string,
  known: CompiledModel | undefined,
  observe: Observe,
): Promise<CompiledModel | undefined> {
  const place = await placeOfWorkspace(db, workspace)
  if (place === undefined) return undefined
  const { schema, sandboxOf } = place
  if (known !== undefined && (await staleWorkspaces(db, [known])).length === 0) return known
  const state = await loadState(db, schema)
  const source: CompileSource = {
    workspace,
    schema,
    version: state.version,
    contentRevision: state.contentRevision,
    definitions: state.definitions,
    physical: toPhysicalMap(state.physical),
    settings: state.settings,
    registry,
    sandboxOf,
    vault: hasSealed(state.definitions, registry) ? await registry.vaults().open(schema) : undefined,
  }
  const pilots = compiledTrials(state.pilots, (pilot) => compilePilot(source, pilot, registry))
  const silent = compiledTrials(state.silent, (run) => compileSilent(source, run, registry))
  return compileModel({ ...source, pilots, silent })

  /** Without one that does not compile its people have what is in force: whatever is wrong with a trial, nobody's work stops. */
  function compiledTrials<T extends { readonly id: string }, C>(
    trials: readonly T[],
    compile: (trial: T) => C,
  ): readonly C[] {
    return trials.flatMap((trial) => {
      try {
        return [compile(trial)]
      } catch (error) {
        observe('fault', { during: `trial ${trial.id} of ${workspace}`, error })
        return []
      }
    })
  }
}

function hasSealed(definitions: DefinitionSet, registry: Registry): boolean {
  const fields = [...definitions.entity.values()].flatMap((entity) => entity.fields)
  return fields.some((field) => registry.typeOf(field)?.sealing !== undefined)
}

/** The workspaces of those models that are no longer in force, in one statement. */
async function staleWorkspaces(db: Database, models: readonly CompiledModel[]): Promise<string[]> {
  if (models.length === 0) return []
  const parts = models.map(
    (model, index) => `SELECT ${index} AS i, version, content_revision FROM ${model.schema}.tenon_current`,
  )
  const { rows } = await db.query<{ i: number; version: number; content_revision: string }>({
    text: parts.join(' UNION ALL '),
  })
  return rows.flatMap((row) => {
    const model = models[row.i]
    if (model === undefined) return []
    const isCurrent = model.version === row.version && model.contentRevision === Number(row.content_revision)
    return isCurrent ? [] : [model.workspace]
  })
}

function parsePayload(payload: string) {
  const [workspace = '', version, contentRevision] = payload.split(':')
  return { workspace, version: Number(version), contentRevision: Number(contentRevision) }
}
