import type { AccessParameters } from './row-test-sql.ts'

const PLAIN = /^[\P{C}\n\t]*$/u
const MAX_LENGTH = 200

/**
 * A value of a definition as SQL. It is the same for everybody with these roles, so a short one stands in the text:
 * the planner then knows how few records a rule meets. As a parameter of a prepared statement it would be taken for
 * one of average frequency, and a list would walk past a million records to find forty.
 */
export function constantSql(parameters: AccessParameters, value: unknown, sqlType: string): string {
  if (typeof value === 'boolean') return `'${value}'::${sqlType}`
  if (typeof value === 'number' && Number.isFinite(value)) return `'${value}'::${sqlType}`
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !PLAIN.test(value))
    return parameters.add(value, sqlType)
  // Right however the server reads a backslash in a plain text.
  return `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'::${sqlType}`
}
