import { insertAuditSql } from '../audit/row-sql.ts'
import { trailKey } from '../audit/trail.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RuledGroup, RuledTags } from '../model/compiled-tags.ts'
import { computedOf } from '../model/computed.ts'
import { ruleToSql } from '../model/sql/rule-to-sql.ts'
import type { SqlTarget } from '../model/sql/sql-target.ts'
import { literal, type SelectSource } from './select.ts'

/** A tags field some of whose tags rules give. */
export interface RuledField {
  readonly field: CompiledField
  readonly tags: RuledTags
}

/** The tags fields of an entity that rules keep in part. */
export function ruledFields(
  { model }: Pick<SelectSource, 'model'>,
  entity: CompiledEntity,
): readonly RuledField[] {
  return computedOf(model, entity).formulas.flatMap(({ field, tags }) =>
    tags === undefined ? [] : [{ field, tags }],
  )
}

/** The tags that rules give over a row, as SQL of a text[]. */
export function givenByRules({ groups }: RuledTags, target: SqlTarget): string {
  return groups.map((group) => groupSql(group, target)).join(' || ') || NO_TAGS
}

const NO_TAGS = "'{}'::text[]"

function groupSql(group: RuledGroup, target: SqlTarget): string {
  const holds = group.tags.map(({ tag, when }) => ({ tag, sql: `((${ruleToSql(when, target)}) IS TRUE)` }))
  const otherwise = group.default === undefined ? NO_TAGS : listSql([group.default])
  if (holds.length === 0) return otherwise
  if (group.pick === 'one') {
    const cases = holds.map(({ tag, sql }) => `WHEN ${sql} THEN ${listSql([tag])}`)
    return `(CASE ${cases.join(' ')} ELSE ${otherwise} END)`
  }
  const some = `array_remove(ARRAY[${holds.map(({ tag, sql }) => `CASE WHEN ${sql} THEN ${literal(tag)} END`).join(', ')}]::text[], NULL)`
  if (group.default === undefined) return some
  return `(SELECT CASE WHEN g.v = ${NO_TAGS} THEN ${otherwise} ELSE g.v END FROM (SELECT ${some} AS v) g)`
}

/** What of a value is people's, in their order: the value itself where nothing else is in it. */
export function peoplesTags(value: string, { owned }: RuledTags): string {
  if (owned.length === 0) return value
  const kept = `ARRAY(SELECT u.x FROM unnest(${value}) WITH ORDINALITY u(x, i) WHERE u.x <> ALL (${listSql(owned)}) ORDER BY u.i)`
  return `(CASE WHEN ${value} && ${listSql(owned)} THEN ${kept} ELSE ${value} END)`
}

/** People's tags and those of rules together; `given` is SQL of the latter. */
export function allTags(value: string, given: string, tags: RuledTags): string {
  const people = peoplesTags(value, tags)
  return `(CASE WHEN ${given} = ${NO_TAGS} THEN ${people} ELSE COALESCE(${people}, ${NO_TAGS}) || ${given} END)`
}

/** Whether a value adds no tag by hand that rules alone give: those that are there, or will be, may be said again. */
export function addsNoneOfRules(
  given: string,
  { owned }: RuledTags,
  after: string,
  before: string | undefined,
): string {
  const there =
    before === undefined ? after : `(COALESCE(${before}, ${NO_TAGS}) || COALESCE(${after}, ${NO_TAGS}))`
  const said = `ARRAY(SELECT u.x FROM unnest(${given}) u(x) WHERE u.x = ANY (${listSql(owned)}))`
  return `((${given} && ${listSql(owned)}) IS NOT TRUE OR (${said} <@ ${there}) IS TRUE)`
}

/** Where the written rows stand of which the trail is told. */
export interface RuleTrail {
  /** A FROM item with `id`, `version` and the columns, under the alias that they are read by. */
  readonly from: string
  readonly alias: string
  /** SQL of a column's value from before the write; undefined for new records. */
  before(column: string): string | undefined
  readonly actor: string
  readonly request: string
  readonly address: string
}

/**
 * The CTEs that leave one audit row for each tag that a rule gave or took, in the statement of the write: `via` is
 * `rule`, the subject names the rule.
 */
export function ruleTrailCtes(
  { model }: Pick<SelectSource, 'model'>,
  entity: CompiledEntity,
  trail: RuleTrail,
): readonly string[] {
  return ruledFields({ model }, entity).flatMap(({ field, tags }, index) => {
    const ruled = tags.groups.flatMap((group) => group.tags)
    const column = field.columns[0]
    if (ruled.length === 0 || column === undefined) return []
    const after = `${trail.alias}.${column}`
    const before = trail.before(column) ?? 'NULL::text[]'
    const rules = ruled.map(({ tag, rule }) => `(${literal(tag)}, ${literal(`tag_rule/${rule}`)})`)
    const moved = `((tr.tag = ANY (${before})) IS TRUE) <> ((tr.tag = ANY (${after})) IS TRUE)`
    const change = `jsonb_build_object('before', ${before}, 'after', ${after})`
    const row = {
      ...{ actor: trail.actor, via: "'rule'", action: "'update'", entity: `'${entity.id}'::uuid` },
      ...{ record: `${trail.alias}."id"`, version: `${trail.alias}."version"`, subject: 'tr.subject' },
      ...{ request: trail.request, address: trail.address },
      changes: `jsonb_build_object(${literal(trailKey(field))}, ${change})`,
    }
    const from =
      `${trail.from} JOIN (VALUES ${rules.join(', ')}) tr(tag, subject) ` +
      `ON ${before} IS DISTINCT FROM ${after} AND ${moved}`
    return [`tr${index} AS (${insertAuditSql(model.schema, row, from)})`]
  })
}

function listSql(tags: readonly string[]): string {
  return `ARRAY[${tags.map(literal).join(', ')}]::text[]`
}
