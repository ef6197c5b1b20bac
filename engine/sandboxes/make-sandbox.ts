import { setTimeout as delay } from 'node:timers/promises'
import type { Database, Transaction } from '../db/database.ts'
import { createWorkspaceIn, dropWorkspaceIn, inMigration } from '../db/migrate.ts'
import { quoteName } from '../db/values.ts'
import { refuse } from '../errors.ts'
import { enqueueJob } from '../jobs/queue.ts'
import { applyVersion, notifyModel } from '../model/apply.ts'
import { LIVE_SOURCE, saveBase } from '../model/bases.ts'
import { compileModel } from '../model/compile.ts'
import type { CompiledModel, Definition, DefinitionSet } from '../model/compiled.ts'
import { isControlSetting } from '../model/control.ts'
import { listDefinitions, toDefinitionSet } from '../model/definition-set.ts'
import { comparisonOf } from '../model/duplicate-rules.ts'
import { changedComputed } from '../model/fill.ts'
import { toPhysicalMap } from '../model/place.ts'
import { REFRESH_KEYS_JOB } from '../model/refresh-keys.ts'
import { enqueueEntitySearch } from '../model/refresh-search.ts'
import { loadState, type WorkspaceState } from '../model/state.ts'
import { newId } from '../model/uuid.ts'
import { fillComputed } from '../records/fill-computed.ts'
import type { Registry } from '../registry/registry.ts'
import { laySample } from './lay-sample.ts'
import { makeUp } from './made-up.ts'
import { findSandbox, LIVE_VERSION, listSandboxes, MOST_SANDBOXES, type Sandbox } from './sandbox.ts'
import { administrators, takeSample } from './take-sample.ts'

export interface SandboxDeps {
  readonly db: Database
  readonly registry: Registry
}

export interface SandboxWish {
  readonly name: string
  /** What people call it; absent: its name. */
  readonly label?: string | undefined
  /** The latest records of each entity that it gets, people made up; 0: none. */
  readonly records: number
  readonly by: string | undefined
}

export interface MadeSandbox {
  readonly sandbox: Sandbox
  /** How many records it got. */
  readonly records: number
}

/** Records of each entity that may be asked for. */
export const MOST_SAMPLED = 500

/**
 * Makes a sandbox of a workspace: its definitions and settings as they are in force, those who administer it, and a
 * sample of records in which nobody real is left. One transaction: cut off at any moment, there is all of it or nothing.
 * @throws AppError WORKSPACE_NAME_INVALID, SANDBOX_*
 */
export async function makeSandbox(
  deps: SandboxDeps,
  live: CompiledModel,
  wish: SandboxWish,
): Promise<MadeSandbox> {
  if (live.sandboxOf !== undefined) throw refuse('SANDBOX_WITHIN')
  const { db } = deps
  const records = await inMigration(db, async (tx) => {
    if ((await listSandboxes(tx, live.workspace)).length >= MOST_SANDBOXES)
      throw refuse('SANDBOX_TOO_MANY', '', { params: { limit: MOST_SANDBOXES } })
    const { schema, created } = await createWorkspaceIn(tx, wish.name, undefined, live.workspace)
    if (!created) throw refuse('SANDBOX_NAME_TAKEN', '/name', { params: { name: wish.name } })
    await tx.query({
      text: 'UPDATE tenon.workspace SET label = $2 WHERE name = $1',
      values: [wish.name, wish.label ?? null],
    })
    return fillSandbox(tx, deps, live, { ...wish, schema: quoteName(schema) })
  })
  return { sandbox: await findSandbox(db, live.workspace, wish.name), records }
}

/** What belongs to one person or team stays theirs. */
export const sharedDefinitions = (set: DefinitionSet): readonly Definition[] =>
  listDefinitions(set).filter(
    (one) => (!('belongsTo' in one) || one.belongsTo === undefined) && !isControlSetting(one),
  )

async function fillSandbox(
  tx: Transaction,
  { db, registry }: SandboxDeps,
  live: CompiledModel,
  wish: SandboxWish & { readonly schema: string },
): Promise<number> {
  const { schema, name: workspace, by } = wish
  const from = await loadState(tx, live.schema)
  const definitions = sharedDefinitions(from.definitions)
  await tx.query({
    text: `UPDATE ${schema}.tenon_current SET settings = (SELECT settings FROM ${live.schema}.tenon_current)`,
  })
  await applyVersion(tx, {
    ...{ workspace, schema, registry, state: await loadState(tx, schema) },
    candidate: toDefinitionSet(definitions),
    label: LIVE_VERSION[live.settings.language](from.version),
    publishedBy: by,
    steps: [],
  })
  await saveBase(tx, schema, { source: LIVE_SOURCE, version: String(from.version), definitions })
  const source = compiled(registry, live.workspace, live.schema, from)
  const made = compiled(registry, workspace, schema, await loadState(tx, schema), live.workspace)
  const sample = await takeSample(tx, source, made, wish.records)
  const { language } = made.settings
  const records = await laySample(tx, {
    ...{ live: source, made, sample },
    known: new Set(await administrators(tx, source)),
    mask: { madeUp: makeUp(language), language, random: Math.random },
  })
  await refreshAll(tx, { db, registry }, made, by)
  return records
}

function compiled(
  registry: Registry,
  workspace: string,
  schema: string,
  state: WorkspaceState,
  sandboxOf?: string,
): CompiledModel {
  const { version, contentRevision, definitions, settings, physical } = state
  return compileModel({
    ...{ workspace, schema, version, contentRevision, definitions, settings, registry, sandboxOf },
    physical: toPhysicalMap(physical),
  })
}

/** What is worked out from other values is worked out anew: sums of a sample are not those of all. */
async function refreshAll(
  tx: Transaction,
  source: SandboxDeps,
  made: CompiledModel,
  by: string | undefined,
): Promise<void> {
  const computed = changedComputed(toDefinitionSet([]), made.definitions, source.registry)
  await fillComputed(tx, source, made, computed)
  for (const entity of made.entities.values()) {
    if (entity.searchFields.length > 0) await enqueueEntitySearch(tx, made.schema, entity.id, by)
    if (comparisonOf(made, entity) === undefined) continue
    const payload = { workspace: made.workspace, entity: entity.id }
    await enqueueJob(tx, made.schema, { id: newId(), kind: REFRESH_KEYS_JOB, payload, createdBy: by })
  }
}

/** Milliseconds that a try to remove one waits for what is under way in it, and in which all tries end. */
const REMOVE_WAIT_MS = 1_000
const REMOVE_WITHIN_MS = 20_000
const REMOVE_PAUSE_MS = 200

/** SQLSTATEs of what stands in the way: a lock that is held, two that wait for each other. */
const IN_THE_WAY: ReadonlySet<unknown> = new Set(['55P03', '40P01'])

/** Throws a sandbox away, with all that is in it. @throws AppError SANDBOX_UNKNOWN, SANDBOX_BUSY */
export async function removeSandbox(db: Database, live: CompiledModel, name: string): Promise<void> {
  const { version } = await findSandbox(db, live.workspace, name)
  const drop = async (tx: Transaction): Promise<void> => {
    await dropWorkspaceIn(tx, { name, schema: `ws_${name}` })
    // Whoever still has its model looks, and finds it gone.
    await notifyModel(tx, name, version + 1, 0)
  }
  const end = performance.now() + REMOVE_WITHIN_MS
  for (;;) {
    try {
      return await inMigration(db, drop, { lockTimeoutMs: REMOVE_WAIT_MS })
    } catch (error) {
      if (!IN_THE_WAY.has((error as { code?: unknown }).code)) throw error
      if (performance.now() > end) throw refuse('SANDBOX_BUSY')
      // Short waits and pauses between them: whoever works there goes on meanwhile.
      await delay(REMOVE_PAUSE_MS * (0.5 + Math.random()))
    }
  }
}
