import { ACTOR_TEAMS } from '../model/actor-scope.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import { ruleSettings } from '../model/rule-settings.ts'
import { fieldValueSql } from '../model/sql/field-value.ts'
import { ruleToSql } from '../model/sql/rule-to-sql.ts'
import type { ColumnSql } from '../model/sql/sql-target.ts'
import { isFreeSql, isTurnSql } from './approval-sql.ts'
import { constantSql } from './constant-sql.ts'
import { PHONE_NUMBER } from './phone-number.ts'
import type { Conjunction, Part, RowTest, ThroughPart } from './row-test.ts'
import { amongSql, givenIdsSql, isGivenSql } from './share-sql.ts'
import { actorTeamsSql, teamMembersSql } from './team-sql.ts'

/** The placeholders of a statement: the actor's values stay parameters, so that one plan serves all of a role set. */
export interface AccessParameters {
  add(value: unknown, sqlType: string): string
  actor(): string
  roles(): string
  today(): string
  now(): string
  timeZone(): string
  /** What the write came through, and the request or run that makes it. */
  via(): string
  request(): string
}

/** The statement that a test is written for. */
export interface AccessSource {
  readonly model: CompiledModel
  readonly parameters: AccessParameters
}

/** How what is shared by hand is found: asked of each row, or gathered first so that the rows are found by it. */
type Given = 'asked' | 'gathered'

/**
 * The SQL condition under which a row passes a test; `true` and `false` where that is the same for every row. It may
 * come out as NULL, which stands for no.
 * @param alias the row's alias in the statement
 */
export function rowTestSql(
  source: AccessSource,
  test: RowTest,
  entity: CompiledEntity,
  alias: string,
): string {
  return testSql(source, test, entity, alias, 'asked')
}

function testSql(
  source: AccessSource,
  test: RowTest,
  entity: CompiledEntity,
  alias: string,
  given: Given,
): string {
  if (test === 'all') return 'true'
  if (test === 'none') return 'false'
  const conjunctions = test.map((parts) =>
    parts.map((part) => partSql(source, part, entity, alias, given)).join(' AND '),
  )
  return conjunctions.length === 1 ? conjunctions[0]! : `(${conjunctions.join(' OR ')})`
}

/** The SQL condition of one way into sight, which stands alone: rows can be found by it through an index. */
export function waySql(
  source: AccessSource,
  way: Conjunction,
  entity: CompiledEntity,
  alias: string,
): string {
  return testSql(source, [way], entity, alias, 'gathered')
}

function partSql(
  source: AccessSource,
  part: Part,
  entity: CompiledEntity,
  alias: string,
  given: Given,
): string {
  const owner = `${alias}.${entity.ownerColumn}`
  switch (part.kind) {
    case 'own':
      return `${owner} = ${source.parameters.actor()}`
    case 'team':
    case 'team_tree':
      return `${owner} = ANY(ARRAY(${teamMembersSql(source, part.kind === 'team_tree')}))`
    case 'numberless':
      return `(${alias}.${part.column} IS NULL OR ${alias}.${part.column} !~ '${PHONE_NUMBER}')`
    case 'given':
      return given === 'asked'
        ? isGivenSql(source, part, entity, alias)
        : `${alias}."id" = ANY(ARRAY(${givenIdsSql(source, part, entity)}))`
    case 'pooled':
      return `${owner} = ANY(${idsSql(part.pools)})`
    case 'unpooled':
      return `(${owner} IS NULL OR ${owner} <> ALL(${idsSql(part.pools)}))`
    case 'among':
      return amongSql(source, part)
    case 'free':
      return isFreeSql(source, part.from, alias)
    case 'turn':
      return isTurnSql(source, part, alias)
    case 'through':
      return throughSql(source, part, entity, alias, given)
    case 'rule':
      return `(${ruleToSql(part.typed, {
        parameter: (value, sqlType) => constantSql(source.parameters, value, sqlType),
        column: (path) => pathSql(source, entity, alias, path),
        today: source.parameters.today,
        now: source.parameters.now,
        timeZone: source.parameters.timeZone,
        actorId: source.parameters.actor,
        actorRoles: source.parameters.roles,
        setting: (name) => source.parameters.add(ruleSettings(source.model.settings)[name], 'text'),
      })})`
  }
}

/** Ids out of the model as a list. */
function idsSql(ids: readonly string[]): string {
  return `'{${ids.join(',')}}'::uuid[]`
}

/** Whether the row's parent, where it has a live one, passes a test of its own; alone it can be turned into a join. */
function throughSql(
  source: AccessSource,
  part: ThroughPart,
  entity: CompiledEntity,
  alias: string,
  given: Given,
): string {
  const field = entity.fields.get(part.field)
  if (field === undefined) throw new Error(`"${entity.name}.${part.field}" is no field`)
  const [id, kind] = field.columns.map((column) => `${alias}.${column}`)
  const conditions = part.parents.flatMap(({ entity: name, test }) => {
    const parent = source.model.entities.get(name)
    if (parent === undefined) return []
    const inner = `${alias}p`
    const passes = testSql(source, test, parent, inner, given)
    const found = `EXISTS (SELECT 1 FROM ${parent.table} ${inner} WHERE ${inner}."id" = ${id} AND ${inner}."deleted_at" IS NULL`
    const whole = `${found}${passes === 'true' ? '' : ` AND ${passes}`})`
    return [kind === undefined ? whole : `(${kind} = '${parent.id}' AND ${whole})`]
  })
  return conditions.length === 1 ? conditions[0]! : `(${conditions.join(' OR ')})`
}

/**
 * What a rule sees at a path: of the row, or of the actor's own record, as it is stored and not as the actor sees it.
 * @param hold `FOR SHARE` where relatives must stay as they are until the transaction ends
 * @param part which column of the field, where it is not the one that rules read
 */
export function pathSql(
  source: AccessSource,
  entity: CompiledEntity,
  alias: string,
  path: readonly string[],
  hold?: 'FOR SHARE',
  part?: number,
): ColumnSql {
  if (path.join('.') === ACTOR_TEAMS) return { sql: `ARRAY(${actorTeamsSql(source)})`, sqlType: 'uuid[]' }
  if (path[0] !== 'actor')
    return { ...valueSql(source.model, entity, alias, path, hold, part), notNull: false }
  const people = source.model.entities.get('user')!
  const value = valueSql(source.model, people, 'au', path.slice(1))
  return {
    sql: `(SELECT ${value.sql} FROM ${people.table} au WHERE au."id" = ${source.parameters.actor()})`,
    sqlType: value.sqlType,
  }
}

/** Relatives are looked up by their key, so a test needs no join and can stand in any statement. */
function valueSql(
  model: CompiledModel,
  entity: CompiledEntity,
  alias: string,
  [step, ...rest]: readonly string[],
  hold?: 'FOR SHARE',
  part?: number,
): ColumnSql {
  const field = entity.fields.get(step!)
  if (field === undefined) throw new Error(`"${entity.name}.${step}" is no field`)
  if (rest.length > 0) {
    const target = field.relation?.kind === 'one' ? model.entities.get(field.relation.to) : undefined
    if (target === undefined) throw new Error(`"${entity.name}.${step}" does not lead to a record`)
    const inner = `${alias}_${step!.length}r`
    const value = valueSql(model, target, inner, rest, hold, part)
    const lock = hold === undefined ? '' : ` ${hold}`
    const found = `FROM ${target.table} ${inner} WHERE ${inner}."id" = ${alias}.${field.columns[0]}`
    return {
      sql: `(SELECT ${value.sql} ${found} AND ${inner}."deleted_at" IS NULL${lock})`,
      sqlType: value.sqlType,
    }
  }
  if (field.relation?.kind === 'many') {
    const links = `FROM ${field.linkTable} al WHERE al."record" = ${alias}."id"`
    return { sql: `(SELECT array_agg(al."target") ${links})`, sqlType: 'uuid[]' }
  }
  if (part !== undefined) return { sql: `${alias}.${field.columns[part]}`, sqlType: 'text' }
  return fieldValueSql(field, alias)
}
