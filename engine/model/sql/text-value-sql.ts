import { BLANKS, searchWords } from '../../../metadata/rules/text-values.ts'
import type { TypedRule } from '../../../metadata/rules/types.ts'
import { numeric } from './arithmetic-sql.ts'
import { escapeLike } from './containment-sql.ts'
import { type Fragment, isNull, loose, type OperatorSql, type SqlWriter, strict } from './fragment.ts'
import { folded } from './text-sql.ts'

/** `cat`, `substr`, `length`, `upper`, `lower`, `trim`, `replace`, `search`. */
export const textValueSql = {
  cat: (args, writer) => {
    const texts = args.filter((part) => !isNull(part)).map((part) => asText(part, writer))
    return textOf(texts.length === 0 ? "''::text" : `concat(${texts.join(', ')})`, true)
  },
  substr: ([text, start, count], writer) => {
    const { sql, notNull } = textValue(text!, writer)
    const from = wholeOf(start)!
    const rest = from >= 0 ? `substr(${sql}, ${from + 1})` : `right(${sql}, ${-from})`
    const length = wholeOf(count)
    return textOf(length === undefined ? rest : leftOf(rest, length), notNull)
  },
  length: ([text], writer) => {
    const { sql, notNull } = textValue(text!, writer)
    return { sql: `length(${sql})`, sqlType: 'integer', notNull }
  },
  upper: ([text], writer) => cased('upper', text!, writer),
  lower: ([text], writer) => cased('lower', text!, writer),
  trim: ([text], writer) => {
    const { sql, notNull } = textValue(text!, writer)
    return textOf(`btrim(${sql}, ${writer.target.parameter(BLANKS, 'text')})`, notNull)
  },
  replace: (args, writer) => {
    const [whole, part, by] = args.map((arg) => textValue(arg, writer))
    const notNull = whole!.notNull && part!.notNull && by!.notNull
    return textOf(`replace(${whole!.sql}, ${part!.sql}, ${by!.sql})`, notNull)
  },
  search: ([text, query], writer) => {
    if (isNull(text)) return strict('false')
    const words = query?.kind === 'literal' ? searchWords(String(query.value)) : []
    const { sql } = writer.value(text!)
    if (words.length === 0) return strict(`${sql} IS NOT NULL`)
    const patterns = words.map((word) => `%${escapeLike(word)}%`)
    return loose(`${folded(sql)} LIKE ALL (${writer.target.parameter(patterns, 'text[]')})`)
  },
} satisfies Readonly<Record<string, OperatorSql>>

function textOf(sql: string, notNull: boolean): Fragment {
  return { sql, sqlType: 'text', notNull }
}

function textValue(part: TypedRule, writer: SqlWriter): Fragment {
  return isNull(part) ? textOf('NULL::text', false) : writer.value(part)
}

function wholeOf(part: TypedRule | undefined): number | undefined {
  return part?.kind === 'literal' ? Number(part.value) : undefined
}

function leftOf(sql: string, length: number): string {
  return `left(${sql}, ${length})`
}

// The case of the database's locale; what comes out compares by code point again.
function cased(name: 'upper' | 'lower', part: TypedRule, writer: SqlWriter): Fragment {
  const { sql, notNull } = textValue(part, writer)
  return textOf(`(${name}(${sql} COLLATE "default") COLLATE "C")`, notNull)
}

function asText(part: TypedRule, writer: SqlWriter): string {
  if (part.type === 'number') return `trim_scale(${numeric(part, writer).sql})::text`
  const { sql } = writer.value(part)
  if (part.type === 'date') return `to_char(${sql}, 'YYYY-MM-DD')`
  if (part.type === 'datetime') {
    return `to_char(${sql} AT TIME ZONE ${writer.target.timeZone()}, 'YYYY-MM-DD HH24:MI')`
  }
  return part.type === 'time' ? `(${sql})::text` : sql
}
