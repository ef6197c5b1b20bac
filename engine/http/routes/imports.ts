import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Router } from 'express'
import { problemHint, problemMessage, refuse } from '../../errors.ts'
import { safeFileName } from '../../files/file-name.ts'
import { guessColumns } from '../../imports/guess-columns.ts'
import {
  importUpload,
  mayImport,
  takesCells,
  type UploadOutcome,
  uploadProgress,
} from '../../imports/import-upload.ts'
import { createUploads, type Upload, type Uploads } from '../../imports/open-upload.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { entityFor, type RequestContext } from '../../records/context.ts'
import { assertCreatable } from '../../records/touch.ts'
import { openContext } from '../authenticate.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { parseFlag, parseParameters } from '../parameters.ts'
import { createPlaces } from '../places.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { readForm } from '../read-form.ts'
import { sendData } from '../respond.ts'
import { inWorkspacePlace } from '../workspace-places.ts'

const CHOICE = { columns: 'texts', key: 'text?', accept_duplicates: 'flag?' } as const
/** More at once would take the database from who works in the pages: in a process, and in a workspace over all nodes. */
const PLACES = { most: 3, code: 'IMPORT_BUSY', waitMs: 2_000, retryAfterSeconds: 10 } as const
/** Rows that a page shows of a file. */
const SHOWN = 5

/** Records from the rows of an uploaded file: what it holds, what would come of it, the import, and how far it is. */
export function importRoutes(deps: HttpDeps): Router {
  const routes = Router()
  const known = new Map<string, Uploads>()
  const places = createPlaces(PLACES)
  const uploadsOf = ({ model }: RequestContext): Uploads => {
    const { workspace } = model
    const uploads = known.get(workspace) ?? createUploads(join(deps.settings.dataDir, 'imports', workspace))
    known.set(workspace, uploads)
    return uploads
  }

  routes.post('/api/imports/:entity', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    const entity = importable(context, request.params.entity)
    const upload = await receive(context, uploadsOf(context), entity, request)
    sendData(response, 201, presentUpload(context, entity, upload))
  })

  routes.get('/api/imports/:entity/:id', async (request, response) => {
    noParameters(request)
    const context = await openContext(deps, request)
    const entity = importable(context, request.params.entity)
    const upload = await uploadsOf(context).find(request.params.id, actorOf(context), entity.name)
    sendData(response, 200, await uploadProgress(context, upload))
  })

  routes.post('/api/imports/:entity/:id', async (request, response) => {
    const { dry_run: flag } = parseParameters(queryOf(request), ['dry_run'])
    const isDryRun = parseFlag(flag, 'dry_run')
    const context = await openContext(deps, request)
    const { columns, key, accept_duplicates: accepts } = readShape(await readJsonBody(request), CHOICE)
    const entity = importable(context, request.params.entity)
    const upload = await uploadsOf(context).find(request.params.id, actorOf(context), entity.name)
    const source = async () => {
      await deps.models.refresh(context.model.workspace)
      return asImport(await openContext(deps, request), upload)
    }
    const choice = { columns, key, acceptsDuplicates: accepts === true }
    await places.take()
    try {
      const kept = { db: deps.db, observe: deps.observer.observe }
      const outcome = await inWorkspacePlace(kept, context.model.schema, PLACES, () =>
        importUpload(source, upload, choice, isDryRun),
      )
      sendData(response, 200, presentOutcome(context, outcome))
    } finally {
      places.give()
    }
  })

  return routes
}

/** What the import writes goes by its upload: that is the act that is taken back. */
function asImport(context: RequestContext, { id }: Upload): RequestContext {
  return { ...context, via: 'import', origin: { address: context.origin?.address, request: id } }
}

/** @throws AppError ENTITY_UNKNOWN, AUTH_DENIED */
function importable(context: RequestContext, name: string): CompiledEntity {
  const entity = entityFor(context, name)
  assertCreatable(context, entity, '')
  if (!mayImport(context, entity)) throw refuse('AUTH_DENIED')
  return entity
}

function actorOf({ actor }: RequestContext): string {
  if (actor.id === undefined) throw refuse('AUTH_DENIED')
  return actor.id
}

async function receive(
  context: RequestContext,
  uploads: Uploads,
  entity: CompiledEntity,
  request: IncomingMessage,
): Promise<Upload> {
  const actor = actorOf(context)
  const { file } = await readForm(request, uploads.receive, uploads.discard)
  if (file === undefined) throw refuse('FILE_MISSING', '/file')
  try {
    return await uploads.open(file.received, { actor, entity: entity.name, name: safeFileName(file.name) })
  } catch (error) {
    await uploads.discard(file.received)
    throw error
  }
}

function presentUpload(context: RequestContext, entity: CompiledEntity, upload: Upload) {
  const { id, name, sheet, file, samples } = upload
  const takes = takesCells(context, entity)
  const guesses = guessColumns({ entity, headers: file.headers, samples, takes })
  const fields = [...entity.fields.values()].filter(takes)
  return {
    ...{ id, name, rows: file.rowCount },
    ...(sheet === undefined ? {} : { sheet }),
    columns: file.headers.map((header, index) => ({
      header,
      samples: samples.slice(0, SHOWN).map((cells) => cells[index] ?? ''),
      ...(guesses[index] === undefined ? {} : { field: guesses[index] }),
    })),
    fields: fields.map((field) => field.name),
    keys: fields.filter((field) => field.unique).map((field) => field.name),
  }
}

function presentOutcome({ actor, words }: RequestContext, { problems, undo, ...counts }: UploadOutcome) {
  const { language } = actor
  return {
    ...counts,
    problems: problems.map(({ row, problems: faults }) => ({
      row,
      errors: faults.map((fault) => {
        const hint = problemHint(fault, language, words?.problems)
        return {
          ...{ code: fault.code, path: fault.path },
          message: problemMessage(fault, language, words?.problems),
          ...(hint === undefined ? {} : { hint }),
          ...(fault.column === undefined ? {} : { column: fault.column }),
        }
      }),
    })),
    ...(undo === undefined ? {} : { undo }),
  }
}
