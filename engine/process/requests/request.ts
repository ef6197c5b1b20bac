import { AppError, type Problem, problem } from '../../errors.ts'
import { isRecordId } from '../../fields/parts/formats.ts'
import type { RequestContext } from '../../records/context.ts'
import { parseLimit } from '../../records/parse-list.ts'
import { namesOf, type Person, told } from '../../records/people.ts'
import { shownRecords } from '../../records/shown-cells.ts'

export const REQUEST_STATES = ['open', 'done', 'declined'] as const
export type RequestState = (typeof REQUEST_STATES)[number]

export const isRequestState = (value: string): value is RequestState =>
  (REQUEST_STATES as readonly string[]).includes(value)

/** Characters of a wish, of what was expected, of an answer. */
export const MOST_WORDS = 2_000

interface RequestRow {
  readonly id: string
  readonly asked_by: string
  readonly asked_at: string
  readonly page: string
  readonly entity: string | null
  readonly record: string | null
  readonly words: string
  readonly expected: string | null
  readonly state: RequestState
  readonly answer: string | null
  readonly closed_by: string | null
  readonly closed_at: string | null
}

/** A wish as it is told. */
export interface ChangeRequest {
  readonly id: string
  readonly asked_by: Person | null
  readonly asked_at: string
  readonly page: string
  /** The record that was shown; null where there was none, or not for whoever asks. */
  readonly record: { readonly entity: string; readonly id: string; readonly label: string } | null
  readonly text: string
  readonly expected: string | null
  readonly state: RequestState
  readonly answer: string | null
  readonly closed_by: Person | null
  readonly closed_at: string | null
}

const COLUMNS =
  "r.id::text AS id, r.asked_by::text AS asked_by, to_json(r.asked_at)#>>'{}' AS asked_at, r.page, " +
  'r.entity::text AS entity, r.record::text AS record, r.words, r.expected, r.state, r.answer, ' +
  "r.closed_by::text AS closed_by, to_json(r.closed_at)#>>'{}' AS closed_at"

/** Who looks after definitions reads all wishes, everybody their own. */
const SEEN = '($1 OR r.asked_by = $2::uuid)'

/** The wishes that the actor may read, the newest first, and how many of them are open. */
export async function listRequests(
  context: RequestContext,
  raw: Readonly<Record<string, string>>,
): Promise<object> {
  const { state, limit, after } = parseQuestion(raw)
  const { db, model, actor, access } = context
  const table = `${model.schema}.tenon_change_request r`
  const seen = [access.edits(), actor.id ?? null]
  const { rows } = await db.query<RequestRow>({
    text:
      `SELECT ${COLUMNS} FROM ${table} WHERE ${SEEN} AND ($3::text IS NULL OR r.state = $3) ` +
      'AND ($4::uuid IS NULL OR r.id < $4::uuid) ORDER BY r.id DESC LIMIT $5',
    values: [...seen, state ?? null, after ?? null, limit + 1],
  })
  const open = await db.query<{ n: number }>({
    text: `SELECT count(*)::int AS n FROM ${table} WHERE ${SEEN} AND r.state = 'open'`,
    values: seen,
  })
  const page = rows.slice(0, limit)
  return {
    data: await presentRows(context, page),
    page: { next: rows.length > limit ? page.at(-1)!.id : null },
    open: open.rows[0]?.n ?? 0,
  }
}

/** One wish that the actor may read. */
export async function findRequest(context: RequestContext, id: string): Promise<ChangeRequest | undefined> {
  const { db, model, actor, access } = context
  const { rows } = await db.query<RequestRow>({
    text: `SELECT ${COLUMNS} FROM ${model.schema}.tenon_change_request r WHERE ${SEEN} AND r.id = $3::uuid`,
    values: [access.edits(), actor.id ?? null, isRecordId(id) ? id : null],
  })
  return (await presentRows(context, rows))[0]
}

function parseQuestion(raw: Readonly<Record<string, string>>) {
  const problems: Problem[] = []
  const limit = parseLimit(raw.limit, problems)
  const { state, after } = raw
  if (state !== undefined && !isRequestState(state))
    problems.push(problem('FIELD_OPTION_UNKNOWN', '/state', { params: { value: state.slice(0, 40) } }))
  if (after !== undefined && !isRecordId(after)) problems.push(problem('QUERY_CURSOR_INVALID', '/after'))
  // An unknown parameter's value is the question's fault, not a record's.
  if (problems.length > 0) throw new AppError(problems, { status: 400 })
  return { state, limit, after }
}

async function presentRows(
  context: RequestContext,
  rows: readonly RequestRow[],
): Promise<readonly ChangeRequest[]> {
  const people = rows.flatMap(({ asked_by, closed_by }) => [asked_by, closed_by])
  const names = await namesOf(context, context.db, people)
  const labels = await labelsOf(context, rows)
  return rows.map(({ entity, record, words, ...row }) => ({
    ...{ id: row.id, asked_by: told(row.asked_by, names), asked_at: row.asked_at, page: row.page },
    ...{ record: labels.get(`${entity} ${record}`) ?? null, text: words, expected: row.expected },
    ...{
      state: row.state,
      answer: row.answer,
      closed_by: told(row.closed_by, names),
      closed_at: row.closed_at,
    },
  }))
}

/** The records that were shown, as whoever asks sees them, by entity and id. */
async function labelsOf(
  context: RequestContext,
  rows: readonly RequestRow[],
): Promise<ReadonlyMap<string, NonNullable<ChangeRequest['record']>>> {
  const found = new Map<string, NonNullable<ChangeRequest['record']>>()
  for (const entity of context.model.entities.values()) {
    const ids = rows.flatMap((row) => (row.entity === entity.id ? (row.record ?? []) : []))
    if (ids.length === 0 || context.access.entity(entity.name).read === 'none') continue
    const shown = await shownRecords(context, context.db, entity, [...new Set(ids)])
    for (const [id, { label }] of shown) found.set(`${entity.id} ${id}`, { entity: entity.name, id, label })
  }
  return found
}
