import type { PoolRecycle } from '../../../metadata/types.ts'
import { rowTestSql } from '../../access/row-test-sql.ts'
import { scopeTest } from '../../access/scope-test.ts'
import type { Executor } from '../../db/database.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { shifted } from '../../model/flow-schedule.ts'
import { type ModelPool, poolsOf } from '../../model/kinds/pool-place.ts'
import type { RequestContext } from '../../records/context.ts'
import { bind, createParameters, type Parameters, toPlan } from '../../records/parameters.ts'
import { labelSql } from '../../records/select.ts'
import { openSql } from '../assignment/candidates.ts'
import { limitEnd } from '../limit-end.ts'

/** A record that returns to a pool, by the rule that comes first. */
export interface DueRecord {
  readonly id: string
  readonly label: string
  readonly owner: string
  readonly rule: PoolRecycle
  readonly due: Date
}

export interface DueQuestion {
  readonly entity: CompiledEntity
  readonly pool: ModelPool
  /** What is due by then. */
  readonly until: Date
  /** Of this record alone. */
  readonly record?: string
  /** SQL of a further test of the row `t`. @param parameters of the statement */
  readonly sight?: (parameters: Parameters) => string
}

/** Records that are looked at at once. */
const BATCH = 1000

/** The records that return to a pool by some instant, in the order of their ids, batch by batch. */
export async function* dueRecords(
  context: RequestContext,
  runner: Executor,
  question: DueQuestion,
): AsyncGenerator<DueRecord> {
  const { pool, until } = question
  const rules = pool.recycle ?? []
  if (rules.length === 0) return
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await readBatch(context, runner, question, after)
    for (const { id, label, owner, begins } of rows) {
      const first = Object.entries(begins)
        .flatMap(([at, base]) => {
          const rule = rules[Number(at)]!
          const due = limitEnd(context.model, rule.limit, new Date(base))
          return due === undefined ? [] : [{ rule, due }]
        })
        .sort((one, other) => one.due.getTime() - other.due.getTime())[0]
      if (first !== undefined && first.due <= until) yield { id, label, owner, ...first }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < BATCH) return
    after = last.id
  }
}

interface Row {
  readonly id: string
  readonly label: string
  readonly owner: string
  /** By place of the rule: from when its time counts. */
  readonly begins: Readonly<Record<string, string>>
}

async function readBatch(
  context: RequestContext,
  runner: Executor,
  question: DueQuestion,
  after: string,
): Promise<readonly Row[]> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const { entity, pool } = question
  const found = (pool.recycle ?? []).map((rule, at) =>
    foundBy(context, parameters, question, { rule, at, after }),
  )
  const text =
    `SELECT t."id"::text AS id, ${labelSql(source, entity, 't')} AS label, t."owner"::text AS owner, f.begins::text AS begins FROM ` +
    `(SELECT x.id, json_object_agg(x.rule, x.base) AS begins FROM (${found.join(' UNION ALL ')}) x GROUP BY x.id ORDER BY x.id LIMIT ${BATCH}) f ` +
    `JOIN ${entity.table} t ON t."id" = f.id ORDER BY t."id"`
  const { rows } = await runner.query<Omit<Row, 'begins'> & { begins: string }>(
    bind(toPlan(text, parameters), context),
  )
  return rows.map((row) => ({ ...row, begins: JSON.parse(row.begins) as Row['begins'] }))
}

/**
 * The query for the records whose time by one rule may be over by then: those with a field to count from by the index of
 * that field, the others by the ledger.
 */
function foundBy(
  context: RequestContext,
  parameters: Parameters,
  { entity, until, record, sight }: DueQuestion,
  { rule, at, after }: { readonly rule: PoolRecycle; readonly at: number; readonly after: string },
): string {
  const { model } = context
  const pools = poolsOf(model.definitions, entity.name).map(({ id }) => `'${id}'::uuid`)
  const cutoff = parameters.add(lastBase(context, rule, until).toISOString(), 'timestamptz')
  const since = sinceSql(context, parameters, entity, rule)
  const held = 'h.held_from'
  const base = since === undefined ? held : `greatest(${since.instant}, ${held})`
  const when =
    rule.when === undefined
      ? `true${openSql(entity)}`
      : rowTestSql(
          { model, parameters },
          scopeTest(model, entity, rule.when as Readonly<Record<string, unknown>>),
          entity,
          't',
        )
  const bySince =
    since === undefined
      ? ''
      : ` AND (${since.column} IS NULL OR ${since.column} <= ${since.asColumn(cutoff)})`
  const seen = sight === undefined ? '' : ` AND ${sight(parameters)}`
  const only = record === undefined ? '' : ` AND t."id" = ${parameters.add(record, 'uuid')}`
  return (
    `SELECT t."id" AS id, ${at} AS rule, ${base} AS base FROM ${entity.table} t ` +
    `JOIN ${model.schema}.tenon_ownership h ON h.record = t."id" AND h.entity = '${entity.id}'::uuid ` +
    `AND h.held_until IS NULL AND h.holder = t."owner" AND ${held} <= ${cutoff} ` +
    `WHERE t."deleted_at" IS NULL AND t."id" > ${parameters.add(after, 'uuid')} AND t."owner" <> ALL(ARRAY[${pools.join(', ')}])` +
    `${bySince}${only}${seen} AND (${when})`
  )
}

/** The field from which the time of a rule counts. */
interface Since {
  readonly column: string
  /** SQL of its instant. */
  readonly instant: string
  /** SQL of an instant as the column holds it, so that its index finds what lies before. */
  asColumn(instant: string): string
}

function sinceSql(
  { model }: RequestContext,
  parameters: Parameters,
  entity: CompiledEntity,
  { limit }: PoolRecycle,
): Since | undefined {
  const field = limit.since === undefined ? undefined : entity.fields.get(limit.since)
  const column = field?.columns[0]
  if (field === undefined || column === undefined) return undefined
  const own = `t.${column}`
  if (field.ruleType !== 'date') return { column: own, instant: own, asColumn: (instant) => instant }
  const zone = parameters.add(model.settings.timeZone, 'text')
  return {
    ...{ column: own, instant: `(${own}::timestamp AT TIME ZONE ${zone})` },
    asColumn: (instant) => `(${instant} AT TIME ZONE ${zone})::date`,
  }
}

/** More than calendar and clock can differ, milliseconds. */
const SLACK_MS = 4 * 86_400_000

/** The latest beginning whose time may be over: working time is never shorter than the clock’s. */
function lastBase({ model }: RequestContext, { limit }: PoolRecycle, until: Date): Date {
  return new Date(shifted(until, limit.after, model.settings.timeZone, -1).getTime() + SLACK_MS)
}
