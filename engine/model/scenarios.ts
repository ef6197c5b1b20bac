import { textIn } from '../../metadata/text.ts'
import type { ScenarioDefinition } from '../../metadata/types.ts'
import type { Database } from '../db/database.ts'
import { AppError, type LocalText, type Problem, problem } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import type { DefinitionSet, WorkspaceSettings } from './compiled.ts'

export type Priority = NonNullable<ScenarioDefinition['priority']>

/** One line of the story that a scenario tells: what was given, what somebody did, what came of it. */
export interface StoryLine {
  /** JSON pointer into the scenario, to what the line tells. */
  readonly path: string
  readonly text: LocalText
  /** skipped: an earlier step failed. */
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly expected?: LocalText
  readonly found?: LocalText
  /** Why it was refused, by codes: for those who write scenarios by hand. */
  readonly problems?: readonly Problem[]
}

/** What came of one scenario. */
export interface ScenarioResult {
  readonly name: string
  readonly label: LocalText
  readonly requirement: string | undefined
  readonly priority: Priority
  readonly passed: boolean
  readonly story: readonly StoryLine[]
}

/** A model in the making, and where it may be tried. */
export interface ScenarioSource {
  readonly db: Database
  readonly registry: Registry
  readonly workspace: string
  readonly settings: WorkspaceSettings
  /** Checked definitions of the whole candidate. */
  readonly definitions: DefinitionSet
  /** Names of the scenarios to run; all where nothing is said. */
  readonly only?: readonly string[] | undefined
}

/** Runs scenarios on a model that is not in force, away from all business data; by name. */
export type RunScenarios = (source: ScenarioSource) => Promise<readonly ScenarioResult[]>

/** Why a version was published although scenarios fail; kept with it. */
export interface Override {
  readonly reason: string
  /** Names of the scenarios that failed. */
  readonly failed: readonly string[]
}

/** What scenarios said of a candidate before it was published. */
export interface Proof {
  readonly results: readonly ScenarioResult[]
  readonly override: Override | undefined
}

/** How a scenario is called, in both languages. */
export function scenarioLabel({ name, label }: ScenarioDefinition): LocalText {
  return { en: textIn(label, 'en', name), 'zh-CN': textIn(label, 'zh-CN', name) }
}

/** One problem a scenario that failed, at the step that did not go as expected. */
export function failuresOf(results: readonly ScenarioResult[]): readonly Problem[] {
  return results.filter(({ passed }) => !passed).map(failureOf)
}

function failureOf({ name, label, story }: ScenarioResult): Problem {
  const line = story.find(({ outcome }) => outcome === 'failed')
  const told = (language: 'en' | 'zh-CN') =>
    [line?.text[language], line?.expected?.[language], line?.found?.[language]].filter(Boolean).join(' ')
  const found = { en: told('en'), 'zh-CN': told('zh-CN') }
  return problem('META_SCENARIO_FAILED', `/scenario/${name}${line?.path ?? ''}`, { params: { label, found } })
}

/**
 * What the results mean for a publish.
 * @param reason why it may go ahead although scenarios fail
 * @throws AppError META_SCENARIO_FAILED for each scenario that failed, where there is no reason
 */
export function proofOf(results: readonly ScenarioResult[], reason: string | undefined): Proof {
  const failures = failuresOf(results)
  if (failures.length === 0) return { results, override: undefined }
  if (reason === undefined) throw new AppError(failures)
  const failed = results.filter(({ passed }) => !passed).map(({ name }) => name)
  return { results, override: { reason, failed } }
}
