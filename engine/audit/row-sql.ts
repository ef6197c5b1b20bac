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
  /** json or jsonb, whose text is kept and hashed: `{"<trail key>": {"before", "after"}}` for a record, details by name else. */
  readonly changes: string
  readonly address: string
}

const PLAIN = ['actor', 'via', 'action', 'entity', 'record', 'version', 'subject', 'request'] as const

/**
 * The INSERT of audit rows. A row takes its number after its transaction has got its own: the sealer's mark counts
 * on that order, and it is why the rows must come from a FROM item that writes, or that asks for the number.
 * @param schema quoted
 * @param from what stands behind FROM: an item with an alias that the expressions name
 * @param salt SQL of a random uuid for the one row that is written; absent where there may be several
 */
export function insertAuditSql(schema: string, row: AuditRowSql, from: string, salt?: string): string {
  const into = `INSERT INTO ${schema}.tenon_audit (id, at, ${PLAIN.join(', ')}, changes, address, salt, hash) `
  const number = `nextval('${schema}.tenon_audit_id'), now()`
  if (salt !== undefined) {
    const values = [...PLAIN.map((name) => row[name]), row.changes, row.address]
    const salted = `uuid_send(${salt})`
    return `${into}SELECT ${number}, ${values.join(', ')}, ${salted}, ${payloadHashSql(salted, row.changes, row.address)} FROM ${from}`
  }
  // A salt is made once a row in a subquery of its own: stored and hashed it must be the same.
  const values = PLAIN.map((name) => `${row[name]} AS ${name}`)
  return (
    `${into}SELECT ${number}, ${PLAIN.map((name) => `x.${name}`).join(', ')}, x.changes, x.address, x.salt, ` +
    `${payloadHashSql('x.salt', 'x.changes', 'x.address')} FROM (SELECT ${values.join(', ')}, ` +
    `${row.changes} AS changes, ${row.address} AS address, uuid_send(gen_random_uuid()) AS salt FROM ${from}) x`
  )
}

/**
 * The hash of a row's payload, the part of it that may be erased. JSON text holds no line break, so where the
 * changes end is never in doubt.
 */
export function payloadHashSql(salt: string, changes: string, address: string): string {
  return `sha256(${salt} || convert_to(${changes}::text || coalesce(E'\\n' || ${address}, ''), 'UTF8'))`
}

/**
 * 16 bytes that stand for everything of a row that stays, its payload's hash included.
 * @param alias of the row
 */
export function markSql(alias: string): string {
  const at = `(extract(epoch FROM ${alias}.at) * 1000)::bigint`
  const parts = [
    `${alias}.id`,
    at,
    ...PLAIN.map((name) => `${alias}.${name}`),
    `encode(${alias}.hash, 'hex')`,
  ]
  return `substring(sha256(convert_to(json_build_array(${parts.join(', ')})::text, 'UTF8')) FOR 16)`
}

/** The month of a row, as its seal names it: `YYYY-MM-01`. */
export function monthSql(alias: string): string {
  return `to_char(${alias}.at AT TIME ZONE 'UTC', 'YYYY-MM-01')`
}
