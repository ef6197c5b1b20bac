import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ReportDefinition } from '../../../metadata/types.ts'
import { refuse } from '../../errors.ts'
import type { RequestContext } from '../../records/context.ts'
import { type ExportRequest, parseExport, withExport } from '../../records/export.ts'
import { neutralized } from '../../records/formula-text.ts'
import { todayOf } from '../../records/parameters.ts'
import type { ReportQuestion } from '../../reports/parse-question.ts'
import { parseReport } from '../../reports/parse-report.ts'
import { type TableCell, tableOf } from '../../reports/report-table.ts'
import { runReport } from '../../reports/run-report.ts'
import { auditCall } from '../audit-calls.ts'
import type { HttpDeps } from '../deps.ts'
import { answerHeaders } from '../respond.ts'
import { BYTE_ORDER_MARK, csvOf, exportPlaces, write } from './export.ts'

interface Call {
  readonly deps: HttpDeps
  readonly context: RequestContext
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

type Format = 'csv' | 'xlsx'
export const SHEET_TYPES: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** A sheet as it goes out, row by row. */
interface Sheet {
  row(cells: readonly TableCell[]): Promise<void>
  end(): Promise<void>
}

/**
 * Sends a report as a sheet. Rows, cells and figures are those that roles with the right to export show; what is sent
 * stands in the audit before the first of it leaves.
 * @throws AppError AUTH_DENIED without the right to export, EXPORT_BUSY
 */
export async function sendReport(
  call: Call,
  definition: ReportDefinition,
  question: ReportQuestion,
  asked: { readonly format: string | undefined; readonly bom: string | undefined },
): Promise<void> {
  const { context, response } = call
  const format = parseFormat(asked.format)
  const hasMark = asked.bom === '1' || asked.bom === 'true'
  if (context.actor.viewer !== undefined) throw refuse('AUTH_VIEW_READ_ONLY')
  if (context.access.entity(definition.entity).export === 'none') throw refuse('AUTH_DENIED')
  await exportPlaces.take()
  try {
    const exporting = exportContext(context, definition.entity)
    const send = definition.list === undefined ? sendFigures : sendList
    await send({ ...call, context: exporting }, definition, question, async (rows) => {
      await auditCall(call.deps, call.request, context.model, context.actor, {
        action: 'exported',
        subject: `reports/${definition.name}`,
        details: { report: definition.name, entity: definition.entity, format, rows },
      })
      const file = `${definition.name}-${todayOf(context)}.${format}`
      const headers = { 'Content-Disposition': `attachment; filename="${file}"` }
      response.writeHead(200, answerHeaders(SHEET_TYPES[format], headers))
      return format === 'csv' ? csvSheet(response, hasMark) : xlsxSheet(response, definition.name)
    })
  } finally {
    exportPlaces.give()
  }
}

function parseFormat(raw = 'csv'): Format {
  if (raw === 'csv' || raw === 'xlsx') return raw
  const hint = { en: 'One of: csv, xlsx.', 'zh-CN': '可选：csv、xlsx。' }
  throw refuse('HTTP_PARAMETER_INVALID', '/format', { params: { name: 'format' }, hint })
}

/** The actor's context, in which an entity has what they may export of it. */
function exportContext(context: RequestContext, name: string): RequestContext {
  const { access } = context
  const exported = (one: string) => (one === name ? access.exported(one) : access.entity(one))
  return { ...context, access: { ...access, entity: exported } }
}

/** @param rows how many there will be */
type OpenSheet = (rows: number) => Promise<Sheet>

async function sendFigures(
  { context }: Call,
  definition: ReportDefinition,
  question: ReportQuestion,
  open: OpenSheet,
): Promise<void> {
  const { header, rows } = tableOf(context, await runReport(context, definition, question))
  const sheet = await open(rows.length)
  await sheet.row(header)
  for (const row of rows) await sheet.row(row)
  await sheet.end()
}

/** All records of a list, piece by piece, whatever their number. */
async function sendList(
  { context }: Call,
  definition: ReportDefinition,
  question: ReportQuestion,
  open: OpenSheet,
): Promise<void> {
  const { filter } = parseReport(context, definition, question)
  const asked: ExportRequest = parseExport(context, definition.entity, {
    ...(filter === undefined ? {} : { filter }),
    ...(definition.sort === undefined ? {} : { sort: definition.sort.join(',') }),
    fields: (definition.list ?? []).join(','),
    header: 'labels',
    language: context.actor.language,
  })
  await withExport(context, asked, async ({ rowCount, batches }) => {
    const sheet = await open(rowCount)
    await sheet.row(asked.columns.map(({ header }) => header))
    for await (const rows of batches) for (const row of rows) await sheet.row(row)
    await sheet.end()
  })
}

const CHUNK_ROWS = 500

function csvSheet(response: ServerResponse, hasMark: boolean): Sheet {
  let held: string[][] = []
  let mark = hasMark ? BYTE_ORDER_MARK : ''
  const flush = async () => {
    if (held.length === 0) return
    const text = mark + csvOf(held)
    held = []
    mark = ''
    await write(response, text)
  }
  return {
    async row(cells) {
      held.push(cells.map((cell) => (typeof cell === 'number' ? String(cell) : neutralized(cell ?? ''))))
      if (held.length >= CHUNK_ROWS) await flush()
    },
    async end() {
      await flush()
      response.end()
    },
  }
}

/**
 * A workbook that goes out as it is written. Texts are texts in it: none is ever a formula.
 * @param widths of the columns, in characters; those that are not said are narrow
 */
export async function xlsxSheet(
  response: ServerResponse,
  name: string,
  widths: readonly number[] = [],
): Promise<Sheet> {
  const { default: excel } = await import('exceljs')
  const book = new excel.stream.xlsx.WorkbookWriter({
    stream: response,
    useStyles: true,
    useSharedStrings: false,
  })
  const sheet = book.addWorksheet(name.slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] })
  if (widths.length > 0)
    sheet.columns = widths.map((width) => ({ width, style: { alignment: { wrapText: true } } }))
  let isHeader = true
  return {
    async row(cells) {
      const row = sheet.addRow([...cells])
      if (isHeader) {
        row.font = { bold: true }
        isHeader = false
      }
      row.commit()
      if (response.writableNeedDrain) await drained(response)
    },
    async end() {
      sheet.commit()
      await book.commit()
    },
  }
}

function drained(response: ServerResponse): Promise<void> {
  return write(response, '')
}
