import type { AssignmentRule, AssignmentTable } from '../../../metadata/types.ts'
import { mayActSql, userTable } from '../../access/user-table.ts'
import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import { isTable } from '../../model/kinds/assignment-place.ts'
import { resolvePeople, type WhoSource } from '../who.ts'
import type { Bench } from './bench.ts'

/** Who a rule names, those who may not act among them: the trace tells why they were passed over. */
export async function peopleOf(
  bench: Bench,
  id: string,
  to: AssignmentRule['to'],
): Promise<readonly string[]> {
  const source: WhoSource = {
    ...{ model: bench.model, db: bench.lookups ?? bench.tx, withInactive: true },
    path: (path) => bench.value(id, fieldRule(bench.model, path), 'any'),
    value: (rule) => bench.value(id, rule, 'any'),
  }
  if (!isTable(to)) return await resolvePeople(source, to)
  const rows = await rowsOf(bench, id, to)
  const field = bench.model.entities.get(to.table)?.fields.get(to.take)
  const isTeam = field?.relation?.kind === 'one' && field.relation.to === 'team'
  if (!isTeam) return rows
  const { rows: teams } = await (bench.lookups ?? bench.tx).query<{ name: string }>({
    text: `SELECT t.${columnOf(bench.model, 'team', 'name')} AS name FROM ${bench.model.entities.get('team')!.table} t WHERE t."id" = ANY($1::uuid[])`,
    values: [rows],
  })
  return await resolvePeople(
    source,
    teams.map(({ name }) => ({ team: name })),
  )
}

function columnOf(model: CompiledModel, entity: string, field: string): string {
  return model.entities.get(entity)!.fields.get(field)!.columns[0]!
}

const fieldRules = new WeakMap<CompiledModel, Map<string, { readonly var: string }>>()

/** The rule that gives a field, one and the same each time: a bench reads what a rule looks at once for all its records. */
function fieldRule(model: CompiledModel, path: string): { readonly var: string } {
  const known = fieldRules.get(model) ?? new Map<string, { readonly var: string }>()
  fieldRules.set(model, known)
  const rule = known.get(path) ?? { var: path }
  known.set(path, rule)
  return rule
}

/** What the rows of a table that match best hold: an empty cell matches everything, and counts less. */
async function rowsOf(
  { model, tx, lookups = tx, value }: Bench,
  id: string,
  { table, match, take }: AssignmentTable,
): Promise<readonly string[]> {
  const entity = model.entities.get(table)
  const field = entity?.fields.get(take)
  if (entity === undefined || field === undefined) return []
  const columns = match.flatMap((name) => entity.fields.get(name)?.columns[0] ?? [])
  const wanted: unknown[] = []
  for (const name of match) wanted.push((await value(id, fieldRule(model, name), 'any')) ?? null)
  const taken =
    field.linkTable === undefined
      ? `ARRAY[t.${field.columns[0]}]`
      : `ARRAY(SELECT l."target" FROM ${field.linkTable} l WHERE l."record" = t."id" ORDER BY l."target")`
  const tests = columns.map(
    (column, index) => `(t.${column} IS NULL OR t.${column}::text = $${index + 1}::text)`,
  )
  const empty = columns.map((column) => `(t.${column} IS NULL)::int`).join(' + ')
  const { rows } = await lookups.query<{ ids: readonly string[] }>({
    text:
      `SELECT x.taken::text[] AS ids FROM (SELECT ${taken} AS taken, ` +
      `rank() OVER (ORDER BY ${empty}) AS r, t."id" FROM ${entity.table} t WHERE t."deleted_at" IS NULL AND ${tests.join(' AND ')}) x ` +
      'WHERE x.r = 1 ORDER BY x."id"',
    values: wanted.map((one) => (one === null ? null : String(one))),
  })
  return [...new Set(rows.flatMap(({ ids }) => ids.filter((one) => one !== null)))]
}

/** What is known of one who is named. */
export interface Facts {
  readonly isActive: boolean
  readonly isAbsent: boolean
  readonly open: number
  readonly today: number
}

export interface Counted {
  readonly entity: CompiledEntity
  readonly record: string
  readonly assignment: string
  readonly at: Date
  readonly needs: { readonly open: boolean; readonly today: boolean }
}

/** Whether they are there and how much they have, by id. */
export async function factsOf(
  { model, tx }: Pick<Bench, 'model' | 'tx'>,
  ids: readonly string[],
  { entity, record, assignment, at, needs }: Counted,
): Promise<ReadonlyMap<string, Facts>> {
  const user = userTable(model)
  const values: unknown[] = [ids, at.toISOString()]
  const given = (value: unknown, type: string) => `$${values.push(value)}::${type}`
  const [from, until] = [columnOf(model, 'user', 'absent_from'), columnOf(model, 'user', 'absent_until')]
  const absent =
    `(coalesce(u.${from}, u.${until}) IS NOT NULL AND coalesce(u.${from}, '-infinity') <= $2::timestamptz ` +
    `AND coalesce(u.${until}, 'infinity') > $2::timestamptz)`
  const open = needs.open
    ? `(SELECT count(*) FROM ${entity.table} t WHERE t."owner" = u."id" AND t."deleted_at" IS NULL ` +
      `AND t."id" <> ${given(record, 'uuid')}${openSql(entity)})`
    : '0'
  const day = () => {
    const zone = given(model.settings.timeZone, 'text')
    return `date_trunc('day', $2::timestamptz AT TIME ZONE ${zone}) AT TIME ZONE ${zone}`
  }
  const today = needs.today
    ? `(SELECT count(*) FROM ${model.schema}.tenon_assignment a WHERE a.assignment = ${given(assignment, 'uuid')} ` +
      `AND a.chosen = u."id" AND a.record <> ${given(record, 'uuid')} AND a.at >= ${day()})`
    : '0'
  const { rows } = await tx.query<{
    id: string
    active: boolean
    absent: boolean
    open: number
    today: number
  }>({
    text:
      `SELECT u."id"::text AS id, (${mayActSql(user)}) AS active, ${absent} AS absent, (${open})::int AS open, ` +
      `(${today})::int AS today FROM ${user.table} u WHERE u."id"::text = ANY($1::text[])`,
    values,
  })
  return new Map(
    rows.map(({ id, active, absent: isAbsent, ...counts }) => [
      id,
      { isActive: active, isAbsent, open: counts.open, today: counts.today },
    ]),
  )
}

/** Records that are not closed: in an open stage of the first pipeline, all of them where there is none. */
export function openSql(entity: CompiledEntity): string {
  const [pipeline] = entity.pipelines.values()
  const column = pipeline === undefined ? undefined : entity.fields.get(pipeline.field)?.columns[0]
  if (pipeline === undefined || column === undefined) return ''
  const open = pipeline.stages.filter(({ type }) => type === 'open').map(({ name }) => `'${name}'`)
  return ` AND (t.${column} IS NULL${open.length === 0 ? '' : ` OR t.${column} IN (${open.join(', ')})`})`
}
