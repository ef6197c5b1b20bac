import { isKnownWay } from '../../access/access.ts'
import { AppError, refuse } from '../../errors.ts'
import { isTurnOfActor } from '../../process/approvals/turn-places.ts'
import { entityFor, type RequestContext } from '../../records/context.ts'
import { getRecord } from '../../records/get.ts'
import { heldContext } from '../../records/held-context.ts'
import { listRecords } from '../../records/list.ts'
import { assertTouchable } from '../../records/touch.ts'

const FACTS = 'name,media_type,digest,about,created_by,created_at'

/** What a download needs of a file's record. */
export interface FileFacts {
  readonly name: string
  readonly media_type: string
  readonly digest: string
  readonly created_by: string | null
  readonly created_at: string
  /** Without an entity where the actor may not read what the file is about. */
  readonly about: { readonly entity?: string; readonly id: string } | null
}

/**
 * The file, when the actor may read it: by their own right (their uploads, mostly), by reading the record that it
 * is about, or by reading one that names it in a field.
 * @throws AppError RECORD_NOT_FOUND otherwise, whether it exists or not
 */
export async function readableFile(context: RequestContext, id: string): Promise<FileFacts> {
  const file = await factsOf(heldContext(context, 'file'), id)
  const may =
    (await canRead(context, 'file', id)) ||
    (file.about?.entity !== undefined && (await canRead(context, file.about.entity, file.about.id))) ||
    (await isNamed(context, id))
  if (!may) throw refuse('RECORD_NOT_FOUND')
  return file
}

/**
 * Who may change a record adds files to it, and whoever decides about it just now.
 * @throws AppError AUTH_DENIED, RECORD_LOCKED
 */
export async function assertMayAttach(
  context: RequestContext,
  about: { readonly entity: string; readonly id: string },
): Promise<void> {
  const holder = entityFor(context, about.entity)
  if (!(await isTurnOfActor(context, holder, about.id)))
    await assertTouchable(context, context.db, holder, about.id, 'update', '')
}

async function factsOf(context: RequestContext, id: string): Promise<FileFacts> {
  const { body } = await getRecord(context, 'file', id, { fields: FACTS })
  return (JSON.parse(body) as { data: FileFacts }).data
}

async function canRead(context: RequestContext, entity: string, id: string): Promise<boolean> {
  try {
    await getRecord(context, entity, id, { fields: 'id' })
    return true
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return false
    throw error
  }
}

/** Whether a record that the actor may read names the file in one of its fields. */
async function isNamed(context: RequestContext, id: string): Promise<boolean> {
  for (const inverse of context.model.entities.get('file')?.inverses ?? []) {
    const field = context.model.entities.get(inverse.from)?.fields.get(inverse.field)
    if (field?.relation?.kind !== 'one' || !isKnownWay(context, inverse)) continue
    const filter = { '==': [{ var: inverse.field }, id] }
    const { body } = await listRecords(context, inverse.from, { filter, fields: 'id', limit: 1 })
    if ((JSON.parse(body) as { data: readonly unknown[] }).data.length > 0) return true
  }
  return false
}
