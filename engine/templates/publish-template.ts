import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../db/database.ts'
import { AppError, type Problem, refuse } from '../errors.ts'
import { findJob, type JobFailure } from '../jobs/job.ts'
import {
  type ChangesetItem,
  type ChangesetSummary,
  discardChangeset,
  loadChangeset,
  openChangeset,
  saveItems,
} from '../model/changesets.ts'
import { planImport } from '../model/import.ts'
import type { ChangeSource, NoteDefinitions } from '../model/note.ts'
import { type Plan, planDraft } from '../model/plan.ts'
import { publishDraft } from '../model/publish.ts'
import type { RunScenarios } from '../model/scenarios.ts'
import { loadState } from '../model/state.ts'
import type { Registry } from '../registry/registry.ts'
import type { Template } from './read-template.ts'

export interface PublishTemplateDeps {
  readonly db: Database
  readonly registry: Registry
  readonly workspace: string
  /** Quoted. */
  readonly schema: string
  readonly note?: NoteDefinitions | undefined
  readonly scenarios?: RunScenarios | undefined
  readonly from?: ChangeSource | undefined
}

export interface PublishTemplateOptions {
  /** Also when something that is there now would be lost. */
  readonly acceptLosses: boolean
  /** Why it is published although scenarios fail. */
  readonly reason?: string | undefined
}

/**
 * Puts a template's definitions in force as one version; what is in force already makes none.
 * @returns the version in force afterwards
 * @throws AppError with every problem, its path in the template's files; TEMPLATE_LOSES
 */
export async function publishTemplate(
  deps: PublishTemplateDeps,
  template: Template,
  options: PublishTemplateOptions,
): Promise<number> {
  const { db, registry, schema } = deps
  const state = await loadState(db, schema)
  const items = await byFile(template, () =>
    planImport(
      state.definitions,
      template.definitions.map((one) => one.definition),
      registry,
      { isWhole: false },
    ),
  )
  if (items.length === 0) return state.version
  const draft = await openChangeset(db, schema, {
    label: labelOf(template),
    createdBy: undefined,
    baseVersion: state.version,
  })
  try {
    const hash = await planItems(deps, template, draft, items, options)
    const outcome = await publishDraft(deps, {
      changeset: draft.id,
      hash,
      by: undefined,
      reason: options.reason,
    })
    return 'version' in outcome ? outcome.version : await versionOfJob(deps, outcome.job)
  } catch (error) {
    await discardOpen(deps, draft.id)
    throw error
  }
}

function labelOf({ manifest }: Template): string {
  return `Template ${manifest.name} ${manifest.version}`
}

async function planItems(
  deps: PublishTemplateDeps,
  template: Template,
  draft: ChangesetSummary,
  items: readonly ChangesetItem[],
  { acceptLosses }: PublishTemplateOptions,
): Promise<string> {
  const { db, schema, registry } = deps
  const state = await loadState(db, schema)
  await saveItems(db, schema, draft.id, items, draft.baseVersion)
  const changeset = await loadChangeset(db, schema, draft.id)
  const plan = await byFile(template, () =>
    planDraft({ db, schema, registry, state, counts: 'whether_any' }, changeset),
  )
  const losses = lossesOf(plan)
  if (losses.length > 0 && !acceptLosses) throw losesProblem(losses)
  return plan.hash
}

function lossesOf({ steps }: Plan): Plan['steps'] {
  return steps.filter((step) => step.tag === 'lossy')
}

function losesProblem(losses: Plan['steps']): AppError {
  const list = (language: 'en' | 'zh-CN') => losses.map((step) => step.sentence[language]).join(' ')
  return refuse('TEMPLATE_LOSES', '', { params: { steps: { en: list('en'), 'zh-CN': list('zh-CN') } } })
}

/** A draft that came to nothing is not left lying about. */
async function discardOpen({ db, schema }: PublishTemplateDeps, draft: string): Promise<void> {
  const { state } = await loadChangeset(db, schema, draft)
  if (state === 'open') await discardChangeset(db, schema, draft)
}

const POLL_MS = 250

/** Waits for the job that prepares full tables: a running Tenon works it off. */
async function versionOfJob({ db, schema }: PublishTemplateDeps, id: string): Promise<number> {
  for (;;) {
    const job = await findJob(db, schema, id)
    if (job?.state === 'done') return (job.result as { version: number }).version
    if (job?.state === 'failed') throw new AppError((job.result as JobFailure).problems)
    await delay(POLL_MS)
  }
}

/** Runs a step of the model; its problems get the file in which the definition stands. */
async function byFile<T>(template: Template, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(
      error.problems.map((fault) => atFile(template, fault)),
      { cause: error },
    )
  }
}

/** `/definitions/3/…` and `/entity/account/…` as `definitions/entity/account.json#/…`. */
function atFile({ definitions }: Template, fault: Problem): Problem {
  const [, first = '', second = '', ...rest] = fault.path.split('/')
  const found =
    first === 'definitions'
      ? definitions[Number(second)]
      : definitions.find(({ kind, name }) => kind === first && name === second)
  return found === undefined ? fault : { ...fault, path: [`${found.file}#`, ...rest].join('/') }
}
