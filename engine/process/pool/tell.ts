import { textIn } from '../../../metadata/text.ts'
import { rowTestSql } from '../../access/row-test-sql.ts'
import { AppError, refuse } from '../../errors.ts'
import { labelOf } from '../../forms/labels.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { instantIn, shifted } from '../../model/flow-schedule.ts'
import { type ModelPool, poolsOf } from '../../model/kinds/pool-place.ts'
import type { RecordAnswer, RequestContext } from '../../records/context.ts'
import { dayIn } from '../../records/parameters.ts'
import { checkParameters } from '../../records/parse-list.ts'
import { personSql, presentPerson } from '../../records/people.ts'
import { claimedToday, heldOpen } from './claim.ts'
import { type DueRecord, dueRecords } from './due.ts'
import { isMember } from './pool-context.ts'

/** The pools of the entities that the actor may read, with what is left for them to claim. */
export async function listPools(
  context: RequestContext,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  const problems = checkParameters(raw, ['entity'])
  if (problems.length > 0) throw new AppError(problems)
  const data = []
  for (const { entity, pool } of readPools(context)) {
    if (raw.entity === undefined || raw.entity === entity.name)
      data.push(await presentPool(context, entity, pool))
  }
  return { status: 200, body: JSON.stringify({ data }) }
}

interface ReadPool {
  readonly entity: CompiledEntity
  readonly pool: ModelPool
}

function readPools({ model, access }: RequestContext): readonly ReadPool[] {
  return [...model.entities.values()]
    .filter(({ name }) => access.entity(name).read !== 'none')
    .flatMap((entity) => poolsOf(model.definitions, entity.name).map((pool) => ({ entity, pool })))
}

async function presentPool(
  context: RequestContext,
  entity: CompiledEntity,
  pool: ModelPool,
): Promise<unknown> {
  const { model, actor, db } = context
  const { language } = actor
  const shown = model.translated.pool.get(pool.name) ?? pool
  const member = await isMember(context, db, entity, pool)
  const { perDay, holding, coolDown } = pool.claim ?? {}
  const person = member ? actor.id : undefined
  return {
    ...{ id: pool.id, name: pool.name, label: labelOf(shown, language), entity: entity.name },
    member,
    hidden: pool.hide ?? [],
    claim: {
      per_day: perDay ?? null,
      claimed_today:
        person === undefined || perDay === undefined ? null : await claimedToday(context, db, pool, person),
      holding: holding ?? null,
      held: person === undefined || holding === undefined ? null : await heldOpen(db, entity, person),
      cool_down: coolDown ?? null,
    },
    recycle: (shown.recycle ?? []).map(({ name, label }) => ({ name, label: textIn(label, language, name) })),
  }
}

/** How far ahead a dry run looks at most, and where nothing is said. */
const FARTHEST = 'P366D'
const AHEAD = 'P7D'
/** Records that it names; the rest is counted. */
const MOST_NAMED = 200

/**
 * What returns to a pool by some instant if nobody works on it: how many on each day by which rule, and the first of
 * them by name. Of records that the actor is shown.
 */
export async function forecastRecycling(
  context: RequestContext,
  name: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  const problems = checkParameters(raw, ['until'])
  if (problems.length > 0) throw new AppError(problems)
  const found = readPools(context).find(({ pool }) => pool.name === name)
  if (found === undefined) throw refuse('POOL_UNKNOWN', '', { params: { name: name.slice(0, 40) } })
  const { entity, pool } = found
  const until = parseUntil(context, raw.until)
  const read = context.access.entity(entity.name).read
  const days = new Map<string, Map<string, number>>()
  let named: DueRecord[] = []
  let count = 0
  const question = {
    ...{ entity, pool, until },
    sight: (parameters: Parameters<typeof rowTestSql>[0]['parameters']) =>
      `(${rowTestSql({ model: context.model, parameters }, read, entity, 't')})`,
  }
  for await (const record of dueRecords(context, context.db, question)) {
    count += 1
    const day = dayIn(
      context.model.settings.timeZone,
      record.due > context.now() ? record.due : context.now(),
    )
    const rules = days.get(day) ?? new Map<string, number>()
    days.set(day, rules.set(record.rule.name, (rules.get(record.rule.name) ?? 0) + 1))
    named.push(record)
    if (named.length >= 2 * MOST_NAMED) named = soonest(named)
  }
  const data = {
    ...{ pool: pool.name, entity: entity.name, until: until.toISOString(), count },
    days: [...days]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([day, rules]) => presentDay(context, pool, day, rules)),
    records: await presentDue(context, entity, pool, soonest(named)),
  }
  return { status: 200, body: JSON.stringify({ data }) }
}

function soonest(records: readonly DueRecord[]): DueRecord[] {
  return [...records].sort((one, other) => one.due.getTime() - other.due.getTime()).slice(0, MOST_NAMED)
}

function parseUntil({ model, now }: RequestContext, raw: unknown): Date {
  const { timeZone } = model.settings
  if (raw === undefined) return shifted(now(), AHEAD, timeZone, 1)
  const text = typeof raw === 'string' ? raw : ''
  const at = /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? instantIn(text, timeZone) : undefined
  // A day is meant to its end.
  const until = at === undefined || text.includes('T') ? at : shifted(at, 'P1D', timeZone, 1)
  const farthest = shifted(now(), FARTHEST, timeZone, 1)
  if (at === undefined || until === undefined || until < now() || at > farthest)
    throw refuse('HTTP_PARAMETER_INVALID', '/until', { params: { name: 'until' } })
  return until
}

function presentDay(
  context: RequestContext,
  pool: ModelPool,
  day: string,
  rules: ReadonlyMap<string, number>,
): unknown {
  const counts = [...rules].map(([name, count]) => ({ ...presentRule(context, pool, name), count }))
  return { day, count: counts.reduce((sum, { count }) => sum + count, 0), rules: counts }
}

function presentRule({ model, actor }: RequestContext, pool: ModelPool, name: string) {
  const rule = model.translated.pool.get(pool.name)?.recycle?.find((one) => one.name === name)
  return { name, label: textIn(rule?.label, actor.language, name) }
}

async function presentDue(
  context: RequestContext,
  entity: CompiledEntity,
  pool: ModelPool,
  records: readonly DueRecord[],
): Promise<readonly unknown[]> {
  const who = personSql(context.model, context.access, 'i.id')
  const { rows } = await context.db.query<{ id: string; label: string | null }>({
    text: `SELECT i.id::text AS id, ${who.label} AS label FROM unnest($1::uuid[]) AS i(id) ${who.join}`,
    values: [[...new Set(records.map(({ owner }) => owner))]],
  })
  const labels = new Map(rows.map(({ id, label }) => [id, label]))
  const owners = entity.fields.get('owner')
  const isShown = owners !== undefined && context.access.entity(entity.name).cell(owners).see === 'all'
  return records.map(({ id, label, owner, rule, due }) => ({
    ...{ id, label, due_at: due.toISOString() },
    owner: isShown ? presentPerson(owner, labels.get(owner) ?? null) : null,
    rule: presentRule(context, pool, rule.name),
  }))
}
