import { isList, type TypedRule } from '../../../metadata/rules/types.ts'
import { holdsItem } from './containment-sql.ts'
import {
  type Fragment,
  isNull,
  isPlain,
  loose,
  type OperatorSql,
  type SqlWriter,
  strict,
} from './fragment.ts'

/** `empty`, `not_empty`, `has`, `has_any`, `has_all`. */
export const listSql = {
  empty: ([part], writer) => {
    if (isNull(part)) return strict('true')
    const { sql } = writer.value(part!)
    if (!isPlain(part!) && emptiness(part!) === 'text') return strict(`COALESCE(${sql}, '') = ''`)
    if (!isPlain(part!) && emptiness(part!) === 'list') return strict(`COALESCE(cardinality(${sql}), 0) = 0`)
    const nothing = EMPTY_TESTS[emptiness(part!)](sql)
    return strict(nothing === undefined ? `${sql} IS NULL` : `(${sql} IS NULL OR ${nothing})`)
  },
  not_empty: ([part], writer) => {
    if (isNull(part)) return strict('false')
    const { sql } = writer.value(part!)
    const kind = emptiness(part!)
    if (kind === 'text') return loose(`${sql} <> ''`)
    return kind === 'list' ? loose(`cardinality(${sql}) > 0`) : strict(`${sql} IS NOT NULL`)
  },
  has: ([list, item], writer) => holdsItem(list!, item!, writer),
  has_any: ([list, items], writer) => {
    if (isNull(list) || isNull(items)) return strict('false')
    const whole = writer.value(list!)
    return loose(`${whole.sql} && ${writer.value(items!).sql}`)
  },
  has_all: ([list, items], writer) => hasAll(list!, items!, writer),
} satisfies Readonly<Record<string, OperatorSql>>

type Emptiness = 'text' | 'list' | 'null'

const EMPTY_TESTS: { readonly [E in Emptiness]: (sql: string) => string | undefined } = {
  text: (sql) => `${sql} = ''`,
  list: (sql) => `cardinality(${sql}) = 0`,
  null: () => undefined,
}

function emptiness(part: TypedRule): Emptiness {
  if (part.type === 'text') return 'text'
  return isList(part.type) ? 'list' : 'null'
}

function hasAll(list: TypedRule, items: TypedRule, writer: SqlWriter): Fragment {
  if (items.kind === 'list') {
    if (items.holdsNull) return strict('false')
    if (items.values.length === 0) return strict('true')
    if (isNull(list)) return strict('false')
    return loose(`${writer.value(list).sql} @> ${writer.value(items).sql}`)
  }
  const orEmpty = (part: TypedRule) => {
    const { sql, sqlType } = writer.value(part)
    return isNull(part)
      ? `'{}'::${list.type === 'ids' ? 'uuid' : 'text'}[]`
      : `COALESCE(${sql}, '{}'::${sqlType})`
  }
  return strict(`${orEmpty(list)} @> ${orEmpty(items)}`)
}
