import { textIn } from '../../../metadata/text.ts'
import { type Language, type Problem, problemHint, problemMessage } from '../../errors.ts'
import type { Job } from '../../jobs/job.ts'
import type { ChangesetSummary } from '../../model/changesets.ts'
import type { Definition } from '../../model/compiled.ts'
import type { Drafted } from '../../model/drafted.ts'
import type { Estimate } from '../../model/estimate.ts'
import type { Plan, PlannedStep } from '../../model/plan.ts'
import type { ScenarioResult } from '../../model/scenarios.ts'
import type { Step } from '../../model/steps.ts'
import type { Taken, TakenUse } from '../../model/taken.ts'
import type { AssignmentSimulation } from '../../process/assignment/simulate.ts'
import type { Reader } from '../../records/context.ts'
import type { Person } from '../../records/people.ts'
import type { PlanTouched } from '../../records/plan-touched.ts'
import type { Simulation } from '../../records/simulate.ts'
import type { StepExample, StepExamples } from '../../records/step-examples.ts'
import { type ConversionSight, presentConversion } from './conversion-sight.ts'

/** A problem as clients read it, in their language. */
export function presentFault(fault: Problem, { actor, words }: Reader): object {
  const hint = problemHint(fault, actor.language, words?.problems)
  return {
    code: fault.code,
    path: fault.path,
    message: problemMessage(fault, actor.language, words?.problems),
    ...(hint === undefined ? {} : { hint }),
    ...(fault.span === undefined ? {} : { span: fault.span }),
  }
}

/** What a draft takes away, with the places to be put right. */
export function presentTaken({ uses, ...taken }: Taken): object {
  return { ...taken, uses: uses.map(presentMention) }
}

/** A place that names something, and how: by its key, or with a part of its text. */
export function presentMention<M extends Pick<TakenUse, 'inKey'>>({ inKey, ...mention }: M): object {
  return { ...mention, ...(inKey === undefined ? {} : { in_key: inKey }) }
}

/** @param owner who made it, as whoever asks may know them */
export function presentChangeset(changeset: ChangesetSummary, owner?: Person | null): object {
  return {
    id: changeset.id,
    label: changeset.label,
    base_version: changeset.baseVersion,
    state: changeset.state,
    version: changeset.version ?? null,
    created_at: changeset.createdAt,
    created_by: changeset.createdBy ?? null,
    ...(owner === undefined ? {} : { owner }),
    description: changeset.description ?? null,
    announcement: changeset.announcement ?? null,
  }
}

/** What a draft is about, in the reader's language. */
export function presentDrafted({ count, first }: Drafted, language: Language): object {
  const named = first.map(({ kind, name, label }) => ({ kind, name, label: textIn(label, language, name) }))
  return { count, first: named }
}

/** What is said of a plan besides its steps. */
export interface PlanTrials {
  /** Undefined where they are asked for by themselves. */
  readonly scenarios: readonly ScenarioResult[] | undefined
  /** Names of those that fail in what is in force. */
  readonly failing: ReadonlySet<string>
  readonly simulations: readonly (Simulation | AssignmentSimulation)[]
  readonly warnings: readonly Problem[]
  readonly touched: PlanTouched
  readonly estimate: Estimate
  readonly examples: StepExamples
}

/** A plan as the person who confirms it reads it, with what its scenarios say and its rules would do. */
export function presentPlan(plan: Plan, tried: PlanTrials, reader: Reader, sightOf: ConversionSight): object {
  const { language } = reader.actor
  return {
    hash: plan.hash,
    base_version: plan.baseVersion,
    steps: plan.steps.map((step) => ({
      ...presentPlannedStep(step, language, sightOf),
      ...presentExamples(tried.examples.get(step)),
    })),
    scenarios: tried.scenarios?.map((result) => presentTried(result, tried.failing, language)) ?? null,
    warnings: tried.warnings.map((fault) => presentFault(fault, reader)),
    touched: presentTouched(tried.touched, language),
    estimate: tried.estimate,
    simulations: tried.simulations.map(({ isSample, ...simulation }) => ({
      ...simulation,
      sample: isSample,
    })),
    problems: [],
  }
}

function presentTouched({ definitions, roles, people }: PlanTouched, language: Language): object {
  const named = ({ kind, name, label }: Definition) => ({ kind, name, label: textIn(label, language, name) })
  return { definitions: definitions.map(named), roles: roles.map(named), people }
}

/**
 * What a scenario says of a draft.
 * @param failing names of those that fail in what is in force
 */
export function presentTried(
  result: ScenarioResult,
  failing: ReadonlySet<string>,
  language: Language,
): object {
  return {
    ...presentScenario(result, language),
    ...(!result.passed && failing.has(result.name) ? { already: true } : {}),
  }
}

/** The result of a scenario as a story in one language. */
export function presentScenario(result: ScenarioResult, language: Language) {
  const { name, label, requirement, priority, passed, story } = result
  return {
    name,
    label: label[language],
    requirement: requirement ?? null,
    priority,
    passed,
    story: story.map(({ path, text, outcome, expected, found, problems }) => ({
      path,
      text: text[language],
      outcome,
      ...(expected === undefined ? {} : { expected: expected[language] }),
      ...(found === undefined ? {} : { found: found[language] }),
      ...(problems === undefined ? {} : { problems: problems.map(presentReason) }),
    })),
  }
}

/** By codes: for those who mend scenarios. */
function presentReason({ code, path, params }: Problem): object {
  return { code, path, ...(typeof params?.name === 'string' ? { name: params.name } : {}) }
}

function presentPlannedStep(step: PlannedStep, language: Language, sightOf: ConversionSight): object {
  return {
    ...presentStep(step, language),
    path: step.path,
    ...(step.records === undefined ? {} : { records: step.records }),
    ...(step.isPrepared ? { prepare: true } : {}),
    ...(step.conversion === undefined
      ? {}
      : { conversion: presentConversion(step.conversion, sightOf(step)) }),
  }
}

/** A few of the records that a step counts, as the examples of a conversion name theirs; absent where nobody may know one. */
function presentExamples(examples: readonly StepExample[] | undefined): object {
  if (examples === undefined) return {}
  return { examples: examples.map(({ id, label, ...rest }) => ({ ...rest, record: { id, label } })) }
}

/** A step without regard to records: what a comparison of versions shows. */
export function presentStep(step: Step, language: Language): object {
  const { kind, tag, definition, item, sentence, note, from, to } = step
  return {
    kind,
    tag,
    definition,
    ...(item === undefined ? {} : { item }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    sentence: sentence[language],
    ...(note === undefined ? {} : { note: note[language] }),
  }
}

/** A job as people follow it; what went wrong reads like any problem. */
export function presentJob(job: Job, reader: Reader): object {
  const { problems } = (job.result ?? {}) as { readonly problems?: readonly Problem[] }
  return {
    id: job.id,
    kind: job.kind,
    state: job.state,
    done: job.done,
    total: job.total ?? null,
    result:
      problems === undefined
        ? (job.result ?? null)
        : { problems: problems.map((fault) => presentFault(fault, reader)) },
    created_at: job.createdAt,
    updated_at: job.updatedAt,
    created_by: job.createdBy ?? null,
  }
}
