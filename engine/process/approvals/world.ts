import type { Actor } from '../../access/actor.ts'
import { findActor } from '../../access/find-actor.ts'
import type { Executor, Transaction } from '../../db/database.ts'
import { databaseOn } from '../../db/within-transaction.ts'
import { AppError } from '../../errors.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { type RequestContext, requestContext } from '../../records/context.ts'
import { shownRecords } from '../../records/shown-cells.ts'
import { evaluate, type RunWorld } from '../flows/world.ts'
import { knownPeople } from '../known-people.ts'
import type { TellWakes, TellWays } from '../telling/deps.ts'

/** Calls whoever looks at the times of approvals; nothing is called where somebody looks anyway. */
export interface ApprovalWakes extends TellWakes {
  /** The times of a workspace's approvals must be looked at by then. */
  clock(tx: Executor, workspace: string, at: Date): Promise<void>
}

export interface ApprovalDeps extends TellWays {
  readonly wakes: ApprovalWakes
}

/** Where an approval is worked on: who asks, in which transaction, about which record. */
export interface ApprovalWorld extends ApprovalDeps {
  readonly asked: RequestContext
  /** With the engine's rights: rules see what is stored, notifications go to everybody. */
  readonly engine: RequestContext
  readonly tx: Executor
  readonly entity: CompiledEntity
  readonly record: string
  readonly now: Date
  /** How people see the record, by person: its title; undefined for one that they do not see. */
  readonly sights: Map<string, string | undefined>
}

export function approvalWorld(
  deps: ApprovalDeps,
  asked: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  record: string,
): ApprovalWorld {
  const { model, search, now } = asked
  const actor: Actor = {
    ...{ kind: 'flow', id: undefined, name: 'approval', roles: ['administrator'], roleKey: 'administrator' },
    language: model.settings.language,
  }
  const db = databaseOn(tx as Transaction)
  const engine = requestContext({ model, search, now, db, actor, via: 'flow' })
  return { ...deps, asked, engine, tx, entity, record, now: now(), sights: new Map() }
}

/** What the rules of an approval look at: the record as it is stored; `actor` is whoever submitted it. */
export function ruleWorld(
  { engine, tx, entity, record, registry, now }: ApprovalWorld,
  submitter: string,
): RunWorld {
  const context = { definitions: engine.model.definitions, registry }
  return {
    ...{ context: engine, tx: tx as Transaction, entity, item: undefined },
    place: { context, entity: entity.name, item: undefined, earlier: new Map() },
    people: knownPeople(tx, engine.model),
    run: { record, actor: submitter, cause: { by: 'approval', at: now.toISOString() }, outputs: {} },
  }
}

/** Whether a condition of an approval holds. One that the model no longer bears counts as held: then somebody is asked. */
export async function holds(world: ApprovalWorld, submitter: string, rule: unknown): Promise<boolean> {
  if (rule === undefined) return true
  try {
    return (await evaluate(ruleWorld(world, submitter), rule, 'condition')) === true
  } catch (error) {
    if (error instanceof AppError && error.status === 422) return true
    throw error
  }
}

/** The record's title as a person sees it; undefined where they do not see the record. */
export async function titleFor(world: ApprovalWorld, person: string): Promise<string | undefined> {
  const { sights, engine, tx, entity, record } = world
  if (sights.has(person)) return sights.get(person)
  const actor = await findActor(tx, engine.model, person)
  const title =
    actor === undefined
      ? undefined
      : (
          await shownRecords(requestContext({ ...engine, actor, via: 'api', now: engine.now }), tx, entity, [
            record,
          ])
        ).get(record)?.label
  sights.set(person, title)
  return title
}
