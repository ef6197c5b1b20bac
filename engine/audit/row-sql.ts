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
  /** json or jsonb, whose text is kept: `{"<trail key>": {"before", "after"}}` for a record, details by name else. */
  readonly changes: string
  readonly address: string
}

const PLAIN = ['actor', 'via', 'action', 'entity', 'record', 'version', 'subject', 'request'] as const

/**
 * The INSERT of audit rows. A row takes its number after its transaction has got its own: the sealer's mark counts
 * on that order, and it is why the rows must come from a FROM item that writes, or that asks for the number.
 * @param schema quoted
 * @param from what stands behind FROM: an item with an alias that the expressions name
 * @param salt SQL of a random uuid, another one for each row
 */
export function insertAuditSql(
  schema: string,
  row: AuditRowSql,
  from: string,
  salt = 'gen_random_uuid()',
): string {
  const values = [...PLAIN.map((name) => row[name]), row.changes, row.address, `uuid_send(${salt})`]
  return (
    `INSERT INTO ${schema}.tenon_audit (id, at, ${PLAIN.join(', ')}, changes, address, salt) ` +
    `SELECT nextval('${schema}.tenon_audit_id'), now(), ${values.join(', ')} FROM ${from}`
  )
}

/**
 * The salted hash of a row's payload, the part of it that may be erased. It is made when somebody needs it: by the
 * sealer, and by an erasure, which leaves it in the payload's place. JSON text holds no line break, so where the
 * changes end is never in doubt.
 * @param alias of the row
 */
export function payloadHashSql(alias: string): string {
  const payload = `${alias}.changes::text || coalesce(E'\\n' || ${alias}.address, '')`
  return `sha256(${alias}.salt || convert_to(${payload}, 'UTF8'))`
}

/**
 * 16 bytes that stand for a whole row: what of it stays, and its payload by the hash. Only a row without any payload,
 * an erased one, is taken at its word about its hash.
 * @param alias of the row
 */
export function markSql(alias: string): string {
  const at = `(extract(epoch FROM ${alias}.at) * 1000)::bigint`
  const isErased = `num_nonnulls(${alias}.salt, ${alias}.changes, ${alias}.address) = 0`
  const hash = `CASE WHEN ${isErased} THEN ${alias}.hash ELSE ${payloadHashSql(alias)} END`
  const parts = [`${alias}.id`, at, ...PLAIN.map((name) => `${alias}.${name}`), `encode(${hash}, 'hex')`]
  return `substring(sha256(convert_to(json_build_array(${parts.join(', ')})::text, 'UTF8')) FOR 16)`
}

/** The month of a row, as its seal names it: `YYYY-MM-01`. */
export function monthSql(alias: string): string {
  return `to_char(${alias}.at AT TIME ZONE 'UTC', 'YYYY-MM-01')`
}
