import type { AssignmentDefinition } from '../../../metadata/types.ts'
import { accessOf } from '../../access/access.ts'
import type { Executor } from '../../db/database.ts'
import type { Assignments } from '../../records/assigning.ts'
import type { RequestContext } from '../../records/context.ts'
import { limitEnd } from '../limit-end.ts'
import { conditionsOf, createBench } from './bench.ts'
import { type Decision, decideOne, holdAssignment } from './decide.ts'

export interface AssignWork extends Omit<Assignments, 'cause'> {
  readonly cause: Assignments['cause'] | 'waited' | 'not_accepted' | 'flow'
  /** Those who had the record and did not accept it in time. */
  readonly tried?: readonly string[]
}

/** Decides who gets records that were written, and writes it, in the write's own transaction. */
export async function assignOwners(work: AssignWork): Promise<void> {
  const { tx, entity, assignment, records, tried } = work
  const owner = entity.fields.get('owner')
  if (owner === undefined) return
  const context = engineContext(work.context)
  const { schema } = context.model
  await holdAssignment(tx, schema, assignment)
  const before = new Map(records.flatMap(({ id, before: old }) => (old === undefined ? [] : [[id, old]])))
  const ids = records.map(({ id }) => id)
  const bench = createBench(context, tx, entity, ids, before, conditionsOf(assignment))
  for (const { id, path } of records) {
    const deciding = {
      bench,
      entity,
      assignment,
      at: context.now(),
      ...(tried === undefined ? {} : { tried }),
    }
    const decision = await decideOne(deciding, id)
    // What goes on waiting has said so already.
    if (work.cause !== 'waited' || decision.outcome !== 'waiting') await keep(work, context, id, decision)
    if (decision.chosen === null) continue
    const { rows } = await tx.query<{ owner: string | null }>({
      text: `SELECT t."owner"::text AS owner FROM ${entity.table} t WHERE t."id" = $1::uuid`,
      values: [id],
    })
    if (rows[0]?.owner === decision.chosen) continue
    const values = new Map([[owner, decision.chosen]])
    await work.write(context, tx, entity, { id, values, expected: undefined, path })
  }
}

/** The engine, in the name of who writes. */
function engineContext(context: RequestContext): RequestContext {
  const actor = { ...context.actor, roleKey: 'administrator' }
  return {
    ...context,
    actor,
    access: accessOf(context.model, { ...actor, roles: ['administrator'] }),
    via: 'assignment',
  }
}

async function keep(
  work: AssignWork,
  { model, now, actor }: RequestContext,
  record: string,
  { outcome, rule, chosen, trace }: Decision,
): Promise<void> {
  const { tx, entity, assignment, cause } = work
  const at = now()
  // Who makes a record and keeps it has accepted it.
  const isAsked = outcome === 'given' && chosen !== actor.id
  const due = isAsked ? dueOf(work.context, assignment, at) : undefined
  const { rows } = await tx.query<{ id: string }>({
    text:
      `INSERT INTO ${model.schema}.tenon_assignment (at, assignment, name, version, entity, record, cause, outcome, rule, chosen, accept_by, trace) ` +
      'VALUES ($1::timestamptz, $2::uuid, $3, $4, $5::uuid, $6::uuid, $7, $8, $9::uuid, $10::uuid, $11::timestamptz, $12::jsonb) RETURNING id::text AS id',
    values: [
      ...[at.toISOString(), assignment.id, assignment.name, model.version, entity.id, record, cause],
      ...[outcome, rule, chosen, due?.toISOString() ?? null, JSON.stringify(trace)],
    ],
  })
  await tx.query(
    outcome === 'waiting'
      ? {
          text: `INSERT INTO ${model.schema}.tenon_assignment_waiting (record, entity, assignment, since) VALUES ($1::uuid, $2::uuid, $3::uuid, $4::timestamptz) ON CONFLICT (record) DO NOTHING`,
          values: [record, entity.id, assignment.id, at.toISOString()],
        }
      : {
          text: `DELETE FROM ${model.schema}.tenon_assignment_waiting WHERE record = $1::uuid`,
          values: [record],
        },
  )
  if (assignment.accept === undefined) return
  if (due === undefined) await forgetAcceptance(tx, model.schema, record)
  else await askAcceptance(work, record, { decision: rows[0]!.id, owner: chosen!, due })
}

/** When who was chosen must have accepted; undefined where nobody has to, or working time never comes. */
function dueOf({ model }: RequestContext, { accept }: AssignmentDefinition, at: Date): Date | undefined {
  return accept === undefined ? undefined : limitEnd(model, accept, at)
}

async function askAcceptance(
  { tx, context, entity, assignment, tried = [] }: AssignWork,
  record: string,
  { decision, owner, due }: { readonly decision: string; readonly owner: string; readonly due: Date },
): Promise<void> {
  await tx.query({
    text:
      `INSERT INTO ${context.model.schema}.tenon_acceptance (record, entity, assignment, decision, owner, due_at, tried) ` +
      'VALUES ($1::uuid, $2::uuid, $3::uuid, $4::bigint, $5::uuid, $6::timestamptz, $7::uuid[]) ON CONFLICT (record) DO UPDATE ' +
      'SET assignment = excluded.assignment, decision = excluded.decision, owner = excluded.owner, due_at = excluded.due_at, tried = excluded.tried',
    values: [record, entity.id, assignment.id, decision, owner, due.toISOString(), [...tried, owner]],
  })
}

/** Nobody is asked about the record any more. */
export async function forgetAcceptance(tx: Executor, schema: string, record: string): Promise<void> {
  await tx.query({
    text: `DELETE FROM ${schema}.tenon_acceptance WHERE record = $1::uuid`,
    values: [record],
  })
}
