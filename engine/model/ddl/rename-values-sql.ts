import type { Statement } from '../../db/database.ts'
import { quoteName } from '../../db/values.ts'
import type { ValueRename } from '../value-renames.ts'

/**
 * Gives stored names their new form, deleted records included; swapped names too, since all change at once.
 * Versions and times of change stay: it is the same value under another name.
 */
export function renameValuesSql(schema: string, rename: ValueRename): Statement {
  const table = `${schema}.${quoteName(rename.table)}`
  const column = quoteName(rename.column)
  const values = [[...rename.names.keys()], [...rename.names.values()]]
  const renamed = (name: string) =>
    `coalesce(($2::text[])[array_position($1::text[], ${name}::text)], ${name}::text)`
  if (!rename.isList) {
    return {
      text: `UPDATE ${table} SET ${column} = ${renamed(column)} WHERE ${column} = ANY($1::text[])`,
      values,
    }
  }
  return {
    text: `UPDATE ${table} SET ${column} =
  ARRAY(SELECT ${renamed('v')} FROM unnest(${column}) WITH ORDINALITY AS u(v, n) ORDER BY n)
WHERE ${column}::text[] && $1::text[]`,
    values,
  }
}
