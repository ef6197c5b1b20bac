import type { Transaction } from '../db/database.ts'
import { parseJson, quoteText } from '../db/values.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { bare, type MaskDeps, maskRecords, type Row } from './mask-record.ts'
import { isCopied, linksOf, type Sample } from './take-sample.ts'

export interface LaySource {
  readonly live: CompiledModel
  readonly made: CompiledModel
  readonly sample: Sample
  /** Ids of the users who keep their names and passwords: they sign in there. */
  readonly known: ReadonlySet<string>
  readonly mask: MaskDeps
}

/** Writes a sample into a new sandbox, people made up, links as they were. @returns how many records, users apart */
export async function laySample(tx: Transaction, source: LaySource): Promise<number> {
  const { made, sample, known, mask } = source
  let count = 0
  for (const [name, entity] of made.entities) {
    const rows = [...(sample.get(name)?.values() ?? [])]
    if (rows.length === 0) continue
    const masked = maskRecords(entity, rows, mask)
    const kept =
      name === 'user' ? masked.map((row, at) => (known.has(String(row.id)) ? rows[at]! : row)) : masked
    await insertRows(tx, entity, kept)
    if (name !== 'user') count += rows.length
  }
  // Only now is everything there that they lead to.
  for (const entity of made.entities.values()) await link(tx, made, entity, sample)
  for (const entity of made.entities.values()) await copyLinkTables(tx, source, entity)
  await copyNumbers(tx, source)
  return count
}

const linkColumns = (entity: CompiledEntity): readonly string[] =>
  [...entity.fields.values()]
    .filter(({ relation }) => relation?.kind === 'one' || relation?.kind === 'dynamic')
    .flatMap(({ columns }) => columns)

async function insertRows(tx: Transaction, entity: CompiledEntity, rows: readonly Row[]): Promise<void> {
  const later = new Set(linkColumns(entity))
  const columns = [...entity.fields.values()]
    .filter(isCopied)
    .flatMap((field) => field.columns)
    .filter((column) => !later.has(column))
  await tx.query({
    text: `INSERT INTO ${entity.table} (${columns.join(', ')})
SELECT ${columns.map((column) => `x.${column}`).join(', ')} FROM jsonb_populate_recordset(NULL::${entity.table}, $1::jsonb) x`,
    values: [JSON.stringify(rows)],
  })
}

async function link(
  tx: Transaction,
  made: CompiledModel,
  entity: CompiledEntity,
  sample: Sample,
): Promise<void> {
  const rows = sample.get(entity.name)
  const columns = linkColumns(entity)
  if (rows === undefined || rows.size === 0 || columns.length === 0) return
  const linked = [...rows.values()].map((row) => ({
    id: row.id,
    ...Object.fromEntries(
      linksOf(made, entity, row)
        .filter(({ to, id }) => sample.get(to)?.has(id) === true)
        .flatMap((one) => one.columns.map((column) => [column, row[column]])),
    ),
  }))
  await tx.query({
    text: `UPDATE ${entity.table} t SET ${columns.map((column) => `${column} = x.${column}`).join(', ')}
FROM jsonb_populate_recordset(NULL::${entity.table}, $1::jsonb) x WHERE t."id" = x."id"`,
    values: [JSON.stringify(linked)],
  })
}

/** What several records have in common with several others. */
async function copyLinkTables(
  tx: Transaction,
  { live, sample }: LaySource,
  entity: CompiledEntity,
): Promise<void> {
  const from = live.entities.get(entity.name)
  for (const [name, field] of entity.fields) {
    const table = from?.fields.get(name)?.linkTable
    if (field.linkTable === undefined || table === undefined || field.relation?.kind !== 'many') continue
    const ids = [entity.name, field.relation.to].map((of) => [...(sample.get(of)?.keys() ?? [])])
    const columns = await columnsOf(tx, field.linkTable)
    const [one, other] = columns
    if (one === undefined || other === undefined) continue
    await tx.query({
      text: `INSERT INTO ${field.linkTable} (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM ${table}
WHERE ${one} = ANY ($1::uuid[]) AND ${other} = ANY ($2::uuid[])`,
      values: ids,
    })
  }
}

async function columnsOf(tx: Transaction, table: string): Promise<readonly string[]> {
  const { rows } = await tx.query<{ name: string }>({
    text: `SELECT quote_ident(attname) AS name FROM pg_attribute
WHERE attrelid = ${quoteText(table)}::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
  })
  return rows.map(({ name }) => name)
}

/** Numbers that are given go on where they are, so that none of a new record is one of the sample's. */
async function copyNumbers(tx: Transaction, { live, made }: LaySource): Promise<void> {
  const series = [...made.entities.values()]
    .flatMap(({ fields }) => [...fields.values()])
    .flatMap((field: CompiledField) => (field.sequence === undefined ? [] : [field.sequence]))
  if (series.length === 0) return
  const starts = (column: string) =>
    `EXISTS (SELECT FROM unnest($1::text[]) s(n) WHERE starts_with(${column}, s.n))`
  const { rows } = await tx.query<{ found: string }>({
    text: `SELECT coalesce(json_agg(json_build_array(sequencename, coalesce(last_value, 0))), '[]')::text AS found
FROM pg_sequences WHERE schemaname = $2 AND ${starts('sequencename')}`,
    values: [series, bare(live.schema)],
  })
  for (const [name, last] of parseJson<[string, number][]>(rows[0]?.found ?? '[]')) {
    const sequence = `${made.schema}."${name}"`
    await tx.query({ text: `CREATE SEQUENCE IF NOT EXISTS ${sequence}` })
    if (last > 0) await tx.query({ text: `SELECT setval(${quoteText(sequence)}, $1)`, values: [last] })
  }
  await tx.query({
    text: `INSERT INTO ${made.schema}.tenon_counter (name, value)
SELECT name, value FROM ${live.schema}.tenon_counter WHERE ${starts('name')}`,
    values: [series],
  })
}
