import { isDeepStrictEqual } from 'node:util'
import type { Executor } from '../db/database.ts'
import { loadChangeset } from './changesets.ts'
import type { DefinitionSet } from './compiled.ts'
import { planDraft } from './plan.ts'
import type { PublishDeps, PublishRequest } from './publish.ts'
import { loadScenarioRun } from './scenario-runs.ts'
import { type Proof, proofOf, type ScenarioResult } from './scenarios.ts'
import { loadState, type WorkspaceState } from './state.ts'

type ProofDeps = Pick<PublishDeps, 'db' | 'registry' | 'workspace' | 'scenarios'>

/**
 * What the scenarios of a candidate say of it; [] where it has none, or nothing here can run them. Whoever publishes what
 * was planned a moment ago need not wait again: what they said is kept by who runs them.
 */
export async function runCandidate(
  { db, registry, workspace, scenarios }: ProofDeps,
  { settings }: Pick<WorkspaceState, 'settings'>,
  definitions: DefinitionSet,
): Promise<readonly ScenarioResult[]> {
  if (scenarios === undefined || definitions.scenario.size === 0) return []
  return scenarios({ db, registry, workspace, settings, definitions })
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
