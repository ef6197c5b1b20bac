import type { Database } from '../db/database.ts'
import { AppError, problem, refuse } from '../errors.ts'
import { bootstrapWorkspace } from '../model/bootstrap.ts'
import type { RunScenarios } from '../model/scenarios.ts'
import { schemaOf } from '../model/state.ts'
import type { ModelStore } from '../model/store.ts'
import { publishPorts } from '../records/fill-computed.ts'
import type { Registry } from '../registry/registry.ts'
import { type AnsweredTemplate, type Answering, answerTemplate } from './answer-template.ts'
import { keptAnswers, listInstalled, noteInstalled } from './installed.ts'
import { type LoadRows, loadData } from './load-data.ts'
import { publishTemplate } from './publish-template.ts'
import { readTemplate, type Template } from './read-template.ts'

export interface TemplateDeps {
  readonly db: Database
  readonly registry: Registry
  readonly models: Pick<ModelStore, 'refresh'>
  readonly progress: (line: string) => void
  /** How rows of a CSV file become records; the import fills this in. */
  readonly loadRows: LoadRows
  /** Tries its scenarios before its definitions are in force. */
  readonly scenarios: RunScenarios
}

export interface InstallOptions {
  /** Loads the template's data as well. */
  readonly withDemo: boolean
  /** Also when something that is there now would be lost. */
  readonly acceptLosses?: boolean
  /** Why its definitions are put in force although scenarios fail. */
  readonly reason?: string | undefined
  /** Answers to what the template asks, by the names of its parameters; those of the install before stand otherwise. */
  readonly answers?: Answering['given']
  readonly now?: Date
}

export interface InstallOutcome {
  readonly template: AnsweredTemplate
  /** The version in force afterwards. */
  readonly version: number
  /** Records that this install made. */
  readonly records: number
}

/**
 * Installs a template: its definitions as one version, then its data. What is there already is left alone, so that
 * a second install changes nothing and one that was cut off goes on where it stopped.
 * @throws AppError with every problem of the folder, the definitions or the data, its path in the template's files
 */
export async function installTemplate(
  deps: TemplateDeps,
  workspace: string,
  folder: string,
  options: InstallOptions,
): Promise<InstallOutcome> {
  const read = readTemplate(folder)
  const { db, registry, progress, scenarios } = deps
  const schema = await schemaOf(db, workspace)
  if (schema === undefined) throw refuse('WORKSPACE_UNKNOWN', '', { params: { name: workspace } })
  await bootstrapWorkspace(db, registry, workspace)
  const kept = await keptAnswers(db, schema, read.manifest.name)
  const template = answerTemplate(read, registry, { given: options.answers, kept })
  await assertRequirements(deps, schema, template)
  const { name, version: templateVersion } = template.manifest
  progress(`Installing the template ${name} ${templateVersion}`)
  const acceptLosses = options.acceptLosses === true
  const from = { via: 'template', address: undefined, request: undefined }
  const target = { db, registry, workspace, schema, ...publishPorts, scenarios, from }
  const version = await publishTemplate(target, template, { acceptLosses, reason: options.reason })
  const records = options.withDemo ? await loadData(deps, workspace, template, options.now ?? new Date()) : 0
  await noteInstalled(db, schema, { name, version: templateVersion, answers: template.answers })
  return { template, version, records }
}

/** @throws AppError TEMPLATE_REQUIRED for each template that must be there and is not */
async function assertRequirements(
  { db }: TemplateDeps,
  schema: string,
  { manifest }: Template,
): Promise<void> {
  const { requires = [] } = manifest
  if (requires.length === 0) return
  const installed = new Set((await listInstalled(db, schema)).map((one) => one.name))
  const missing = requires.filter((name) => !installed.has(name))
  if (missing.length === 0) return
  throw new AppError(
    missing.map((name) => problem('TEMPLATE_REQUIRED', 'template.json#/requires', { params: { name } })),
  )
}
