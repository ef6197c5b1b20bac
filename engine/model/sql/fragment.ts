import type { RuleType, TypedRule } from '../../../metadata/rules/types.ts'
import type { SqlTarget } from './sql-target.ts'

/** SQL of one part of a rule. */
export interface Fragment {
  readonly sql: string
  readonly sqlType: string
  readonly notNull: boolean
  /** A condition in which SQL's NULL stands for false: fit for WHERE, AND and OR as it is. */
  readonly loose?: boolean
}

/** What the SQL of an operator is made with. */
export interface SqlWriter {
  readonly target: SqlTarget
  /** A part as a value; a literal takes the type that suits what stands beside it. */
  value(part: TypedRule, beside?: Fragment): Fragment
  /** A boolean part as a condition, where NULL stands for false. */
  condition(part: TypedRule): string
  /** A name that nothing else in the statement has. */
  alias(): string
  /** A writer for what stands within a list, where bare names are those of an item. */
  over(target: SqlTarget): SqlWriter
}

/** The SQL of one operator. */
export type OperatorSql = (args: readonly TypedRule[], writer: SqlWriter) => Fragment

/** What the database cannot run: the check of rules for it has refused the operator. */
export const ENGINE_ONLY = undefined

/** The PostgreSQL type in which a literal of the type is sent. */
export const SQL_TYPES: { readonly [T in RuleType]: string } = {
  text: 'text',
  number: 'numeric',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamptz',
  time: 'time',
  duration: 'interval',
  id: 'uuid',
  texts: 'text[]',
  ids: 'uuid[]',
  numbers: 'numeric[]',
  booleans: 'boolean[]',
  dates: 'date[]',
  datetimes: 'timestamptz[]',
  times: 'time[]',
  durations: 'interval[]',
  records: 'uuid[]',
}

/** A condition that may give NULL for false. */
export function loose(sql: string): Fragment {
  return { sql, sqlType: 'boolean', notNull: true, loose: true }
}

/** A condition that gives true or false and nothing else. */
export function strict(sql: string): Fragment {
  return { sql, sqlType: 'boolean', notNull: true }
}

/** Whether the part is the literal null. */
export function isNull(part: TypedRule | undefined): boolean {
  return part?.kind === 'literal' && part.value === null
}

/** Whether the part is read from a column or a parameter, so that writing it twice costs nothing. */
export function isPlain(part: TypedRule): boolean {
  return part.kind !== 'call'
}

/** The name under which SQL reads what `once` computes. */
export const ONCE = 'once.v'

/**
 * SQL that needs one expression in several places, written and computed once: nested rules would otherwise double
 * with every level. OFFSET 0 keeps the planner from copying the expression back.
 * @param use SQL in which ONCE stands for the expression
 */
export function once(expression: string, use: string): string {
  return `(SELECT ${use} FROM (SELECT ${expression} AS v OFFSET 0) once)`
}

/** A writer that has one part already. */
export function withKnown(writer: SqlWriter, known: TypedRule, fragment: Fragment): SqlWriter {
  return { ...writer, value: (part, beside) => (part === known ? fragment : writer.value(part, beside)) }
}
