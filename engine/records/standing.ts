import { userTable } from '../access/user-table.ts'
import { isRecordId } from '../fields/parts/formats.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { sightPredicate } from './row-source.ts'

/** Where a user stands: without a password yet, at work, away for a time, or switched off. */
export interface Standing {
  readonly id: string
  readonly standing: 'invited' | 'active' | 'absent' | 'off'
  /** When an absence ends; null where nobody has said, and for all others. */
  readonly until: string | null
}

/** The standing of the users that the actor may read; what is no id is nobody. */
export async function readStanding(
  context: RequestContext,
  ids: readonly string[],
): Promise<readonly Standing[]> {
  const wanted = ids.filter(isRecordId)
  const people = context.model.entities.get('user')
  if (people === undefined || wanted.length === 0) return []
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const { active, password } = userTable(context.model)
  const [from, until] = [columnOf(people, 'absent_from'), columnOf(people, 'absent_until')]
  const now = parameters.now()
  const isAway = `${from} <= ${now} AND (${until} IS NULL OR ${until} > ${now})`
  const text = `SELECT u."id", CASE WHEN ${active} IS FALSE THEN 'off' WHEN ${password} IS NULL THEN 'invited'
WHEN ${isAway} THEN 'absent' ELSE 'active' END AS standing, CASE WHEN ${isAway} THEN ${until} END AS until
FROM ${people.table} u WHERE u."id" = ANY(${parameters.open('ids', 'uuid[]')})
AND ${sightPredicate(source, people, 'u', false)}`
  const { rows } = await context.db.query<{
    id: string
    standing: Standing['standing']
    until: Date | string | null
  }>(bind(toPlan(text, parameters), context, { ids: wanted }))
  return rows.map(({ id, standing, until: end }) => ({
    id,
    standing,
    until: standing === 'absent' && end !== null ? new Date(end).toISOString() : null,
  }))
}

function columnOf(people: CompiledEntity, field: string): string {
  const column = people.fields.get(field)?.columns[0]
  if (column === undefined) throw new Error(`the entity "user" has no column for "${field}"`)
  return `u.${column}`
}
