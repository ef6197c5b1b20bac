import type { TypedRule } from '../../metadata/rules/types.ts'
import { ruleToSql } from '../model/sql/rule-to-sql.ts'
import type { ColumnSql } from '../model/sql/sql-target.ts'
import { AUDIT_COLUMNS, knownEntities } from './audit-question.ts'
import type { RequestContext } from './context.ts'
import type { Parameters } from './parameters.ts'
import { literal } from './select.ts'

/** The SQL of what is asked of the entries, over `a`. */
export function auditSql(context: RequestContext, condition: TypedRule, parameters: Parameters): string {
  const column = ([name = '']: readonly string[]): ColumnSql => auditColumn(context, name)
  return ruleToSql(condition, {
    parameter: parameters.add,
    column,
    today: parameters.today,
    now: parameters.now,
    timeZone: parameters.timeZone,
    actorId: parameters.actor,
    actorRoles: parameters.roles,
  })
}

/** What stands behind a name in a question: a column, or what is worked out of one. */
export function auditColumn(context: RequestContext, name: string): ColumnSql {
  if (name === 'entity') return { sql: entityNameSql(context), sqlType: 'text' }
  const { sql, sqlType } = AUDIT_COLUMNS[name as keyof typeof AUDIT_COLUMNS]
  return { sql, sqlType }
}

/** The name of the entity that an entry is about, of those that the asker may know. */
function entityNameSql(context: RequestContext): string {
  const known = knownEntities(context).map(
    ({ id, name }) => `WHEN ${literal(id)}::uuid THEN ${literal(name)}`,
  )
  return known.length === 0 ? 'NULL::text' : `(CASE a.entity ${known.join(' ')} END)`
}
