import { nearest } from '../../metadata/nearest.ts'
import { trailCtes } from '../audit/trail.ts'
import type { Executor } from '../db/database.ts'
import { AppError, didYouMean, type Problem, problem, quoted, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { readRecord, recordId } from './get.ts'
import { inWrite } from './in-write.ts'
import { milestoneKey, milestonesOf, type StageMilestone } from './milestones.ts'
import { assertCurrent, modelGuard } from './model-moved.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { parseIfMatch } from './parse-record.ts'
import { editableSql, touchable } from './plan-update.ts'
import { sightPredicate } from './row-source.ts'
import { literal } from './select.ts'
import { settling } from './settle.ts'
import { assertTouchable } from './touch.ts'

/**
 * Ticks an item of a stage's checklist, or takes the tick back; it is for those who may change the stage. It counts as
 * a change of the record: a move at the same time waits for it and sees it.
 * @throws AppError MILESTONE_UNKNOWN, FIELD_DENIED, RECORD_VERSION_MOVED
 */
export async function tickMilestone(
  context: RequestContext,
  entityName: string,
  id: string,
  body: unknown,
  options: { readonly ifMatch?: string | undefined; readonly runner?: Executor } = {},
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const uuid = recordId(id)
  const tick = parseTick(entity, body)
  const expected = parseIfMatch(options.ifMatch)
  const { runner } = options
  const json = await inWrite(context, runner === undefined ? {} : { runner }, async (tx) => {
    await settling(context, tx, entity, [uuid], () => write(context, tx, entity, uuid, tick, expected))
    return await readRecord(context, tx, entity, uuid)
  })
  return { status: 200, body: `{"data":${json ?? JSON.stringify({ id: uuid })}}` }
}

interface Tick extends StageMilestone {
  readonly done: boolean
}

function parseTick(entity: CompiledEntity, body: unknown): Tick {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('HTTP_BODY_NOT_OBJECT')
  const given = body as Readonly<Record<string, unknown>>
  const problems: Problem[] = Object.keys(given)
    .filter((key) => !['milestone', 'done'].includes(key))
    .map((key) => problem('FIELD_UNKNOWN', `/${key}`, { params: { name: key } }))
  if (given.milestone === undefined) problems.push(problem('FIELD_REQUIRED', '/milestone'))
  if (given.done !== undefined && typeof given.done !== 'boolean') {
    problems.push(problem('FIELD_TYPE_WRONG', '/done', { params: { expected: BOOLEAN } }))
  }
  const all = milestonesOf(entity)
  const found = all.find(({ milestone }) => milestone.name === given.milestone)
  if (given.milestone !== undefined && found === undefined) {
    const name = quoted(given.milestone)
    const names = all.map(({ milestone }) => milestone.name)
    const hint = didYouMean(nearest(name, names))
    problems.push(problem('MILESTONE_UNKNOWN', '/milestone', { params: { name }, ...(hint && { hint }) }))
  }
  if (problems.length > 0) throw new AppError(problems)
  return { ...found!, done: given.done !== false }
}

const BOOLEAN = { en: 'true or false', 'zh-CN': 'true 或 false' }

async function write(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  tick: Tick,
  expected: number | undefined,
): Promise<void> {
  const held = await hold(context, tx, entity, id, tick, expected)
  if (held === 'done') return
  const { schema } = context.model
  const parameters = createParameters()
  const [actor, milestone] = [parameters.actor(), `${literal(String(tick.milestone.id))}::uuid`]
  const key = literal(milestoneKey(String(tick.milestone.id)))
  const changes = `jsonb_build_object(${key}, jsonb_build_object('before', ${!tick.done}, 'after', ${tick.done}))`
  const kept = tick.done
    ? `INSERT INTO ${schema}.tenon_milestone (record, milestone, done_by) SELECT w."id", ${milestone}, ${actor} FROM w`
    : `DELETE FROM ${schema}.tenon_milestone m USING w WHERE m.record = w."id" AND m.milestone = ${milestone}`
  const trail = trailCtes({
    schema,
    from: 'c',
    changes: 'c.changes',
    entityId: entity.id,
    action: 'update',
    actor,
    via: parameters.open('via', 'text'),
    address: parameters.open('address', 'text'),
    request: parameters.open('request', 'uuid'),
  })
  const text =
    `WITH w AS (UPDATE ${entity.table} t SET "updated_at" = now(), "updated_by" = ${actor}, "version" = t."version" + 1 ` +
    `WHERE t."id" = ${parameters.open('id', 'uuid')} RETURNING t."id", t."version"), ` +
    `k AS (${kept}), c AS (SELECT w."id", w."version", ${changes} AS changes FROM w), ${trail.join(', ')} SELECT 1 FROM w`
  await tx.query(bind(toPlan(text, parameters), context, { id, via: context.via }))
}

/** Holds the record, if the actor may change its stage. @returns `done` where the milestone is as it shall be */
async function hold(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  { field, milestone, done }: Tick,
  expected: number | undefined,
): Promise<'open' | 'done'> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const conditions = [
    ...touchable(source, entity, 'update', expected !== undefined),
    modelGuard(context.model.schema, parameters.open('version', 'integer')),
  ]
  const plan = toPlan(
    `SELECT (${editableSql(source, entity, field)}) IS TRUE AS may FROM ${entity.table} t ` +
      `WHERE ${conditions.join(' AND ')} FOR NO KEY UPDATE`,
    parameters,
  )
  const { rows } = await tx.query<{ may: boolean }>(
    bind(plan, context, { id, expected, version: context.model.version }),
  )
  if (rows[0] === undefined) throw await refusal(context, tx, entity, id)
  if (rows[0].may !== true) throw refuse('FIELD_DENIED', '/milestone')
  const ticked = await tx.query({
    text: `SELECT 1 FROM ${context.model.schema}.tenon_milestone WHERE record = $1::uuid AND milestone = $2::uuid`,
    values: [id, milestone.id],
  })
  return ticked.rows.length > 0 === done ? 'done' : 'open'
}

async function refusal(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
): Promise<AppError> {
  await assertCurrent(context, tx)
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const text =
    `SELECT t."version" FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')} ` +
    `AND ${sightPredicate(source, entity, 't', false)}`
  const { rows } = await tx.query<{ version: number }>(bind(toPlan(text, parameters), context, { id }))
  if (rows[0] === undefined) return refuse('RECORD_NOT_FOUND')
  await assertTouchable(context, tx, entity, id, 'update', '')
  return refuse('RECORD_VERSION_MOVED', '', { params: { version: Number(rows[0].version) } })
}
