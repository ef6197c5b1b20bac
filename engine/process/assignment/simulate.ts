import { randomUUID } from 'node:crypto'
import { textIn } from '../../../metadata/text.ts'
import type { AssignmentDefinition } from '../../../metadata/types.ts'
import { accessOf } from '../../access/access.ts'
import { findActor } from '../../access/find-actor.ts'
import { rowTestSql } from '../../access/row-test-sql.ts'
import type { Executor, Statement } from '../../db/database.ts'
import { AppError } from '../../errors.ts'
import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import type { RequestContext } from '../../records/context.ts'
import { bind, createParameters, toPlan } from '../../records/parameters.ts'
import { personSql } from '../../records/people.ts'
import { labelSql } from '../../records/select.ts'
import { candidateModel, isNotThereYet, type SimulationSource } from '../../records/simulate.ts'
import { type Bench, conditionsOf, createBench } from './bench.ts'
import { type Decision, decideOne } from './decide.ts'

/**
 * What a changed assignment would have done with the last records, beside what was, and what the one in force would do with
 * them today: turns that begin anew and people who have come since would else count as what the change does.
 */
export interface AssignmentSimulation {
  readonly definition: { readonly kind: 'assignment'; readonly name: string }
  readonly effect: 'assigns'
  readonly looked: number
  readonly isSample: boolean
  /** How many would have gone elsewhere; null where it cannot be told before the publish. */
  readonly records: number | null
  readonly examples: readonly {
    readonly id: string
    readonly label: string
    readonly from: Holder | null
    readonly to: Holder | null
  }[]
  /**
   * Who has got and would have got how many, those with the most first; null: nobody, or it waits. `now`: by what is in force,
   * tried in the same way; what was where there is nothing to try.
   */
  readonly people: readonly ({ readonly holder: Holder | null } & Counts)[]
}

interface Counts {
  readonly was: number
  readonly now: number
  readonly would: number
}

export interface Holder {
  readonly id: string
  readonly label: string | null
}

const LAST = 1000
const EXAMPLES = 20
/** Milliseconds for one assignment, and as many for the one in force: people wait for a plan. */
const TIME_LIMIT_MS = 5_000

/** Tries the assignments that a plan changes on the last records of their entities, and leaves nothing behind. */
export async function simulateAssignments(
  asked: RequestContext,
  source: SimulationSource,
): Promise<readonly AssignmentSimulation[]> {
  const { state, plan } = source
  const changed = [...plan.candidate.assignment.values()].filter((definition) => {
    const before = [...state.definitions.assignment.values()].find(({ id }) => id === definition.id)
    return isActive(definition) && (before === undefined || decisive(before) !== decisive(definition))
  })
  if (changed.length === 0) return []
  const model = candidateModel(asked, source)
  const found: AssignmentSimulation[] = []
  for (const { name } of changed) {
    const definition = model.definitions.assignment.get(name)
    const entity = model.entities.get(definition?.entity ?? '')
    if (definition === undefined || entity === undefined) continue
    const before = [...state.definitions.assignment.values()].find(({ id }) => id === definition.id)
    found.push(await simulateOne({ ...asked, model }, source, entity, { definition, before }))
  }
  return found
}

const isActive = ({ active }: AssignmentDefinition): boolean => active !== false

/** What decides, without what it is called. */
function decisive({ rules, otherwise, active, on }: AssignmentDefinition): string {
  const bare = rules.map(({ label: _, ...rule }) => rule)
  return JSON.stringify([bare, otherwise, active, on])
}

class Undone extends Error {}

interface Changed {
  readonly definition: AssignmentDefinition
  /** As it is in force; undefined where it is new. */
  readonly before: AssignmentDefinition | undefined
}

async function simulateOne(
  context: RequestContext,
  { db }: SimulationSource,
  entity: CompiledEntity,
  { definition, before }: Changed,
): Promise<AssignmentSimulation> {
  const head = {
    definition: { kind: 'assignment' as const, name: definition.name },
    effect: 'assigns' as const,
  }
  let told: AssignmentSimulation | undefined
  try {
    await db.transaction(
      async (tx) => {
        const rows = await lastRecords(context, tx, entity)
        const given = await replay(context, tx, entity, definition, rows)
        const now = await standing(context, tx, entity, before, rows)
        const length = Math.min(given.length, now.length)
        const tried = rows.slice(0, length).map((row, at) => ({ ...row, now: now[at]!, would: given[at]! }))
        told = { ...head, ...(await tell(context, tx, tried, rows.length)) }
        throw new Undone()
      },
      { direct: true },
    )
  } catch (error) {
    if (told !== undefined && error instanceof Undone) return told
    if (!isNotThereYet(error)) throw error
  }
  return { ...head, looked: 0, isSample: false, records: null, examples: [], people: [] }
}

interface LastRecord {
  readonly id: string
  readonly label: string
  readonly seen: boolean
  readonly creator: string | null
  readonly at: string
  /** Who was chosen when it was made; the owner where nothing was noted. */
  readonly was: string | null
}

/** With whom it would go to by what is in force, and by the draft. */
interface TriedRecord extends LastRecord {
  readonly now: string | null
  readonly would: string | null
}

/** The last live records, the oldest of them first. */
async function lastRecords(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
): Promise<readonly LastRecord[]> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const sight = rowTestSql(source, context.access.entity(entity.name).read, entity, 't')
  const text =
    `SELECT t."id"::text AS id, ${labelSql(source, entity, 't')} AS label, (${sight}) IS TRUE AS seen, ` +
    `t."created_by"::text AS creator, to_json(t."created_at")#>>'{}' AS at, ` +
    `coalesce((SELECT a.chosen FROM ${context.model.schema}.tenon_assignment a WHERE a.record = t."id" AND a.cause = 'created' ` +
    `ORDER BY a.id LIMIT 1), t."owner")::text AS was FROM ${entity.table} t WHERE t."deleted_at" IS NULL ` +
    `ORDER BY t."created_at" DESC, t."id" DESC LIMIT ${LAST}`
  const { rows } = await tx.query<LastRecord>(bind(toPlan(text, parameters), context))
  return [...rows].reverse()
}

/**
 * Decides on each as if it were made now in their order, under an id of its own: turns and what was given on a day begin
 * anew. Rules see the records and people as they are today; the owner is who made the record.
 */
async function replay(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  definition: AssignmentDefinition,
  records: readonly LastRecord[],
): Promise<readonly (string | null)[]> {
  const assignment = { ...definition, id: randomUUID() }
  const benchOf = benches(context, tx, entity, definition, records)
  const end = performance.now() + TIME_LIMIT_MS
  const given: (string | null)[] = []
  for (const record of records) {
    if (performance.now() > end) break
    const bench = await benchOf(record)
    const decision = await decideOne({ bench, entity, assignment, at: new Date(record.at) }, record.id)
    await note(tx, context.model, entity, { assignment, record, decision })
    given.push(decision.chosen)
  }
  return given
}

/** Whom what is in force would give them to today; whom they went to where nothing is, or it names what the draft removes. */
async function standing(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  before: AssignmentDefinition | undefined,
  records: readonly LastRecord[],
): Promise<readonly (string | null)[]> {
  const actual = records.map(({ was }) => was)
  if (before === undefined || !isActive(before) || before.entity !== entity.name) return actual
  try {
    return await replay(context, tx, entity, before, records)
  } catch (error) {
    if (error instanceof AppError && error.status === 422) return actual
    throw error
  }
}

/** One bench for all that one person has made; who is named is looked up once. */
function benches(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  definition: AssignmentDefinition,
  records: readonly LastRecord[],
): (record: LastRecord) => Promise<Bench> {
  const { model } = context
  const access = accessOf(model, { roles: ['administrator'], roleKey: 'administrator' })
  const made = new Map<string | null, Promise<Bench>>()
  const lookups = remembering(tx)
  const open = async (creator: string | null): Promise<Bench> => {
    const found = creator === null ? undefined : await findActor(tx, model, creator)
    const actor = { ...(found ?? { ...context.actor, id: undefined, roles: [] }), roleKey: 'administrator' }
    const ids = records.filter((one) => one.creator === creator).map(({ id }) => id)
    const bench = createBench(
      { ...context, actor, access },
      tx,
      entity,
      ids,
      new Map(),
      conditionsOf(definition),
    )
    const value: Bench['value'] = (id, rule, expected) =>
      isOwner(rule) ? Promise.resolve(creator) : bench.value(id, rule, expected)
    return { ...bench, value, lookups }
  }
  return ({ creator }) => {
    const known = made.get(creator) ?? open(creator)
    made.set(creator, known)
    return known
  }
}

function isOwner(rule: unknown): boolean {
  return JSON.stringify(rule) === '{"var":"owner"}'
}

/** Asks each question once: who is in a team does not change meanwhile. */
function remembering(tx: Executor): Executor {
  const answers = new Map<string, Promise<unknown>>()
  const query = (statement: Statement) => {
    const key = JSON.stringify([statement.text, statement.values])
    const known = answers.get(key) ?? tx.query(statement as never)
    answers.set(key, known)
    return known
  }
  return { ...tx, query: query as Executor['query'] }
}

/** So that what one person gets on a day is counted. */
async function note(
  tx: Executor,
  model: CompiledModel,
  entity: CompiledEntity,
  {
    assignment,
    record,
    decision,
  }: {
    readonly assignment: AssignmentDefinition
    readonly record: LastRecord
    readonly decision: Decision
  },
): Promise<void> {
  if (decision.chosen === null) return
  await tx.query({
    text:
      `INSERT INTO ${model.schema}.tenon_assignment (at, assignment, name, version, entity, record, cause, outcome, chosen, trace) ` +
      `VALUES ($1::timestamptz, $2::uuid, $3, 0, $4::uuid, $5::uuid, 'created', $6, $7::uuid, '[]')`,
    values: [
      record.at,
      assignment.id,
      assignment.name,
      entity.id,
      record.id,
      decision.outcome,
      decision.chosen,
    ],
  })
}

async function tell(
  context: RequestContext,
  tx: Executor,
  tried: readonly TriedRecord[],
  all: number,
): Promise<Pick<AssignmentSimulation, 'looked' | 'isSample' | 'records' | 'examples' | 'people'>> {
  const keys = ['was', 'now', 'would'] as const
  const labels = await holdersOf(
    context,
    tx,
    tried.flatMap((one) => keys.map((key) => one[key])),
  )
  const holder = (id: string | null): Holder | null =>
    id === null ? null : { id, label: labels.get(id) ?? null }
  const moved = tried.filter(({ now, would }) => now !== would)
  const counts = new Map<string | null, Counts>()
  for (const one of tried)
    for (const key of keys) {
      const count = counts.get(one[key]) ?? { was: 0, now: 0, would: 0 }
      counts.set(one[key], { ...count, [key]: count[key] + 1 })
    }
  return {
    looked: tried.length,
    isSample: all === LAST || tried.length < all,
    records: moved.length,
    examples: moved
      .filter(({ seen }) => seen)
      .slice(-EXAMPLES)
      .map(({ id, label, now, would }) => ({ id, label, from: holder(now), to: holder(would) })),
    people: [...counts]
      .sort(([, one], [, other]) => other.would + other.was - one.would - one.was)
      .map(([id, count]) => ({ holder: holder(id), ...count })),
  }
}

async function holdersOf(
  context: RequestContext,
  tx: Executor,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string | null>> {
  const { model, access } = context
  const who = personSql(model, access, 'i.id')
  const { rows } = await tx.query<{ id: string; label: string | null }>({
    text: `SELECT i.id::text AS id, ${who.label} AS label FROM unnest($1::uuid[]) AS i(id) ${who.join}`,
    values: [[...new Set(ids.filter((id) => id !== null))]],
  })
  const pools = [...model.translated.pool.values()].flatMap(({ id, name, label }) =>
    id === undefined ? [] : [[id, textIn(label, context.actor.language, name)] as const],
  )
  return new Map([...rows.map(({ id, label }) => [id, label] as const), ...pools])
}
