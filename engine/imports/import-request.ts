import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RequestContext } from '../records/context.ts'
import type { MapRule, ValueRule } from './parse-map.ts'
import type { ColumnsPlan } from './plan-columns.ts'
import type { SelfLink } from './read-batches.ts'
import type { CsvFile, CsvOptions } from './read-csv.ts'
import type { RejectedRow } from './store-batch.ts'

/** What is to be imported, and how. */
export interface ImportRequest extends CsvOptions {
  readonly entity: string
  readonly file: string
  /** The file where it has been looked through already. */
  readonly opened?: CsvFile
  readonly maps: readonly MapRule[]
  readonly values: readonly ValueRule[]
  /** The unique field by which rows find the records that they change; without it each row is a new one. */
  readonly by?: string | undefined
  /** Where refused rows go; beside the file when absent, nowhere when null. */
  readonly errorFile?: string | null
  /** Checks all and stores nothing. */
  readonly isDryRun?: boolean
  /** Imports all rows once more, also those that an earlier run stored. */
  readonly again?: boolean
  /** Stores rows for which a duplicate rule warns as well. */
  readonly acceptsDuplicates?: boolean
  /** Rows a transaction, 500 when absent. */
  readonly batchSize?: number
  /** Told of refused rows as they come. */
  readonly onRejected?: (rows: readonly RejectedRow[]) => void
  /** Told how many rows of a batch change a record that is there. */
  readonly onChanged?: (rows: number) => void
  /** What a cell says to a field; what is written where this is absent. */
  readonly readCell?: (field: CompiledField, cell: string) => string
  /** Changes a value before it is checked. */
  readonly adjust?: (field: CompiledField, value: unknown) => unknown
}

export interface ImportProgress {
  /** Rows of the file that are over, and how many it has. */
  readonly done: number
  readonly total: number
  readonly stored: number
  readonly rejected: number
}

/** What an import stands on: a context on the model in force now. */
export type ContextSource = () => Promise<RequestContext>

/** What an import works on under one model. */
export interface Work {
  readonly entity: CompiledEntity
  readonly plan: ColumnsPlan
  readonly link: SelfLink | undefined
  /** By which rows find the records that they change. */
  readonly key: CompiledField | undefined
}
