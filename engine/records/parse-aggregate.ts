import { nearest } from '../../metadata/nearest.ts'
import { AppError, didYouMean, type Problem, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { Sight } from './cells.ts'
import { checkParameters, parseNames, parseSearchText } from './parse-list.ts'
import { unknownField } from './parse-selection.ts'
import { reachField } from './row-source.ts'

export const BUCKETS = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Bucket = (typeof BUCKETS)[number]
const FUNCTIONS = ['count', 'count_distinct', 'sum', 'avg', 'min', 'max'] as const
export type MeasureFunction = (typeof FUNCTIONS)[number]
export const MAX_GROUPS = 4
export const MAX_MEASURES = 20
export const MAX_ROWS = 10_000
const DEFAULT_ROWS = 1000

export interface GroupKey {
  readonly name: string
  readonly path: string
  readonly field: CompiledField
  readonly bucket: Bucket | undefined
}

export interface Measure {
  readonly name: string
  readonly fn: MeasureFunction
  readonly path: string | undefined
  readonly field: CompiledField | undefined
}

export interface AggregateSort {
  readonly name: string
  readonly descending: boolean
}

/** What an answer has a column for. */
interface Named {
  readonly name: string
}

/** What is asked of groups, whatever they are of. */
export interface AggregateShape<Group extends Named = Named, Measured extends Named = Named> {
  readonly groups: readonly Group[]
  readonly measures: readonly Measured[]
  readonly having: unknown
  readonly sort: readonly AggregateSort[]
  readonly limit: number
}

export interface AggregateRequest extends AggregateShape<GroupKey, Measure> {
  readonly filter: unknown
  readonly q: string | undefined
}

/** @throws AppError with every problem of the question at once (400) */
export function parseAggregate(sight: Sight, entity: CompiledEntity, body: unknown): AggregateRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AppError(problem('HTTP_PARAMETER_INVALID', '', { params: { name: 'body' } }))
  }
  const raw = body as Record<string, unknown>
  const problems = checkParameters(raw, ['filter', 'q', 'group', 'measures', 'having', 'sort', 'limit'])
  const groups = listOf(raw.group, '/group', MAX_GROUPS, problems).flatMap(
    (item, index) => parseGroup(sight, entity, item, `/group/${index}`, problems) ?? [],
  )
  const asked = raw.measures === undefined ? [{ fn: 'count' }] : raw.measures
  const measures = listOf(asked, '/measures', MAX_MEASURES, problems).flatMap(
    (item, index) => parseMeasure(sight, entity, item, `/measures/${index}`, problems) ?? [],
  )
  if (Array.isArray(asked) && asked.length === 0 && groups.length === 0) {
    problems.push(measureProblem('/measures', FUNCTIONS.join(', ')))
  }
  const names = [...groups, ...measures].map((item) => item.name)
  if (new Set(names).size !== names.length) problems.push(measureProblem('/measures', 'duplicate name'))
  const request = {
    filter: raw.filter,
    q: parseSearchText(raw.q, problems),
    groups,
    measures,
    having: raw.having,
    sort: parseAggregateSort(raw.sort, names, problems),
    limit: parseRows(raw.limit, problems),
  }
  if (problems.length > 0) throw new AppError(problems)
  return request
}

function parseGroup(
  sight: Sight,
  entity: CompiledEntity,
  raw: unknown,
  path: string,
  problems: Problem[],
): GroupKey | undefined {
  const item = typeof raw === 'string' ? { field: raw } : raw
  const { field: name, bucket } = (item ?? {}) as { field?: unknown; bucket?: unknown }
  problems.push(...strayKeys(item, ['field', 'bucket'], path))
  if (typeof name !== 'string') {
    problems.push(measureProblem(path, 'field'))
    return undefined
  }
  const field = reachField(sight, entity, name)?.field
  if (field === undefined) {
    problems.push({ ...unknownField(sight, entity, name, path) })
    return undefined
  }
  const isTemporal = field.ruleType === 'date' || field.ruleType === 'datetime'
  if (bucket !== undefined && !(isTemporal && BUCKETS.includes(bucket as Bucket))) {
    problems.push(measureProblem(`${path}/bucket`, BUCKETS.join(', ')))
    return undefined
  }
  if (field.columns.length === 0 || !(field.type.groupable || bucket !== undefined)) {
    problems.push(problem('QUERY_FIELD_NOT_GROUPABLE', path, { params: { name } }))
    return undefined
  }
  return { name, path: name, field, bucket: bucket as Bucket | undefined }
}

function parseMeasure(
  sight: Sight,
  entity: CompiledEntity,
  raw: unknown,
  path: string,
  problems: Problem[],
): Measure | undefined {
  const { fn, field: name, as } = (raw ?? {}) as { fn?: unknown; field?: unknown; as?: unknown }
  problems.push(...strayKeys(raw, ['fn', 'field', 'as'], path))
  if (!isOneOf(fn, FUNCTIONS, `${path}/fn`, problems)) return undefined
  const isBare = fn === 'count' && name === undefined
  const field = isBare || typeof name !== 'string' ? undefined : reachField(sight, entity, name)?.field
  if (!isBare && field === undefined) {
    problems.push(
      typeof name === 'string'
        ? unknownField(sight, entity, name, `${path}/field`)
        : measureProblem(path, 'field'),
    )
    return undefined
  }
  if (field !== undefined && !isMeasurable(field, fn)) {
    problems.push(measureProblem(path, `${fn}(${field.type.name})`))
    return undefined
  }
  const column = measureName(fn, isBare ? undefined : String(name), as, path, problems)
  return { name: column, fn, path: name as string | undefined, field }
}

/** What a measure is called in the answer: as is said, else by what it is of. */
export function measureName(
  fn: string,
  of: string | undefined,
  as: unknown,
  path: string,
  problems: Problem[],
): string {
  const given = typeof as === 'string' && /^[a-z][a-z0-9_]{0,62}$/.test(as) ? as : undefined
  if (as !== undefined && given === undefined) problems.push(measureProblem(`${path}/as`, 'snake_case'))
  return given ?? (of === undefined ? fn : `${fn}_${of.replaceAll('.', '_')}`)
}

/** Whether it is one of the functions; what is none is told with the nearest. */
export function isOneOf<Fn extends string>(
  fn: unknown,
  known: readonly Fn[],
  path: string,
  problems: Problem[],
): fn is Fn {
  if (known.includes(fn as Fn)) return true
  const hint = didYouMean(typeof fn === 'string' ? nearest(fn, known) : undefined)
  problems.push(problem('QUERY_MEASURE_INVALID', path, { params: { reason: known.join(', ') }, hint }))
  return false
}

/** Keys that a group or measure does not have: a misspelt one would quietly ask something else. */
export function strayKeys(item: unknown, known: readonly string[], path: string): readonly Problem[] {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return []
  const stray = checkParameters(item as Record<string, unknown>, known)
  return stray.map((fault) => ({ ...fault, path: `${path}${fault.path}` }))
}

function isMeasurable(field: CompiledField, fn: MeasureFunction): boolean {
  if (field.columns.length === 0) return false
  if (fn === 'count' || fn === 'count_distinct') return true
  return (
    field.type.measures.includes(fn) ||
    (field.system && (fn === 'min' || fn === 'max') && field.type.sortable)
  )
}

export function parseAggregateSort(
  raw: unknown,
  names: readonly string[],
  problems: Problem[],
): readonly AggregateSort[] {
  if (raw === undefined || raw === null) return []
  const list = parseNames(raw, 'sort', problems)
  const items = list === undefined ? [] : list.split(',')
  return items.flatMap((item) => {
    const text = item.trim()
    const name = text.replace(/^-/, '')
    if (text === '') return []
    if (names.includes(name)) return [{ name, descending: text.startsWith('-') }]
    problems.push(
      problem('QUERY_FIELD_UNKNOWN', '/sort', { params: { name }, hint: didYouMean(nearest(name, names)) }),
    )
    return []
  })
}

export function parseRows(raw: unknown, problems: Problem[]): number {
  if (raw === undefined || raw === null) return DEFAULT_ROWS
  if (Number.isInteger(raw) && (raw as number) >= 1 && (raw as number) <= MAX_ROWS) return raw as number
  problems.push(problem('QUERY_LIMIT_INVALID', '/limit', { params: { limit: MAX_ROWS } }))
  return DEFAULT_ROWS
}

export function listOf(raw: unknown, path: string, max: number, problems: Problem[]): readonly unknown[] {
  if (raw === undefined || raw === null) return []
  if (Array.isArray(raw) && raw.length <= max) return raw
  problems.push(measureProblem(path, `[… ${max}]`))
  return []
}

export function measureProblem(path: string, reason: string): Problem {
  return problem('QUERY_MEASURE_INVALID', path, { params: { reason } })
}
