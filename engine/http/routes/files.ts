import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import { AppError, type Problem, problem, refuse } from '../../errors.ts'
import { contentDisposition, safeFileName, safeMediaType } from '../../files/file-name.ts'
import type { FileStore, ReceivedFile } from '../../files/file-store.ts'
import type { RecordAnswer, RequestContext } from '../../records/context.ts'
import { createRecord } from '../../records/create.ts'
import { heldContext } from '../../records/held-context.ts'
import { auditCall } from '../audit-calls.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { noParameters } from '../query-of.ts'
import { readForm, type UploadForm } from '../read-form.ts'
import { hasAlready, sendEmpty, sendJson } from '../respond.ts'
import { assertMayAttach, readableFile } from './file-rights.ts'
import { holderOf } from './held.ts'
import { removeFile } from './remove-file.ts'

/** Upload and download, with the rights of the record that holds the file. */
export function fileRoutes(deps: HttpDeps, store: FileStore): Router {
  const routes = Router()

  routes.post('/api/files', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    const { status, body, headers } = await upload(context, store, request)
    sendJson(response, status, body, headers)
  })

  routes.get('/api/files/:id', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    const file = await readableFile(context, request.params.id)
    const path = await store.locate(context.model.workspace, file.digest)
    if (path === undefined) throw refuse('FILE_CONTENT_MISSING')
    // The record may have been written by hand: what it says of the type becomes a header only if it is one.
    const mediaType = safeMediaType(file.media_type)
    const headers = {
      'Content-Type': mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
      'Content-Disposition': contentDisposition(file.name, mediaType),
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'",
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'private, no-cache',
      Vary: 'Authorization, Cookie',
      ETag: `"${file.digest}"`,
    }
    if (hasAlready(request, headers.ETag)) {
      sendEmpty(response, 304, headers)
      return
    }
    const entity = context.model.entities.get('file')!.id
    const record = { entity, id: request.params.id.toLowerCase() }
    await auditCall(deps, request, context.model, context.actor, { action: 'downloaded', record })
    // Ranges, HEAD, conditions and a client that leaves are Express' to handle. The folder may be a hidden one.
    response.sendFile(
      path,
      { dotfiles: 'allow', cacheControl: false, lastModified: false, headers },
      (error) => {
        if (error !== undefined && !response.headersSent) response.destroy()
      },
    )
  })

  routes.delete('/api/files/:id', async (request, response) => {
    noParameters(request)
    await removeFile(await openContext(deps, request), request.params.id)
    sendEmpty(response, 204)
  })

  return routes
}

async function upload(
  context: RequestContext,
  store: FileStore,
  request: IncomingMessage,
): Promise<RecordAnswer> {
  const receive = store.receive.bind(store, context.model.workspace)
  const form = await readForm(request, receive, (received) => received.discard())
  const { file } = form
  if (file === undefined) throw refuse('FILE_MISSING', '/file')
  try {
    const about = await holderFor(context, form)
    const answer = await createFileRecord(context, file.name, file.mediaType, file.received, about)
    return answer
  } finally {
    await file.received.discard()
  }
}

/** The record first in mind: its content is in place before anybody can see it. */
async function createFileRecord(
  context: RequestContext,
  name: string,
  mediaType: string,
  received: ReceivedFile,
  about: { readonly entity: string; readonly id: string } | undefined,
): Promise<RecordAnswer> {
  if (about === undefined && !context.access.entity('file').create) throw refuse('AUTH_DENIED')
  const body = {
    name: safeFileName(name),
    media_type: safeMediaType(mediaType),
    size: received.size,
    digest: received.digest,
    ...(about === undefined ? {} : { about }),
  }
  await received.keep()
  return createRecord(about === undefined ? context : heldContext(context, 'file'), 'file', body)
}

/** The record to which the file is added. */
async function holderFor(context: RequestContext, form: UploadForm<unknown>) {
  const unknown = [...form.fields.keys()].filter((name) => name !== 'entity' && name !== 'record')
  const problems: Problem[] = unknown.map((name) =>
    problem('FIELD_UNKNOWN', `/${name}`, { params: { name } }),
  )
  const [entity, record] = [form.fields.get('entity'), form.fields.get('record')]
  if (entity !== undefined && record === undefined) problems.push(problem('FIELD_REQUIRED', '/record'))
  if (entity === undefined && record !== undefined) problems.push(problem('FIELD_REQUIRED', '/entity'))
  if (problems.length > 0) throw new AppError(problems)
  if (entity === undefined || record === undefined) return undefined
  const about = await holderOf(context, 'file', entity, record)
  await assertMayAttach(context, about)
  return about
}
