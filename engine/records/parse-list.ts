import { nearest } from '../../metadata/nearest.ts'
import { AppError, didYouMean, type Problem, type ProblemCode, problem } from '../errors.ts'
import { isStorableText } from '../fields/parts/formats.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { Sight } from './cells.ts'
import { parseSelection, type Selection, unknownField } from './parse-selection.ts'
import { reachField } from './row-source.ts'

export const DEFAULT_LIMIT = 25
export const MAX_LIMIT = 200
const MAX_SORT_KEYS = 6
const MAX_SEARCH_LENGTH = 500

export interface SortKey {
  readonly path: string
  readonly descending: boolean
  readonly field: CompiledField
}

export type CountKind = 'none' | 'estimated' | 'exact'

/** A list as the client asks for it; the filter is still to be type-checked. */
export interface ListRequest {
  readonly selection: Selection
  readonly filter: unknown
  readonly sort: readonly SortKey[]
  readonly limit: number
  readonly after: string | undefined
  readonly q: string | undefined
  readonly count: CountKind
  /** The recycle bin instead of the live records. */
  readonly isBin: boolean
}

/** The parameters of a list, by name: from a query string (texts) or from a JSON body. */
export type ListParameters = Readonly<Record<string, unknown>>

const LIST_PARAMETERS = ['filter', 'sort', 'fields', 'expand', 'limit', 'after', 'q', 'count', 'deleted']

/**
 * @throws AppError with every problem in the parameters at once (400)
 */
export function parseList(sight: Sight, entity: CompiledEntity, raw: ListParameters): ListRequest {
  const problems = checkParameters(raw, LIST_PARAMETERS)
  const fields = parseNames(raw.fields, 'fields', problems)
  const expand = parseNames(raw.expand, 'expand', problems)
  const selected = parseSelection(sight, entity, fields, expand)
  problems.push(...selected.problems)
  const request: ListRequest = {
    selection: selected.selection,
    filter: parseFilter(raw.filter, problems),
    sort: parseSort(sight, entity, raw.sort, problems),
    limit: parseLimit(raw.limit, problems),
    after: parseText(raw.after, 'after', 4000, 'QUERY_CURSOR_INVALID', problems),
    q: parseSearchText(raw.q, problems),
    count: parseCount(raw.count, problems),
    isBin: parseFlag(raw.deleted, 'deleted', problems),
  }
  if (problems.length > 0) throw new AppError(problems)
  return request
}

/** Every parameter that is none of the known ones, with the nearest that is. */
export function checkParameters(raw: ListParameters, known: readonly string[]): Problem[] {
  return Object.keys(raw)
    .filter((name) => !known.includes(name))
    .map((name) =>
      problem('HTTP_PARAMETER_UNKNOWN', `/${name}`, {
        params: { name },
        hint: didYouMean(nearest(name, known)),
      }),
    )
}

/** A comma list, or in a body also a list of texts. */
export function parseNames(raw: unknown, name: string, problems: Problem[]): string | undefined {
  if (raw === undefined || raw === null) return undefined
  if (typeof raw === 'string') return raw
  if (Array.isArray(raw) && raw.every((item) => typeof item === 'string')) return raw.join(',')
  problems.push(problem('HTTP_PARAMETER_INVALID', `/${name}`, { params: { name } }))
  return undefined
}

/** A filter as a rule: from its JSON text, or as it stands in a body. */
export function parseFilter(raw: unknown, problems: Problem[]): unknown {
  if (typeof raw !== 'string' || raw.trim() === '') return raw === '' ? undefined : raw
  try {
    return JSON.parse(raw)
  } catch {
    problems.push(problem('RULE_SHAPE_INVALID', '/filter', { params: { reason: 'JSON' } }))
    return undefined
  }
}

function parseSort(
  sight: Sight,
  entity: CompiledEntity,
  raw: unknown,
  problems: Problem[],
): readonly SortKey[] {
  const list = parseNames(raw, 'sort', problems)
  const keys: SortKey[] = []
  for (const item of (list ?? '').split(',').map((part) => part.trim())) {
    if (item === '') continue
    const descending = item.startsWith('-')
    const path = descending ? item.slice(1) : item
    const reached = reachField(sight, entity, path)
    if (reached === undefined) problems.push(unknownField(sight, entity, path, '/sort'))
    else if (!reached.field.type.sortable || reached.field.columns.length === 0) {
      problems.push(problem('QUERY_FIELD_NOT_SORTABLE', '/sort', { params: { name: path } }))
    } else if (!keys.some((key) => key.path === path)) keys.push({ path, descending, field: reached.field })
  }
  if (keys.length > MAX_SORT_KEYS)
    problems.push(problem('HTTP_PARAMETER_INVALID', '/sort', { params: { name: 'sort' } }))
  return keys
}

export function parseLimit(raw: unknown, problems: Problem[]): number {
  if (raw === undefined || raw === null) return DEFAULT_LIMIT
  const isWhole = typeof raw === 'number' || (typeof raw === 'string' && /^\d{1,9}$/.test(raw))
  const limit = isWhole ? Number(raw) : 0
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit
  problems.push(problem('QUERY_LIMIT_INVALID', '/limit', { params: { limit: MAX_LIMIT } }))
  return DEFAULT_LIMIT
}

export function parseSearchText(raw: unknown, problems: Problem[]): string | undefined {
  return parseText(raw, 'q', MAX_SEARCH_LENGTH, 'QUERY_TEXT_INVALID', problems)
}

function parseText(
  raw: unknown,
  name: string,
  maxLength: number,
  code: ProblemCode,
  problems: Problem[],
): string | undefined {
  if (raw === undefined || raw === null || raw === '') return undefined
  if (typeof raw === 'string' && raw.length <= maxLength && isStorableText(raw)) return raw
  problems.push(problem(code, `/${name}`))
  return undefined
}

function parseCount(raw: unknown, problems: Problem[]): CountKind {
  if (raw === undefined || raw === null) return 'none'
  if (raw === 'none' || raw === 'estimated' || raw === 'exact') return raw
  problems.push(problem('QUERY_COUNT_INVALID', '/count'))
  return 'none'
}

function parseFlag(raw: unknown, name: string, problems: Problem[]): boolean {
  if (raw === undefined || raw === '0' || raw === 'false' || raw === false) return false
  if (raw === '1' || raw === 'true' || raw === true) return true
  problems.push(problem('HTTP_PARAMETER_INVALID', `/${name}`, { params: { name } }))
  return false
}
