import type { Executor } from '../db/database.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { type CompiledRollUp, computedOf, dependentsOf } from '../model/computed.ts'
import type { RequestContext } from './context.ts'
import type { WriteValues } from './parse-write.ts'
import { linkIds, replaceLinks, within } from './relations.ts'
import { settling } from './settle.ts'
import { recountRollUps } from './work-out.ts'

/** Whether links of a field are rows of their table and nothing else: no roll-up is made of them, on either side. */
export function areAlone(context: RequestContext, entity: CompiledEntity, field: CompiledField): boolean {
  if (field.relation?.kind !== 'many' || isRolledUp(context, entity, field)) return false
  return !computedOf(context.model, entity).rollUps.some(({ by }) => by === field)
}

/** Stores such links of new records, all those of a field at once: there is nothing that they replace. */
export async function writeNewLinks(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  records: readonly { readonly id: string; readonly values: WriteValues }[],
): Promise<void> {
  for (const field of entity.fields.values()) {
    if (!areAlone(context, entity, field)) continue
    const links = records.flatMap(({ id, values }) =>
      linkIds(values.get(field)).map((target) => ({ record: id, target })),
    )
    if (links.length === 0) continue
    // In the order of their targets, which are held in it by whoever links to them.
    const text =
      `INSERT INTO ${field.linkTable} ("record", "target") SELECT x.r, x.t ` +
      'FROM unnest($1::uuid[], $2::uuid[]) AS x(r, t) ORDER BY x.t, x.r ON CONFLICT DO NOTHING'
    const values = [links.map(({ record }) => record), links.map(({ target }) => target)]
    await within(`/${field.name}`, () => tx.query({ text, values }))
  }
}

/**
 * Makes the links of a many-to-many field be exactly these, as far as the actor can see, and works out what is made of
 * them: roll-ups of the records that they lead to, and the record's own over those. The record must be there and held.
 */
export async function writeLinks(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  field: CompiledField,
  record: { readonly id: string; readonly values: WriteValues },
): Promise<void> {
  const targets = linkIds(record.values.get(field))
  const own = computedOf(context.model, entity).rollUps.filter(({ by }) => by === field)
  const replace = () => replaceLinks(context, tx, field, record.id, targets)
  if (own.length === 0 && !isRolledUp(context, entity, field)) return await replace()
  const write = async () => {
    if (own.length > 0) await holdTargets(tx, own[0]!, record.id, targets)
    await replace()
    if (own.length > 0) await recountRollUps(context, tx, entity, own, [record.id])
  }
  const values: WriteValues = new Map([[field, targets]])
  await settling(context, tx, entity, [record.id], write, [values])
}

/**
 * Holds what the record leads to, and what it is to lead to: who changes one of them meanwhile either sees the links as
 * they will be, or is seen by the count.
 */
async function holdTargets(
  tx: Executor,
  { child, by }: CompiledRollUp,
  id: string,
  targets: readonly string[],
): Promise<void> {
  await tx.query({
    text:
      `SELECT 1 FROM ${child.table} t WHERE t."id" = ANY($2::uuid[]) ` +
      `OR t."id" IN (SELECT l."target" FROM ${by.linkTable} l WHERE l."record" = $1::uuid) ORDER BY t."id" FOR SHARE`,
    values: [id, targets],
  })
}

function isRolledUp({ model }: RequestContext, entity: CompiledEntity, field: CompiledField): boolean {
  return dependentsOf(model, entity).rollUps.some(({ by, holder }) => holder === 'child' && by === field)
}
