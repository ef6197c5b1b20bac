import { approvalsOf } from '../../model/approval-index.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import type { RequestContext } from '../../records/context.ts'
import { standInsOfActor } from './people.ts'

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

/**
 * Whether it is the actor's turn to decide about a record, as their own or for somebody who is away: what goes with their
 * word they may add, though the record is held. Asks nothing of entities without approvals.
 */
export async function isTurnOfActor(
  context: RequestContext,
  entity: CompiledEntity,
  record: string,
): Promise<boolean> {
  const { db, model, actor } = context
  if (actor.id === undefined || approvalsOf(model, entity) === undefined) return false
  const { rows } = await db.query({
    text:
      `SELECT 1 FROM ${model.schema}.tenon_approval_turn t JOIN ${model.schema}.tenon_approval a ON a.id = t.run AND a.round = t.round ` +
      "WHERE a.record = $1::uuid AND a.state = 'running' AND t.state = 'waiting' AND (t.person = $2::uuid OR " +
      '(t.person = ANY($3::uuid[]) AND a.submitter <> $2::uuid)) LIMIT 1',
    values: [record, actor.id, [...(await standInsOfActor(context))]],
  })
  return rows.length > 0
}
