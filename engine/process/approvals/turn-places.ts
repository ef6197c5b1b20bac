import type { RequestContext } from '../../records/context.ts'

/** The record that a turn is about. */
export interface TurnPlace {
  readonly entity: string
  readonly record: string
}

/** The records of turns, by the turn's id. What may be done there is judged there. */
export async function turnPlaces(
  { db, model }: RequestContext,
  turns: readonly string[],
): Promise<ReadonlyMap<string, TurnPlace>> {
  if (turns.length === 0) return new Map()
  const { rows } = await db.query<{ id: string; entity: string; record: string }>({
    text:
      `SELECT t.id::text AS id, a.entity::text AS entity, a.record::text AS record FROM ${model.schema}.tenon_approval_turn t ` +
      `JOIN ${model.schema}.tenon_approval a ON a.id = t.run WHERE t.id = ANY($1::uuid[])`,
    values: [turns],
  })
  const names = new Map([...model.entities.values()].map(({ id, name }) => [id, name]))
  return new Map(
    rows.flatMap(({ id, entity, record }) => {
      const name = names.get(entity)
      return name === undefined ? [] : [[id, { entity: name, record }] as const]
    }),
  )
}
