import { mayWrite, namedRecords } from '../../metadata/scenarios/acts.ts'
import { givenText, stepText } from '../../metadata/scenarios/story.ts'
import { bothOf } from '../../metadata/scenarios/values-text.ts'
import type { ScenarioDefinition } from '../../metadata/types.ts'
import { AppError, type LocalText } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { pointer } from '../model/pointer.ts'
import { type ScenarioResult, type StoryLine, scenarioLabel } from '../model/scenarios.ts'
import { automationOf } from '../records/automation.ts'
import type { Registry } from '../registry/registry.ts'
import { mismatchOf } from './expect.ts'
import { type Given, give, givenOf } from './give.ts'
import { perform } from './perform.ts'
import { engineContext, type Stage, settle } from './stage.ts'
import { labelsOf, problemsText } from './words.ts'

/** What stands in a line besides the outcome. */
type Told = Pick<StoryLine, 'path' | 'text'>
type Fault = Pick<StoryLine, 'expected' | 'found' | 'problems'>

/** Everything that a scenario tells, before it is played. */
interface Script {
  readonly definition: ScenarioDefinition
  readonly given: readonly Given[]
  readonly lines: readonly Told[]
}

function scriptOf(definition: ScenarioDefinition, model: CompiledModel, registry: Registry): Script {
  const given = givenOf(definition, { definitions: model.definitions, registry })
  const labels = labelsOf(model)
  const lines = [
    ...given.map((one) => ({ path: pointer('given', one.name), text: givenText(labels, one) })),
    ...definition.steps.map((step, index) => ({
      path: pointer('steps', index),
      text: stepText(labels, model.definitions, step, namedRecords(definition, index, model.definitions)),
    })),
  ]
  return { definition, given, lines }
}

/** Plays one scenario on a stage of its own and tells what came of it. */
export async function play(
  stage: Stage,
  definition: ScenarioDefinition,
  registry: Registry,
): Promise<ScenarioResult> {
  const script = scriptOf(definition, stage.model, registry)
  const failure =
    (await giveAll(stage, script)) ?? (await stepThrough(await watched(stage, registry), script))
  return resultOf(script, failure)
}

/** The same for one that is not played at all. */
export function unplayed(
  model: CompiledModel,
  definition: ScenarioDefinition,
  registry: Registry,
  why: LocalText,
): ScenarioResult {
  return resultOf(scriptOf(definition, model, registry), { line: 0, at: '', found: why })
}

/** From now on what acts by itself does so: what is given has been there before. */
async function watched(stage: Stage, registry: Registry): Promise<Stage> {
  const automation = automationOf(registry)
  if (automation === undefined) return stage
  return { ...stage, automation: { of: automation, mark: await automation.begin(engineContext(stage)) } }
}

interface Failure extends Fault {
  readonly line: number
  /** Below the path of the line. */
  readonly at: string
}

async function giveAll(stage: Stage, { given }: Script): Promise<Failure | undefined> {
  let current = ''
  try {
    await give(stage, given, (name) => {
      current = name
    })
    return undefined
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'HTTP_UNAVAILABLE') throw error
    const { problems } = error
    const { entity = '' } = given.find(({ name }) => name === current) ?? {}
    return {
      line: given.findIndex(({ name }) => name === current),
      at: '',
      expected: { en: 'It should be possible.', 'zh-CN': '应当可以建立。' },
      found: bothOf((language) => problemsText(stage.model, entity, problems, language)),
      problems,
    }
  }
}

async function stepThrough(stage: Stage, { definition, given }: Script): Promise<Failure | undefined> {
  for (const [index, step] of definition.steps.entries()) {
    const outcome = await perform(stage, step)
    if (mayWrite(step)) await settle(stage)
    const mismatch = await mismatchOf(stage, step, outcome)
    if (mismatch !== undefined) return { line: given.length + index, ...mismatch }
  }
  return undefined
}

function resultOf({ definition, lines }: Script, failure: Failure | undefined): ScenarioResult {
  const story = lines.map(({ path, text }, index): StoryLine => {
    if (failure === undefined || index < failure.line) return { path, text, outcome: 'passed' }
    if (index > failure.line) return { path, text, outcome: 'skipped' }
    const { expected, found, problems } = failure
    return {
      path: path + failure.at,
      text,
      outcome: 'failed',
      ...(expected === undefined ? {} : { expected }),
      ...(found === undefined ? {} : { found }),
      ...(problems === undefined || problems.length === 0 ? {} : { problems }),
    }
  })
  return {
    name: definition.name,
    label: scenarioLabel(definition),
    requirement: definition.requirement,
    priority: definition.priority ?? 'must',
    passed: failure === undefined,
    story,
  }
}
