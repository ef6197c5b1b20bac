import { checkRule } from '../../metadata/rules/check-rule.ts'
import type { RuleScope, TypedRule } from '../../metadata/rules/types.ts'
import { AppError, type Problem } from '../errors.ts'
import { numbersMeant } from '../fields/parts/number-pattern.ts'
import { ACTOR_TEAMS } from '../model/actor-scope.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { ownedTags } from '../model/computed.ts'
import { ruleToSql } from '../model/sql/rule-to-sql.ts'
import type { SearchAlternative, SearchPort, SearchWord } from '../registry/ports.ts'
import { type CellSource, shownValue } from './cells.ts'
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
    column: (path) => (path.join('.') === ACTOR_TEAMS ? rows.actorTeams() : rows.value(path.join('.'))),
    today: parameters.today,
    now: parameters.now,
    timeZone: parameters.timeZone,
    actorId: parameters.actor,
    actorRoles: parameters.roles,
    setting: rows.setting,
    related: (path, alias) => rows.related(path, alias),
  })
}

/**
 * The SQL under which a row answers a search text: every word in one of its searchable fields that the actor sees in
 * that row. Token sets may let a stranger through where they say so, and stand for all searchable fields at once:
 * where some of those are not shown, what the tokens find is compared with the texts that are.
 */
export function searchSql(
  q: string,
  search: SearchPort,
  source: CellSource,
  entity: CompiledEntity,
  alias: string,
): string {
  const words = entity.searchFields.length === 0 ? [] : search.questionOf(q)
  if (words.length === 0) return 'false'
  const conditions = words.map((word) => {
    const alternatives = [
      ...word.alternatives.flatMap((one) => alternativeSql(source, entity, alias, word, one)),
      ...ruledTagsSql(search, source, entity, alias, word),
    ]
    if (alternatives.length === 0) return 'false'
    return alternatives.length === 1 ? alternatives[0]! : `(${alternatives.join(' OR ')})`
  })
  const numbered = numberSql(q, source, entity, alias)
  const worded = conditions.join(' AND ')
  return numbered.length === 0 ? worded : `(${[`(${worded})`, ...numbered].join(' OR ')})`
}

/**
 * Whether the row has the number that was typed. The database gives it with the row, when the tokens are made already:
 * it is found by an index of its own.
 */
function numberSql(q: string, source: CellSource, entity: CompiledEntity, alias: string): readonly string[] {
  return entity.searchFields.flatMap((field) => {
    if (field.type.name !== 'auto_number') return []
    const { see } = source.access.entity(entity.name).cell(field)
    const meant = numbersMeant(String(field.definition.pattern ?? ''), q)
    if (see === 'none' || meant.length === 0) return []
    const column = `${alias}.${field.columns[0]}`
    const numbers = source.parameters.add(meant, 'text[]')
    if (see === 'all') return [`${column} = ANY(${numbers})`]
    return [
      `(${column} = ANY(${numbers}) AND ${shownValue(source, entity, field, alias, column)} = ANY(${numbers}))`,
    ]
  })
}

function alternativeSql(
  source: CellSource,
  entity: CompiledEntity,
  alias: string,
  word: SearchWord,
  alternative: SearchAlternative,
): readonly string[] {
  const { access, parameters } = source
  const isShown = (field: CompiledField) => access.entity(entity.name).cell(field).see === 'all'
  const covered = entity.searchFields.filter((field) => !isShown(field))
  const shownFields = entity.searchFields.filter(
    (field) => access.entity(entity.name).cell(field).see !== 'none',
  )
  // How Chinese sounds is in the tokens alone; a number or an address has no sound that could give it away.
  const isSafe = alternative.bySound === true && covered.every((field) => SOUNDLESS.has(field.type.name))
  const isExact = covered.length === 0 ? !alternative.recheck : isSafe
  if (!isExact && (alternative.bySound === true || shownFields.length === 0)) return []
  const tokens = `${alias}."search" @> ${parameters.add(alternative.tokens, 'text[]')}`
  if (isExact) return [tokens]
  const pattern = likePattern(word.text, parameters)
  const digits = /^\d+$/.test(word.text) ? pattern : undefined
  const texts = shownFields.flatMap((field) => {
    const shown = shownValue(source, entity, field, alias, `${alias}.${field.columns[0]}`)
    const text = field.ruleType === 'texts' ? `array_to_string(${shown}, E'\\n')` : shown
    const bare = `regexp_replace(${text}, '\\D', '', 'g') LIKE ${digits}`
    return [`lower(${text}) LIKE ${pattern}`, ...(digits === undefined || covered.length === 0 ? [] : [bare])]
  })
  return [`(${tokens} AND (${texts.join(' OR ')}))`]
}

/** Whether the row has a tag given by a rule in which the word stands: such tags are known by name, and have no tokens. */
function ruledTagsSql(
  search: SearchPort,
  source: CellSource,
  entity: CompiledEntity,
  alias: string,
  word: SearchWord,
): readonly string[] {
  return entity.searchFields.flatMap((field) => {
    if (field.type.name !== 'tags' || source.access.entity(entity.name).cell(field).see === 'none') return []
    const tags = ownedTags(source.model, entity, field).filter((tag) => isAnswered(search, tag, word))
    if (tags.length === 0) return []
    const shown = shownValue(source, entity, field, alias, `${alias}.${field.columns[0]}`)
    return [`(${shown} && ${source.parameters.add(tags, 'text[]')}) IS TRUE`]
  })
}

function isAnswered(search: SearchPort, tag: string, word: SearchWord): boolean {
  const tokens = new Set(search.tokensOf([tag]))
  return word.alternatives.some(
    (one) =>
      one.tokens.every((token) => tokens.has(token)) &&
      (!one.recheck || tag.toLowerCase().includes(word.text)),
  )
}

/** Types whose values have no pinyin. */
const SOUNDLESS: ReadonlySet<string> = new Set(['phone', 'email', 'url', 'auto_number'])

function likePattern(text: string, parameters: Parameters): string {
  return parameters.add(`%${text.replace(/[\\%_]/g, '\\$&')}%`, 'text')
}
