import type { KeyCell } from './labels.ts'

/** Figures by name; one that needs more than 15 digits is a text. */
export type Figures = Readonly<Record<string, unknown>>

/** Figures of some records, and the filters by which the records API finds exactly these. */
export interface Cell {
  readonly values: Figures
  /** Undefined: all records. */
  readonly filter: unknown
  /** Of figures that go over a part of them only. */
  readonly filters?: Readonly<Record<string, unknown>>
}

/** A row: its keys, its own figures, and those of its columns in their order (null where there is none). */
export interface ReportRow extends Cell {
  readonly keys: readonly KeyCell[]
  readonly cells?: readonly (Cell | null)[]
}

export interface ReportFigures {
  readonly rows: readonly ReportRow[]
  /** The heads of the columns of a matrix, each with its own sum. */
  readonly columns: readonly ReportRow[]
  /** Sums of rows that begin alike, where rows have several keys. */
  readonly subtotals: readonly ReportRow[]
  readonly total: Cell | undefined
  /** How many rows there are in all, shown or not. */
  readonly rowCount: number
}
