import type { TypedRule } from '../../../metadata/rules/types.ts'
import { escapeLike } from './containment-sql.ts'
import { type Fragment, isNull, loose, type OperatorSql, type SqlWriter, strict } from './fragment.ts'

/** `contains`, `starts_with`, `ends_with`: upper and lower case alike. */
export const textSql = {
  contains: (args, writer) =>
    matching(args, writer, {
      pattern: (text) => `%${text}%`,
      computed: (whole, part) => `strpos(${whole}, ${part}) > 0`,
    }),
  starts_with: (args, writer) =>
    matching(args, writer, {
      pattern: (text) => `${text}%`,
      computed: (whole, part) => `starts_with(${whole}, ${part})`,
    }),
  ends_with: (args, writer) =>
    matching(args, writer, {
      pattern: (text) => `%${text}`,
      computed: (whole, part) => `starts_with(reverse(${whole}), reverse(${part}))`,
    }),
} satisfies Readonly<Record<string, OperatorSql>>

interface Matching {
  /** The LIKE pattern around a literal that is already escaped. */
  readonly pattern: (escaped: string) => string
  /** The test against a text that is itself read from somewhere. */
  readonly computed: (whole: string, part: string) => string
}

function matching(args: readonly TypedRule[], writer: SqlWriter, how: Matching): Fragment {
  const [text, part] = args
  if (isNull(text) || isNull(part)) return strict('false')
  const whole = folded(writer.value(text!).sql)
  if (part!.kind === 'literal' && typeof part!.value === 'string') {
    const pattern = writer.target.parameter(how.pattern(escapeLike(part!.value)), 'text')
    return loose(`${whole} LIKE ${folded(pattern)}`)
  }
  return loose(how.computed(whole, folded(writer.value(part!).sql)))
}

// The columns' own collation "C" folds ASCII only; the database's folds É and Я too.
/** A text without case, as far as the database knows case. */
export function folded(sql: string): string {
  return `lower(${sql} COLLATE "default")`
}
