import type { CompiledModel } from '../model/compiled.ts'
import type { TurnPart } from './row-test.ts'
import type { AccessSource } from './row-test-sql.ts'

/**
 * Whether no approval holds the row `alias`. What an approval itself sets off goes on: the run of a flow whose cause it is.
 * @param what `locked`: by an approval that locks; `running`: by any
 */
export function isFreeSql(source: AccessSource, what: 'locked' | 'running', alias: string): string {
  const { schema } = source.model
  const locks = what === 'locked' ? ' AND ha.locks' : ''
  const own =
    `${source.parameters.via()} = 'flow' AND EXISTS (SELECT 1 FROM ${schema}.tenon_run hr ` +
    `WHERE hr.id = ${source.parameters.request()} AND hr.cause->>'approval' = ha.id::text)`
  return (
    `NOT EXISTS (SELECT 1 FROM ${schema}.tenon_approval ha WHERE ha.record = ${alias}."id" AND ha.state = 'running'${locks} ` +
    `AND NOT (${own}))`
  )
}

/** Whether it is the actor's turn, their own or that of somebody whom they stand in for, at a level that lets them edit. */
export function isTurnSql(source: AccessSource, { field }: TurnPart, alias: string): string {
  const { schema } = source.model
  const edits = field === undefined ? `ta.edit <> '{}'` : `'${field}'::uuid = ANY(ta.edit)`
  const mine = turnOfSql(source.model, 'tt', source.parameters.actor(), source.parameters.now())
  return (
    `EXISTS (SELECT 1 FROM ${schema}.tenon_approval ta JOIN ${schema}.tenon_approval_turn tt ON tt.run = ta.id ` +
    `AND tt.round = ta.round AND tt.state = 'waiting' WHERE ta.record = ${alias}."id" AND ta.state = 'running' ` +
    `AND ${edits} AND ${mine})`
  )
}

/** Whether a turn is somebody's at an instant: their own, or of one who is away. @param alias of the turn */
export function turnOfSql(
  { schema }: Pick<CompiledModel, 'schema'>,
  alias: string,
  person: string,
  now: string,
): string {
  return (
    `(${alias}.person = ${person} OR ${alias}.person IN (SELECT td.person FROM ${schema}.tenon_delegation td ` +
    `WHERE td.delegate = ${person} AND td.begins_at <= ${now} AND td.ends_at > ${now}))`
  )
}
