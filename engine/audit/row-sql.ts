/** What an audit row is made of, as SQL. */
export interface AuditRowSql {
  /** SQL of the acting user's id; `NULL` for Tenon itself and for nobody known. */
  readonly actor: string
  readonly via: string
  readonly action: string
  readonly entity: string
  readonly record: string
  readonly version: string
  readonly subject: string
  readonly request: string
  /** jsonb: `{"<trail key>": {"before", "after"}}` for a record, details by name else. */
  readonly changes: string
  readonly address: string
}

/**
 * The INSERT of audit rows. A row takes its number after its transaction has got its own: the sealer's mark counts
 * on that order, and it is why the rows must come from a FROM item that writes, or that asks for the number.
 * @param schema quoted
 * @param from what stands behind FROM: an item with an alias that the expressions name
 */
export function insertAuditSql(schema: string, row: AuditRowSql, from: string): string {
  // The salt is made once a row in a subquery of its own: stored and hashed it must be the same.
  const columns = ['actor', 'via', 'action', 'entity', 'record', 'version', 'subject', 'request'] as const
  const values = columns.map((name) => `${row[name]} AS ${name}`)
  return (
    `INSERT INTO ${schema}.tenon_audit (id, at, ${columns.join(', ')}, changes, address, salt, hash) ` +
    `SELECT nextval('${schema}.tenon_audit_id'), now(), ${columns.map((name) => `x.${name}`).join(', ')}, ` +
    `x.changes, x.address, x.salt, ${payloadHashSql('x')} ` +
    `FROM (SELECT ${values.join(', ')}, ${row.changes} AS changes, ${row.address} AS address, ` +
    `uuid_send(gen_random_uuid()) AS salt FROM ${from}) x`
  )
}

/**
 * The hash of a row's payload, the part of it that may be erased. JSON text holds no line break, so where the
 * changes end is never in doubt.
 * @param alias of the row
 */
export function payloadHashSql(alias: string): string {
  return `sha256(${alias}.salt || convert_to(${alias}.changes::text || coalesce(E'\\n' || ${alias}.address, ''), 'UTF8'))`
}

/**
 * 16 bytes that stand for everything of a row that stays, its payload's hash included.
 * @param alias of the row
 */
export function markSql(alias: string): string {
  const at = `(extract(epoch FROM ${alias}.at) * 1000)::bigint`
  const plain = ['actor', 'via', 'action', 'entity', 'record', 'version', 'subject', 'request']
  const parts = [
    `${alias}.id`,
    at,
    ...plain.map((name) => `${alias}.${name}`),
    `encode(${alias}.hash, 'hex')`,
  ]
  return `substring(sha256(convert_to(json_build_array(${parts.join(', ')})::text, 'UTF8')) FOR 16)`
}

/** The month of a row, as its seal names it: `YYYY-MM-01`. */
export function monthSql(alias: string): string {
  return `to_char(${alias}.at AT TIME ZONE 'UTC', 'YYYY-MM-01')`
}
