import { userTable } from '../../access/user-table.ts'
import type { Transaction } from '../../db/database.ts'
import type { WorkspaceEvent } from '../../events/event.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { modelFor } from '../../model/pilots/choose.ts'

/**
 * Whose flows events set off: what somebody writes who tries a draft those of the draft, everything else those in force.
 * Costs nothing where no pilot has other flows.
 * @returns each model with its events, in their order
 */
export async function eventsByModel(
  tx: Transaction,
  model: CompiledModel,
  events: readonly WorkspaceEvent[],
): Promise<readonly (readonly [CompiledModel, readonly WorkspaceEvent[]])[]> {
  if (model.pilots.every(({ flows }) => flows.size === 0)) return [[model, events]]
  const models = await modelsOf(tx, model, [...new Set(events.flatMap(({ actor }) => actor ?? []))])
  const found = new Map<CompiledModel, WorkspaceEvent[]>()
  for (const event of events) {
    const own = models.get(event.actor ?? '') ?? model
    found.set(own, [...(found.get(own) ?? []), event])
  }
  return [...found]
}

/** The models of people, by their ids. */
async function modelsOf(
  tx: Transaction,
  model: CompiledModel,
  people: readonly string[],
): Promise<ReadonlyMap<string, CompiledModel>> {
  const user = userTable(model)
  const { rows } = await tx.query<{ id: string; roles: readonly string[] | null }>({
    text: `SELECT u."id"::text AS id, ${user.roles} AS roles FROM ${user.table} u WHERE u."id" = ANY($1::uuid[])`,
    values: [people],
  })
  return new Map(rows.map(({ id, roles }) => [id, modelFor(model, { kind: 'user', id, roles: roles ?? [] })]))
}

/** The model on which a run goes on: that of its pilot as long as it is tried, else the one in force. */
export function modelOfRun(
  model: CompiledModel,
  { pilot }: { readonly pilot: string | null },
): CompiledModel {
  if (pilot === null) return model
  return model.pilots.find((one) => one.model.trial?.id === pilot)?.model ?? model
}
