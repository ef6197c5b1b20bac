import { refuse } from '../../errors.ts'
import type { RequestContext } from '../../records/context.ts'
import { deleteRecord } from '../../records/delete.ts'
import { heldContext } from '../../records/held-context.ts'
import { assertMayAttach, readableFile } from './file-rights.ts'

/** So long what one has attached oneself is taken back without the right to delete files. */
const TAKEN_BACK_MS = 3_600_000

/**
 * Moves a file to the recycle bin: by the right to delete files, or as what one has just attached oneself to a record that one may
 * still add to.
 * @throws AppError RECORD_NOT_FOUND, AUTH_DENIED, RECORD_LOCKED
 */
export async function removeFile(context: RequestContext, id: string): Promise<void> {
  const { about, created_by: by, created_at: at } = await readableFile(context, id)
  const isFresh = by === context.actor.id && context.now().getTime() - Date.parse(at) < TAKEN_BACK_MS
  if (isFresh && about?.entity !== undefined) {
    await assertMayAttach(context, { entity: about.entity, id: about.id })
    await deleteRecord(heldContext(context, 'file'), 'file', id)
    return
  }
  if (context.access.entity('file').delete === 'none') throw refuse('AUTH_DENIED')
  await deleteRecord(context, 'file', id)
}
