import type { Executor } from '../db/database.ts'
import { AppError, refuse } from '../errors.ts'
import { isRecordId } from '../fields/parts/formats.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { bind, createParameters, keptPlan, type Plan, toPlan } from './parameters.ts'
import { checkParameters, parseNames } from './parse-list.ts'
import { parseSelection, type Selection } from './parse-selection.ts'
import { revealed } from './reveal.ts'
import { sightPredicate } from './row-source.ts'
import { rowJson, selectSql } from './select.ts'

const GET_PARAMETERS = ['fields', 'expand']

/**
 * @throws AppError RECORD_NOT_FOUND for what is not a UUID just as for a record out of sight
 */
export function recordId(text: string): string {
  if (!isRecordId(text)) throw refuse('RECORD_NOT_FOUND')
  return text.toLowerCase()
}

/** One record with `fields` and `expand`. */
export async function getRecord(
  context: RequestContext,
  entityName: string,
  id: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const isPlain = raw.fields === undefined && raw.expand === undefined
  const plan = isPlain
    ? wholeRecordPlan(context, entity, raw)
    : planGet(context, entity, parseGet(context, entity, raw))
  const json = await readJson(context, context.db, plan, recordId(id))
  if (json === undefined) throw refuse('RECORD_NOT_FOUND')
  return { status: 200, body: `{"data":${json}}` }
}

/** The JSON text of a whole live record as the actor sees it, or undefined when it is out of sight. */
export function readRecord(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  id: string,
): Promise<string | undefined> {
  return readJson(context, runner, wholeRecordPlan(context, entity, {}), id)
}

async function readJson(
  context: RequestContext,
  runner: Executor,
  plan: Plan,
  id: string,
): Promise<string | undefined> {
  const found = await runner.query<{ j: string }>(bind(plan, context, { id }))
  return revealed(context.model, plan, found.rows[0]?.j)
}

function wholeRecordPlan(
  context: RequestContext,
  entity: CompiledEntity,
  raw: Readonly<Record<string, unknown>>,
): Plan {
  checkGet(raw)
  return keptPlan(context, `get ${entity.name}`, () =>
    planGet(context, entity, parseGet(context, entity, {})),
  )
}

function checkGet(raw: Readonly<Record<string, unknown>>): void {
  const problems = checkParameters(raw, GET_PARAMETERS)
  if (problems.length > 0) throw new AppError(problems)
}

function parseGet(
  context: RequestContext,
  entity: CompiledEntity,
  raw: Readonly<Record<string, unknown>>,
): Selection {
  const problems = checkParameters(raw, GET_PARAMETERS)
  const fields = parseNames(raw.fields, 'fields', problems)
  const expand = parseNames(raw.expand, 'expand', problems)
  const parsed = parseSelection(context, entity, fields, expand)
  problems.push(...parsed.problems)
  if (problems.length > 0) throw new AppError(problems)
  return parsed.selection
}

function planGet(context: RequestContext, entity: CompiledEntity, selection: Selection): Plan {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const select = selectSql(source, selection, 't')
  const text =
    `SELECT row_to_json(r)::text AS j FROM ${entity.table} t ${select.joins.join(' ')} ${rowJson(select)} ` +
    `WHERE t."id" = ${parameters.open('id', 'uuid')} AND ${sightPredicate(source, entity, 't', false)}`
  return toPlan(text, parameters)
}
