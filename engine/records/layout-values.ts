import { layoutFields, type RecordValues } from '../forms/layout.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { loadRuleRecord } from './rule-record.ts'

/**
 * What a stored record holds, as the actor sees it, of the fields by which layouts are chosen.
 * @returns undefined where no layout asks for any, at no cost
 * @throws AppError RECORD_NOT_FOUND
 */
export async function layoutValues(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
): Promise<RecordValues | undefined> {
  const fields = [...layoutFields(context.model, entity, context.actor)]
  return fields.length === 0 ? undefined : await readOwn(context, entity, id, fields)
}

/** Fields of one record as the actor sees them; what is out of sight is null. @throws AppError RECORD_NOT_FOUND */
export async function readOwn(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
  fields: readonly string[],
): Promise<RecordValues> {
  if (fields.length === 0) return {}
  const none = { related: new Set<string>(), before: new Set<string>(), lists: new Map() }
  const record = await loadRuleRecord(context, entity, id, { own: new Set(fields), ...none })
  return Object.fromEntries(fields.map((field) => [field, record.read([field])]))
}
