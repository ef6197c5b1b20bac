import type { AssignmentDefinition, AssignmentRule } from '../../../metadata/types.ts'
import type { Executor } from '../../db/database.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { isPool } from '../../model/kinds/assignment-place.ts'
import { isWorkingTime, workingHours } from '../../model/working-time.ts'
import type { Bench } from './bench.ts'
import { type Facts, factsOf, peopleOf } from './candidates.ts'
import type { TracedPerson, TracedRule } from './trace.ts'
import { type Eligible, type Turn, takeTurn } from './turn.ts'

export interface Decision {
  readonly outcome: 'given' | 'otherwise' | 'waiting' | 'nobody'
  /** The id of the rule that decided. */
  readonly rule: string | null
  readonly chosen: string | null
  readonly trace: readonly TracedRule[]
}

export interface Deciding {
  readonly bench: Bench
  readonly entity: CompiledEntity
  readonly assignment: AssignmentDefinition
  readonly at: Date
  /** Those who had the record and did not accept it in time. */
  readonly tried?: readonly string[]
}

/** Goes through the rule table for one record; the turn of the rule that decides goes on. */
export async function decideOne(work: Deciding, record: string): Promise<Decision> {
  const trace: TracedRule[] = []
  const isLeftToRules = work.tried === undefined || work.assignment.accept?.else !== 'otherwise'
  for (const rule of isLeftToRules ? work.assignment.rules : []) {
    const traced = await tryRule(work, record, rule)
    trace.push(traced)
    const chosen = traced.people.find(({ isChosen }) => isChosen === true)?.user
    if (chosen !== undefined) return { outcome: 'given', rule: traced.rule, chosen, trace }
    if (traced.result === 'waiting') return { outcome: 'waiting', rule: traced.rule, chosen: null, trace }
  }
  const last = await tryOtherwise(work, record)
  if (last === undefined) return { outcome: 'nobody', rule: null, chosen: null, trace }
  const chosen = last.pool ?? last.people.find(({ isChosen }) => isChosen === true)?.user ?? null
  const outcome = chosen === null ? 'nobody' : 'otherwise'
  return { outcome, rule: null, chosen, trace: [...trace, last] }
}

async function tryOtherwise(work: Deciding, record: string): Promise<TracedRule | undefined> {
  const { bench, assignment } = work
  const { otherwise } = assignment
  if (otherwise === undefined) return undefined
  const head = { rule: null, name: 'otherwise' }
  if (isPool(otherwise)) {
    const pool = bench.model.definitions.pool.get(otherwise.pool)?.id
    return { ...head, result: pool === undefined ? 'nobody' : 'given', people: [], ...(pool && { pool }) }
  }
  const people = await peopleOf(bench, record, otherwise)
  const facts = await askFacts(work, record, people, { open: false, today: false })
  const judged = people.map(
    (user): TracedPerson => ({ user, ...skipOf(facts.get(user), { isTried: hasTried(work, user) }) }),
  )
  const first = judged.find(({ skip }) => skip === undefined)?.user
  return { ...head, result: first === undefined ? 'nobody' : 'given', people: marked(judged, first) }
}

function hasTried({ tried }: Deciding, user: string): boolean {
  return tried?.includes(user) === true
}

async function tryRule(work: Deciding, record: string, rule: AssignmentRule): Promise<TracedRule> {
  const { bench } = work
  const head = { rule: rule.id ?? null, name: rule.name }
  const applies = rule.when === undefined || (await bench.value(record, rule.when, 'condition')) === true
  if (!applies) return { ...head, result: 'passed_over', people: [] }
  const named = await peopleOf(bench, record, rule.to)
  const judged = await judge(work, record, rule, named)
  const isThere = judged.some(({ skip }) => skip === undefined || FULL.has(skip))
  if (!isThere) return { ...head, result: 'nobody', people: judged }
  const isFull = rule.full === 'wait' ? ('waiting' as const) : undefined
  if (!isOpen(work, rule)) return { ...head, result: isFull ?? 'closed', people: judged }
  const free = judged.filter(({ skip }) => skip === undefined)
  const next = await nextOf(work, rule, free)
  if (next === undefined) return { ...head, result: isFull ?? 'full', people: judged }
  return { ...head, result: 'given', people: marked(judged, next) }
}

const FULL: ReadonlySet<string> = new Set(['day_full', 'open_full'])

function marked(people: readonly TracedPerson[], chosen: string | undefined): readonly TracedPerson[] {
  return people.map((one) => (one.user === chosen ? { ...one, isChosen: true as const } : one))
}

function isOpen({ bench, at }: Deciding, { calendar }: AssignmentRule): boolean {
  const definition = calendar === undefined ? undefined : bench.model.definitions.calendar.get(calendar)
  return (
    definition === undefined || isWorkingTime(at, workingHours(definition), bench.model.settings.timeZone)
  )
}

/** Everybody who is named, with why they are passed over. */
async function judge(
  work: Deciding,
  record: string,
  rule: AssignmentRule,
  named: readonly string[],
): Promise<readonly TracedPerson[]> {
  if (named.length === 0) return []
  const { capacity = {}, candidates, weight, by } = rule
  const needs = {
    open: by === 'least_open' || capacity.open !== undefined,
    today: capacity.perDay !== undefined,
  }
  const facts = await askFacts(work, record, named, needs)
  const fits =
    candidates === undefined ? undefined : await work.bench.ofEach(record, named, candidates, 'condition')
  const weights =
    by !== 'weighted' || weight === undefined
      ? undefined
      : await work.bench.ofEach(record, named, weight, 'number')
  return named.map((user): TracedPerson => {
    const own = facts.get(user)
    const share = weights === undefined ? 1 : Number(weights.get(user) ?? 0)
    const isUnfit = fits !== undefined && fits.get(user) !== true
    return {
      user,
      ...skipOf(own, {
        ...{ ...capacity, isUnfit, isTried: hasTried(work, user) },
        ...(by === 'weighted' ? { weight: share } : {}),
      }),
      ...(needs.open && own !== undefined ? { open: own.open } : {}),
      ...(needs.today && own !== undefined ? { today: own.today } : {}),
      ...(by === 'weighted' ? { weight: share } : {}),
    }
  })
}

interface Limits extends NonNullable<AssignmentRule['capacity']> {
  readonly isUnfit?: boolean
  readonly isTried: boolean
  readonly weight?: number
}

function skipOf(
  facts: Facts | undefined,
  { perDay, open, isUnfit, isTried, weight = 1 }: Limits,
): Pick<TracedPerson, 'skip'> {
  if (facts === undefined || !facts.isActive) return { skip: 'inactive' }
  if (facts.isAbsent) return { skip: 'absent' }
  if (isTried) return { skip: 'not_accepted' }
  if (isUnfit === true) return { skip: 'unfit' }
  if (!(weight > 0)) return { skip: 'no_weight' }
  if (perDay !== undefined && facts.today >= perDay) return { skip: 'day_full' }
  if (open !== undefined && facts.open >= open) return { skip: 'open_full' }
  return {}
}

async function askFacts(
  { bench, entity, assignment, at }: Deciding,
  record: string,
  people: readonly string[],
  needs: { readonly open: boolean; readonly today: boolean },
): Promise<ReadonlyMap<string, Facts>> {
  if (people.length === 0) return new Map()
  return await factsOf(bench, people, { entity, record, assignment: String(assignment.id), at, needs })
}

async function nextOf(
  { bench, assignment }: Deciding,
  rule: AssignmentRule,
  free: readonly TracedPerson[],
): Promise<string | undefined> {
  const people = free.map(({ user, open = 0, weight = 1 }): Eligible => ({ id: user, open, weight }))
  const { schema } = bench.model
  const key = [assignment.id, rule.id]
  const { rows } = await bench.tx.query<{ last: string | null; weights: string }>({
    text: `SELECT last::text AS last, weights::text AS weights FROM ${schema}.tenon_assignment_turn WHERE assignment = $1::uuid AND rule = $2::uuid`,
    values: key,
  })
  const turn: Turn = { last: rows[0]?.last ?? null, weights: JSON.parse(rows[0]?.weights ?? '{}') }
  const taken = takeTurn(rule.by ?? 'round_robin', people, turn)
  if (taken === undefined) return undefined
  await bench.tx.query({
    text:
      `INSERT INTO ${schema}.tenon_assignment_turn (assignment, rule, last, weights) VALUES ($1::uuid, $2::uuid, $3::uuid, $4::jsonb) ` +
      'ON CONFLICT (assignment, rule) DO UPDATE SET last = excluded.last, weights = excluded.weights',
    values: [...key, taken.turn.last, JSON.stringify(taken.turn.weights)],
  })
  return taken.chosen
}

/** Waits for whoever else decides by this assignment, to the end of the transaction. */
export async function holdAssignment(
  tx: Executor,
  schema: string,
  { id }: AssignmentDefinition,
): Promise<void> {
  await tx.query({
    text: `INSERT INTO ${schema}.tenon_assignment_turn (assignment, rule) VALUES ($1::uuid, $1::uuid) ON CONFLICT (assignment, rule) DO UPDATE SET last = NULL`,
    values: [id],
  })
}
