import type { Transaction } from '../db/database.ts'
import { AppError, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RequestContext } from '../records/context.ts'
import { uniqueField, upsert } from '../records/upsert.ts'
import { inSavepoint } from './in-savepoint.ts'
import type { ParsedRow } from './parse-row.ts'
import type { ColumnsPlan } from './plan-columns.ts'
import type { RejectedRow } from './store-batch.ts'

/**
 * The unique field by which rows find the records that they change; undefined where each row is a new one.
 * @throws AppError UPSERT_KEY_INVALID, and IMPORT_KEY_UNMAPPED where no column holds it
 */
export function keyOf(
  entity: CompiledEntity,
  plan: ColumnsPlan,
  by: string | undefined,
): CompiledField | undefined {
  if (by === undefined) return undefined
  const key = uniqueField(entity, by, '/by')
  if (!plan.columns.some(({ field }) => field === key))
    throw new AppError(problem('IMPORT_KEY_UNMAPPED', '/by', { params: { name: by } }))
  return key
}

/**
 * Stores rows by a unique value, one after another: the record that has it is changed in the fields of the file, in which
 * an empty cell says nothing; where there is none the row is a new record.
 * @returns the rows that were refused, and how many changed a record; all others are stored when the transaction commits
 */
export async function storeByKey(
  context: RequestContext,
  tx: Transaction,
  entity: CompiledEntity,
  key: CompiledField,
  rows: readonly ParsedRow[],
): Promise<{ readonly refused: readonly RejectedRow[]; readonly changed: number }> {
  const refused: RejectedRow[] = []
  let changed = 0
  for (const { row, body } of rows) {
    const value = body[key.name]
    if (value === undefined || value === null) {
      refused.push({ row, problems: [problem('FIELD_REQUIRED', `/${key.name}`)] })
      continue
    }
    try {
      const write = { key, value, body, path: '' }
      const { isNew } = await inSavepoint(tx, () => upsert(context, entity, write, tx))
      if (!isNew) changed += 1
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      refused.push({ row, problems: error.problems })
    }
  }
  return { refused, changed }
}
