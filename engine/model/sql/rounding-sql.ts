import { isPlainList, type TypedRule } from '../../../metadata/rules/types.ts'
import { numeric } from './arithmetic-sql.ts'
import { type Fragment, isNull, type OperatorSql, SQL_TYPES, type SqlWriter } from './fragment.ts'
import { aggregate } from './relation-sql.ts'

/** `min`, `max`, `round`, `abs`, `floor`, `ceil`. */
export const roundingSql = {
  min: (args, writer) => extreme('min', args, writer),
  max: (args, writer) => extreme('max', args, writer),
  round: ([value, decimals], writer) => {
    const { sql, notNull } = numeric(value!, writer)
    const places = decimals?.kind === 'literal' ? Number(decimals.value) : 0
    return { sql: `round(${sql}, ${places})`, sqlType: 'numeric', notNull }
  },
  abs: (args, writer) => applied('abs', args, writer),
  floor: (args, writer) => applied('floor', args, writer),
  ceil: (args, writer) => applied('ceil', args, writer),
} satisfies Readonly<Record<string, OperatorSql>>

function applied(name: string, [value]: readonly TypedRule[], writer: SqlWriter): Fragment {
  const { sql, notNull } = numeric(value!, writer)
  return { sql: `${name}(${sql})`, sqlType: 'numeric', notNull }
}

// LEAST and GREATEST pass NULL over, where the rule is null; and each value is written once.
function extreme(name: 'min' | 'max', args: readonly TypedRule[], writer: SqlWriter): Fragment {
  const [only] = args
  if (only !== undefined && isPlainList(only.type)) return aggregate(only, writer, (v) => `${name}(${v})`)
  const type = args.map((part) => part.type).find((found) => found !== 'null')
  const sqlType = type === undefined ? 'numeric' : SQL_TYPES[type]
  const values = args.map((part) => (isNull(part) ? 'NULL' : `(${writer.value(part).sql})`))
  const found = `CASE WHEN count(v) = count(*) THEN ${name}(v) END`
  return {
    sql: `(SELECT ${found} FROM unnest(ARRAY[${values.join(', ')}]::${sqlType}[]) AS m(v))`,
    sqlType,
    notNull: false,
  }
}
