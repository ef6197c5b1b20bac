import { quoteName } from '../../db/values.ts'
import { shortId } from '../physical-names.ts'

export interface NewColumn {
  readonly name: string
  readonly sqlType: string
  readonly references?: { readonly table: string; readonly constraint: string }
}

/** Free room on each page, so that an update stays on it and touches no index (DESIGN.md 3.8). */
const FILLFACTOR = 90

// What counts and sums by an index alone must look up each row of a page that was written to since the last vacuum,
// so vacuum comes long before the fifth of a table that PostgreSQL waits for.
const STORAGE = [
  `fillfactor = ${FILLFACTOR}`,
  'autovacuum_vacuum_scale_factor = 0.05',
  'autovacuum_vacuum_insert_scale_factor = 0.01',
  'autovacuum_analyze_scale_factor = 0.02',
].join(', ')

/**
 * An entity's table with the columns that every entity has. The primary key's name is the engine's: PostgreSQL's
 * own, account_pkey, is a name that an entity may have.
 */
export function createTableSql(schema: string, table: string): string {
  return `CREATE TABLE ${schema}.${quoteName(table)} (
  "id" uuid CONSTRAINT ${quoteName(`tenon_pk_${shortId(table)}`)} PRIMARY KEY,
  "created_at" timestamptz(3) NOT NULL DEFAULT now(),
  "created_by" uuid,
  "updated_at" timestamptz(3) NOT NULL DEFAULT now(),
  "updated_by" uuid,
  "version" integer NOT NULL DEFAULT 1,
  "deleted_at" timestamptz(3),
  "deleted_by" uuid
) WITH (${STORAGE})`
}

/**
 * Nullable columns, all in one statement: each statement alone takes PostgreSQL a millisecond. A foreign key of a new,
 * empty column needs no look at the rows, so this is instant on a table of any size.
 */
export function addColumnsSql(schema: string, table: string, columns: readonly NewColumn[]): string {
  const added = columns.map(({ name, sqlType, references }) => {
    const foreignKey =
      references === undefined
        ? ''
        : ` CONSTRAINT ${quoteName(references.constraint)} REFERENCES ${schema}.${quoteName(references.table)} ("id")`
    return `ADD COLUMN ${quoteName(name)} ${sqlType}${foreignKey}`
  })
  return `ALTER TABLE ${schema}.${quoteName(table)} ${added.join(', ')}`
}

/** The pairs of a many-to-many field: `record` holds the field, `target` is what it leads to. */
export function createLinkTableSql(
  schema: string,
  link: { readonly linkTable: string; readonly from: string; readonly to: string },
): string[] {
  const table = `${schema}.${quoteName(link.linkTable)}`
  const name = (prefix: string) => quoteName(`${prefix}_${shortId(link.linkTable)}`)
  return [
    `CREATE TABLE ${table} (
  "record" uuid NOT NULL REFERENCES ${schema}.${quoteName(link.from)} ("id") ON DELETE CASCADE,
  "target" uuid NOT NULL REFERENCES ${schema}.${quoteName(link.to)} ("id") ON DELETE CASCADE,
  CONSTRAINT ${name('tenon_pk')} PRIMARY KEY ("record", "target")
)`,
    `CREATE INDEX ${name('tenon_ix')} ON ${table} ("target", "record")`,
  ]
}
