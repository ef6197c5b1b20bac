import { createHash } from 'node:crypto'
import type { DocumentDefinition } from '../../../metadata/types.ts'
import { type Language, refuse } from '../../errors.ts'
import { documentPaths } from '../../model/kinds/document.ts'
import { type Composed, composeDocument } from '../../notify/documents/compose.ts'
import { printableLogo } from '../../notify/documents/logo.ts'
import { pageOf } from '../../notify/documents/page.ts'
import { printPage } from '../../notify/documents/print.ts'
import { recordPlaces } from '../../notify/record-places.ts'
import { entityFor, type RequestContext } from '../../records/context.ts'
import { noteOpened } from '../../records/last-uses.ts'
import type { RecordRef } from '../../registry/action.ts'
import { createFileRecord, keepFile } from '../files.ts'
import { listPlaces } from './document-lists.ts'
import { readFor } from './notify.ts'
import type { StepSource } from './step-context.ts'
import { readingContext } from './world.ts'

const PDF = 'application/pdf'

/**
 * Makes a document of a record and keeps it with it, in the transaction that holds the step's journal: it is there
 * once. Simulated or told as a story it is filled in and not printed. @returns the file's id
 * @throws AppError DOCUMENT_UNKNOWN, DOCUMENT_FAILED, DOCUMENT_TOO_LONG
 */
export async function makeDocument(
  { deps, world, isSimulated }: StepSource,
  name: string,
  about: RecordRef,
  language: Language | undefined,
): Promise<string> {
  const { context, tx } = world
  const definition = context.model.definitions.document.get(name)
  if (definition === undefined || definition.entity !== about.entity)
    throw refuse('DOCUMENT_UNKNOWN', '', { params: { name: name.slice(0, 40) } })
  const written = language ?? context.model.settings.language
  const composed = await filledDocument(readingContext(world), definition, about.id, written)
  const file = { name: fileNameOf(composed, name), mediaType: PDF, about }
  if (isSimulated || deps.files === undefined) {
    const told = JSON.stringify(composed.blocks)
    const digest = createHash('sha256').update(told).digest('hex')
    return await createFileRecord(context, tx, { ...file, digest, size: Buffer.byteLength(told) })
  }
  const content = await printPage(pageOf(composed, context.now(), printableLogo(context.model.settings)))
  if (definition.id !== undefined) await noteOpened(context, definition.id, tx)
  return await keepFile(deps.files, context, tx, { ...file, content })
}

/** A document filled with a record as the context may see it. @throws AppError RECORD_NOT_FOUND */
export async function filledDocument(
  context: RequestContext,
  definition: DocumentDefinition,
  record: string,
  language: Language,
): Promise<Composed> {
  const entity = entityFor(context, definition.entity)
  const paths = [...new Set(documentPaths(definition))]
  const seen = await readFor(context, entity.name, record, paths)
  if (seen === undefined) throw refuse('RECORD_NOT_FOUND')
  return composeDocument(definition, language, {
    ...recordPlaces(context.model, entity, seen, language),
    ...(await listPlaces(context, definition, record, language)),
  })
}

function fileNameOf({ title }: Composed, name: string): string {
  return `${title === '' ? name : title}.pdf`
}
