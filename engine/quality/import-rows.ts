import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Problem } from '../errors.ts'
import { importFile } from '../imports/import-file.ts'
import type { RequestContext } from '../records/context.ts'

type Row = Readonly<Record<string, string | number>>

/** Imports rows as a file of them would be: headers, cells as text, lookups by name, each refused row with its reasons. */
export async function importRows(
  context: RequestContext,
  entity: string,
  rows: readonly Row[],
): Promise<{ readonly stored: number; readonly problems: readonly Problem[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'tenon-scenario-'))
  try {
    const file = join(folder, 'rows.csv')
    await writeFile(file, csvOf(rows))
    const problems: Problem[] = []
    const outcome = await importFile(async () => context, {
      entity,
      file,
      maps: [],
      values: [],
      errorFile: null,
      again: true,
      encoding: 'utf-8',
      onRejected: (refused) => problems.push(...refused.flatMap((row) => row.problems)),
    })
    return { stored: outcome.stored, problems }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** RFC 4180, every cell quoted. */
function csvOf(rows: readonly Row[]): string {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = [headers, ...rows.map((row) => headers.map((header) => String(row[header] ?? '')))]
  return lines
    .map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`)
    .join('')
}
