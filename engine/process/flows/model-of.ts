import { userTable } from '../../access/user-table.ts'
import type { Executor, Transaction } from '../../db/database.ts'
import type { WorkspaceEvent } from '../../events/event.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { modelFor } from '../../model/pilots/choose.ts'
import type { PilotEnd } from '../../model/pilots/pilot.ts'
import { ModelMovedError } from '../../records/model-moved.ts'

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

/**
 * The model on which a run goes on: that of its pilot as long as it is tried, else the one in force; undefined where it was
 * taken back. It is asked of the database: a node that has not heard of it yet may have begun the run, or have it at hand.
 * @throws ModelMovedError where the model is not what is in force
 */
export async function modelOfRun(
  tx: Executor,
  model: CompiledModel,
  { pilot }: { readonly pilot: string | null },
): Promise<CompiledModel | undefined> {
  if (pilot === null || model.trial?.id === pilot) return model
  const { rows } = await tx.query<{ why: PilotEnd['why'] | null; version: number; revision: string }>({
    text:
      `SELECT p.ended->>'why' AS why, c.version, c.content_revision::text AS revision ` +
      `FROM ${model.schema}.tenon_pilot p CROSS JOIN ${model.schema}.tenon_current c WHERE p.id = $1::uuid`,
    values: [pilot],
  })
  const found = rows[0]
  if (found === undefined || (found.why !== null && found.why !== 'published')) return undefined
  // Begun, changed or published since: what the run says may not be in what this node knows.
  const isKnown = found.version === model.version && Number(found.revision) === model.contentRevision
  if (!isKnown) throw new ModelMovedError()
  return model.pilots.find((one) => one.model.trial?.id === pilot)?.model ?? model
}
