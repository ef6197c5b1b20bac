import { isDeepStrictEqual } from 'node:util'
import type { Executor } from '../../db/database.ts'
import { type ColumnConversion, counterpart, storedValue, type ValuePair } from './column-conversion.ts'

/** What becomes of the values of a field of another type. */
export interface Unconvertible {
  /** Live records with a value. */
  readonly values: number
  /** Live records whose value has no counterpart. */
  readonly records: number
  /** Live records whose value becomes one that does not lead back to it: it says less, or is written otherwise. */
  readonly altered: number
  /** Live records in which a value stands again that the field had before, and that today's would not become. */
  readonly returned: number
  readonly examples: readonly ConversionExample[]
  /** The first live records whose value has no counterpart, up to `MOST_LISTED`. */
  readonly lost: readonly string[]
}

/** What becomes of one value. */
export interface ConversionExample {
  readonly value: unknown
  /** Null where it has no counterpart. */
  readonly becomes: unknown
  /** The first live record with it. */
  readonly id: string
  /** Live records with it. */
  readonly records: number
}

/** Records that are named one by one: as many as the address of a list holds. */
export const MOST_LISTED = 100
const MOST_EXAMPLES = 5
/** Records that are looked at in one go; nothing of them is kept. */
const COUNTED_RECORDS = 10_000
const FIRST = '00000000-0000-0000-0000-000000000000'

type Reading = Pick<ColumnConversion, 'readOld' | 'read' | 'table' | 'forth' | 'back'>

/**
 * Reads all live records of the table, page by page.
 * @param isReturning whether the other column is there, with what the field had before; else nothing is read of it
 */
export async function countUnconvertible(
  db: Executor,
  conversion: Reading,
  isReturning: boolean,
): Promise<Unconvertible> {
  const counted = { values: 0, records: 0, altered: 0, returned: 0 }
  const lost: string[] = []
  const examples: Readonly<Record<Fate, Examples>> = {
    ...{ lost: new Map(), altered: new Map(), returned: new Map(), kept: new Map() },
  }
  for await (const { id, key, value, becomes, fate } of outcomes(db, conversion, isReturning)) {
    if (value !== null) counted.values++
    if (fate === 'lost') counted.records++
    if (fate === 'altered' || fate === 'returned') counted[fate]++
    if (fate === 'lost' && lost.length < MOST_LISTED) lost.push(id)
    if (value === null && becomes === null) continue
    const alike = examples[fate].get(key)
    if (alike !== undefined) examples[fate].set(key, { ...alike, records: alike.records + 1 })
    else if (examples[fate].size < MOST_EXAMPLES) examples[fate].set(key, { value, becomes, id, records: 1 })
  }
  const told = FATES.flatMap((fate) => [...examples[fate].values()])
  return { ...counted, lost, examples: told.slice(0, MOST_EXAMPLES) }
}

/** Whether a value of a live record would be lost or altered; reads until the first one. */
export async function losesAny(db: Executor, conversion: Reading, isReturning: boolean): Promise<boolean> {
  for await (const { fate } of outcomes(db, conversion, isReturning))
    if (fate === 'lost' || fate === 'altered') return true
  return false
}

/** In the order in which they are told: what is worst first. */
const FATES = ['lost', 'altered', 'returned', 'kept'] as const
type Fate = (typeof FATES)[number]

type Examples = Map<string, ConversionExample>
type LiveValue = Pick<ValuePair, 'id' | 'old'> & Partial<Pick<ValuePair, 'new'>>

interface Outcome {
  readonly id: string
  /** The same of records that have the same values. */
  readonly key: string
  readonly value: unknown
  readonly becomes: unknown
  readonly fate: Fate
}

async function* outcomes(db: Executor, conversion: Reading, isReturning: boolean): AsyncGenerator<Outcome> {
  const read = isReturning ? conversion.read : conversion.readOld
  for (let after: string | undefined = FIRST; after !== undefined; ) {
    const rows: readonly LiveValue[] = await readLive(db, conversion.table, read, after)
    for (const row of rows) yield outcomeOf(conversion, row)
    after = rows.length < COUNTED_RECORDS ? undefined : rows.at(-1)?.id
  }
}

/** What becomes of the value of one record. */
function outcomeOf(conversion: Pick<ColumnConversion, 'forth' | 'back'>, row: LiveValue): Outcome {
  const [value, held] = [storedValue(row.old), storedValue(row.new ?? null)]
  const becomes = counterpart(conversion, value, held)
  const plain = counterpart(conversion, value, null)
  const outcome = { id: row.id, key: `${row.old} ${row.new ?? ''}`, value, becomes }
  if (becomes !== null && !isDeepStrictEqual(becomes, plain)) return { ...outcome, fate: 'returned' }
  if (value === null) return { ...outcome, fate: 'kept' }
  if (becomes === null) return { ...outcome, fate: 'lost' }
  const again = conversion.back(becomes)
  const isKept = again.fault === undefined && isDeepStrictEqual(again.value, value)
  return { ...outcome, fate: isKept ? 'kept' : 'altered' }
}

async function readLive(
  db: Executor,
  table: string,
  read: string,
  after: string,
): Promise<readonly LiveValue[]> {
  const { rows } = await db.query<LiveValue>({
    text: `SELECT t."id"::text AS id, ${read} FROM ${table} t WHERE t."id" > $1::uuid AND t."deleted_at" IS NULL
ORDER BY t."id" LIMIT ${COUNTED_RECORDS}`,
    values: [after],
  })
  return rows
}
