import { inBothLanguages } from '../../../metadata/text.ts'
import type { AssignmentDefinition } from '../../../metadata/types.ts'
import { accessOf } from '../../access/access.ts'
import { findActor } from '../../access/find-actor.ts'
import { trailKey } from '../../audit/trail.ts'
import type { Transaction } from '../../db/database.ts'
import { databaseOn } from '../../db/within-transaction.ts'
import type { WorkspaceEvent } from '../../events/event.ts'
import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import { assignmentsOf } from '../../model/kinds/assignment-place.ts'
import type { Watched } from '../../model/silent/watched.ts'
import type { RequestContext } from '../../records/context.ts'
import { conditionsOf, createBench } from '../assignment/bench.ts'
import { type Decision, decideOne } from '../assignment/decide.ts'
import { flowContext } from '../flows/deps.ts'
import { keysOf, valuesOf } from '../flows/match-events.ts'
import { type Comparing, entityOf, GONE, incomparable, type Side, type Verdict } from './found.ts'
import { takenBack } from './taken-back.ts'

/**
 * Whom both sides would choose for a record as a write left it. Both are asked at the same moment, turns and loads as they
 * stand: only the rules differ. Undefined where the assignment decides on neither side.
 */
export async function judgeAssignment(
  { deps, inForce, run }: Comparing,
  watched: Watched<'assignment'>,
  event: WorkspaceEvent,
): Promise<Verdict | undefined> {
  const [mine, theirs] = [decider(inForce, event), decider(run.model, event)]
  if (mine?.assignment.id !== watched.id && theirs?.assignment.id !== watched.id) return undefined
  const now = await sideOf(deps, inForce, mine, event)
  const draft = await sideOf(deps, run.model, theirs, event)
  const sides = { now, draft }
  if (now.does === 'nothing' || draft.does === 'nothing') {
    if (now.does === draft.does) return { differs: 'same', sides: {} }
    return { differs: now.does === 'nothing' ? 'only_draft' : 'only_now', sides }
  }
  const isSame = now.does === 'gives' && draft.does === 'gives' && now.to === draft.to
  return isSame ? { differs: 'same', sides: {} } : { differs: 'other_owner', sides }
}

interface Decider {
  readonly entity: CompiledEntity
  readonly assignment: AssignmentDefinition
}

/** The assignment that a write sets off in a model, as the write itself finds it. */
function decider(model: CompiledModel, event: WorkspaceEvent): Decider | undefined {
  const entity = entityOf(model, event)
  const owner = entity?.fields.get('owner')
  if (entity === undefined || owner === undefined || event.via === 'assignment') return undefined
  const all = assignmentsOf(model.definitions, entity.name)
  if (event.action === 'create') {
    const said = event.changes[trailKey(owner)] ?? null
    const assignment = all.find(({ on }) => on.includes('created'))
    const isOpen = said === null || said === event.actor
    return assignment === undefined || !isOpen ? undefined : { entity, assignment }
  }
  if (event.action !== 'update' || event.fields.includes(trailKey(owner))) return undefined
  const assignment = all.find(({ on }) => on.includes('changed'))
  const keys = (assignment?.fields ?? []).flatMap((name) => keysOf(entity, name))
  const isTouched = event.fields.some((key) => keys.includes(key))
  return assignment === undefined || !isTouched ? undefined : { entity, assignment }
}

async function sideOf(
  deps: Comparing['deps'],
  model: CompiledModel,
  found: Decider | undefined,
  event: WorkspaceEvent,
): Promise<Side> {
  if (found === undefined) return { does: 'nothing' }
  const { chosen, rule } = await takenBack(deps.db, (tx) => decide(deps, model, tx, found, event))
  const own = found.assignment.rules.find(({ id }) => id === rule)
  return { does: 'gives', to: chosen, rule: own === undefined ? null : inBothLanguages(own.label, own.name) }
}

async function decide(
  deps: Comparing['deps'],
  model: CompiledModel,
  tx: Transaction,
  { entity, assignment }: Decider,
  event: WorkspaceEvent,
): Promise<Decision> {
  const record = event.record!
  const context = await writerContext(deps, model, tx, assignment.name, event.actor)
  const { rows } = await tx.query({
    text: `SELECT 1 FROM ${entity.table} t WHERE t."id" = $1::uuid AND t."deleted_at" IS NULL`,
    values: [record],
  })
  if (rows.length === 0) throw incomparable(GONE)
  const { before, after } = valuesOf(context, entity, event)
  const was = event.action === 'create' ? [] : [[record, before] as const]
  const bench = createBench(
    context,
    tx,
    entity,
    [record],
    new Map(was),
    conditionsOf(assignment),
    new Map([[record, after]]),
  )
  return await decideOne({ bench, entity, assignment, at: new Date(event.at) }, record)
}

/** The engine, in the name of who wrote. */
async function writerContext(
  deps: Comparing['deps'],
  model: CompiledModel,
  tx: Transaction,
  name: string,
  id: string | null,
): Promise<RequestContext> {
  const engine = flowContext(deps, model, { name, db: databaseOn(tx) })
  const found = id === null ? undefined : await findActor(tx, model, id)
  if (found === undefined) return engine
  const actor = { ...found, roleKey: 'administrator' }
  return { ...engine, actor, access: accessOf(model, { ...actor, roles: ['administrator'] }) }
}
