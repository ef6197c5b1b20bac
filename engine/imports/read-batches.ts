import { cellOf } from './parse-row.ts'
import type { ColumnPlan, ColumnsPlan } from './plan-columns.ts'
import { ONE_PASS, type Passes, planPasses, type RowLink } from './plan-passes.ts'
import { type CsvFile, type CsvRow, readRows } from './read-csv.ts'

/** Rows that are stored together, and how many visits are over when they are. */
export interface Batch {
  readonly rows: readonly CsvRow[]
  readonly rowsDone: number
}

/** The columns by which rows of one file point to each other: what a row is called, and whom it names. */
export interface SelfLink {
  readonly name: ColumnPlan
  readonly parent: ColumnPlan
}

/** The way in which rows of the file point to rows of the file, or undefined where they do not. */
export function selfLinkOf(plan: ColumnsPlan, entity: string): SelfLink | undefined {
  for (const parent of plan.columns) {
    const target = parent.targets[0]
    if (parent.targets.length !== 1 || target?.entity.name !== entity) continue
    const name = plan.columns.find((column) => column.field.name === target.by.name)
    if (name !== undefined) return { name, parent }
  }
  return undefined
}

/** In which order the rows can be stored, the file being what it is. */
export async function passesOf(file: CsvFile, link: SelfLink | undefined): Promise<Passes> {
  if (link === undefined) return ONE_PASS
  return await planPasses(async function* () {
    for await (const row of readRows(file)) yield linkOf(link, row)
  })
}

export function linkOf({ name, parent }: SelfLink, row: CsvRow): RowLink {
  return { index: row.index, name: cellOf(name, row).trim(), parent: cellOf(parent, row).trim() }
}

/**
 * The rows of a file in batches, pass after pass. A batch ends early before a row that points to one in it: that
 * one must be stored first.
 * @param skip visits that are over from an earlier run
 */
export async function* readBatches(
  file: CsvFile,
  passes: Passes,
  link: SelfLink | undefined,
  skip: number,
  size: number,
): AsyncGenerator<Batch> {
  for (let pass = Math.floor(skip / Math.max(1, file.rowCount)); pass < passes.count; pass += 1) {
    const before = pass * file.rowCount
    let rows: CsvRow[] = []
    let names = new Set<string>()
    for await (const row of readRows(file)) {
      if (before + row.index < skip || (passes.later.get(row.index) ?? 0) !== pass) continue
      const own = link === undefined ? undefined : linkOf(link, row)
      if (rows.length >= size || (own !== undefined && names.has(own.parent))) {
        yield { rows, rowsDone: before + row.index }
        rows = []
        names = new Set()
      }
      rows.push(row)
      if (own !== undefined && own.name !== '') names.add(own.name)
    }
    yield { rows, rowsDone: before + file.rowCount }
  }
}
