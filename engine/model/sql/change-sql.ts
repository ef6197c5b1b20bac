import type { TypedRule } from '../../../metadata/rules/types.ts'
import { type Fragment, type OperatorSql, type SqlWriter, strict } from './fragment.ts'

/** `changed` and its like: the field, its stored state, and the values that it is held against. */
export const changeSql = {
  changed: (args, writer) => strict(differs(args, writer)),
  changed_to: ([value, before, to], writer) =>
    strict(`${differs([value!, before!], writer)} AND ${isSame(value!, to!, writer)}`),
  changed_from_to: ([value, before, from, to], writer) =>
    strict(
      `${differs([value!, before!], writer)} AND ${isSame(before!, from!, writer)} AND ${isSame(value!, to!, writer)}`,
    ),
} satisfies Readonly<Record<string, OperatorSql>>

function differs([value, before]: readonly TypedRule[], writer: SqlWriter): string {
  const now: Fragment = writer.value(value!)
  return `${now.sql} IS DISTINCT FROM ${writer.value(before!, now).sql}`
}

function isSame(field: TypedRule, value: TypedRule, writer: SqlWriter): string {
  const beside = writer.value(field)
  return `${beside.sql} IS NOT DISTINCT FROM ${writer.value(value, beside).sql}`
}
