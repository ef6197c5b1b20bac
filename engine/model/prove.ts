import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Executor } from '../db/database.ts'
import { loadChangeset } from './changesets.ts'
import type { DefinitionSet } from './compiled.ts'
import { toStored } from './definition-set.ts'
import { planDraft } from './plan.ts'
import type { PublishDeps, PublishRequest } from './publish.ts'
import { loadScenarioRun } from './scenario-runs.ts'
import { type Proof, proofOf, type ScenarioResult } from './scenarios.ts'
import { loadState, type WorkspaceState } from './state.ts'

type ProofDeps = Pick<PublishDeps, 'db' | 'registry' | 'workspace' | 'scenarios'>

/** How long what scenarios said of a candidate holds, milliseconds: the day and the code stay the same meanwhile. */
const HOLDS_MS = 10 * 60_000
/** Candidates of which it is remembered what their scenarios said. */
const MOST_REMEMBERED = 8

const remembered = new Map<
  string,
  { readonly at: number; readonly results: Promise<readonly ScenarioResult[]> }
>()

/**
 * What the scenarios of a candidate say of it; [] where it has none, or nothing here can run them. They are a function of
 * the candidate: whoever publishes what was planned a moment ago need not wait for them again.
 */
export async function runCandidate(
  { db, registry, workspace, scenarios }: ProofDeps,
  { settings }: Pick<WorkspaceState, 'settings'>,
  definitions: DefinitionSet,
): Promise<readonly ScenarioResult[]> {
  if (scenarios === undefined || definitions.scenario.size === 0) return []
  const key = createHash('sha256')
    .update(JSON.stringify([workspace, settings, toStored(definitions)]))
    .digest('hex')
  const known = remembered.get(key)
  if (known !== undefined && Date.now() - known.at < HOLDS_MS) return known.results
  const results = scenarios({ db, registry, workspace, settings, definitions })
  remembered.delete(key)
  remembered.set(key, { at: Date.now(), results })
  if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!)
  // What could not be run is no verdict.
  results.catch(() => remembered.delete(key))
  return results
}

/**
 * Names of the scenarios that fail in what is in force, as they were run last, and that a candidate leaves as they are.
 * @param schema quoted
 */
export async function failingAlready(
  db: Executor,
  schema: string,
  { version, definitions }: Pick<WorkspaceState, 'version' | 'definitions'>,
  candidate: DefinitionSet,
): Promise<ReadonlySet<string>> {
  const run = await loadScenarioRun(db, schema)
  if (run?.version !== version) return new Set()
  const isKept = (name: string): boolean =>
    isDeepStrictEqual(definitions.scenario.get(name), candidate.scenario.get(name))
  return new Set(run.results.filter(({ name, passed }) => !passed && isKept(name)).map(({ name }) => name))
}

/**
 * Runs the scenarios of a draft before anything is locked. A draft that is not the one that was confirmed is left to the
 * publish itself, which says what is wrong with it.
 * @throws AppError META_SCENARIO_FAILED for each scenario that fails, without a reason to go ahead
 */
export async function proveDraft(deps: PublishDeps, request: PublishRequest): Promise<Proof | undefined> {
  const { db, schema, registry } = deps
  if (deps.scenarios === undefined) return undefined
  const changeset = await loadChangeset(db, schema, request.changeset)
  const state = await loadState(db, schema)
  if (changeset.state !== 'open' || changeset.baseVersion !== state.version) return undefined
  const plan = await planDraft({ db, schema, registry, state, counts: 'whether_any' }, changeset)
  const isBlocked = plan.steps.some(({ tag }) => tag === 'blocked')
  if (plan.hash !== request.hash || isBlocked) return undefined
  return proofOf(await runCandidate(deps, state, plan.candidate), request.reason)
}
