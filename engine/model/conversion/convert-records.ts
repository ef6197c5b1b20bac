import type { Database, Executor, Transaction } from '../../db/database.ts'
import { backgroundPace } from '../../db/pace.ts'
import { quoteName } from '../../db/values.ts'
import { shortId } from '../physical-names.ts'
import { type ColumnConversion, convertPairs, type ValuePair } from './column-conversion.ts'

/** Records that are read and written at once. */
const PAGE_RECORDS = 2_000
/** Records that may be left for the publish, which holds the table while it writes them. */
const LEFT_RECORDS = 200
/** Rounds after which whoever writes is quicker than we are: the publish takes what is left. */
const MOST_ROUNDS = 50
const FIRST = '00000000-0000-0000-0000-000000000000'

const TRIGGER = 'tenon_note_'

/** A conversion for which each write is noted under a name, one for each field and publish. */
export type NotedConversion = ColumnConversion & { readonly note: string }

/** What a publish has written before, and for which it had writes noted. */
export interface NotedFields {
  readonly changeset: string
  /** Ids of the entities. */
  readonly entities: ReadonlySet<string>
}

export function withNote(conversion: ColumnConversion, changeset: string): NotedConversion {
  return { ...conversion, note: `${prefixOf(changeset)}_${shortId(conversion.id)}` }
}

function prefixOf(changeset: string): string {
  return shortId(changeset)
}

export interface ConversionWatch {
  readonly signal: AbortSignal
  readonly progress: (done: number, total: number) => Promise<void>
}

/** Writes the values of all records, beside the traffic; what is written meanwhile is carried over again. */
export async function convertBeside(
  db: Database,
  schema: string,
  conversions: readonly NotedConversion[],
  watch: ConversionWatch,
): Promise<void> {
  const pace = backgroundPace(db.background, watch.signal)
  const total = await countAll(db, conversions)
  let done = 0
  for (const conversion of conversions) {
    for (let after: string | undefined = FIRST; after !== undefined; ) {
      watch.signal.throwIfAborted()
      const from: string = after
      const page = await pace.run(() => convertPage(db.background, conversion, from))
      done += page.count
      after = page.last
      await watch.progress(Math.min(done, total), total)
    }
    await convertNoted(db, schema, conversion, watch.signal)
  }
}

/** Carries over what was written since, until little enough is left for the publish. */
export async function convertNoted(
  db: Database,
  schema: string,
  conversion: NotedConversion,
  signal: AbortSignal,
): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    signal.throwIfAborted()
    const count = await db.background.transaction((tx) => convertWritten(tx, schema, conversion))
    if (count < LEFT_RECORDS) return
  }
}

/**
 * Writes, inside a publish that holds the tables, what is not written yet.
 * @param noted what was written before, but for what was noted since
 */
export async function convertAtPublish(
  tx: Transaction,
  schema: string,
  conversions: readonly ColumnConversion[],
  noted: NotedFields | undefined,
): Promise<void> {
  for (const conversion of conversions) {
    if (noted === undefined || !noted.entities.has(conversion.entityId)) await convertHeld(tx, conversion)
    else while ((await convertWritten(tx, schema, withNote(conversion, noted.changeset))) > 0);
  }
  if (conversions.length > 0 && noted !== undefined) await endNotes(tx, schema, noted.changeset)
}

/** Writes the values of all records of a table that nobody writes to meanwhile. */
async function convertHeld(tx: Transaction, conversion: ColumnConversion): Promise<void> {
  for (let after: string | undefined = FIRST; after !== undefined; )
    after = (await convertPage(tx, conversion, after)).last
}

/** Writes the values of records that were noted as written, a page at most. @returns how many were noted */
export async function convertWritten(
  tx: Transaction,
  schema: string,
  conversion: NotedConversion,
): Promise<number> {
  const { rows } = await tx.query<{ record: string }>({
    text: `DELETE FROM ${schema}.tenon_converting WHERE number IN (
  SELECT number FROM ${schema}.tenon_converting WHERE note = $1 ORDER BY number LIMIT ${PAGE_RECORDS}
) RETURNING record::text AS record`,
    values: [conversion.note],
  })
  if (rows.length === 0) return 0
  const pairs = await tx.query<ValuePair>({
    text: `SELECT t."id"::text AS id, ${conversion.read} FROM ${conversion.table} t WHERE t."id" = ANY($1::uuid[])`,
    values: [[...new Set(rows.map(({ record }) => record))]],
  })
  await convertPairs(tx, conversion, pairs.rows)
  return rows.length
}

/** Records that are in the bin have values as well. */
async function convertPage(
  db: Executor,
  conversion: ColumnConversion,
  after: string,
): Promise<{ readonly count: number; readonly last: string | undefined }> {
  const { rows } = await db.query<ValuePair>({
    text: `SELECT t."id"::text AS id, ${conversion.read} FROM ${conversion.table} t WHERE t."id" > $1::uuid
ORDER BY t."id" LIMIT ${PAGE_RECORDS}`,
    values: [after],
  })
  await convertPairs(db, conversion, rows)
  return { count: rows.length, last: rows.length < PAGE_RECORDS ? undefined : rows.at(-1)?.id }
}

async function countAll(db: Executor, conversions: readonly ColumnConversion[]): Promise<number> {
  let total = 0
  for (const { table } of conversions) {
    const { rows } = await db.query<{ n: string }>({ text: `SELECT count(*) AS n FROM ${table}` })
    total += Number(rows[0]?.n ?? 0)
  }
  return total
}

/** From the commit on, each write of one of these values is noted. Takes a lock that stops writers for a moment. */
export async function noteWrites(
  tx: Transaction,
  schema: string,
  conversions: readonly NotedConversion[],
): Promise<void> {
  for (const { note, table, fromColumns } of conversions) {
    await tx.query({
      text: `CREATE OR REPLACE TRIGGER ${quoteName(TRIGGER + note)} AFTER INSERT OR UPDATE OF ${fromColumns.join(', ')} ON ${table}
FOR EACH ROW EXECUTE FUNCTION ${schema}.tenon_note_converting('${note}')`,
    })
  }
}

/** Nothing is noted for a publish any more, and nothing noted is left. */
export async function endNotes(tx: Transaction, schema: string, changeset: string): Promise<void> {
  const { rows } = await tx.query<{ name: string; table: string }>({
    text: `SELECT g.tgname AS name, c.relname AS table FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
WHERE c.relnamespace = $1::regnamespace AND starts_with(g.tgname, $2) ORDER BY c.relname, g.tgname`,
    values: [schema, TRIGGER + prefixOf(changeset)],
  })
  for (const { name, table } of rows) {
    await tx.query({ text: `DROP TRIGGER ${quoteName(name)} ON ${schema}.${quoteName(table)}` })
    await tx.query({
      text: `DELETE FROM ${schema}.tenon_converting WHERE note = $1`,
      values: [name.slice(TRIGGER.length)],
    })
  }
}
