import { nearest } from '../../metadata/nearest.ts'
import { isKnownField } from '../access/access.ts'
import { AppError, didYouMean, type Problem, problem, refuse } from '../errors.ts'
import { isRecordId } from '../fields/parts/formats.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { isRecord } from '../model/pointer.ts'
import type { RequestContext } from './context.ts'
import { pointerPart } from './parse-write.ts'

/** Records that are merged into one by one call. */
export const MOST_MERGED = 20
const MOST_REASON = 500

/** Whether records of an entity are merged: those that the engine keeps for itself are not. */
export function isMergeable({ builtIn }: CompiledEntity): boolean {
  return !builtIn
}

/** What is asked of a merge. */
export interface MergeWish {
  /** The records that go, in the order in which their values are looked at. */
  readonly losers: readonly string[]
  /** By field: the record whose value the one that stays is to have. */
  readonly take: ReadonlyMap<CompiledField, string>
  readonly reason: string | undefined
}

/**
 * The fields in which a merge brings values together. Not those that the engine keeps, nor the records of a child list,
 * which follow by their lookup, nor passwords.
 */
export function mergedFields(entity: CompiledEntity): readonly CompiledField[] {
  return [...entity.fields.values()].filter(isMerged)
}

function isMerged({ writable, system, relation, type }: CompiledField): boolean {
  return writable && !system && relation?.kind !== 'children' && type.writeOnly !== true
}

/**
 * The body of a merge: `{"with": [id, …], "take": {"<field>": id}, "reason"}`.
 * @param survivor the id of the record that stays
 * @throws AppError with every fault at its place
 */
export function parseMerge(
  context: RequestContext,
  entity: CompiledEntity,
  survivor: string,
  body: unknown,
): MergeWish {
  if (!isRecord(body)) throw refuse('RECORD_BODY_INVALID')
  const problems: Problem[] = Object.keys(body)
    .filter((name) => !['with', 'take', 'reason'].includes(name))
    .map((name) => problem('FIELD_UNKNOWN', `/${pointerPart(name)}`, { params: { name: name.slice(0, 40) } }))
  const losers = parseLosers(survivor, body.with, problems)
  const take = parseTake(context, entity, [survivor, ...losers], body.take, problems)
  const reason = parseReason(body.reason, problems)
  if (problems.length > 0) throw new AppError(problems)
  return { losers, take, reason }
}

function parseLosers(survivor: string, raw: unknown, problems: Problem[]): readonly string[] {
  if (raw !== undefined && !Array.isArray(raw)) {
    problems.push(problem('FIELD_TYPE_WRONG', '/with', { params: { expected: LIST } }))
    return []
  }
  const list: readonly unknown[] = raw ?? []
  if (list.length === 0) problems.push(problem('MERGE_ALONE', '/with'))
  if (list.length > MOST_MERGED) {
    problems.push(problem('MERGE_TOO_MANY', '/with', { params: { limit: MOST_MERGED } }))
    return []
  }
  const ids = list.map((one) => (typeof one === 'string' && isRecordId(one) ? one.toLowerCase() : undefined))
  for (const [index, id] of ids.entries()) {
    const at = `/with/${index}`
    if (id === undefined) problems.push(problem('FIELD_REFERENCE_MISSING', at))
    else if (id === survivor) problems.push(problem('MERGE_WITH_ITSELF', at))
    else if (ids.indexOf(id) < index) problems.push(problem('FIELD_LIST_DUPLICATE', at))
  }
  return ids.flatMap((id) => id ?? [])
}

function parseTake(
  context: RequestContext,
  entity: CompiledEntity,
  ids: readonly string[],
  raw: unknown,
  problems: Problem[],
): ReadonlyMap<CompiledField, string> {
  const take = new Map<CompiledField, string>()
  if (raw === undefined) return take
  if (!isRecord(raw)) {
    problems.push(problem('FIELD_TYPE_WRONG', '/take', { params: { expected: OBJECT } }))
    return take
  }
  const known = [...entity.fields.values()].filter((field) => isKnownField(context.access, entity, field))
  for (const [name, said] of Object.entries(raw)) {
    const at = `/take/${pointerPart(name)}`
    const field = known.find((one) => one.name === name)
    const id = typeof said === 'string' ? said.toLowerCase() : undefined
    if (field === undefined) problems.push(unknownField(name, at, known.filter(isMerged)))
    else if (!isMerged(field)) problems.push(problem('FIELD_READ_ONLY', at))
    else if (id === undefined || !ids.includes(id)) problems.push(problem('MERGE_TAKE_STRANGER', at))
    else take.set(field, id)
  }
  return take
}

function unknownField(name: string, at: string, known: readonly CompiledField[]): Problem {
  const written = name.slice(0, 40)
  const hint = didYouMean(
    nearest(
      written,
      known.map((field) => field.name),
    ),
  )
  return problem('FIELD_UNKNOWN', at, { params: { name: written }, hint })
}

function parseReason(raw: unknown, problems: Problem[]): string | undefined {
  if (raw === undefined || raw === null) return undefined
  if (typeof raw !== 'string')
    problems.push(problem('FIELD_TYPE_WRONG', '/reason', { params: { expected: TEXT } }))
  else if ([...raw].length > MOST_REASON)
    problems.push(problem('FIELD_TEXT_TOO_LONG', '/reason', { params: { limit: MOST_REASON } }))
  else if (raw.includes('\0')) problems.push(problem('FIELD_TEXT_INVALID', '/reason'))
  else return raw.trim() || undefined
  return undefined
}

const LIST = { en: 'a list of record ids', 'zh-CN': '记录标识列表' }
const OBJECT = { en: 'an object', 'zh-CN': '对象' }
const TEXT = { en: 'a text', 'zh-CN': '文本' }
