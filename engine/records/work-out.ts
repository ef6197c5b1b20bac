import { trailKey } from '../audit/trail.ts'
import type { Executor } from '../db/database.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { type CompiledRollUp, computedOf, type Window } from '../model/computed.ts'
import { quotient } from '../model/sql/arithmetic-sql.ts'
import { ruleToSql } from '../model/sql/rule-to-sql.ts'
import type { RequestContext } from './context.ts'
import { modelGuard } from './model-moved.ts'
import { bind, createParameters, type Parameters, toPlan } from './parameters.ts'
import { recordTarget } from './record-target.ts'
import { isTiedSql } from './roll-up-ties.ts'
import { ruledFields, ruleTrailCtes } from './ruled-tags-sql.ts'
import { literal, type SelectSource } from './select.ts'
import type { Shift } from './settle.ts'
import { columnSpecs } from './store-value.ts'
import { computedColumns, type RowColumn, writtenRow } from './written-row.ts'

/**
 * Works out the roll-ups of parents after some of their records moved, and the formulas of the parents with them: counts
 * and sums by what moved, the others from the records themselves. The parents must be held.
 * @returns the ids of the parents in which a value changed
 */
export async function workOutRollUps(
  context: RequestContext,
  tx: Executor,
  parent: CompiledEntity,
  list: readonly CompiledRollUp[],
  shifts: ReadonlyMap<string, readonly Shift[]>,
): Promise<readonly string[]> {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const moved = `json_to_recordset(${parameters.open('moved', 'json')}) AS m("p" uuid, ${list
    .map((_, index) => `"n${index}" bigint, "v${index}" numeric`)
    .join(', ')})`
  const sums = list.map(
    (_, index) =>
      `COALESCE(sum(m."n${index}"), 0) AS "n${index}", COALESCE(sum(m."v${index}"), 0) AS "v${index}"`,
  )
  const from = `(SELECT m."p", ${sums.join(', ')} FROM ${moved} GROUP BY m."p") d`
  const columns = list.flatMap((rollUp, index) => rollUpColumns(source, rollUp, index))
  const rows = [...shifts].flatMap(([id, moves]) => moves.flatMap((shift) => movedRows(id, shift, list)))
  return await writeWorked(context, tx, source, parent, {
    from: `${parent.table} o JOIN ${from} ON o."id" = d."p"`,
    columns,
    slots: { moved: `[${rows.join(',')}]` },
  })
}

/** Works out roll-ups of records from what is tied to them now, and the formulas with them. The records must be held. */
export async function recountRollUps(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  list: readonly CompiledRollUp[],
  ids: readonly string[],
): Promise<void> {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  await writeWorked(context, tx, source, entity, {
    from: `${entity.table} o`,
    where: `o."id" = ANY(${parameters.open('ids', 'uuid[]')})`,
    columns: list.flatMap((rollUp) => recountedColumn(source, rollUp)),
    slots: { ids },
  })
}

/** Works out the formulas of records, which must be held. @returns the ids of those in which a value changed */
export async function workOutFormulas(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<readonly string[]> {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  return await writeWorked(context, tx, source, entity, {
    from: `${entity.table} o`,
    where: `o."id" = ANY(${parameters.open('ids', 'uuid[]')})`,
    columns: [],
    slots: { ids },
  })
}

/**
 * Works out one computed field, and the formulas with it, for records that are held; nobody is told.
 * @param records `only`: the fields that may change; undefined: all
 */
export async function fillRecords(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  field: CompiledField,
  { ids, only }: { readonly ids: readonly string[]; readonly only: ReadonlySet<CompiledField> | undefined },
): Promise<void> {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const rollUp = computedOf(source.model, entity).rollUps.find((one) => one.field === field)
  const columns = rollUp === undefined ? [] : recountedColumn(source, rollUp)
  const version = () => parameters.open('version', 'integer')
  const guard = only === undefined ? ` AND ${modelGuard(context.model.schema, version())}` : ''
  await writeWorked(context, tx, source, entity, {
    from: `${entity.table} o`,
    where: `o."id" = ANY(${parameters.open('ids', 'uuid[]')})${guard}`,
    columns,
    slots: { ids, version: context.model.version },
    only,
    isSilent: true,
  })
}

/** Works out what changes by the day in records that are held: formulas, tags and rolling windows. */
export async function workOutDay(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<readonly string[]> {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  return await writeWorked(context, tx, source, entity, {
    from: `${entity.table} o`,
    where: `o."id" = ANY(${parameters.open('ids', 'uuid[]')})`,
    columns: windowedColumns(source, entity),
    slots: { ids },
  })
}

/**
 * Which of the next records, in the order of their ids, no longer hold what they would be given today. Nothing is held.
 * @returns their ids, and the last id that was looked at; null at the end
 */
export async function staleRecords(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  after: string,
  limit: number,
): Promise<{ readonly ids: readonly string[]; readonly last: string | null }> {
  const end = await runner.query<{ id: string }>({
    text: `SELECT t."id"::text AS id FROM ${entity.table} t WHERE t."id" > $1::uuid ORDER BY t."id" OFFSET $2 LIMIT 1`,
    values: [after, limit - 1],
  })
  const last = end.rows[0]?.id ?? null
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const { all, worked } = workedColumns(source, entity, windowedColumns(source, entity))
  const range = `o."id" > ${parameters.open('after', 'uuid')} AND o."id" <= ${parameters.open('last', 'uuid')}`
  const text =
    `SELECT o."id"::text AS id FROM ${entity.table} o${writtenRow(source, entity, all, 'looked at')} ` +
    `WHERE ${range} AND (${differsSql(worked, 'o')}) ORDER BY o."id"`
  const slots = { after, last: last ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff' }
  const { rows } = await runner.query<{ id: string }>(bind(toPlan(text, parameters), context, slots))
  return { ids: rows.map(({ id }) => id), last }
}

function windowedColumns(source: SelectSource, entity: CompiledEntity): readonly RowColumn[] {
  const { rollUps } = computedOf(source.model, entity)
  return rollUps.flatMap((rollUp) => (rollUp.window === undefined ? [] : recountedColumn(source, rollUp)))
}

interface Work {
  /** A FROM item with the rows `o` as they are. */
  readonly from: string
  readonly where?: string
  /** What they get, over `o` and what stands beside it. */
  readonly columns: readonly RowColumn[]
  readonly slots: Readonly<Record<string, unknown>>
  /** The fields that may change; undefined: all that are worked out. */
  readonly only?: ReadonlySet<CompiledField> | undefined
  /** Whether no event is left. */
  readonly isSilent?: boolean
}

/** Writes what was worked out where it differs, tells it as an event, and raises no version: nobody wrote. */
async function writeWorked(
  context: RequestContext,
  tx: Executor,
  source: SelectSource,
  entity: CompiledEntity,
  work: Work,
): Promise<readonly string[]> {
  const { all, worked } = workedColumns(source, entity, work.columns, work.only)
  if (worked.length === 0) return []
  const compared = [
    ...new Set([...worked, ...ruledFields(source, entity).flatMap(({ field }) => field.columns)]),
  ]
  const was = (column: string) => `"was ${column.slice(1)}`
  const told =
    work.isSilent === true ? [] : [eventSql(source, entity, worked, was), ...ruleTrail(source, entity, was)]
  const text =
    `WITH w AS (${writeText(entity, worked, `${work.from}${writtenRow(source, entity, all)}`, `t."id" = o."id"${work.where === undefined ? '' : ` AND ${work.where}`}`)} ` +
    `RETURNING t."id", t."version"${compared.map((column) => `, t.${column}, o.${column} AS ${was(column)}`).join('')})` +
    `${told.map((cte) => `, ${cte}`).join('')} ` +
    `SELECT w."id"::text AS id FROM w ORDER BY w."id"`
  const plan = toPlan(text, source.parameters as Parameters)
  const { rows } = await tx.query<{ id: string }>(bind(plan, context, work.slots))
  return rows.map(({ id }) => id)
}

/** The statement that gives the rows `t` what differs in the row `n` worked out beside them. */
export function writeText(
  { table }: CompiledEntity,
  worked: readonly string[],
  from: string,
  where: string,
): string {
  const set = worked.map((column) => `${column} = n.${column}`).join(', ')
  return `UPDATE ${table} t SET ${set} FROM ${from} WHERE ${where} AND (${differsSql(worked, 't')})`
}

export function differsSql(worked: readonly string[], alias: string): string {
  return worked.map((column) => `n.${column} IS DISTINCT FROM ${alias}.${column}`).join(' OR ')
}

/**
 * Every column of the row `o` with what it gets, and those that are worked out.
 * @param only the fields that are written; undefined: all
 */
export function workedColumns(
  source: SelectSource,
  entity: CompiledEntity,
  columns: readonly RowColumn[],
  only?: ReadonlySet<CompiledField>,
) {
  const given = new Map(columns.map(({ name, sql }) => [name, sql]))
  const own = [...new Set([...entity.fields.values()].flatMap((field) => field.columns))]
  const rest = [...given.keys()].filter((name) => !own.includes(name))
  const all = [...own, ...rest, '"deleted_at"'].map((name) => ({ name, sql: given.get(name) ?? `o.${name}` }))
  const computed = computedColumns(source, entity, only)
  return { all, worked: [...new Set([...given.keys(), ...computed])] }
}

function ruleTrail(source: SelectSource, entity: CompiledEntity, was: (column: string) => string) {
  // A place that no text names has no type.
  if (ruledFields(source, entity).length === 0) return []
  const { parameters } = source
  return ruleTrailCtes(source, entity, {
    ...{ from: 'w', alias: 'w', before: (column) => `w.${was(column)}`, actor: parameters.actor() },
    ...{ request: parameters.open('request', 'uuid'), address: parameters.open('address', 'text') },
  })
}

/** The CTE of the events of records in which columns were worked out anew; each names the fields that changed. */
function eventSql(
  source: SelectSource,
  entity: CompiledEntity,
  worked: readonly string[],
  was: (column: string) => string,
): string {
  const fields = [...entity.fields.values()].filter(({ columns }) => worked.includes(columns[0] ?? ''))
  const names = fields.map((field) => {
    const own = field.columns.filter((column) => worked.includes(column))
    const differs = own.map((column) => `w.${was(column)} IS DISTINCT FROM w.${column}`).join(' OR ')
    return `CASE WHEN ${differs} THEN ${literal(trailKey(field))} END`
  })
  return (
    `e AS (INSERT INTO ${source.model.schema}.tenon_event (action, entity, record, version, actor, fields) ` +
    `SELECT 'update', '${entity.id}'::uuid, w."id", w."version", ${source.parameters.actor()}, ` +
    `array_remove(ARRAY[${names.join(', ')}]::text[], NULL) FROM w)`
  )
}

/** What one moved record takes from the sums of its parent, and what it adds. */
function movedRows(
  parent: string,
  { rollUp, gone, come }: Shift,
  list: readonly CompiledRollUp[],
): readonly string[] {
  if (rollUp.window !== undefined) return [`{"p":"${parent}"}`]
  const index = list.indexOf(rollUp)
  const isSummed = rollUp.fn === 'sum' || rollUp.fn === 'average'
  // A count is of records; what is made of values passes over those that are null.
  const isCounted = (value: string | null) => rollUp.value === undefined || value !== null
  const row = (value: string | null, sign: 1 | -1) => {
    const amount = isSummed && value !== null ? (sign === 1 ? value : negated(value)) : '0'
    return `{"p":"${parent}","n${index}":${isCounted(value) ? sign : 0},"v${index}":"${amount}"}`
  }
  return [...(gone === undefined ? [] : [row(gone, -1)]), ...(come === undefined ? [] : [row(come, 1)])]
}

function negated(value: string): string {
  return value.startsWith('-') ? value.slice(1) : `-${value}`
}

/** The columns of one roll-up over a parent `o` and what moved there, `d`. */
function rollUpColumns(source: SelectSource, rollUp: CompiledRollUp, index: number): readonly RowColumn[] {
  const [value, , sum, count] = columnSpecs(rollUp.field)
  const column = `o.${value!.column}`
  // What a day takes away no write tells: a rolling window is always counted from the records.
  if (rollUp.window !== undefined) return recountedColumn(source, rollUp)
  switch (rollUp.fn) {
    case 'count':
      return [{ name: value!.column, sql: `(COALESCE(${column}, 0) + d."n${index}")` }]
    case 'sum':
      return [{ name: value!.column, sql: `(COALESCE(${column}, 0) + d."v${index}")::${value!.sqlType}` }]
    case 'average': {
      const [total, number] = [
        `(COALESCE(o.${sum!.column}, 0) + d."v${index}")`,
        `(COALESCE(o.${count!.column}, 0) + d."n${index}")`,
      ]
      return [
        { name: value!.column, sql: quotient(total, number) },
        { name: sum!.column, sql: total },
        { name: count!.column, sql: number },
      ]
    }
    default:
      return [{ name: value!.column, sql: `${recounted(source, rollUp, 'o')}::${value!.sqlType}` }]
  }
}

/** A roll-up from the records themselves, as a sub-select over the parent `alias`. */
function recounted(source: SelectSource, rollUp: CompiledRollUp, alias: string): string {
  const { fn, child, value, filter, window } = rollUp
  const condition =
    filter === undefined
      ? ''
      : ` AND (${ruleToSql(filter, recordTarget(source, child, { after: 'rc', before: undefined }))})`
  const rows = `FROM ${child.table} rc WHERE ${isTiedSql(rollUp, 'rc', `${alias}."id"`)} AND rc."deleted_at" IS NULL${condition}${window === undefined ? '' : ` AND ${windowSql(source, window)}`}`
  const of = value === undefined ? 'rc."id"' : `rc.${value.columns[0]}`
  switch (fn) {
    case 'count':
      return `(SELECT count(${value === undefined ? '*' : of}) ${rows})`
    case 'sum':
      return `(SELECT COALESCE(sum(${of}), 0) ${rows})`
    case 'average':
      return `(SELECT ${quotient(`sum(${of}::numeric)`, `count(${of})`)} ${rows})`
    case 'min':
    case 'max':
      return `(SELECT ${fn}(${of}) ${rows})`
    case 'first':
    case 'last': {
      const direction = fn === 'first' ? 'ASC' : 'DESC'
      return `(SELECT ${of} ${rows} ORDER BY rc."created_at" ${direction}, rc."id" ${direction} LIMIT 1)`
    }
  }
}

/** Whether the record `rc` lies in a rolling window that ends with today. */
function windowSql({ parameters }: SelectSource, { last, by }: Window): string {
  const column = `rc.${by.columns[0]}`
  const today = parameters.today()
  const first = `(${today} - make_interval(months => ${last.months}, days => ${last.days}) + interval '1 day')`
  const end = `(${today} + interval '1 day')`
  if (by.ruleType === 'date') return `${column} >= ${first}::date AND ${column} < ${end}::date`
  const zone = parameters.timeZone()
  return `${column} >= ${first} AT TIME ZONE ${zone} AND ${column} < ${end} AT TIME ZONE ${zone}`
}

/** A roll-up worked out from the records themselves, over a row `o`. */
function recountedColumn(source: SelectSource, rollUp: CompiledRollUp): readonly RowColumn[] {
  const [value, , sum, count] = columnSpecs(rollUp.field)
  const made = (as: CompiledRollUp) => recounted(source, as, 'o')
  const main = { name: value!.column, sql: `${made(rollUp)}::${value!.sqlType}` }
  if (rollUp.fn !== 'average') return [main]
  return [
    main,
    { name: sum!.column, sql: made({ ...rollUp, fn: 'sum' }) },
    { name: count!.column, sql: made({ ...rollUp, fn: 'count' }) },
  ]
}
