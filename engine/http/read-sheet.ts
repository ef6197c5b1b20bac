import { join } from 'node:path'
import type { Request } from 'express'
import { refuse } from '../errors.ts'
import { safeFileName } from '../files/file-name.ts'
import { createUploads, type Upload } from '../imports/open-upload.ts'
import type { RequestContext } from '../records/context.ts'
import type { HttpDeps } from './deps.ts'
import { readForm } from './read-form.ts'

/**
 * Gives the one file of a form to some work and throws it away, whatever comes of it.
 * @throws AppError AUTH_DENIED for who is no person, FILE_MISSING, and what opening the file finds
 */
export async function withSentSheet<T>(
  deps: HttpDeps,
  request: Request,
  context: RequestContext,
  work: (upload: Upload) => Promise<T>,
): Promise<T> {
  const actor = context.actor.id
  if (actor === undefined) throw refuse('AUTH_DENIED')
  const uploads = createUploads(join(deps.settings.dataDir, 'imports', context.model.workspace))
  const { file } = await readForm(request, uploads.receive, uploads.discard)
  if (file === undefined) throw refuse('FILE_MISSING', '/file')
  const { received } = file
  try {
    // Of no entity: no import finds it.
    return await work(await uploads.open(received, { actor, entity: '', name: safeFileName(file.name) }))
  } finally {
    await uploads.discard(received)
  }
}
