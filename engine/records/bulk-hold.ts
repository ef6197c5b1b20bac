import type { Executor } from '../db/database.ts'
import { isRecordId } from '../fields/parts/formats.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import type { BulkOperation } from './parse-bulk.ts'
import { sightPredicate } from './row-source.ts'

/**
 * Holds the records that a bulk call names, in the order of their ids: two calls with the same records in another
 * order then wait for each other instead of blocking each other.
 */
export async function holdRecords(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  operations: readonly BulkOperation[],
): Promise<void> {
  const named = operations.filter((operation) => operation.kind === 'update' || operation.kind === 'delete')
  const ids = [...new Set(named.map((operation) => operation.id).filter(isRecordId))]
  if (ids.length < 2) return
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const strength = named.some((operation) => operation.kind === 'delete') ? 'UPDATE' : 'NO KEY UPDATE'
  const text =
    `SELECT 1 FROM ${entity.table} t WHERE t."id" = ANY(${parameters.open('ids', 'uuid[]')}) ` +
    `AND ${sightPredicate(source, entity, 't', false)} ORDER BY t."id" FOR ${strength}`
  await tx.query(bind(toPlan(text, parameters), context, { ids }))
}

/**
 * The operations so that two calls take what they share in the same order: upserts among themselves by their
 * key. Equal keys keep their order.
 */
export function inLockOrder(operations: readonly BulkOperation[]): readonly BulkOperation[] {
  const upserts = operations.filter((operation) => operation.kind === 'upsert')
  if (upserts.length < 2) return operations
  const keyed = upserts.map((operation) => ({ operation, key: JSON.stringify(keyValue(operation)) ?? '' }))
  keyed.sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
  const sorted = keyed.map(({ operation }) => operation).values()
  return operations.map((operation) => (operation.kind === 'upsert' ? sorted.next().value! : operation))
}

function keyValue({ key, body }: BulkOperation & { readonly kind: 'upsert' }): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined
}
