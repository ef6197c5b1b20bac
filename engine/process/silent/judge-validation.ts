import type { Transaction } from '../../db/database.ts'
import { databaseOn } from '../../db/within-transaction.ts'
import type { WorkspaceEvent } from '../../events/event.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { type CompiledValidation, entityRules } from '../../model/entity-rules.ts'
import type { Watched } from '../../model/silent/watched.ts'
import { validationProblem } from '../../records/write-conditions.ts'
import { flowContext } from '../flows/deps.ts'
import { valuesOf } from '../flows/match-events.ts'
import { writtenWorld } from '../flows/written-world.ts'
import { type Comparing, entityOf, GONE, incomparable, type Side, type Verdict } from './found.ts'

/** Writes of which validations are asked. */
const ASKED: ReadonlySet<string> = new Set(['create', 'update'])

/** What an assignment or a stage does about a write is part of that: with it refused there would be none. */
const CONSEQUENCES: ReadonlySet<string> = new Set(['assignment', 'pipeline'])

/** What both sides say of a record as a write left it; undefined where neither is asked. */
export async function judgeValidation(
  { deps, inForce, run }: Comparing,
  watched: Watched<'validation'>,
  event: WorkspaceEvent,
): Promise<Verdict | undefined> {
  if (!ASKED.has(event.action) || CONSEQUENCES.has(event.via) || event.source !== 'audit') return undefined
  return await deps.db.transaction(async (tx) => {
    const say = async (model: CompiledModel): Promise<Side> => {
      const validation = validationIn(model, watched)
      if (validation === undefined || (await isMet(deps, model, tx, validation, event)))
        return { does: 'accepts' }
      return { does: 'refuses', problem: validationProblem(validation.definition) }
    }
    return compared(await say(inForce), await say(run.model))
  })
}

/** How two sides differ that accept or refuse. */
export function compared(now: Side, draft: Side): Verdict {
  if (now.does === draft.does) return { differs: 'same', sides: {} }
  return { differs: draft.does === 'refuses' ? 'would_refuse' : 'would_accept', sides: { now, draft } }
}

/** The validation as a model has it; undefined where it has none. */
export function validationIn(
  model: CompiledModel,
  { id, entity }: Watched<'validation'>,
): CompiledValidation | undefined {
  const own = model.entities.get(entity)
  return (
    own && entityRules(model, own).validations.find(({ definition }) => String(definition.id) === String(id))
  )
}

async function isMet(
  deps: Comparing['deps'],
  model: CompiledModel,
  tx: Transaction,
  { definition, when, must }: CompiledValidation,
  event: WorkspaceEvent,
): Promise<boolean> {
  const entity = entityOf(model, event)
  if (entity === undefined || event.record === null) throw incomparable(GONE)
  const context = flowContext(deps, model, { name: definition.name, db: databaseOn(tx) })
  const { before, after } = valuesOf(context, entity, event)
  const written = {
    ...{ record: event.record, actor: event.actor, after },
    before: event.action === 'create' ? undefined : before,
  }
  const world = await writtenWorld(context, entity, when === undefined ? [must] : [when, must], [written])
  if (!world.isThere(must, written)) throw incomparable(GONE)
  if (when !== undefined && (await world.ask(when, written)) !== true) return true
  return (await world.ask(must, written)) === true
}
