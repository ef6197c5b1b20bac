import { textIn } from '../../metadata/text.ts'
import { trailKey } from '../audit/trail.ts'
import { refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RecordAnswer, RequestContext } from './context.ts'
import { decodeCursor, encodeCursor, questionFingerprint } from './cursor.ts'
import { AUDIT_ID, instantSql, presentChanges } from './history-changes.ts'
import { type ReadStretch, readPage } from './history-pages.ts'
import { type AuditQuestion, parseAuditQuestion } from './history-question.ts'
import { personSql, presentPerson } from './people.ts'
import { type ShownRecord, shownRecords } from './shown-cells.ts'

interface AuditRow {
  readonly id: string
  readonly at: string
  readonly actor: string | null
  readonly actor_label: string | null
  readonly via: string
  readonly action: string
  readonly entity: string | null
  readonly record: string | null
  readonly version: number | null
  readonly subject: string | null
  readonly request: string | null
  readonly address: string | null
  readonly changes: string | null
}

/**
 * The audit, newest first, as asked for by person, entity, record, field, action, request and period. Values come out
 * only of records and fields that the asker reads.
 * @throws AppError AUTH_DENIED without the right `audit`; every problem of the question
 */
export async function searchAudit(
  context: RequestContext,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  if (!context.access.may('audit')) throw refuse('AUTH_DENIED')
  const question = parseAuditQuestion(context, raw)
  const { limit, after: _after, ...asked } = question
  const fingerprint = questionFingerprint([
    'audit',
    { ...asked, entity: asked.entity?.id, field: asked.field?.id },
  ])
  const before =
    question.after === undefined ? await nextNumber(context) : cursorId(question.after, fingerprint)
  const read: ReadStretch<AuditRow> = (stretch) => readAudit(context, question, stretch)
  const page = await readPage(read, before, limit, { isIndexed: question.record !== undefined })
  const next = page.nextId === undefined ? null : encodeCursor(fingerprint, [page.nextId])
  const known = await knownRecords(context, page.rows)
  const data = page.rows
    .filter((row) => mayTell(row, question, known))
    .map((row) => presentEntry(context, row, known))
  return { status: 200, body: JSON.stringify({ data, page: { next } }) }
}

function cursorId(text: string, fingerprint: string): string {
  const [id] = decodeCursor(text, fingerprint, 1)
  if (typeof id === 'string' && AUDIT_ID.test(id)) return id
  throw refuse('QUERY_CURSOR_INVALID', '/after')
}

/** The number that the next audit row will get. */
async function nextNumber({ db, model }: RequestContext): Promise<string> {
  const { rows } = await db.query<{ id: string }>({
    text: `SELECT (last_value + 1)::text AS id FROM ${model.schema}.tenon_audit_id`,
  })
  return rows[0]!.id
}

async function readAudit(
  context: RequestContext,
  question: AuditQuestion,
  { afterId, beforeId, limit }: Parameters<ReadStretch<AuditRow>>[0],
): Promise<readonly AuditRow[]> {
  const values: unknown[] = []
  const conditions: string[] = []
  const where = (value: unknown, condition: (place: string) => string) => {
    if (value === undefined || value === null) return
    values.push(value)
    conditions.push(condition(`$${values.length}`))
  }
  where(afterId, (place) => `a.id > ${place}::bigint`)
  where(beforeId, (place) => `a.id < ${place}::bigint`)
  where(question.user, (place) => `a.actor = ${place}::uuid`)
  where(question.entity?.id, (place) => `a.entity = ${place}::uuid`)
  where(question.record, (place) => `a.record = ${place}::uuid`)
  where(question.field && trailKey(question.field), (place) => `a.changes::jsonb ? ${place}::text`)
  where(question.actions, (place) => `a.action = ANY(${place}::text[])`)
  where(question.subject, (place) => `a.subject = ${place}::text`)
  where(question.request, (place) => `a.request = ${place}::uuid`)
  where(question.from, (place) => `a.at >= ${place}::timestamptz`)
  where(question.until, (place) => `a.at < ${place}::timestamptz`)
  values.push(limit)
  const who = personSql(context.model, context.access, 'a.actor')
  const plain = ['via', 'action', 'entity', 'record', 'version', 'subject', 'request', 'address']
  const columns = plain.map((name) => `a.${name}`)
  const { rows } = await context.db.query<AuditRow>({
    text:
      `SELECT a.id::text AS id, ${instantSql('a.at')} AS at, a.actor::text AS actor, ${who.label} AS actor_label, ` +
      `${columns.join(', ')}, a.changes::text AS changes FROM ${context.model.schema}.tenon_audit a ${who.join} ` +
      `WHERE ${conditions.join(' AND ')} ORDER BY a.id DESC LIMIT $${values.length}::bigint`,
    values,
  })
  return rows
}

interface KnownEntity {
  readonly entity: CompiledEntity
  readonly records: ReadonlyMap<string, ShownRecord>
}

/** By entity id: the entities of a page that the asker may know, each with those of its records in sight. */
async function knownRecords(
  context: RequestContext,
  rows: readonly AuditRow[],
): Promise<ReadonlyMap<string, KnownEntity>> {
  const known = new Map<string, KnownEntity>()
  for (const entity of context.model.entities.values()) {
    const records = rows.filter((row) => row.entity === entity.id).flatMap((row) => row.record ?? [])
    if (records.length === 0 || context.access.entity(entity.name).read === 'none') continue
    const ids = [...new Set(records)]
    known.set(entity.id, { entity, records: await shownRecords(context, context.db, entity, ids) })
  }
  return known
}

/** Who asks by a field is told of it only where they are shown it. */
function mayTell(row: AuditRow, { field }: AuditQuestion, known: ReadonlyMap<string, KnownEntity>): boolean {
  if (field === undefined) return true
  const record = known.get(row.entity ?? '')?.records.get(row.record ?? '')
  return record !== undefined && record.cells(field) !== 'hidden'
}

function presentEntry(
  context: RequestContext,
  row: AuditRow,
  known: ReadonlyMap<string, KnownEntity>,
): unknown {
  const found = known.get(row.entity ?? '')
  const seen = found?.records.get(row.record ?? '')
  const { id, at, via, action, version, subject, request, address } = row
  const changes = JSON.parse(row.changes ?? '{}') as Record<string, unknown>
  return {
    ...{ id, at, actor: presentPerson(row.actor, row.actor_label), via, action },
    entity: found === undefined ? null : nameOf(context, found.entity),
    record: row.record === null ? null : presentRecord(row.record, seen),
    ...{ version, subject, request, address, erased: row.changes === null },
    changes:
      found === undefined || seen === undefined
        ? []
        : presentChanges(context, found.entity, action, changes, seen.cells),
    details: row.record === null || isOfShare(action) ? presentDetails(context, action, changes) : {},
  }
}

function nameOf(context: RequestContext, entity: CompiledEntity) {
  return { name: entity.name, label: textIn(entity.label, context.actor.language, entity.name) }
}

function presentRecord(id: string, seen: ShownRecord | undefined) {
  return seen === undefined ? { id: null, label: null, hidden: true } : { id, label: seen.label }
}

/** With whom a record was shared stands beside it, not in its fields. */
function isOfShare(action: string): boolean {
  return action === 'shared' || action === 'share_changed' || action === 'unshared'
}

/** Definitions are told to those who may read them. */
function presentDetails(context: RequestContext, action: string, details: Record<string, unknown>) {
  return action !== 'definition_changed' || context.access.may('definitions') ? details : {}
}
