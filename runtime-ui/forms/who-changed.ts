import type { RecordData } from '../api/types.ts'
import { referenceOf } from '../values/references.ts'

/** Who changed a record last, by name; undefined where that is not to be known. */
export const whoChanged = (record: RecordData): string | undefined =>
  referenceOf(record.updated_by)?.label ?? undefined
