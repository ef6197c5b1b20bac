import { accessOf } from '../../access/access.ts'
import type { Assignments } from '../../records/assigning.ts'
import type { RequestContext } from '../../records/context.ts'
import { createBench } from './bench.ts'
import { type Decision, decideOne, holdAssignment } from './decide.ts'

/** Decides who gets records that were written, and writes it, in the write's own transaction. */
export async function assignOwners(
  work: Omit<Assignments, 'cause'> & { readonly cause: Assignments['cause'] | 'waited' },
): Promise<void> {
  const { tx, entity, assignment, records } = work
  const owner = entity.fields.get('owner')
  if (owner === undefined) return
  const context = engineContext(work.context)
  const { schema } = context.model
  await holdAssignment(tx, schema, assignment)
  const before = new Map(records.flatMap(({ id, before: old }) => (old === undefined ? [] : [[id, old]])))
  const ids = records.map(({ id }) => id)
  const bench = createBench(context, tx, entity, ids, before)
  for (const { id, path } of records) {
    const decision = await decideOne({ bench, entity, assignment, at: context.now() }, id)
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
  { tx, entity, assignment, cause }: Parameters<typeof assignOwners>[0],
  { model, now }: RequestContext,
  record: string,
  { outcome, rule, chosen, trace }: Decision,
): Promise<void> {
  await tx.query({
    text:
      `INSERT INTO ${model.schema}.tenon_assignment (at, assignment, name, version, entity, record, cause, outcome, rule, chosen, trace) ` +
      'VALUES ($1::timestamptz, $2::uuid, $3, $4, $5::uuid, $6::uuid, $7, $8, $9::uuid, $10::uuid, $11::jsonb)',
    values: [
      ...[now().toISOString(), assignment.id, assignment.name, model.version, entity.id, record, cause],
      ...[outcome, rule, chosen, JSON.stringify(trace)],
    ],
  })
  await tx.query(
    outcome === 'waiting'
      ? {
          text: `INSERT INTO ${model.schema}.tenon_assignment_waiting (record, entity, assignment, since) VALUES ($1::uuid, $2::uuid, $3::uuid, $4::timestamptz) ON CONFLICT (record) DO NOTHING`,
          values: [record, entity.id, assignment.id, now().toISOString()],
        }
      : {
          text: `DELETE FROM ${model.schema}.tenon_assignment_waiting WHERE record = $1::uuid`,
          values: [record],
        },
  )
}
