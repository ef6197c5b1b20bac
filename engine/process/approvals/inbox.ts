import { isKnownField } from '../../access/access.ts'
import { AppError, type Problem, problem } from '../../errors.ts'
import { isRecordId } from '../../fields/parts/formats.ts'
import { layoutFor } from '../../forms/layout.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { entityById } from '../../model/entity-by-id.ts'
import type { RequestContext } from '../../records/context.ts'
import { listRecords } from '../../records/list.ts'
import { parseLimit } from '../../records/parse-list.ts'
import { namesOf, told } from '../../records/people.ts'
import { shownRecords } from '../../records/shown-cells.ts'
import { standInsOfActor } from './people.ts'
import { approvalLabel, levelLabel } from './trail.ts'

export const INBOX_STATES = ['waiting', 'done', 'mine'] as const
export type InboxState = (typeof INBOX_STATES)[number]

interface InboxRow {
  /** Of the turn, of the word, of the approval: what the page goes on from. */
  readonly id: string
  readonly turn: string | null
  readonly person: string | null
  readonly act: string | null
  readonly comment: string | null
  readonly at: string
  readonly run: string
  readonly approval: string
  readonly name: string
  readonly entity: string
  readonly record: string
  readonly state: string
  readonly level: string | null
  readonly submitter: string
  readonly created_at: string
  readonly due_at: string | null
}

const RUN =
  'a.id::text AS run, a.approval::text AS approval, a.name, a.entity::text AS entity, a.record::text AS record, a.state, ' +
  `a.level::text AS level, a.submitter::text AS submitter, to_json(a.created_at)#>>'{}' AS created_at, ` +
  `to_json(a.due_at)#>>'{}' AS due_at`

/** What each list is made of; $1 the actor, $2 those for whom they stand in, $3 behind what, $4 how many. */
const QUESTIONS: { readonly [S in InboxState]: (schema: string) => string } = {
  waiting: (schema) =>
    `SELECT t.id::text AS id, t.id::text AS turn, t.person::text AS person, NULL AS act, NULL AS comment, ` +
    `to_json(t.created_at)#>>'{}' AS at, ${RUN} FROM ${schema}.tenon_approval_turn t JOIN ${schema}.tenon_approval a ` +
    "ON a.id = t.run AND a.round = t.round WHERE t.state = 'waiting' AND a.state = 'running' AND (t.person = $1::uuid OR " +
    '(t.person = ANY($2::uuid[]) AND a.submitter <> $1::uuid)) AND ($3::uuid IS NULL OR t.id < $3::uuid) ORDER BY t.id DESC LIMIT $4',
  done: (schema) =>
    `SELECT e.id::text AS id, NULL AS turn, e.instead_of::text AS person, e.act, e.comment, to_json(e.at)#>>'{}' AS at, ${RUN} ` +
    `FROM ${schema}.tenon_approval_entry e JOIN ${schema}.tenon_approval a ON a.id = e.run WHERE e.actor = $1::uuid ` +
    "AND e.act IN ('approve', 'reject', 'return', 'transfer', 'add_signer') AND $2::uuid[] IS NOT NULL " +
    'AND ($3::uuid IS NULL OR e.id < $3::uuid) ORDER BY e.id DESC LIMIT $4',
  mine: (schema) =>
    `SELECT a.id::text AS id, NULL AS turn, NULL AS person, NULL AS act, NULL AS comment, to_json(a.updated_at)#>>'{}' AS at, ` +
    `${RUN} FROM ${schema}.tenon_approval a WHERE a.submitter = $1::uuid AND $2::uuid[] IS NOT NULL ` +
    'AND ($3::uuid IS NULL OR a.id < $3::uuid) ORDER BY a.id DESC LIMIT $4',
}

/** How many wait for somebody is told up to this many. */
const MOST_COUNTED = 999

/** What waits for the actor, what they have decided, or what they have submitted; the newest first. */
export async function listInbox(
  context: RequestContext,
  raw: Readonly<Record<string, string>>,
): Promise<object> {
  const { state, limit, after } = parseQuestion(raw)
  const { db, model, actor } = context
  if (actor.id === undefined) return { data: [], page: { next: null }, count: 0 }
  const away = [...(await standInsOfActor(context))]
  const { rows } = await db.query<InboxRow>({
    text: QUESTIONS[state](model.schema),
    values: [actor.id, away, after ?? null, limit + 1],
  })
  const page = rows.slice(0, limit)
  return {
    data: await presentRows(context, page),
    page: { next: rows.length > limit ? page.at(-1)!.id : null },
    count: await countWaiting(context, away),
  }
}

function parseQuestion(raw: Readonly<Record<string, string>>) {
  const problems: Problem[] = []
  const limit = parseLimit(raw.limit, problems)
  const state = (raw.state ?? 'waiting') as InboxState
  if (!INBOX_STATES.includes(state))
    problems.push(problem('FIELD_OPTION_UNKNOWN', '/state', { params: { value: state.slice(0, 40) } }))
  const { after } = raw
  if (after !== undefined && !isRecordId(after)) problems.push(problem('QUERY_CURSOR_INVALID', '/after'))
  // An unknown parameter's value is the question's fault, not a record's.
  if (problems.length > 0) throw new AppError(problems, { status: 400 })
  return { state, limit, after }
}

async function countWaiting({ db, model, actor }: RequestContext, away: readonly string[]): Promise<number> {
  const { rows } = await db.query<{ n: number }>({
    text: `SELECT count(*)::int AS n FROM (${QUESTIONS.waiting(model.schema)}) w`,
    values: [actor.id, away, null, MOST_COUNTED],
  })
  return Number(rows[0]?.n ?? 0)
}

async function presentRows(context: RequestContext, rows: readonly InboxRow[]): Promise<readonly object[]> {
  const records = await recordsOf(context, rows)
  const words = await wordsOf(
    context,
    rows.flatMap(({ run, record, act }) => (act === null && records.has(record) ? [run] : [])),
  )
  const names = await namesOf(context, context.db, [
    ...rows.flatMap(({ submitter, person }) => [submitter, person]),
    ...words.map(({ actor }) => actor),
  ])
  return rows.map((row) => ({
    id: row.id,
    turn: row.turn,
    instead_of: row.person === null || row.person === context.actor.id ? null : told(row.person, names),
    ...{ act: row.act, comment: row.comment, at: row.at },
    words: words
      .filter(({ run }) => run === row.run)
      .map(({ actor, act, comment, at }) => ({ by: told(actor, names), act, comment, at })),
    ...{ run: row.run, state: row.state },
    approval: definitionOf(context, row.approval)?.name ?? row.name,
    label: approvalLabel(context, row.approval, row.name),
    level: levelNow(context, row),
    submitter: told(row.submitter, names),
    submitted_at: row.created_at,
    due_at: row.due_at,
    ...(records.get(row.record) ?? HIDDEN),
  }))
}

interface Word {
  readonly run: string
  readonly actor: string | null
  readonly act: string
  readonly comment: string
  readonly at: string
}

/** What was written last beside words, of each approval; what led to what is to be decided. */
const MOST_WORDS = 3

/**
 * What people wrote when they submitted and decided, in its order; of what was refused before and is submitted anew first why
 * it was.
 */
async function wordsOf({ db, model }: RequestContext, runs: readonly string[]): Promise<readonly Word[]> {
  if (runs.length === 0) return []
  const { schema } = model
  const { rows } = await db.query<Word>({
    text:
      `SELECT r.id::text AS run, e.actor::text AS actor, e.act, e.comment, to_json(e.at)#>>'{}' AS at, 0 AS number ` +
      `FROM ${schema}.tenon_approval r JOIN LATERAL (SELECT p.id FROM ${schema}.tenon_approval p WHERE p.record = r.record ` +
      'AND p.approval = r.approval AND p.id < r.id ORDER BY p.id DESC LIMIT 1) b ON true ' +
      `JOIN ${schema}.tenon_approval_entry e ON e.run = b.id AND e.act = 'reject' AND e.comment IS NOT NULL ` +
      'WHERE r.id = ANY($1::uuid[]) UNION ALL ' +
      `SELECT run::text AS run, actor::text AS actor, act, comment, to_json(at)#>>'{}' AS at, number FROM (` +
      'SELECT run, actor, act, comment, at, number, row_number() OVER (PARTITION BY run ORDER BY number DESC) AS place ' +
      `FROM ${schema}.tenon_approval_entry WHERE run = ANY($1::uuid[]) AND comment IS NOT NULL) e ` +
      'WHERE place <= $2 ORDER BY run, number',
    values: [runs, MOST_WORDS],
  })
  return rows
}

const HIDDEN = { entity: null, record: { id: null, label: null, hidden: true } }

function definitionOf({ model }: RequestContext, id: string) {
  return [...model.definitions.approval.values()].find((one) => one.id === id)
}

function levelNow(context: RequestContext, { approval, level }: InboxRow): string | null {
  const found = definitionOf(context, approval)?.levels.find(({ id }) => id === level)
  return found?.id === undefined ? null : levelLabel(context, approval, { ...found, id: found.id })
}

/** The records of a page as the actor sees them, with what stands at the top of their pages. */
async function recordsOf(
  context: RequestContext,
  rows: readonly InboxRow[],
): Promise<ReadonlyMap<string, object>> {
  const found = new Map<string, object>()
  for (const entityId of new Set(rows.map(({ entity }) => entity))) {
    const entity = entityById(context.model, entityId)
    if (entity === undefined || context.access.entity(entity.name).read === 'none') continue
    const ids = [...new Set(rows.flatMap((row) => (row.entity === entityId ? [row.record] : [])))]
    const shown = await shownRecords(context, context.db, entity, ids)
    const values = await highlightsOf(context, entity, [...shown.keys()])
    for (const [id, { label }] of shown) {
      const { version, ...facts } = values.get(id) ?? {}
      found.set(id, { entity: entity.name, record: { id, label, version: version ?? null, values: facts } })
    }
  }
  return found
}

const MOST_FACTS = 4

async function highlightsOf(
  context: RequestContext,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  if (ids.length === 0) return new Map()
  const said = layoutFor(context.model, entity, context.actor)?.page?.highlights ?? []
  const fields = said
    .flatMap((name) => entity.fields.get(name) ?? [])
    .filter((field) => isKnownField(context.access, entity, field))
    .slice(0, MOST_FACTS)
  const lookups = fields.filter(({ relation }) => relation?.kind === 'one').map(({ name }) => name)
  const { body } = await listRecords(context, entity.name, {
    filter: { in: [{ var: 'id' }, ids] },
    fields: ['id', 'version', ...fields.map(({ name }) => name)].join(','),
    ...(lookups.length === 0 ? {} : { expand: lookups.join(',') }),
    limit: 200,
  })
  const { data } = JSON.parse(body) as { readonly data: readonly { readonly id: string }[] }
  return new Map(data.map(({ id, ...rest }) => [id, rest]))
}
