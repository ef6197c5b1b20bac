import { type Language, type Problem, problemHint, problemMessage } from '../../errors.ts'
import type { Job } from '../../jobs/job.ts'
import type { ChangesetSummary } from '../../model/changesets.ts'
import type { Plan, PlannedStep } from '../../model/plan.ts'
import type { Step } from '../../model/steps.ts'
import type { Simulation } from '../../records/simulate.ts'

/** A problem as clients read it, in their language. */
export function presentFault(fault: Problem, language: Language): object {
  const hint = problemHint(fault, language)
  return {
    code: fault.code,
    path: fault.path,
    message: problemMessage(fault, language),
    ...(hint === undefined ? {} : { hint }),
    ...(fault.span === undefined ? {} : { span: fault.span }),
  }
}

export function presentChangeset(changeset: ChangesetSummary): object {
  return {
    id: changeset.id,
    label: changeset.label,
    base_version: changeset.baseVersion,
    state: changeset.state,
    version: changeset.version ?? null,
    created_at: changeset.createdAt,
    created_by: changeset.createdBy ?? null,
  }
}

/** A plan as the person who confirms it reads it. Scenarios come with the kind of that name. */
export function presentPlan(
  plan: Plan,
  tried: { readonly simulations: readonly Simulation[]; readonly warnings: readonly Problem[] },
  language: Language,
): object {
  return {
    hash: plan.hash,
    base_version: plan.baseVersion,
    steps: plan.steps.map((step) => presentPlannedStep(step, language)),
    scenarios: [],
    warnings: tried.warnings.map((fault) => presentFault(fault, language)),
    simulations: tried.simulations.map(({ isSample, ...simulation }) => ({
      ...simulation,
      sample: isSample,
    })),
    problems: [],
  }
}

function presentPlannedStep(step: PlannedStep, language: Language): object {
  return {
    ...presentStep(step, language),
    path: step.path,
    ...(step.records === undefined ? {} : { records: step.records }),
    ...(step.isPrepared ? { prepare: true } : {}),
  }
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
export function presentJob(job: Job, language: Language): object {
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
        : { problems: problems.map((fault) => presentFault(fault, language)) },
    created_at: job.createdAt,
    updated_at: job.updatedAt,
    created_by: job.createdBy ?? null,
  }
}
