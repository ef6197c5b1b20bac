import { join } from 'node:path'
import { SYSTEM_ACTOR } from '../access/actor.ts'
import type { Database } from '../db/database.ts'
import { AppError, type Problem, refuse } from '../errors.ts'
import type { CompiledField, CompiledModel } from '../model/compiled.ts'
import type { ModelStore } from '../model/store.ts'
import { type RequestContext, requestContext } from '../records/context.ts'
import type { Relation } from '../registry/field-type.ts'
import type { Registry } from '../registry/registry.ts'
import { type AnsweredTemplate, withAnsweredData } from './answer-template.ts'
import type { Template } from './read-template.ts'
import { daysBetween, shiftDates, todayIn } from './shift-dates.ts'

/** Loads a CSV file whose columns bear the names of fields; what was loaded before is not loaded again. */
export type LoadRows = (
  source: () => Promise<RequestContext>,
  request: {
    readonly entity: string
    readonly file: string
    readonly maps: readonly never[]
    readonly values: readonly never[]
    readonly by: string | undefined
    readonly errorFile: null
    readonly adjust: (field: CompiledField, value: unknown) => unknown
    readonly onRejected: (rows: readonly RefusedRow[]) => void
  },
) => Promise<{ readonly stored: number; readonly total: number; readonly wasFinished: boolean }>

export interface RefusedRow {
  readonly row: { readonly line: number }
  readonly problems: readonly Problem[]
}

export interface LoadDeps {
  readonly db: Database
  readonly registry: Registry
  readonly models: Pick<ModelStore, 'refresh'>
  readonly progress: (line: string) => void
  readonly loadRows: LoadRows
}

type DataFile = NonNullable<Template['manifest']['data']>[number]

/** Problems of data that are told; the rest would say the same again. */
const MAX_TOLD = 20

/**
 * Loads the data of a template, what was loaded before left alone.
 * @returns how many records that made
 * @throws AppError with the problems of the first file that has any, their paths in the template's files
 */
export async function loadData(
  deps: LoadDeps,
  workspace: string,
  template: AnsweredTemplate,
  now: Date,
): Promise<number> {
  const { data = [], today } = template.manifest
  if (data.length === 0) return 0
  const model = await modelOf(deps, workspace)
  const days = today === undefined ? 0 : daysBetween(today, todayIn(model.settings.timeZone, now))
  deps.progress('Loading its data')
  return withAnsweredData(template, async (folder) => {
    let records = 0
    for (const wave of wavesOf(model, data)) {
      const loaded = await Promise.allSettled(wave.map((one) => loadFile(deps, workspace, folder, one, days)))
      for (const one of loaded) {
        if (one.status === 'rejected') throw one.reason
        records += one.value
      }
    }
    return records
  })
}

/**
 * Files that lead to none of each other are loaded side by side, since each of them spends half of its time waiting for the
 * database; their order is kept otherwise.
 */
export function wavesOf(model: CompiledModel, data: readonly DataFile[]): readonly (readonly DataFile[])[] {
  const waves: DataFile[][] = []
  for (const one of data) {
    const wave = waves.at(-1)
    const leadsTo = targetsOf(model, one.entity)
    const isAlone = wave?.every(
      ({ entity }) => !leadsTo.has(entity) && !targetsOf(model, entity).has(one.entity),
    )
    if (wave === undefined || isAlone !== true) waves.push([one])
    else wave.push(one)
  }
  return waves
}

/** Entities to which records of one may lead; itself, and people, who own and make all others. */
function targetsOf(model: CompiledModel, entity: string): ReadonlySet<string> {
  const fields = [...(model.entities.get(entity)?.fields.values() ?? [])]
  return new Set([entity, 'user', ...fields.flatMap(({ relation }) => namesIn(relation))])
}

function namesIn(relation: Relation | undefined): readonly string[] {
  if (relation === undefined) return []
  if (relation.kind === 'dynamic') return relation.to
  return [relation.kind === 'children' ? relation.of : relation.to]
}

async function loadFile(
  deps: LoadDeps,
  workspace: string,
  folder: string,
  { entity, file, by }: DataFile,
  days: number,
): Promise<number> {
  const source = async () =>
    requestContext({
      db: deps.db,
      search: deps.registry.search(),
      model: await modelOf(deps, workspace),
      actor: SYSTEM_ACTOR,
      via: 'template',
    })
  const problems: Problem[] = []
  const onRejected = (rows: readonly RefusedRow[]) =>
    problems.push(...rows.flatMap((row) => atLine(file, row)))
  const request = {
    entity,
    file: join(folder, file),
    maps: [],
    values: [],
    by,
    errorFile: null,
    adjust: shiftDates(days),
    onRejected,
  }
  const outcome = await deps.loadRows(source, request)
  if (problems.length > 0) throw new AppError(problems.slice(0, MAX_TOLD))
  return outcome.wasFinished ? 0 : outcome.stored
}

function atLine(file: string, { row, problems }: RefusedRow): readonly Problem[] {
  return problems.map((fault) => ({ ...fault, path: `data/${file}:${row.line}${fault.path}` }))
}

/** The model in force, in which this node's own publish is already contained. */
async function modelOf({ models }: LoadDeps, workspace: string): Promise<CompiledModel> {
  const model = await models.refresh(workspace)
  if (model === undefined) throw refuse('WORKSPACE_UNKNOWN', '', { params: { name: workspace } })
  return model
}
