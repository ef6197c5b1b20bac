import pg from 'pg'

/** OIDs of the types whose values JavaScript holds exactly; all others come as PostgreSQL writes them. */
const PARSED = {
  bool: 16,
  bytea: 17,
  int2: 21,
  int4: 23,
  oid: 26,
  float4: 700,
  float8: 701,
  nameArray: 1003,
  int4Array: 1007,
  textArray: 1009,
  uuidArray: 2951,
} as const

const parsed: ReadonlySet<number> = new Set(Object.values(PARSED))
const asText = (raw: string): string => raw

/**
 * How answers become values: booleans, small integers, floats, bytea and lists of texts, names, uuids and int4 are
 * parsed; bigint, numeric, dates, instants (`2026-03-02 01:00:00.000+00`), json and the rest stay text, because
 * they would lose digits or because their text is passed through unread.
 */
export const typeParsers = {
  getTypeParser(oid: number, format: 'text' | 'binary' = 'text'): (raw: string) => unknown {
    if (format === 'binary' || !parsed.has(oid)) return asText
    return pg.types.getTypeParser(oid, 'text')
  },
}

/** The value of a json or jsonb column, which arrives as text. */
export function parseJson<T>(text: string): T {
  return JSON.parse(text) as T
}

/** A name as SQL may hold it, whatever stands in it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as SQL may hold it, for statements that take no parameters. */
export function quoteText(text: string): string {
  const escaped = text.replaceAll("'", "''")
  return escaped.includes('\\') ? ` E'${escaped.replaceAll('\\', '\\\\')}'` : `'${escaped}'`
}

/** The SQL of an instant as the API writes it: milliseconds, UTC. */
export function instantSql(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
