/** What becomes of the values of a field of another type. */
export interface Conversion {
  readonly values: number
  readonly lost: number
  /** Values that become others, which do not lead back to them; absent: none. */
  readonly altered?: number
  /** Values that the field had before and that stand in it again; absent: none. */
  readonly returned?: number
  /** Absent, as all below, where one may not see the values. */
  readonly examples?: readonly ConversionExample[]
  /** Entity and field by their names in force. */
  readonly entity?: string
  readonly field?: string
  /** The first records that lose their value, by id. */
  readonly lost_records?: readonly string[]
}

/** What becomes of one value of a field of another type. */
export interface ConversionExample {
  readonly value: unknown
  readonly becomes: unknown
  /** How many records have it. */
  readonly records: number
  /** The first of them; absent where one may not read it. */
  readonly record?: { readonly id: string; readonly label: string }
}
