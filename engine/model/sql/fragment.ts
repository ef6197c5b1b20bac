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
}

/** The SQL of one operator. */
export type OperatorSql = (args: readonly TypedRule[], writer: SqlWriter) => Fragment

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
