import type { OperatorName } from '../../../metadata/rules/catalogue.ts'
import { parseDuration } from '../../../metadata/rules/durations.ts'
import type {
  RuleType,
  TypedAmbient,
  TypedCall,
  TypedList,
  TypedLiteral,
  TypedPath,
  TypedRule,
} from '../../../metadata/rules/types.ts'
import { arithmeticSql } from './arithmetic-sql.ts'
import { changeSql } from './change-sql.ts'
import { comparisonSql } from './comparison-sql.ts'
import { datePartSql } from './date-part-sql.ts'
import { dateSql } from './date-sql.ts'
import { ENGINE_ONLY, type Fragment, type OperatorSql, SQL_TYPES, type SqlWriter } from './fragment.ts'
import { listSql } from './list-sql.ts'
import { logicSql } from './logic-sql.ts'
import { relationSql, writeListValue } from './relation-sql.ts'
import { roundingSql } from './rounding-sql.ts'
import type { ColumnSql, SqlTarget } from './sql-target.ts'
import { textSql } from './text-sql.ts'
import { textValueSql } from './text-value-sql.ts'

/** How each operator of the catalogue is written; the compiler tells of one that is forgotten. */
const SQL_BY_NAME: { readonly [N in OperatorName]: OperatorSql | typeof ENGINE_ONLY } = {
  ...logicSql,
  ...comparisonSql,
  ...arithmeticSql,
  ...roundingSql,
  ...textSql,
  ...textValueSql,
  ...dateSql,
  ...datePartSql,
  ...listSql,
  ...relationSql,
  working_days_between: ENGINE_ONLY,
  working_days_add: ENGINE_ONLY,
  ...changeSql,
}

export const OPERATOR_SQL: ReadonlyMap<string, OperatorSql | typeof ENGINE_ONLY> = new Map(
  Object.entries(SQL_BY_NAME),
)

/**
 * A checked condition as SQL for WHERE or HAVING. Every value goes as a parameter. A record matches when the SQL is
 * true; NULL stands for false, which lets `field == literal` be `field = $1` and use its index: where the field is
 * null the rule is false and the SQL is NULL, and AND, OR and WHERE treat the two alike. Whatever looks at a
 * condition as a value (`!`, `==`, `if`) turns NULL into false first.
 * @param typed of type boolean, as `checkRule(…, 'condition')` gives it
 */
export function ruleToSql(typed: TypedRule, target: SqlTarget): string {
  return createWriter(target).condition(typed)
}

/** A checked rule as the SQL of a value, NULL for null. */
export function ruleValueToSql(typed: TypedRule, target: SqlTarget): ColumnSql {
  const { sql, sqlType, notNull } = createWriter(target).value(typed)
  return { sql, sqlType, notNull }
}

function createWriter(target: SqlTarget, names = { count: 0 }): SqlWriter {
  const writer: SqlWriter = {
    target,
    value(part, beside) {
      const fragment = writePart(part, writer, beside)
      // Conditions are written bare, for WHERE; as the operand of something they need their parentheses.
      if (fragment.loose) return { sql: `((${fragment.sql}) IS TRUE)`, sqlType: 'boolean', notNull: true }
      return part.kind === 'call' && part.type === 'boolean'
        ? { ...fragment, sql: `(${fragment.sql})` }
        : fragment
    },
    condition(part) {
      return part.kind === 'literal' ? String(part.value === true) : writePart(part, writer).sql
    },
    alias: () => `l${names.count++}`,
    over: (inner) => createWriter(inner, names),
  }
  return writer
}

function writePart(part: TypedRule, writer: SqlWriter, beside?: Fragment): Fragment {
  const { target } = writer
  switch (part.kind) {
    case 'literal':
      return writeLiteral(part, target, beside)
    case 'list':
      return writeList(part, target, beside)
    case 'path':
      return part.type === 'records' ? writeListValue(part, writer) : writePath(part, target)
    case 'item': {
      if (target.item === undefined) throw new Error('there is no item here')
      const { sql, sqlType, notNull = false } = target.item()
      return { sql, sqlType, notNull }
    }
    case 'ambient':
      return AMBIENT_SQL[part.name](target)
    case 'fallback': {
      const value = writer.value(part.value)
      const instead = writeLiteral(part.instead, target, value)
      // A numeric instead of a null integer makes the whole numeric.
      const sqlType = instead.sqlType === 'numeric' ? 'numeric' : value.sqlType
      return { sql: `COALESCE(${value.sql}, ${instead.sql})`, sqlType, notNull: true }
    }
    case 'call':
      return writeCall(part, writer)
  }
}

function writePath({ path, from }: TypedPath, target: SqlTarget): Fragment {
  const own = from === undefined ? target : (target.record ?? target)
  if (from === 'settings') {
    if (own.setting === undefined) throw new Error('settings cannot be read here')
    return { sql: own.setting(path.slice(1).join('.')), sqlType: 'text', notNull: true }
  }
  const { sql, sqlType, notNull = false } = own.column(from === 'record' ? path.slice(1) : path)
  return { sql, sqlType, notNull }
}

const AMBIENT_SQL: { readonly [K in TypedAmbient['name']]: (target: SqlTarget) => Fragment } = {
  today: (target) => ({ sql: target.today(), sqlType: 'date', notNull: true }),
  now: (target) => ({ sql: target.now(), sqlType: 'timestamptz', notNull: true }),
  'actor.id': (target) => {
    const id = target.actorId()
    return { sql: id ?? 'NULL::uuid', sqlType: 'uuid', notNull: id !== undefined }
  },
  'actor.roles': (target) => ({ sql: target.actorRoles(), sqlType: 'text[]', notNull: true }),
}

function writeCall(call: TypedCall, writer: SqlWriter): Fragment {
  if (call.operator === 'filter' || call.operator === 'map') return writeListValue(call, writer)
  const write = OPERATOR_SQL.get(call.operator)
  if (write === undefined) throw new Error(`operator "${call.operator}" has no SQL`)
  return write(call.arguments, writer)
}

function writeLiteral(literal: TypedLiteral, target: SqlTarget, beside: Fragment | undefined): Fragment {
  const { type, value } = literal
  if (type === 'null' || value === null) {
    const sqlType = beside?.sqlType
    return {
      sql: sqlType === undefined ? 'NULL' : `NULL::${sqlType}`,
      sqlType: sqlType ?? 'text',
      notNull: false,
    }
  }
  const sqlType = literalType(type, [value], beside)
  return { sql: target.parameter(literalValue(value, type), sqlType), sqlType, notNull: true }
}

/** One parameter however long the list is: a filter by 10,000 ids is one array. */
function writeList(list: TypedList, target: SqlTarget, beside: Fragment | undefined): Fragment {
  const sqlType = `${literalType(list.type, list.values, beside)}[]`
  const values = list.values.map((value) => literalValue(value, list.type))
  return { sql: target.parameter(values, sqlType), sqlType, notNull: true }
}

const INTEGER_DIGITS: ReadonlyMap<string, number> = new Map([
  ['smallint', 4],
  ['integer', 9],
  ['bigint', 15],
])

// An integer column compared with a numeric is cast, and its index left unused; so whole numbers go as its own
// type. Others, which no integer can equal, stay numeric.
function literalType(
  type: RuleType,
  values: readonly (string | boolean)[],
  beside: Fragment | undefined,
): string {
  const digits = type === 'number' ? INTEGER_DIGITS.get(beside?.sqlType ?? '') : undefined
  if (beside === undefined || digits === undefined) return SQL_TYPES[type]
  const whole = new RegExp(`^-?\\d{1,${digits}}$`)
  return values.every((value) => whole.test(String(value))) ? beside.sqlType : SQL_TYPES[type]
}

function literalValue(value: string | boolean, type: RuleType): string | boolean {
  if (type !== 'duration' || typeof value !== 'string') return value
  // PostgreSQL reads no sign before the P of a duration.
  const { months, days, ms } = parseDuration(value) ?? { months: 0, days: 0, ms: 0 }
  return `${months} mons ${days} days ${ms / 1000} secs`
}
