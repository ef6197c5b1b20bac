import type { TypedRule } from '../../../metadata/rules/types.ts'
import { type Fragment, isNull, loose, SQL_TYPES, type SqlWriter, strict } from './fragment.ts'

/** A text as a pattern of LIKE that means itself. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

/** Whether a text holds another, letter for letter. */
export function containsExactly(text: TypedRule, part: TypedRule, writer: SqlWriter): Fragment {
  if (isNull(text) || isNull(part)) return strict('false')
  const whole = writer.value(text).sql
  if (part.kind === 'literal' && typeof part.value === 'string') {
    return loose(`${whole} LIKE ${writer.target.parameter(`%${escapeLike(part.value)}%`, 'text')}`)
  }
  return loose(`strpos(${whole}, ${writer.value(part).sql}) > 0`)
}

/** Whether a list holds an item; a literal item is asked for in the form that a GIN index answers. */
export function holdsItem(list: TypedRule, item: TypedRule, writer: SqlWriter): Fragment {
  if (isNull(list) || isNull(item)) return strict('false')
  const whole = writer.value(list).sql
  if (item.kind === 'literal') {
    const sqlType = `${SQL_TYPES[item.type as 'text' | 'id']}[]`
    return loose(`${whole} @> ${writer.target.parameter([item.value], sqlType)}`)
  }
  return loose(`${writer.value(item).sql} = ANY(${whole})`)
}
