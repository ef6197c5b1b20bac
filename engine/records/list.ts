import { teamScope, teamSize } from '../access/team-size.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import { howCommon } from './common-tokens.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { type CursorKeys, cursorFault, encodeCursor } from './cursor.ts'
import { mergedAway } from './history-merges.ts'
import { bind } from './parameters.ts'
import {
  type CountKind,
  type ListParameters,
  type ListRequest,
  parseList,
  type SortKey,
} from './parse-list.ts'
import { fingerprintOf, type ListPlan, planCount, planList, type Through } from './plan-list.ts'
import { revealed } from './reveal.ts'

/** A page: its records as the text between the brackets of a JSON list, and the sort keys of the last one. */
interface PageRow {
  readonly j: string | null
  readonly more: boolean | null
  readonly [key: `k${number}`]: string | null
}

interface PreparedList {
  readonly entity: CompiledEntity
  readonly request: ListRequest
  readonly plan: ListPlan
}

// One question asked again and again (a view opened by everybody) is parsed, checked and planned once: the
// plan leaves the actor and the day open. Keyed by model, so a publish drops it; bounded, oldest first.
const MAX_PREPARED = 1000
const prepared = new WeakMap<CompiledModel, Map<string, PreparedList>>()

/**
 * A page of records.
 * @param raw the parameters of API.md's list, as texts or JSON values
 * @param key the parameters in one text where they came as one (a query string): plans are then reused
 * @throws AppError with every problem of the question
 */
export async function listRecords(
  context: RequestContext,
  entityName: string,
  raw: ListParameters,
  key?: string,
): Promise<RecordAnswer> {
  const list = prepareList(context, entityName, raw, key, await isByMember(context, entityName))
  const [page, count] = await Promise.all([
    readPage(context, list),
    list.request.count === 'none' ? undefined : countRecords(context, list.entity, list.request),
  ])
  const next = page.more === true ? `"${cursorAfter(page, list.plan)}"` : 'null'
  const counted = count === undefined ? '' : `,"count":${count.count},"count_kind":"${count.kind}"`
  const records = revealed(context.model, list.plan.page, page.j ?? '')
  const merged = list.request.isBin ? await mergedText(context, list.entity, records) : ''
  return { status: 200, body: `{"data":[${records}],"page":{"next":${next}}${counted}${merged}}` }
}

/** Of a page of the recycle bin beside the data: into which records those went that were merged. */
async function mergedText(context: RequestContext, entity: CompiledEntity, records: string): Promise<string> {
  const rows = JSON.parse(`[${records}]`) as readonly { readonly id?: unknown }[]
  const ids = rows.flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
  const merged = await mergedAway(context, context.db, entity, ids)
  return merged.size === 0 ? '' : `,"merged":${JSON.stringify(Object.fromEntries(merged))}`
}

/** The cursor of a list behind a row, by what the row is sorted by: for those who page by rows of their own. */
export function cursorBehind(
  context: RequestContext,
  entityName: string,
  raw: ListParameters,
  keys: CursorKeys,
): string {
  const entity = entityFor(context, entityName)
  return encodeCursor(fingerprintOf(entity, parseList(context, entity, raw)), keys)
}

/** @throws AppError QUERY_CURSOR_INVALID for a cursor that someone filled with keys of their own */
async function readPage(context: RequestContext, list: PreparedList): Promise<PageRow> {
  const { plan, request } = list
  try {
    if (request.q !== undefined && context.access.entity(list.entity.name).read === 'all')
      return await searchPage(context, list)
    const found = await context.db.query<PageRow>(bind(plan.page, context))
    return found.rows[0]!
  } catch (error) {
    throw request.after === undefined ? error : cursorFault(error)
  }
}

/**
 * The page of a search by who sees all records. What stands in few of them is found by the index of the tokens; what
 * stands in many mostly fills a page from the newest. Everybody else's records are few, and that index knows them too.
 */
async function searchPage(context: RequestContext, { entity, request }: PreparedList): Promise<PageRow> {
  const { db, model, search } = context
  const page = async (through: Through): Promise<PageRow> => {
    const plan = planList(context, entity, request, false, through)
    return (await db.query<PageRow>(bind(plan.page, context))).rows[0]!
  }
  if (!isNewestFirst(request.sort) || request.isBin) return page('answers')
  const words = search.questionOf(request.q ?? '')
  const common = await howCommon(db, model, entity, words, MANY_ANSWERS)
  if (common === 'rare') return page('answers')
  const newest = await page('newest')
  // A full page: then no older record belongs to it.
  return newest.more === true ? newest : page(common === 'common' ? 'order' : 'answers')
}

/** Records that are no longer found one by one in a moment. */
const MANY_ANSWERS = 4_000

const isNewestFirst = ([first, ...others]: readonly SortKey[]): boolean =>
  first === undefined || (others.length === 0 && first.path === 'created_at' && first.descending)

function prepareList(
  context: RequestContext,
  entityName: string,
  raw: ListParameters,
  key: string | undefined,
  byMember: boolean,
): PreparedList {
  const canReuse = key !== undefined && raw.after === undefined
  const plans = canReuse ? plansOf(context.model) : undefined
  const fullKey = `${entityName} ${context.actor.roleKey} ${byMember} ${key}`
  const known = plans?.get(fullKey)
  if (known !== undefined) return known
  const entity = entityFor(context, entityName)
  const request = parseList(context, entity, raw)
  const list = { entity, request, plan: planList(context, entity, request, byMember) }
  if (plans !== undefined) {
    if (plans.size >= MAX_PREPARED) plans.delete(plans.keys().next().value as string)
    plans.set(fullKey, list)
  }
  return list
}

// For so many people each one's newest records are looked up by an index and merged; the records of more people are
// met often enough on the way through all of them.
const MAX_MEMBERS = 64

/** Whether the records of an actor's team are best looked for member by member. */
function isByMember(context: RequestContext, entityName: string): boolean | Promise<boolean> {
  const scope = teamScope(context.access.entity(entityName).read)
  const { id } = context.actor
  if (scope === undefined || id === undefined) return false
  return teamSize(context.db, context.model, id, scope).then((size) => size <= MAX_MEMBERS)
}

function plansOf(model: CompiledModel): Map<string, PreparedList> {
  let plans = prepared.get(model)
  if (plans === undefined) {
    plans = new Map()
    prepared.set(model, plans)
  }
  return plans
}

function cursorAfter(row: PageRow, plan: ListPlan): string {
  const keys = Array.from({ length: plan.keyCount }, (_, index) => row[`k${index}`] ?? null)
  return encodeCursor(plan.fingerprint, keys)
}

// Up to here a rough count is exact: counting so many rows costs no more than asking the planner.
const COUNTED_EXACTLY = 10_000

async function countRecords(
  context: RequestContext,
  entity: CompiledEntity,
  request: ListRequest,
): Promise<{ count: number; kind: Exclude<CountKind, 'none'> }> {
  const isExact = request.count === 'exact'
  const counted = await context.db.query<{ n: string }>(
    bind(planCount(context, entity, request, isExact ? undefined : COUNTED_EXACTLY), context),
  )
  const count = Number(counted.rows[0]?.n ?? 0)
  if (isExact || count <= COUNTED_EXACTLY) return { count, kind: 'exact' }
  const { text, values } = bind(planCount(context, entity, request, undefined), context)
  const explained = await context.db.query<{ 'QUERY PLAN': string }>({
    text: `EXPLAIN (FORMAT JSON) ${text.replace('count(*)::text AS n', '1')}`,
    values: values ?? [],
  })
  const plan: unknown = JSON.parse(explained.rows[0]!['QUERY PLAN'])
  return { count: Math.max(estimatedRows(plan), COUNTED_EXACTLY), kind: 'estimated' }
}

/** The planner's guess of how many rows come out, from EXPLAIN's JSON. */
function estimatedRows(plan: unknown): number {
  const [first] = plan as { Plan: { 'Plan Rows': number } }[]
  return Math.round(first?.Plan['Plan Rows'] ?? 0)
}
