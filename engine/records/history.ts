import { textIn } from '../../metadata/text.ts'
import { instantSql } from '../db/values.ts'
import { AppError, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { allFlows } from '../model/stalled-flow.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { decodeCursor, encodeCursor, questionFingerprint } from './cursor.ts'
import { recordId } from './get.ts'
import { AUDIT_ID, presentChanges, shownTrailKeys } from './history-changes.ts'
import { MERGED, mergedNames, presentMerge, type ShownByIds } from './history-merges.ts'
import { checkParameters, parseLimit } from './parse-list.ts'
import { personSql, presentPerson } from './people.ts'
import { type ShownCells, shownRecords } from './shown-cells.ts'
import { NUMBER_KEY, type TimelineSource } from './timeline-source.ts'
import { webformIn } from './webform-subject.ts'

interface AuditRow {
  readonly id: string
  readonly at: string
  readonly actor: string | null
  readonly actor_label: string | null
  readonly via: string
  readonly action: string
  /** Null of what is no write: a merge. */
  readonly version: number | null
  readonly subject: string | null
  /** Of what a flow did: its run and the flow's id. */
  readonly run: string | null
  readonly flow: string | null
  /** JSON; null where it was erased. */
  readonly changes: string | null
}

/**
 * What happened to a record, newest first: each write with who, through what, and each field before and after. Also of one
 * in the recycle bin, so that what was merged into another record keeps its history.
 */
export async function historyOf(
  context: RequestContext,
  entityName: string,
  id: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const problems = checkParameters(raw, ['limit', 'after'])
  const limit = parseLimit(raw.limit, problems)
  if (problems.length > 0) throw new AppError(problems)
  const recordUuid = recordId(id)
  const fingerprint = questionFingerprint(['history', recordUuid])
  const after = typeof raw.after === 'string' ? decodeCursor(raw.after, fingerprint, 1)[0] : undefined
  if (after !== undefined && !AUDIT_ID.test(after ?? '')) throw refuse('QUERY_CURSOR_INVALID', '/after')
  const shown = (await shownRecords(context, context.db, entity, [recordUuid])).get(recordUuid)?.cells
  if (shown === undefined) throw refuse('RECORD_NOT_FOUND')
  const rows = await readHistory(context, entity, recordUuid, {
    limit: limit + 1,
    before: after ?? undefined,
  })
  const hasMore = rows.length > limit
  const page = hasMore ? rows.slice(0, limit) : rows
  const next = hasMore ? encodeCursor(fingerprint, [page.at(-1)!.id]) : null
  const others = await mergedNames(context, entity, page)
  const data = page.map((row) => presentRow(context, entity, row, shown, others))
  return { status: 200, body: JSON.stringify({ data, page: { next } }) }
}

/**
 * The writes of a record for its timeline: one that changed nothing that the actor is shown is not there.
 * @param isPast whether it is told on the timeline of the record into which it was merged, which tells of that itself
 */
export function changeSource(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
  cells: ShownCells,
  isPast = false,
): TimelineSource {
  const changed = shownTrailKeys(entity, cells)
  return {
    ...{ type: 'change', name: 'change', key: NUMBER_KEY },
    async read(limit, from) {
      const rows = await readHistory(context, entity, id, { limit, from, changed, isPast })
      const others = await mergedNames(context, entity, rows)
      return rows.map((row) => ({
        ...{ at: row.at, key: row.id, people: [] },
        tell: () => presentRow(context, entity, row, cells, others),
      }))
    },
  }
}

interface HistoryPage {
  readonly limit: number
  /** The number of an audit row: those before it, or it and those before it. */
  readonly before?: string | undefined
  readonly from?: string | undefined
  /** Of what is changed only what is kept under one of these keys. */
  readonly changed?: readonly string[]
  /** Without its end. */
  readonly isPast?: boolean
}

async function readHistory(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
  { limit, before, from, changed, isPast = false }: HistoryPage,
): Promise<readonly AuditRow[]> {
  const who = personSql(context.model, context.access, 'a.actor')
  const found = await context.db.query<AuditRow>({
    text:
      `SELECT a.id::text AS id, ${instantSql('a.at')} AS at, ` +
      `a.actor::text AS actor, ${who.label} AS actor_label, a.via, a.action, a.version, a.subject, a.changes::text AS changes, ` +
      'r.id::text AS run, r.flow::text AS flow ' +
      `FROM ${context.model.schema}.tenon_audit a ${who.join} ` +
      `LEFT JOIN ${context.model.schema}.tenon_run r ON a.via = 'flow' AND r.id = a.request WHERE a.record = $1::uuid AND a.entity = $2::uuid ` +
      `AND (a.version IS NOT NULL OR a.action = '${MERGED}') AND ($3::bigint IS NULL OR a.id < $3::bigint) AND ($6::bigint IS NULL OR a.id <= $6::bigint) ` +
      `AND NOT ($7::boolean AND (a.action = 'delete' OR a.action = '${MERGED}' AND a.changes::jsonb ? 'into')) ` +
      `AND ($5::text[] IS NULL OR a.action <> 'update' OR a.changes::jsonb ?| $5::text[]) ORDER BY a.id DESC LIMIT $4::bigint`,
    values: [id, entity.id, before ?? null, limit, changed ?? null, from ?? null, isPast],
  })
  return found.rows
}

function presentRow(
  context: RequestContext,
  entity: CompiledEntity,
  row: AuditRow,
  cells: ShownCells,
  others: ShownByIds,
): object {
  const details = JSON.parse(row.changes ?? '{}') as Readonly<Record<string, unknown>>
  return {
    id: row.id,
    at: row.at,
    actor: presentPerson(row.actor, row.actor_label),
    via: row.via,
    ...ruleOf(context, row.subject),
    ...flowOf(context, row),
    ...webformOf(context, row.subject),
    action: row.action,
    version: row.version,
    ...(row.action === MERGED
      ? { changes: [], merged: presentMerge(details, others) }
      : { changes: presentChanges(context, entity, row.action, details, cells) }),
  }
}

/** The flow that did it, by its name of today; its run for who may look at runs. */
function flowOf({ model, actor, access }: RequestContext, { run, flow: id }: AuditRow) {
  const flow = id === null ? undefined : allFlows(model.translated).find((one) => one.id === id)
  if (flow === undefined) return {}
  const label = textIn(flow.label, actor.language, flow.name)
  return { flow: { name: flow.name, label, ...(access.may('flows') ? { run } : {}) } }
}

const TAG_RULE = 'tag_rule/'

/** The rule that gave or took a tag, by its name of then. */
function ruleOf({ model, actor }: RequestContext, subject: string | null) {
  if (subject?.startsWith(TAG_RULE) !== true) return {}
  const name = subject.slice(TAG_RULE.length)
  const definition = model.translated.tag_rule.get(name)
  return { rule: { name, label: textIn(definition?.label, actor.language, name) } }
}

/** The web form that it came by, by its name of then. */
function webformOf({ model, actor }: RequestContext, subject: string | null) {
  const name = webformIn(subject)
  if (name === undefined) return {}
  return { webform: { name, label: textIn(model.translated.webform.get(name)?.label, actor.language, name) } }
}
