import { request } from './client.ts'
import type { ProblemItem } from './problem.ts'

/** A file that was uploaded to be imported. */
export interface Upload {
  readonly id: string
  readonly name: string
  readonly rows: number
  /** The sheet of a workbook that is imported. */
  readonly sheet?: string
  readonly columns: readonly UploadColumn[]
  /** The fields that one may fill from a file. */
  readonly fields: readonly string[]
  /** Those by which rows can find the records that they change. */
  readonly keys: readonly string[]
}

export interface UploadColumn {
  readonly header: string
  readonly samples: readonly string[]
  /** To which field it probably goes. */
  readonly field?: string
}

/** How an upload is imported. */
export interface ImportChoice {
  /** For each column its field, '' where it is left out. */
  readonly columns: readonly string[]
  readonly key?: string
  readonly accept_duplicates?: boolean
}

export interface RefusedRow {
  readonly row: number
  readonly errors: readonly (ProblemItem & { readonly column?: number })[]
}

/** What came of an import, or would come of it. */
export interface ImportOutcome {
  readonly rows: number
  readonly created: number
  readonly changed: number
  readonly refused: number
  /** How many of the refused rows are there already. */
  readonly duplicates: number
  /** The first refused rows. */
  readonly problems: readonly RefusedRow[]
  /** By which it is taken back. */
  readonly undo?: string
}

const addressOf = (entity: string, id?: string): string =>
  `/api/imports/${encodeURIComponent(entity)}${id === undefined ? '' : `/${id}`}`

export async function uploadImport(entity: string, file: File): Promise<Upload> {
  const body = new FormData()
  body.set('file', file)
  return (await request<{ data: Upload }>(addressOf(entity), { method: 'POST', body })).data
}

/** @param isDryRun only says what would come of it */
export async function runImport(
  entity: string,
  id: string,
  body: ImportChoice,
  isDryRun = false,
  signal?: AbortSignal,
): Promise<ImportOutcome> {
  const answer = await request<{ data: ImportOutcome }>(addressOf(entity, id), {
    ...{ method: 'POST', body, query: { dry_run: isDryRun ? 1 : undefined } },
    ...(signal === undefined ? {} : { signal }),
  })
  return answer.data
}

/** Rows that are over, of all. */
export async function importProgress(
  entity: string,
  id: string,
): Promise<{ readonly done: number; readonly total: number }> {
  const answer = await request<{ data: { done: number; total: number } }>(addressOf(entity, id))
  return answer.data
}
