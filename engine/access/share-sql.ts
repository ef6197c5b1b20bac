import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import type { AmongPart, GivenPart } from './row-test.ts'
import type { AccessSource } from './row-test-sql.ts'
import { actorTeamsSql } from './team-sql.ts'

/**
 * A query for the ids of the records of an entity that somebody shares with the actor by hand at this moment. It does
 * not depend on the row, so PostgreSQL runs it once a statement.
 */
export function givenIdsSql(source: AccessSource, part: GivenPart, entity: CompiledEntity): string {
  return `SELECT gs.record FROM ${givenSql(source, part, entity)}`
}

/** The same asked of one row. */
export function isGivenSql(
  source: AccessSource,
  part: GivenPart,
  entity: CompiledEntity,
  alias: string,
): string {
  return `EXISTS (SELECT 1 FROM ${givenSql(source, part, entity)} AND gs.record = ${alias}."id")`
}

function givenSql(source: AccessSource, part: GivenPart, entity: CompiledEntity): string {
  const isEdit = part.access === 'edit' ? ' AND gs.edits' : ''
  return (
    `${source.model.schema}.tenon_share gs WHERE gs.holder = ANY(ARRAY(${holdersSql(source, part.roles)})) ` +
    `AND gs.entity = '${entity.id}'::uuid AND gs.until > ${source.parameters.now()}${isEdit}`
  )
}

/** A query for all under whom something may be shared with the actor: themselves, their teams, their roles. */
export function holdersSql(source: AccessSource, roles: readonly string[]): string {
  const ofRoles = roles.map((id) => ` UNION ALL SELECT '${id}'::uuid`).join('')
  return `SELECT ${source.parameters.actor()} AS id UNION ALL (${actorTeamsSql(source)})${ofRoles}`
}

/** Whether the actor is one of these people: the same for each row of a statement. */
export function amongSql(source: AccessSource, { users, teams }: AmongPart): string {
  const actor = source.parameters.actor()
  const conditions: string[] = []
  if (users.length > 0) {
    const people = entityOf(source.model, 'user')
    const list = source.parameters.add(users, 'text[]')
    conditions.push(
      `EXISTS (SELECT 1 FROM ${people.table} gu WHERE gu."id" = ${actor} AND lower(gu.${columnOf(people, 'email')}) = ANY(${list}))`,
    )
  }
  if (teams.length > 0) {
    const team = entityOf(source.model, 'team')
    const list = source.parameters.add(teams, 'text[]')
    conditions.push(
      `EXISTS (SELECT 1 FROM ${team.table} gt WHERE gt.${columnOf(team, 'name')} = ANY(${list}) ` +
        `AND gt."deleted_at" IS NULL AND gt."id" = ANY(ARRAY(${actorTeamsSql(source)})))`,
    )
  }
  return conditions.length === 1 ? conditions[0]! : `(${conditions.join(' OR ')})`
}

function entityOf(model: CompiledModel, name: string): CompiledEntity {
  const entity = model.entities.get(name)
  if (entity === undefined) throw new Error(`the model has no entity "${name}"`)
  return entity
}

function columnOf(entity: CompiledEntity, field: string): string {
  const column = entity.fields.get(field)?.columns[0]
  if (column === undefined) throw new Error(`the entity "${entity.name}" has no column for "${field}"`)
  return column
}
