import { checkRule } from '../../metadata/rules/check-rule.ts'
import type { RuleScope, TypedRule } from '../../metadata/rules/types.ts'
import { AppError, type Problem } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { ruleToSql } from '../model/sql/rule-to-sql.ts'
import type { SearchPort } from '../registry/ports.ts'
import type { Parameters } from './parameters.ts'
import type { RowSource } from './row-source.ts'

/**
 * A condition of a client, type-checked against the entity; undefined where there is none.
 * @param path where the rule stands in what was sent, prefixed to the paths of its problems
 * @throws AppError with every problem of the rule at once (400)
 */
export function checkCondition(rule: unknown, scope: RuleScope, path: string): TypedRule | undefined {
  if (rule === undefined || rule === null) return undefined
  const { typed, problems } = checkRule(rule, scope, 'condition')
  if (typed !== undefined && problems.length === 0) return typed
  throw new AppError(problems.map((fault): Problem => ({ ...fault, path: `${path}${fault.path}` })))
}

/** The SQL of a checked condition over the rows of a source. */
export function conditionSql(typed: TypedRule, rows: RowSource, parameters: Parameters): string {
  return ruleToSql(typed, {
    parameter: parameters.add,
    column: (path) => rows.value(path.join('.')),
    today: parameters.today,
    now: parameters.now,
    timeZone: parameters.timeZone,
    actorId: parameters.actor,
    actorRoles: parameters.roles,
  })
}

/**
 * The SQL under which a row answers a search text: every word in one of its searchable fields.
 * Token sets may let a stranger through where they say so; those are compared with the texts themselves.
 */
export function searchSql(
  q: string,
  search: SearchPort,
  entity: CompiledEntity,
  alias: string,
  parameters: Parameters,
): string {
  const words = entity.searchFields.length === 0 ? [] : search.questionOf(q)
  if (words.length === 0) return 'false'
  const conditions = words.map((word) => {
    const alternatives = word.alternatives.map((alternative) => {
      const tokens = `${alias}."search" @> ${parameters.add(alternative.tokens, 'text[]')}`
      if (!alternative.recheck) return tokens
      const pattern = parameters.add(`%${word.text.replace(/[\\%_]/g, '\\$&')}%`, 'text')
      const texts = entity.searchFields.map((field) => `lower(${alias}.${field.columns[0]}) LIKE ${pattern}`)
      return `(${tokens} AND (${texts.join(' OR ')}))`
    })
    return alternatives.length === 1 ? alternatives[0]! : `(${alternatives.join(' OR ')})`
  })
  return conditions.join(' AND ')
}
