import type { Executor } from '../db/database.ts'
import { AppError, problem } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'

/** @throws AppError AUTH_DENIED when the actor may make no records of the entity */
export function assertCreatable(context: RequestContext, entity: CompiledEntity, path: string): void {
  if (!context.access.entity(entity.name).create) throw new AppError(problem('AUTH_DENIED', path))
}

/**
 * @throws AppError AUTH_DENIED when the actor sees the record but may not do this to it
 */
export async function assertTouchable(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  id: string,
  action: 'update' | 'delete',
  path: string,
): Promise<void> {
  const scope = context.access.entity(entity.name)[action]
  if (scope === 'all') return
  const found = await runner.query<{ own: boolean }>({
    text: `SELECT t.${entity.ownerColumn} = $2 AS own FROM ${entity.table} t WHERE t."id" = $1`,
    values: [id, context.actor.id ?? null],
  })
  if (scope === 'own' && found.rows[0]?.own === true) return
  throw new AppError(problem('AUTH_DENIED', path))
}
