import type { ServerResponse } from 'node:http'
import { stringify } from 'csv-stringify/sync'
import { refuse } from '../../errors.ts'
import { type ExportRequest, type OpenExport, parseExport, withExport } from '../../records/export.ts'
import { todayOf } from '../../records/parameters.ts'
import { auditCall } from '../audit-calls.ts'
import { createPlaces } from '../places.ts'
import { RequestAborted } from '../read-body.ts'
import { answerHeaders } from '../respond.ts'
import type { RecordRequest } from './record-calls.ts'

/** Exports under way at once in this process: each holds a connection as long as its client reads. */
const MAX_RUNNING = 2
const RETRY_AFTER_SECONDS = 15
/** A client that takes nothing for so long has gone, milliseconds. */
const STALLED_MS = 60_000
export const BYTE_ORDER_MARK = '\ufeff'

/** How long the next one waits for one of these to end, milliseconds. */
const WAIT_MS = 2_000

/** Reports as files take the same places. */
export const exportPlaces = createPlaces({
  most: MAX_RUNNING,
  code: 'EXPORT_BUSY',
  waitMs: WAIT_MS,
  retryAfterSeconds: RETRY_AFTER_SECONDS,
})

/**
 * Sends the records of a list as a file, as fast as the client reads. What is sent stands in the audit before the
 * first of it leaves.
 * @throws AppError AUTH_DENIED without the right to export, EXPORT_BUSY, every problem of the question
 */
export async function sendExport(
  call: RecordRequest,
  raw: Readonly<Record<string, unknown>>,
): Promise<undefined> {
  const { context, match, request, response } = call
  if (context.actor.viewer !== undefined) throw refuse('AUTH_VIEW_READ_ONLY')
  const asked = parseExport(context, match.entity, raw)
  if (request.method === 'HEAD') {
    sendHead(call, asked)
    response.end()
    return
  }
  await exportPlaces.take()
  try {
    await withExport(context, asked, async (open) => {
      await auditExport(call, asked, open)
      sendHead(call, asked)
      await sendRows(response, asked, open)
    })
  } finally {
    exportPlaces.give()
  }
}

function auditExport(
  { deps, context, request }: RecordRequest,
  { entity, asked, columns }: ExportRequest,
  { rowCount }: OpenExport,
): Promise<void> {
  const details = { ...asked, entity: entity.name, columns: columns.length, rows: rowCount }
  const entry = { action: 'exported', subject: `records/${entity.name}`, details } as const
  return auditCall(deps, request, context.model, context.actor, entry)
}

function sendHead({ context, response }: RecordRequest, { entity }: ExportRequest): void {
  const file = `${entity.name}-${todayOf(context)}.csv`
  response.writeHead(
    200,
    answerHeaders('text/csv; charset=utf-8', { 'Content-Disposition': `attachment; filename="${file}"` }),
  )
}

async function sendRows(
  response: ServerResponse,
  { columns, hasMark }: ExportRequest,
  { batches }: OpenExport,
): Promise<void> {
  const mark = hasMark ? BYTE_ORDER_MARK : ''
  await write(response, mark + csvOf([columns.map(({ header }) => header)]))
  for await (const rows of batches) await write(response, csvOf(rows))
  response.end()
}

export function csvOf(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], { record_delimiter: '\r\n' })
}

/** Waits until the client has taken it. @throws RequestAborted where it hangs up or takes nothing */
export async function write(response: ServerResponse, text: string): Promise<void> {
  if (response.destroyed) throw new RequestAborted()
  if (response.write(text)) return
  await new Promise<void>((resolve, reject) => {
    const end = (done: () => void) => {
      clearTimeout(timer)
      response.off('drain', onDrain).off('close', onClose)
      done()
    }
    const onDrain = () => end(resolve)
    const onClose = () => end(() => reject(new RequestAborted()))
    const timer = setTimeout(onClose, STALLED_MS)
    response.on('drain', onDrain).on('close', onClose)
  })
}
