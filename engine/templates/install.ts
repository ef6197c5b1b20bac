import { join } from 'node:path'
import { SYSTEM_ACTOR } from '../access/actor.ts'
import type { Database } from '../db/database.ts'
import { AppError, type Problem, problem, refuse } from '../errors.ts'
import { bootstrapWorkspace } from '../model/bootstrap.ts'
import type { CompiledField, CompiledModel } from '../model/compiled.ts'
import type { RunScenarios } from '../model/scenarios.ts'
import { schemaOf } from '../model/state.ts'
import type { ModelStore } from '../model/store.ts'
import { type RequestContext, requestContext } from '../records/context.ts'
import { publishPorts } from '../records/fill-computed.ts'
import type { Registry } from '../registry/registry.ts'
import { listInstalled, noteInstalled } from './installed.ts'
import { publishTemplate } from './publish-template.ts'
import { readTemplate, type Template } from './read-template.ts'
import { daysBetween, shiftDates, todayIn } from './shift-dates.ts'

export interface TemplateDeps {
  readonly db: Database
  readonly registry: Registry
  readonly models: ModelStore
  readonly progress: (line: string) => void
  /** How rows of a CSV file become records; the import fills this in. */
  readonly loadRows: LoadRows
  /** Tries its scenarios before its definitions are in force. */
  readonly scenarios: RunScenarios
}

/** Loads a CSV file whose columns bear the names of fields; what was loaded before is not loaded again. */
export type LoadRows = (
  source: () => Promise<RequestContext>,
  request: {
    readonly entity: string
    readonly file: string
    readonly maps: readonly never[]
    readonly values: readonly never[]
    readonly errorFile: null
    readonly adjust: (field: CompiledField, value: unknown) => unknown
    readonly onRejected: (rows: readonly RefusedRow[]) => void
  },
) => Promise<{ readonly stored: number; readonly total: number; readonly wasFinished: boolean }>

export interface RefusedRow {
  readonly row: { readonly line: number }
  readonly problems: readonly Problem[]
}

export interface InstallOptions {
  /** Loads the template's data as well. */
  readonly withDemo: boolean
  /** Also when something that is there now would be lost. */
  readonly acceptLosses?: boolean
  /** Why its definitions are put in force although scenarios fail. */
  readonly reason?: string | undefined
  readonly now?: Date
}

export interface InstallOutcome {
  readonly template: Template
  /** The version in force afterwards. */
  readonly version: number
  /** Records that this install made. */
  readonly records: number
}

/** Problems of data that are told; the rest would say the same again. */
const MAX_TOLD = 20

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
  const template = readTemplate(folder)
  const { db, registry, progress, scenarios } = deps
  const schema = await schemaOf(db, workspace)
  if (schema === undefined) throw refuse('WORKSPACE_UNKNOWN', '', { params: { name: workspace } })
  await bootstrapWorkspace(db, registry, workspace)
  await assertRequirements(deps, schema, template)
  const { name, version: templateVersion } = template.manifest
  progress(`Installing the template ${name} ${templateVersion}`)
  const acceptLosses = options.acceptLosses === true
  const from = { via: 'template', address: undefined, request: undefined }
  const target = { db, registry, workspace, schema, ...publishPorts, scenarios, from }
  const version = await publishTemplate(target, template, { acceptLosses, reason: options.reason })
  const records = options.withDemo ? await loadData(deps, workspace, template, options.now ?? new Date()) : 0
  await noteInstalled(db, schema, name, templateVersion)
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

async function loadData(
  deps: TemplateDeps,
  workspace: string,
  { manifest, folder }: Template,
  now: Date,
): Promise<number> {
  const { data = [], today } = manifest
  if (data.length === 0) return 0
  const model = await modelOf(deps, workspace)
  const days = today === undefined ? 0 : daysBetween(today, todayIn(model.settings.timeZone, now))
  const source = async () =>
    requestContext({
      db: deps.db,
      search: deps.registry.search(),
      model: await modelOf(deps, workspace),
      actor: SYSTEM_ACTOR,
      via: 'template',
    })
  deps.progress('Loading its data')
  let records = 0
  for (const { entity, file } of data) {
    const problems: Problem[] = []
    const onRejected = (rows: readonly RefusedRow[]) =>
      problems.push(...rows.flatMap((row) => atLine(file, row)))
    const path = join(folder, 'data', file)
    const request = {
      entity,
      file: path,
      maps: [],
      values: [],
      errorFile: null,
      adjust: shiftDates(days),
      onRejected,
    }
    const outcome = await deps.loadRows(source, request)
    if (problems.length > 0) throw new AppError(problems.slice(0, MAX_TOLD))
    if (!outcome.wasFinished) records += outcome.stored
  }
  return records
}

function atLine(file: string, { row, problems }: RefusedRow): readonly Problem[] {
  return problems.map((fault) => ({ ...fault, path: `data/${file}:${row.line}${fault.path}` }))
}

/** The model in force, in which this node's own publish is already contained. */
async function modelOf({ models }: TemplateDeps, workspace: string): Promise<CompiledModel> {
  const model = await models.refresh(workspace)
  if (model === undefined) throw refuse('WORKSPACE_UNKNOWN', '', { params: { name: workspace } })
  return model
}
