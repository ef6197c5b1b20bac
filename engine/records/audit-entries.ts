import { textIn } from '../../metadata/text.ts'
import { RECORD_ACTIONS } from '../audit/actions.ts'
import { trailKeys } from '../audit/trail.ts'
import { instantSql } from '../db/values.ts'
import { AppError, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { type AuditQuestion, assertMayRead, parseAuditId, parseAuditQuestion } from './audit-question.ts'
import { auditSql } from './audit-sql.ts'
import type { RecordAnswer, RequestContext } from './context.ts'
import { decodeCursor, encodeCursor, questionFingerprint } from './cursor.ts'
import { AUDIT_ID, presentChanges } from './history-changes.ts'
import { type ReadStretch, readPage } from './history-pages.ts'
import { bind, createParameters } from './parameters.ts'
import { checkParameters } from './parse-list.ts'
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
 * A page of the audit, newest first. Values come out only of records and fields that the asker reads.
 * @param raw the parameters of a list: `filter`, `fields`, `limit`, `after`
 * @throws AppError AUTH_DENIED without the right `audit`; every problem of the question
 */
export async function listAudit(
  context: RequestContext,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  assertMayRead(context)
  const question = parseAuditQuestion(context, raw)
  const fingerprint = questionFingerprint(['audit', question.filter])
  const before =
    question.after === undefined ? await nextNumber(context) : cursorId(question.after, fingerprint)
  const read: ReadStretch<AuditRow> = (stretch) => readAudit(context, question, stretch)
  const page = await readPage(read, before, question.limit, { isIndexed: question.isOfRecord })
  const next = page.nextId === undefined ? null : encodeCursor(fingerprint, [page.nextId])
  const known = await knownRecords(context, page.rows)
  const data = page.rows
    .filter((row) => mayTell(row, question, known))
    .map((row) => picked(presentEntry(context, row, known), question.keys))
  return { status: 200, body: JSON.stringify({ data, page: { next } }) }
}

/**
 * One entry of the audit.
 * @throws AppError AUTH_DENIED without the right `audit`, RECORD_NOT_FOUND
 */
export async function getAuditEntry(
  context: RequestContext,
  id: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  assertMayRead(context)
  const { keys, ...question } = parseAuditQuestion(context, pickFields(raw))
  const number = BigInt(parseAuditId(id))
  const stretch = { afterId: String(number - 1n), beforeId: String(number + 1n), limit: 1 }
  const [row] = await readAudit(context, { ...question, keys }, stretch)
  if (row === undefined) throw refuse('RECORD_NOT_FOUND')
  const entry = picked(presentEntry(context, row, await knownRecords(context, [row])), keys)
  return { status: 200, body: JSON.stringify({ data: entry }) }
}

/** @throws AppError HTTP_PARAMETER_UNKNOWN for all parameters but `fields` */
function pickFields(raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const problems = checkParameters(raw, ['fields'])
  if (problems.length > 0) throw new AppError(problems)
  return raw
}

function picked(entry: Readonly<Record<string, unknown>>, keys: readonly string[] | undefined): unknown {
  if (keys === undefined) return entry
  return Object.fromEntries(Object.entries(entry).filter(([name]) => keys.includes(name)))
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

const PLAIN = ['via', 'action', 'entity', 'record', 'version', 'subject', 'request', 'address']

async function readAudit(
  context: RequestContext,
  { condition, field }: AuditQuestion,
  { afterId, beforeId, limit }: Parameters<ReadStretch<AuditRow>>[0],
): Promise<readonly AuditRow[]> {
  const parameters = createParameters()
  const conditions = [
    `a.id > ${parameters.add(afterId, 'bigint')}`,
    `a.id < ${parameters.add(beforeId, 'bigint')}`,
    ...(field === undefined ? [] : [`a.changes::jsonb ?| ${parameters.add(trailKeys(field), 'text[]')}`]),
    ...(condition === undefined ? [] : [auditSql(context, condition, parameters)]),
  ]
  const who = personSql(context.model, context.access, 'a.actor')
  const text =
    `SELECT a.id::text AS id, ${instantSql('a.at')} AS at, a.actor::text AS actor, ${who.label} AS actor_label, ` +
    `${PLAIN.map((name) => `a.${name}`).join(', ')}, a.changes::text AS changes ` +
    `FROM ${context.model.schema}.tenon_audit a ${who.join} WHERE ${conditions.join(' AND ')} ` +
    `ORDER BY a.id DESC LIMIT ${parameters.add(limit, 'bigint')}`
  const { rows } = await context.db.query<AuditRow>(
    bind({ text, values: parameters.values, name: '' }, context),
  )
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
): Readonly<Record<string, unknown>> {
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
    details: isWrite(action) ? {} : presentDetails(context, action, changes),
  }
}

/** What a write changed are fields; what is told of anything else goes by name. */
function isWrite(action: string): boolean {
  return (RECORD_ACTIONS as readonly string[]).includes(action)
}

function nameOf(context: RequestContext, entity: CompiledEntity) {
  return { name: entity.name, label: textIn(entity.label, context.actor.language, entity.name) }
}

function presentRecord(id: string, seen: ShownRecord | undefined) {
  return seen === undefined ? { id: null, label: null, hidden: true } : { id, label: seen.label }
}

/** Definitions are told to those who may read them. */
function presentDetails(context: RequestContext, action: string, details: Record<string, unknown>) {
  return action !== 'definition_changed' || context.access.edits() ? details : {}
}
