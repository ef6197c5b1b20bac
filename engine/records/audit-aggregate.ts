import { nearest } from '../../metadata/nearest.ts'
import type { TypedRule } from '../../metadata/rules/types.ts'
import { instantSql } from '../db/values.ts'
import { AppError, didYouMean, type Problem, problem } from '../errors.ts'
import { groupedSql, type HavingColumn, havingSql, quote } from './aggregate-sql.ts'
import { AUDIT_COLUMNS, assertMayRead, checkEntryCondition } from './audit-question.ts'
import { auditColumn, auditSql } from './audit-sql.ts'
import type { RecordAnswer, RequestContext } from './context.ts'
import { bind, createParameters, type Parameters, toPlan } from './parameters.ts'
import {
  type AggregateShape,
  BUCKETS,
  type Bucket,
  isOneOf,
  listOf,
  MAX_GROUPS,
  MAX_MEASURES,
  measureName,
  measureProblem,
  parseAggregateSort,
  parseRows,
  strayKeys,
} from './parse-aggregate.ts'
import { checkParameters, parseFilter } from './parse-list.ts'

/** What entries are grouped by: nothing that tells of single records. */
export const AUDIT_GROUPS = [
  'at',
  'actor',
  'via',
  'action',
  'entity',
  'subject',
  'address',
  'erased',
] as const
type GroupName = (typeof AUDIT_GROUPS)[number]
/** What is worked out of a group, and of which columns. */
export const AUDIT_MEASURES = {
  count: [],
  count_distinct: ['actor', 'address', 'request'],
  min: ['at'],
  max: ['at'],
} as const satisfies Readonly<Record<string, readonly (keyof typeof AUDIT_COLUMNS)[]>>
type MeasureFn = keyof typeof AUDIT_MEASURES
const FUNCTIONS = Object.keys(AUDIT_MEASURES) as MeasureFn[]

interface Group {
  readonly name: GroupName
  readonly bucket: Bucket | undefined
}

interface Measure {
  readonly name: string
  readonly fn: MeasureFn
  /** A column, or undefined for entries as such. */
  readonly of: string | undefined
}

interface Request extends AggregateShape<Group, Measure> {
  readonly condition: TypedRule | undefined
}

/**
 * How much was done, in groups: by whom, of which kind, on which day. Entries are counted as the list shows them, so
 * nothing is told of records and fields out of sight.
 * @throws AppError AUTH_DENIED without the right `audit`; every problem of the question
 */
export async function aggregateAudit(
  context: RequestContext,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  assertMayRead(context)
  const request = parse(context, raw)
  const parameters = createParameters()
  const groups = request.groups.map((group) => groupSql(context, group, parameters))
  const measures = request.measures.map(({ fn, of }) => measureSql(context, fn, of))
  const items = [
    ...groups.map((sql, index) => `${sql} AS g${index}`),
    ...measures.map((sql, index) => `${sql} AS m${index}`),
  ]
  const where =
    request.condition === undefined ? '' : `WHERE ${auditSql(context, request.condition, parameters)} `
  const by = groups.length === 0 ? '' : `GROUP BY ${groups.map((_, index) => index + 1).join(', ')}`
  const grouped = `SELECT ${items.join(', ')} FROM ${context.model.schema}.tenon_audit a ${where}${by}`
  const outer = [
    ...request.groups.map(({ name }, index) => `x.g${index} AS ${quote(name)}`),
    ...request.measures.map(({ name, of }, index) => {
      const sql = `x.m${index}`
      return `${of === 'at' ? instantSql(sql) : sql} AS ${quote(name)}`
    }),
  ]
  const having = havingSql(request.having, havingColumns(context, request), parameters)
  const plan = toPlan(groupedSql(grouped, outer, request, having, parameters), parameters)
  const { rows } = await context.db.query<{ j: string }>(bind(plan, context))
  return { status: 200, body: `{"data":[${rows.map(({ j }) => j).join(',')}]}` }
}

function groupSql(context: RequestContext, { name, bucket }: Group, parameters: Parameters): string {
  const { sql } = auditColumn(context, name)
  return bucket === undefined
    ? sql
    : `date_trunc('${bucket}', ${sql} AT TIME ZONE ${parameters.timeZone()})::date`
}

function measureSql(context: RequestContext, fn: MeasureFn, of: string | undefined): string {
  if (of === undefined) return 'count(*)'
  const { sql } = auditColumn(context, of)
  return fn === 'count_distinct' ? `count(DISTINCT ${sql})` : `${fn}(${sql})`
}

function havingColumns(context: RequestContext, request: Request): ReadonlyMap<string, HavingColumn> {
  const typeOf = (name: string) =>
    name === 'entity' ? ('text' as const) : AUDIT_COLUMNS[name as keyof typeof AUDIT_COLUMNS].type
  const groups = request.groups.map(({ name, bucket }, index): [string, HavingColumn] => {
    const { sqlType } = auditColumn(context, name)
    const kind = bucket === undefined ? { type: typeOf(name), sqlType } : { type: 'date', sqlType: 'date' }
    return [name, { sql: `x.g${index}`, ...kind } as HavingColumn]
  })
  const measures = request.measures.map(({ name, of }, index): [string, HavingColumn] => {
    const kind =
      of === 'at' ? { type: 'datetime', sqlType: 'timestamptz' } : { type: 'number', sqlType: 'numeric' }
    return [name, { sql: `x.m${index}`, ...kind } as HavingColumn]
  })
  return new Map([...groups, ...measures])
}

function parse(context: RequestContext, raw: Readonly<Record<string, unknown>>): Request {
  const problems = checkParameters(raw, ['filter', 'group', 'measures', 'having', 'sort', 'limit'])
  const filter = parseFilter(raw.filter, problems)
  const groups = listOf(raw.group, '/group', MAX_GROUPS, problems).flatMap(
    (item, index) => parseGroup(item, `/group/${index}`, problems) ?? [],
  )
  const asked = raw.measures === undefined ? [{ fn: 'count' }] : raw.measures
  const measures = listOf(asked, '/measures', MAX_MEASURES, problems).flatMap(
    (item, index) => parseMeasure(item, `/measures/${index}`, problems) ?? [],
  )
  if (Array.isArray(asked) && asked.length === 0 && groups.length === 0) {
    problems.push(measureProblem('/measures', FUNCTIONS.join(', ')))
  }
  const names = [...groups, ...measures].map(({ name }) => name)
  if (new Set(names).size !== names.length) problems.push(measureProblem('/measures', 'duplicate name'))
  const request = {
    condition: checkEntryCondition(context, filter, problems),
    ...{ groups, measures, having: raw.having },
    sort: parseAggregateSort(raw.sort, names, problems),
    limit: parseRows(raw.limit, problems),
  }
  if (problems.length > 0) throw new AppError(problems)
  return request
}

function parseGroup(raw: unknown, path: string, problems: Problem[]): Group | undefined {
  const item = typeof raw === 'string' ? { field: raw } : raw
  const { field: name, bucket } = (item ?? {}) as { field?: unknown; bucket?: unknown }
  problems.push(...strayKeys(item, ['field', 'bucket'], path))
  if (!AUDIT_GROUPS.includes(name as GroupName)) {
    const text = typeof name === 'string' ? name.slice(0, 40).toWellFormed() : ''
    const hint = didYouMean(nearest(text, AUDIT_GROUPS))
    problems.push(problem('QUERY_FIELD_NOT_GROUPABLE', path, { params: { name: text }, hint }))
    return undefined
  }
  // An instant alone would make a group of each entry.
  const fits = name === 'at' ? BUCKETS.includes(bucket as Bucket) : bucket === undefined
  if (!fits) {
    problems.push(measureProblem(`${path}/bucket`, name === 'at' ? BUCKETS.join(', ') : 'at'))
    return undefined
  }
  return { name: name as GroupName, bucket: bucket as Bucket | undefined }
}

function parseMeasure(raw: unknown, path: string, problems: Problem[]): Measure | undefined {
  const { fn, field, as } = (raw ?? {}) as { fn?: unknown; field?: unknown; as?: unknown }
  problems.push(...strayKeys(raw, ['fn', 'field', 'as'], path))
  if (!isOneOf(fn, FUNCTIONS, `${path}/fn`, problems)) return undefined
  const columns: readonly string[] = AUDIT_MEASURES[fn]
  const fits = fn === 'count' ? field === undefined : typeof field === 'string' && columns.includes(field)
  if (!fits) {
    problems.push(measureProblem(`${path}/field`, fn === 'count' ? 'count' : columns.join(', ')))
    return undefined
  }
  const of = field as string | undefined
  return { name: measureName(fn, of, as, path, problems), fn, of }
}
