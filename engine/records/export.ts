import type { Access } from '../access/access.ts'
import type { Transaction } from '../db/database.ts'
import { AppError, type Language, type Problem, problem, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { entityFor, type RequestContext } from './context.ts'
import {
  type ExportColumn,
  type ExportManner,
  exportCells,
  exportColumns,
  exportSelection,
} from './export-columns.ts'
import { bind, createParameters, type Plan, toPlan } from './parameters.ts'
import { type ListRequest, parseList, parseNames } from './parse-list.ts'
import type { Selection } from './parse-selection.ts'
import { planOrder } from './plan-list.ts'
import { revealed } from './reveal.ts'
import { rowJson, type SelectSource, selectSql } from './select.ts'

const LIST_PARAMETERS = ['filter', 'sort', 'fields', 'q', 'deleted']
/** Records that are read at once: an answer goes out piece by piece, whatever its length. */
const BATCH_ROWS = 1000
/** For the order of all rows, and for each piece of them, milliseconds. */
const STATEMENT_TIMEOUT_MS = 300_000

/** An export as it was asked for and may be made. */
export interface ExportRequest {
  readonly entity: CompiledEntity
  readonly list: ListRequest
  readonly selection: Selection
  readonly columns: readonly ExportColumn[]
  readonly manner: ExportManner
  /** A byte order mark before the text: without it some spreadsheets do not take it for UTF-8. */
  readonly hasMark: boolean
  /** As it was asked, for the audit. */
  readonly asked: Readonly<Record<string, unknown>>
}

/**
 * An export out of its parameters, those of a list but for its pages.
 * @throws AppError AUTH_DENIED without the right; every problem of the question
 */
export function parseExport(
  context: RequestContext,
  entityName: string,
  raw: Readonly<Record<string, unknown>>,
): ExportRequest {
  const entity = entityFor(context, entityName)
  if (context.access.entity(entity.name).export === 'none') throw refuse('AUTH_DENIED')
  const problems: Problem[] = []
  const words = oneOf(raw.header, 'header', ['names', 'labels'], problems)
  oneOf(raw.format, 'format', ['csv'], problems)
  const hasMark = flag(raw.bom, 'bom', problems)
  const language = oneOf<Language>(
    raw.language ?? context.actor.language,
    'language',
    ['en', 'zh-CN'],
    problems,
  )
  const { format: _format, header: _header, bom: _bom, language: _language, ...asked } = raw
  const strange = Object.keys(asked).filter((name) => !LIST_PARAMETERS.includes(name))
  problems.push(...strangers(strange))
  const known = Object.fromEntries(Object.entries(asked).filter(([name]) => LIST_PARAMETERS.includes(name)))
  const list = collected(problems, () => parseList(context, entity, known))
  if (list === undefined || problems.length > 0) throw new AppError(problems)
  const fields = parseNames(raw.fields, 'fields', problems)
  const manner = { words, language, timeZone: context.model.settings.timeZone }
  const { selection } = exportSelection(context, entity, fields, words)
  const columns = exportColumns(context, entity, selection, pathsIn(fields), manner)
  return { entity, list, selection, columns, manner, hasMark, asked }
}

function collected<T>(problems: Problem[], work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    problems.push(...error.problems)
    return undefined
  }
}

function strangers(names: readonly string[]): readonly Problem[] {
  return names.map((name) => problem('HTTP_PARAMETER_UNKNOWN', `/${name}`, { params: { name } }))
}

function oneOf<T extends string>(
  raw: unknown,
  name: string,
  known: readonly [T, ...T[]],
  problems: Problem[],
): T {
  const found = known.find((one) => one === raw)
  if (found === undefined && raw !== undefined) {
    const list = known.join(', ')
    const hint = { en: `One of: ${list}.`, 'zh-CN': `可选：${list}。` }
    problems.push(problem('HTTP_PARAMETER_INVALID', `/${name}`, { params: { name }, hint }))
  }
  return found ?? known[0]
}

function flag(raw: unknown, name: string, problems: Problem[]): boolean {
  if (raw === undefined || raw === false || raw === '0' || raw === 'false') return false
  if (raw !== true && raw !== '1' && raw !== 'true')
    problems.push(problem('HTTP_PARAMETER_INVALID', `/${name}`, { params: { name } }))
  return true
}

/** The fields in the order in which they were asked for; undefined for all. */
function pathsIn(fields: string | undefined): readonly string[] | undefined {
  const paths = [...new Set((fields ?? '').split(',').map((path) => path.trim()))].filter(
    (path) => path !== '',
  )
  return paths.length === 0 || paths.includes('*') ? undefined : paths
}

/** An export under way, as of one moment. */
export interface OpenExport {
  /** How many records there are. */
  readonly rowCount: number
  /** Their cells, piece by piece. */
  readonly batches: AsyncIterable<readonly (readonly string[])[]>
}

/**
 * Opens an export for the time of `work`: all of it is as of one moment, and whatever its length only one piece of it
 * is in memory. Rows and cells are those that roles with the right to export show.
 */
export function withExport<T>(
  context: RequestContext,
  request: ExportRequest,
  work: (open: OpenExport) => Promise<T>,
): Promise<T> {
  const { entity, list } = request
  const order = planOrder(context, exportAccess(context, entity), entity, list)
  const run = async (tx: Transaction): Promise<T> => {
    await tx.query({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY' })
    const { text, values = [] } = bind(order, context)
    const counted = await tx.query<{ n: string }>({
      text: `SELECT count(*)::text AS n FROM (${text}) x`,
      values,
    })
    await tx.query({ text: `DECLARE tenon_export NO SCROLL CURSOR FOR ${text}`, values })
    return work({ rowCount: Number(counted.rows[0]?.n ?? 0), batches: batchesOf(context, tx, request) })
  }
  return context.db.transaction(run, { direct: true, statementTimeoutMs: STATEMENT_TIMEOUT_MS })
}

async function* batchesOf(
  context: RequestContext,
  tx: Transaction,
  request: ExportRequest,
): AsyncGenerator<readonly (readonly string[])[]> {
  const plan = planRecords(context, request)
  for (;;) {
    const found = await tx.query<{ id: string }>({ text: `FETCH ${BATCH_ROWS} FROM tenon_export` })
    if (found.rows.length === 0) return
    const ids = found.rows.map(({ id }) => id)
    const { rows } = await tx.query<{ j: string }>(bind(plan, context, { ids }))
    yield rows.map(({ j }) => {
      const record = JSON.parse(revealed(context.model, plan, j)) as Readonly<Record<string, unknown>>
      return exportCells(request.columns, record, request.manner)
    })
  }
}

/** The records of a list of ids (`ids`), in its order. */
function planRecords(context: RequestContext, { entity, selection }: ExportRequest): Plan {
  const parameters = createParameters()
  const access = exportAccess(context, entity)
  const source: SelectSource = { model: context.model, access, parameters }
  const ids = parameters.open('ids', 'uuid[]')
  const select = selectSql(source, selection, 't')
  return toPlan(
    `SELECT row_to_json(r)::text AS j FROM unnest(${ids}) WITH ORDINALITY x(id, n) ` +
      `JOIN ${entity.table} t ON t."id" = x.id ${select.joins.join(' ')} ${rowJson(select)} ORDER BY x.n`,
    parameters,
  )
}

/** The actor's access, in which an entity has what they may export of it. */
function exportAccess({ access }: RequestContext, { name }: CompiledEntity): Access {
  return { ...access, entity: (one) => (one === name ? access.exported(one) : access.entity(one)) }
}
