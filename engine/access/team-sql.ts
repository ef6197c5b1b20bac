import type { CompiledEntity } from '../model/compiled.ts'
import type { AccessSource } from './row-test-sql.ts'

/** A query for the ids of the teams that the actor is in or leads. */
export function actorTeamsSql(source: AccessSource): string {
  const { people, teams } = entities(source)
  const actor = source.parameters.actor()
  const main = columnOf(people, 'team')
  const queries = [
    `SELECT mu.${main} AS id FROM ${people.table} mu WHERE mu."id" = ${actor} AND mu.${main} IS NOT NULL`,
    `SELECT mt."id" FROM ${teams.table} mt WHERE mt.${columnOf(teams, 'leader')} = ${actor} AND mt."deleted_at" IS NULL`,
  ]
  const further = people.fields.get('teams')?.linkTable
  if (further !== undefined) {
    queries.push(`SELECT ml."target" FROM ${further} ml WHERE ml."record" = ${actor}`)
  }
  return queries.join(' UNION ')
}

/**
 * A query for the ids of the users in the actor's teams, the actor among them. It does not depend on the row, so
 * PostgreSQL runs it once a statement.
 * @param isTree whether the teams below count too
 */
export function teamMembersSql(source: AccessSource, isTree: boolean): string {
  const { people, teams } = entities(source)
  const main = columnOf(people, 'team')
  const below =
    `SELECT bt."id" FROM ${teams.table} bt JOIN r ON bt.${columnOf(teams, 'parent')} = r.id ` +
    `WHERE bt."deleted_at" IS NULL`
  const reach = isTree
    ? `RECURSIVE b AS (${actorTeamsSql(source)}), r AS (SELECT id FROM b UNION ${below})`
    : `r AS (${actorTeamsSql(source)})`
  const further = people.fields.get('teams')?.linkTable
  const linked =
    further === undefined ? '' : ` UNION SELECT fl."record" FROM ${further} fl JOIN r ON fl."target" = r.id`
  // Who left still owned what they owned: whether a member is active does not count.
  return (
    `WITH ${reach} SELECT tu."id" FROM ${people.table} tu JOIN r ON tu.${main} = r.id WHERE tu."deleted_at" IS NULL` +
    `${linked} UNION SELECT ${source.parameters.actor()}`
  )
}

function entities({ model }: AccessSource): { people: CompiledEntity; teams: CompiledEntity } {
  const [people, teams] = [model.entities.get('user'), model.entities.get('team')]
  if (people === undefined || teams === undefined) throw new Error('the model has no users or no teams')
  return { people, teams }
}

function columnOf(entity: CompiledEntity, field: string): string {
  const column = entity.fields.get(field)?.columns[0]
  if (column === undefined) throw new Error(`the entity "${entity.name}" has no column for "${field}"`)
  return column
}
