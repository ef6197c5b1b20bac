import { likenessOf } from '../../metadata/matching/keys.ts'
import type { Executor } from '../db/database.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { type ComparedField, type CompiledDuplicateRule, comparisonOf } from '../model/duplicate-rules.ts'
import { ruleToSql } from '../model/sql/rule-to-sql.ts'
import type { RequestContext } from './context.ts'
import type { AskedMatch, GuardedRecord } from './duplicate-guard.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { type LikeRecord, readLikes } from './read-likes.ts'
import { recordTarget } from './record-target.ts'

/** A record that a rule finds for one that is being written. */
export interface FoundDuplicate {
  readonly record: GuardedRecord
  readonly rule: CompiledDuplicateRule
  readonly own: ComparedField
  readonly target: ComparedField
  readonly id: string
  /** Whether the actor may read it. */
  readonly isSeen: boolean
  /** Whether the actor may also see there what was compared. */
  readonly isComparedSeen: boolean
  readonly label: string | null
  /** Null: nobody's. */
  readonly owner: LikeRecord['owner']
  /** From 0 to 1; 1: equal in the normal form. */
  readonly likeness: number
}

/** Whether a rule speaks of a record, by its id. */
export type Applies = (id: string, rule: CompiledDuplicateRule) => boolean

/** Records with a key in common that are looked at for one record. */
const MOST_CANDIDATES = 200

/**
 * What is there already like these records, whose keys are held and kept: of each rule each record once, by its best
 * match. A record of the same call is like a later one, not the other way about.
 * @param appliesTo which rules speak of which record, where these are not stored
 */
export async function findDuplicates(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  records: readonly GuardedRecord[],
  appliesTo: (stored: () => Promise<Applies>) => Promise<Applies> = (stored) => stored(),
): Promise<readonly FoundDuplicate[]> {
  const pairs = await candidatesOf(context, tx, records)
  if (pairs.length === 0) return []
  const byId = new Map(records.map((record, index) => [record.id, { record, index }]))
  const likes = await readCandidates(context, tx, pairs)
  const ids = [...new Set(pairs.map(({ id }) => id))]
  const applies = await appliesTo(() => applyingRules(context, tx, entity, ids, byId))
  const found = new Map<string, FoundDuplicate>()
  for (const pair of pairs) {
    const { record, index } = byId.get(pair.id)!
    const like = likes.get(pair.record)
    const isLater = (byId.get(pair.record)?.index ?? -1) > index
    if (like === undefined || isLater) continue
    for (const asked of record.asked) {
      if (!applies(record.id, asked.rule)) continue
      for (const one of compare(context, record, asked, like)) {
        const key = `${record.id} ${asked.rule.definition.name} ${one.id}`
        if (one.likeness > (found.get(key)?.likeness ?? 0)) found.set(key, one)
      }
    }
  }
  return [...found.values()]
}

interface Pair {
  readonly id: string
  readonly record: string
  /** The entity's id. */
  readonly entity: string
}

async function candidatesOf(
  { model }: RequestContext,
  tx: Executor,
  records: readonly GuardedRecord[],
): Promise<readonly Pair[]> {
  const rows = records.flatMap(({ id, asked }) => {
    const keys = [...new Set(asked.flatMap((one) => one.keys))]
    return keys.length === 0 ? [] : [`{"id":"${id}","keys":[${keys.join(',')}]}`]
  })
  const against = records.flatMap(({ asked }) => asked.flatMap(({ match }) => match.against))
  const entities = [...new Set(against.map(({ entity }) => entity.id))]
  // Materialized: else the planner takes the limit for a promise that a walk through the table ends soon.
  const { rows: pairs } = await tx.query<Pair>({
    text:
      'SELECT r.id::text AS id, f.record::text AS record, f.entity::text AS entity ' +
      'FROM json_to_recordset($1::json) AS r(id uuid, keys bigint[]) CROSS JOIN LATERAL (' +
      `WITH k AS MATERIALIZED (SELECT k.record, k.entity FROM ${model.schema}.tenon_duplicate_key k ` +
      'WHERE k.keys && r.keys AND k.entity = ANY($2::uuid[]) AND k.record <> r.id) ' +
      `SELECT k.record, k.entity FROM k LIMIT ${MOST_CANDIDATES}) f`,
    values: [`[${rows.join(',')}]`, entities],
  })
  return pairs
}

async function readCandidates(
  context: RequestContext,
  tx: Executor,
  pairs: readonly Pair[],
): Promise<ReadonlyMap<string, LikeRecord>> {
  const likes = new Map<string, LikeRecord>()
  for (const entity of context.model.entities.values()) {
    const ids = new Set(pairs.flatMap((pair) => (pair.entity === entity.id ? [pair.record] : [])))
    const comparison = ids.size === 0 ? undefined : comparisonOf(context.model, entity)
    if (comparison === undefined) continue
    for (const like of await readLikes(context, tx, entity, comparison, [...ids])) likes.set(like.id, like)
  }
  return likes
}

function compare(
  { search }: RequestContext,
  record: GuardedRecord,
  { rule, match }: AskedMatch,
  like: LikeRecord,
): readonly FoundDuplicate[] {
  const value = record.valueAt(match.own.field)
  const place = match.own.within === undefined ? undefined : record.valueAt(match.own.within)
  return match.against.flatMap((target) => {
    if (target.entity !== like.entity) return []
    if (target.within !== undefined && like.values.get(target.within) !== place) return []
    const other = like.values.get(target.field)
    if (typeof value !== 'string' || typeof other !== 'string') return []
    const likeness = likenessOf(match.comparing, value, other, search.soundOf)
    if (likeness === undefined) return []
    const isPlaceSeen = target.within === undefined || like.seen.has(target.within)
    const isComparedSeen = like.isSeen && like.seen.has(target.field) && isPlaceSeen
    const { id, isSeen, label, owner } = like
    return [{ record, rule, own: match.own, target, id, isSeen, isComparedSeen, label, owner, likeness }]
  })
}

/** Which rules apply to which of the records as they are stored now. */
async function applyingRules(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
  byId: ReadonlyMap<string, { readonly record: GuardedRecord }>,
): Promise<Applies> {
  const rules = new Set(ids.flatMap((id) => byId.get(id)?.record.asked.map(({ rule }) => rule) ?? []))
  const conditional = [...rules].filter(({ when }) => when !== undefined)
  if (conditional.length === 0) return () => true
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const target = recordTarget(source, entity, { after: 't', before: undefined })
  const flags = conditional.map(({ when }, index) => `((${ruleToSql(when!, target)}) IS TRUE) AS w${index}`)
  const text =
    `SELECT t."id"::text AS id, ${flags.join(', ')} FROM ${entity.table} t ` +
    `WHERE t."id" = ANY(${parameters.open('ids', 'uuid[]')})`
  const { rows } = await tx.query<Record<string, unknown> & { id: string }>(
    bind(toPlan(text, parameters), context, { ids }),
  )
  const said = new Map(rows.map((row) => [row.id, row]))
  return (id, rule) => rule.when === undefined || said.get(id)?.[`w${conditional.indexOf(rule)}`] === true
}
