import type { Executor } from '../db/database.ts'
import type { Definition, Kind } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { todayOf } from './parameters.ts'

/** Notes that somebody opened a view, report or dashboard. */
export type NoteOpened = (context: RequestContext, definition: Pick<Definition, 'id'>) => Promise<void>

/** Definitions that are remembered to have been noted; beyond them it is asked of the database again. */
const MOST_NOTED = 10_000

/** One that asks the database once a day for each definition. Who only sees as somebody else opens nothing. */
export function createNoteOpened(): NoteOpened {
  const noted = new Map<string, string>()
  return async (context, { id }) => {
    if (id === undefined || context.actor.viewer !== undefined) return
    const key = `${context.model.schema}/${id}`
    const day = todayOf(context)
    if (noted.get(key) === day) return
    await noteOpened(context, id)
    if (noted.size >= MOST_NOTED) noted.clear()
    noted.set(key, day)
  }
}

/**
 * Writes down that a definition is used today: of nobody in particular.
 * @param runner the transaction that the use is part of
 */
export async function noteOpened(
  context: RequestContext,
  id: string,
  runner: Executor = context.db,
): Promise<void> {
  const table = `${context.model.schema}.tenon_opened`
  await runner.query({
    // Asked first: whoever comes second on a day locks no row, and waits for nobody.
    text:
      `INSERT INTO ${table} AS o (definition, day) SELECT $1::uuid, $2::date ` +
      `WHERE NOT EXISTS (SELECT FROM ${table} WHERE definition = $1::uuid AND day >= $2::date) ` +
      `ON CONFLICT (definition) DO UPDATE SET day = excluded.day WHERE o.day < excluded.day`,
    values: [id, todayOf(context)],
  })
}

/** By what the last use of a definition is known. */
type Trace = 'opened' | 'flow' | 'approval' | 'assignment' | 'webform' | 'message' | 'records'

/** What is not here leaves no trace by itself. */
const TRACES: Partial<Readonly<Record<Kind, Trace>>> = {
  view: 'opened',
  report: 'opened',
  dashboard: 'opened',
  document: 'opened',
  flow: 'flow',
  approval: 'approval',
  assignment: 'assignment',
  webform: 'webform',
  message: 'message',
  // These speak whenever a record is written.
  entity: 'records',
  validation: 'records',
  pipeline: 'records',
  tag_rule: 'records',
  duplicate_rule: 'records',
  sharing: 'records',
  pool: 'records',
}

/** Of a definition: the last day on which it was used, null where it has not been used since that is noted. */
export interface LastUses {
  /** Undefined: this kind leaves no trace. */
  readonly dayOf: (definition: Used) => string | null | undefined
  /** Since when it is noted what people open. */
  readonly since: string
}

type Used = { readonly kind: Kind; readonly name: string }

/**
 * When definitions were last used.
 * @param about the entity whose fields they read: an entity's own formulas and roll-ups read whenever its records are written
 */
export async function readLastUses(
  context: RequestContext,
  used: readonly Used[],
  about: string,
): Promise<LastUses> {
  const wanted = [...new Map(used.map(({ kind, name }) => [keyOf({ kind, name }), { kind, name }])).values()]
  const traced = wanted.flatMap((one) => {
    const trace = TRACES[one.kind]
    const definition = context.model.definitions[one.kind].get(one.name)
    return trace === undefined || definition === undefined ? [] : [{ ...one, trace, definition }]
  })
  const [since, byId, written] = await Promise.all([
    readSince(context),
    readTraces(context, traced),
    readWritten(
      context,
      traced.filter(({ trace }) => trace === 'records').map((one) => entityOf(one, about)),
    ),
  ])
  const dayOf = (one: Traced): string | null => {
    if (one.trace === 'records') return written.get(entityOf(one, about)) ?? null
    // Runs of flows are let go after a while; the day of the last that went is kept with what people open.
    const found = [byId.get(traceKey(one)), byId.get(`opened/${one.definition.id}`)]
    return (
      found
        .flatMap((day) => day ?? [])
        .sort()
        .at(-1) ?? null
    )
  }
  const days = new Map(traced.map((one) => [keyOf(one), dayOf(one)]))
  return { dayOf: (definition) => days.get(keyOf(definition)), since }
}

interface Traced extends Used {
  readonly trace: Trace
  readonly definition: Definition
}

const keyOf = ({ kind, name }: Used): string => `${kind}/${name}`

/** What is told keeps the name of its message. */
const traceKey = ({ trace, name, definition }: Traced): string =>
  `${trace}/${trace === 'message' ? name : definition.id}`

function entityOf({ kind, definition }: Traced, about: string): string {
  return kind !== 'entity' && 'entity' in definition ? String(definition.entity) : about
}

const DAY = '(x.at AT TIME ZONE $1)::date::text'

/** Each is one step in an index, however much there is. */
const LATEST: Readonly<
  Record<Exclude<Trace, 'opened' | 'records'>, readonly [table: string, key: string, at: string]>
> = {
  flow: ['tenon_run', 'flow', 'created_at'],
  approval: ['tenon_approval', 'approval', 'created_at'],
  assignment: ['tenon_assignment', 'assignment', 'at'],
  webform: ['tenon_webform_entry', 'webform', 'at'],
  message: ['tenon_told', 'kind', 'created_at'],
}

/** @returns days by `traceKey` */
async function readTraces(
  { db, model }: RequestContext,
  traced: readonly Traced[],
): Promise<ReadonlyMap<string, string>> {
  const { schema, settings } = model
  const values: unknown[] = [settings.timeZone]
  const keys = (trace: Trace, another?: Trace): string => {
    const of = traced.filter((one) => one.trace === trace || one.trace === another)
    values.push(of.map(({ name, definition }) => (trace === 'message' ? name : definition.id)))
    return `unnest($${values.length}::${trace === 'message' ? 'text' : 'uuid'}[]) k (key)`
  }
  const parts = Object.entries(LATEST).map(
    ([trace, [table, key, at]]) =>
      `SELECT '${trace}/' || k.key AS key, ${DAY} AS day FROM ${keys(trace as Trace)} CROSS JOIN LATERAL (` +
      `SELECT t.${at} AS at FROM ${schema}.${table} t WHERE t.${key} = k.key ORDER BY t.${at} DESC LIMIT 1) x`,
  )
  const opened =
    `SELECT 'opened/' || o.definition, o.day::text FROM ${keys('opened', 'flow')} ` +
    `JOIN ${schema}.tenon_opened o ON o.definition = k.key`
  const { rows } = await db.query<{ key: string; day: string }>({
    text: [...parts, opened].join(' UNION ALL '),
    values,
  })
  return new Map(rows.map(({ key, day }) => [key, day]))
}

/** Of an entity's table and of the audit the newest rows are looked at, however many there are. */
const NEWEST_RECORDS = 2_000
const NEWEST_WRITES = 20_000

/**
 * When a record of an entity was last written, as its newest records and the newest writes of all tell it: both by their
 * keys, which costs the same on any table.
 * @param id the placeholder of the entity's id
 */
export function lastWriteSql(schema: string, table: string, id: string): string {
  return (
    `SELECT greatest((SELECT max(r."updated_at") FROM (` +
    `SELECT t."updated_at" FROM ${table} t ORDER BY t."id" DESC LIMIT ${NEWEST_RECORDS}) r), (` +
    `SELECT max(a.at) FROM ${schema}.tenon_audit a WHERE a.entity = ${id}::uuid AND a.id > (` +
    `SELECT last_value - ${NEWEST_WRITES} FROM ${schema}.tenon_audit_id))) AS at`
  )
}

/** The days on which a record of each entity was last written, by the entity's name. */
async function readWritten(
  { db, model }: RequestContext,
  names: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const entities = [...new Set(names)].flatMap((name) => model.entities.get(name) ?? [])
  if (entities.length === 0) return new Map()
  const parts = entities.map(
    ({ table }, index) =>
      `SELECT ${index} AS index, ${DAY} AS day FROM (${lastWriteSql(model.schema, table, `$${index + 2}`)}) x`,
  )
  const { rows } = await db.query<{ index: number; day: string | null }>({
    text: parts.join(' UNION ALL '),
    values: [model.settings.timeZone, ...entities.map(({ id }) => id)],
  })
  return new Map(rows.map(({ index, day }) => [entities[index]!.name, day]))
}

/** The day on which this workspace got the table. */
async function readSince(context: RequestContext): Promise<string> {
  const { rows } = await context.db.query<{ day: string }>({
    text:
      `SELECT (applied_at AT TIME ZONE $1)::date::text AS day FROM tenon.migration ` +
      `WHERE schema_name = $2 AND name = '0044-last-uses'`,
    values: [context.model.settings.timeZone, context.model.schema.replaceAll('"', '')],
  })
  return rows[0]?.day ?? todayOf(context)
}
