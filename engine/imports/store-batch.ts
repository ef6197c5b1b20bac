import type { Executor, Transaction } from '../db/database.ts'
import { AppError, type Problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { newId } from '../model/uuid.ts'
import type { RequestContext } from '../records/context.ts'
import { holdAllKeys } from '../records/duplicate-keys.ts'
import { brokenNew, insertRows, type NewRecord } from '../records/insert-rows.ts'
import { DuplicatesError } from '../records/judge-duplicates.ts'
import { withLateBeginnings } from '../records/late-beginnings.ts'
import { parseWrite } from '../records/parse-write.ts'
import { writesElsewhere } from '../records/relations.ts'
import { actOnBeginnings, assertLateConditions, assignOwners, writeElsewhere } from '../records/store.ts'
import { areAlone, writeNewLinks } from '../records/write-links.ts'
import { inSavepoint } from './in-savepoint.ts'
import type { ParsedRow } from './parse-row.ts'
import type { CsvRow } from './read-csv.ts'

export interface RejectedRow {
  readonly row: CsvRow
  readonly problems: readonly Problem[]
}

/** A row as a checked record. */
export interface RowRecord {
  readonly row: CsvRow
  readonly record: NewRecord
}

export interface CheckedRows {
  readonly records: readonly RowRecord[]
  /** Rows that could be read, where they are stored by a key: whether one is a change or a new record is seen then. */
  readonly keyed: readonly ParsedRow[]
  readonly rejected: readonly RejectedRow[]
}

/** Rows that could be read, apart from those that could not. */
export function readRows(rows: readonly ParsedRow[]): CheckedRows {
  const keyed = rows.filter(({ problems }) => problems.length === 0)
  const rejected = rows.filter(({ problems }) => problems.length > 0)
  return { records: [], keyed, rejected: rejected.map(({ row, problems }) => ({ row, problems })) }
}

/** Puts rows to the same checks that a create through the API passes; each row with all of its problems. */
export async function checkRows(
  context: RequestContext,
  entity: CompiledEntity,
  rows: readonly ParsedRow[],
): Promise<CheckedRows> {
  const records: RowRecord[] = []
  const rejected: RejectedRow[] = []
  for (const { row, body, problems: known } of rows) {
    const parsed = parseWrite(context, entity, body, true)
    const { values, problems: found } = await withLateBeginnings(context, entity, parsed)
    // A cell that could not be read is not also a value that is missing.
    const faulty = new Set(known.map((fault) => fault.path))
    const problems = [...known, ...found.filter((fault) => !faulty.has(fault.path))]
    if (problems.length > 0) rejected.push({ row, problems })
    else records.push({ row, record: { id: newId(), values, path: '' } })
  }
  return { records, keyed: [], rejected }
}

/**
 * Inserts records in one statement; where the database refuses, halves are tried, down to the rows at fault.
 * @returns the rows that were refused; all others are stored when the transaction commits
 * @throws ModelMovedError, or what is no fault of a row
 */
export async function storeRecords(
  asked: RequestContext,
  tx: Transaction,
  entity: CompiledEntity,
  records: readonly RowRecord[],
): Promise<readonly RejectedRow[]> {
  const context = await holdAllKeys(asked, tx, entity)
  const broken = await brokenNew(
    context,
    tx,
    entity,
    records.filter(({ record }) => !writesElsewhere(record.values)).map(({ record }) => record),
    'ids',
  )
  const refused = records.flatMap(({ row, record }): RejectedRow[] => {
    const problems = broken.get(record.id)
    return problems === undefined ? [] : [{ row, problems }]
  })
  const sound = records.filter(({ record }) => !broken.has(record.id))
  return [...refused, ...(await storeSound(context, tx, entity, sound))]
}

async function storeSound(
  context: RequestContext,
  tx: Transaction,
  entity: CompiledEntity,
  records: readonly RowRecord[],
): Promise<readonly RejectedRow[]> {
  if (records.length === 0) return []
  try {
    await inSavepoint(tx, () => insertAll(context, tx, entity, records))
    return []
  } catch (error) {
    if (error instanceof DuplicatesError) return await storeOthers(context, tx, entity, records, error)
    if (!(error instanceof AppError)) throw error
    if (records.length === 1) return [{ row: records[0]!.row, problems: error.problems }]
  }
  const rejected: RejectedRow[] = []
  for (const part of halved(records)) rejected.push(...(await storeSound(context, tx, entity, part)))
  return rejected
}

/** All but the rows that duplicate rules refuse: which these are is known, so nothing is halved. */
async function storeOthers(
  context: RequestContext,
  tx: Transaction,
  entity: CompiledEntity,
  records: readonly RowRecord[],
  { byRecord, problems }: DuplicatesError,
): Promise<readonly RejectedRow[]> {
  const refused = records.flatMap(({ row, record }): RejectedRow[] => {
    const own = byRecord.get(record.id)
    return own === undefined ? [] : [{ row, problems: own }]
  })
  // A record that a row brings with it (a child) was refused: then the row is.
  if (refused.length === 0 && records.length === 1) return [{ row: records[0]!.row, problems }]
  const others =
    refused.length === 0 ? halved(records) : [records.filter(({ record }) => !byRecord.has(record.id))]
  const further: RejectedRow[] = []
  for (const part of others) further.push(...(await storeSound(context, tx, entity, part)))
  return [...refused, ...further]
}

function halved<T>(list: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(list.length / 2)
  return [list.slice(0, middle), list.slice(middle)]
}

async function insertAll(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  records: readonly RowRecord[],
): Promise<void> {
  const created = records.map(({ record }) => record)
  await insertRows(context, tx, entity, created, 'ids')
  await writeNewLinks(context, tx, entity, created)
  const isThere = (field: CompiledField) => areAlone(context, entity, field)
  for (const record of created) {
    if (!writesElsewhere(record.values)) continue
    await writeElsewhere(context, tx, entity, record, isThere)
    await assertLateConditions(context, tx, entity, record)
  }
  await assignOwners(context, tx, entity, created)
  await actOnBeginnings(context, tx, entity, created)
}
