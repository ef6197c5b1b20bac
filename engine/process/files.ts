import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Transaction } from '../db/database.ts'
import { refuse } from '../errors.ts'
import { safeFileName, safeMediaType } from '../files/file-name.ts'
import type { FileStore } from '../files/file-store.ts'
import type { RequestContext } from '../records/context.ts'
import { createRecord } from '../records/create.ts'
import { getRecord } from '../records/get.ts'
import type { RecordRef } from '../registry/action.ts'
import type { OutgoingFile } from '../registry/connector.ts'

export interface NewFile {
  readonly name: string
  readonly mediaType: string
  readonly content: Uint8Array
  /** The record with which it is kept. */
  readonly about?: RecordRef
}

/**
 * Keeps a file that the engine made or was sent: its content first, then its record in the transaction of whoever made
 * it. Cut off in between, a content lies there that nobody names. @returns the file's id
 */
export async function keepFile(
  store: FileStore,
  context: RequestContext,
  tx: Transaction,
  { name, mediaType, content, about }: NewFile,
): Promise<string> {
  const received = await store.receive(context.model.workspace, Readable.from([content]))
  try {
    await received.keep()
    return await createFileRecord(context, tx, { name, mediaType, about, ...received })
  } finally {
    await received.discard()
  }
}

/** The record of a file, whose content is there or, in a story, is not. */
export async function createFileRecord(
  context: RequestContext,
  tx: Transaction,
  {
    name,
    mediaType,
    about,
    digest,
    size,
  }: Omit<NewFile, 'content'> & { readonly digest: string; readonly size: number },
): Promise<string> {
  const body = { name: safeFileName(name), media_type: safeMediaType(mediaType), size, digest }
  const whole = about === undefined ? body : { ...body, about }
  const answer = await createRecord(context, 'file', whole, { runner: tx })
  return (JSON.parse(answer.body) as { readonly data: { readonly id: string } }).data.id
}

/** A file with its content, to be sent. @throws AppError RECORD_NOT_FOUND, FILE_CONTENT_MISSING */
export async function readWholeFile(
  store: FileStore,
  context: RequestContext,
  id: string,
): Promise<OutgoingFile> {
  const answer = await getRecord(context, 'file', id, { fields: 'name,media_type,digest' })
  const { data } = JSON.parse(answer.body) as {
    readonly data: { readonly name: string; readonly media_type: string; readonly digest: string }
  }
  const path = await store.locate(context.model.workspace, data.digest)
  if (path === undefined) throw refuse('FILE_CONTENT_MISSING')
  return { name: data.name, mediaType: data.media_type, content: await readFile(path) }
}
