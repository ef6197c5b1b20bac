import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../db/database.ts'
import { AppError, type Problem, problem, refuse } from '../errors.ts'
import { findJob, type JobFailure } from '../jobs/job.ts'
import { type Base, loadBase, saveBase, templateSource } from '../model/bases.ts'
import { bringItems } from '../model/bring.ts'
import { equalDefinitions } from '../model/canonical.ts'
import {
  type ChangesetItem,
  type ChangesetSummary,
  discardChangeset,
  loadChangeset,
  openChangeset,
  saveItems,
} from '../model/changesets.ts'
import type { Definition } from '../model/compiled.ts'
import { findDefinition, listDefinitions, toDefinitionSet } from '../model/definition-set.ts'
import { readDefinitions } from '../model/import.ts'
import type { ChangeSource, NoteDefinitions } from '../model/note.ts'
import { type Plan, planDraft } from '../model/plan.ts'
import { publishDraft } from '../model/publish.ts'
import { rebaseDraft } from '../model/rebase.ts'
import type { RunScenarios } from '../model/scenarios.ts'
import { loadState, type WorkspaceState } from '../model/state.ts'
import type { Registry } from '../registry/registry.ts'
import type { AnsweredTemplate } from './answer-template.ts'
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
  template: AnsweredTemplate,
  options: PublishTemplateOptions,
): Promise<number> {
  const { db, schema } = deps
  const state = await loadState(db, schema)
  const brought = await byFile(template, () => bringTemplate(deps, template, state))
  const { items, brings } = brought
  if (items.length === 0) {
    await saveBase(db, schema, brings)
    return state.version
  }
  const draft = await openChangeset(db, schema, {
    label: labelOf(template),
    createdBy: undefined,
    baseVersion: state.version,
    brings,
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
    // Where the workspace and the template have changed the same, a person decides it in the designer.
    if (error instanceof AppError && error.code === 'META_BASE_MOVED') {
      const params = { draft: draft.label }
      throw new AppError([problem('TEMPLATE_CONFLICTS', '', { params }), ...error.problems], { cause: error })
    }
    await discardOpen(deps, draft.id)
    throw error
  }
}

/**
 * The items by which a template comes into a workspace. Where a version of it is there, only what the template has
 * changed since: what the workspace has made of the rest stays.
 */
export async function bringTemplate(
  { db, registry, schema }: Pick<PublishTemplateDeps, 'db' | 'registry' | 'schema'>,
  { manifest, definitions: written, answers }: Pick<AnsweredTemplate, 'manifest' | 'definitions' | 'answers'>,
  state: WorkspaceState,
): Promise<{ readonly items: readonly ChangesetItem[]; readonly brings: Base }> {
  const source = templateSource(manifest.name)
  const base = await loadBase(db, schema, source)
  // By the names that the template knows: what the workspace calls otherwise keeps its identity.
  const known = toDefinitionSet([...listDefinitions(state.definitions), ...(base?.definitions ?? [])])
  const read = readDefinitions(
    known,
    written.map(({ definition }) => definition),
    registry,
  )
  const definitions = read.map(({ definition }) => definition as Definition)
  const brings: Base = { source, version: manifest.version, definitions, answers }
  if (base !== undefined)
    return { items: bringItems(base.definitions, definitions, state.definitions, registry), brings }
  const items = read.filter(
    ({ kind, name, definition }) =>
      !equalDefinitions(findDefinition(state.definitions, kind, name), definition, registry),
  )
  return { items, brings }
}

export function labelOf({ manifest }: Pick<Template, 'manifest'>): string {
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
  await saveItems(db, schema, draft.id, items, draft.baseVersion)
  const { changeset, state } = await rebaseDraft({ db, schema, registry }, draft.id)
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
