import { rowTestSql } from '../access/row-test-sql.ts'
import type { Executor } from '../db/database.ts'
import { AppError, problem, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { readRecord } from './get.ts'
import { assertFree } from './held.ts'
import { bind, createParameters, toPlan } from './parameters.ts'

/** @throws AppError AUTH_DENIED when the actor may make no records of the entity */
export function assertCreatable(context: RequestContext, entity: CompiledEntity, path: string): void {
  if (!context.access.entity(entity.name).create) throw new AppError(problem('AUTH_DENIED', path))
}

/**
 * @throws AppError AUTH_DENIED when the actor sees the record but may not do this to it, RECORD_LOCKED while an approval
 * holds it
 */
export async function assertTouchable(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  id: string,
  action: 'update' | 'delete',
  path: string,
): Promise<void> {
  const parameters = createParameters()
  const source = { model: context.model, parameters }
  const may = rowTestSql(source, context.access.entity(entity.name)[action], entity, 't')
  if (may === 'true') return
  const text = `SELECT ${may} AS may FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')}`
  const found = await runner.query<{ may: boolean | null }>(bind(toPlan(text, parameters), context, { id }))
  if (found.rows[0]?.may === true) return
  await assertFree(context, runner, entity, [id], action === 'delete' ? 'running' : 'locked', path)
  throw new AppError(problem('AUTH_DENIED', path))
}

/**
 * Before the body of an act on a record is looked at: a stranger's record is none, whatever the role may do with others.
 * @throws AppError RECORD_NOT_FOUND, and as `assertTouchable` for a change
 */
export async function assertChangeable(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  id: string,
): Promise<void> {
  if ((await readRecord(context, runner, entity, id)) === undefined) throw refuse('RECORD_NOT_FOUND')
  await assertTouchable(context, runner, entity, id, 'update', '')
}
