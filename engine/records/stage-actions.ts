import { checkRule } from '../../metadata/rules/check-rule.ts'
import { textIn } from '../../metadata/text.ts'
import type { PipelineDefinition, StageAction } from '../../metadata/types.ts'
import { accessOf } from '../access/access.ts'
import type { Executor } from '../db/database.ts'
import { refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { isWorkedOut, literalOf } from '../model/kinds/stage-action-check.ts'
import { ruleScope } from '../model/sql/rule-scope.ts'
import { ruleToSql, ruleValueToSql } from '../model/sql/rule-to-sql.ts'
import { TASK, taskFields } from '../model/task-fields.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import type { WriteValues } from './parse-write.ts'
import { recordTarget } from './record-target.ts'
import { within } from './relations.ts'

type Stage = PipelineDefinition['stages'][number]

/** A record that came from one stage into another; null: from none, or into none. */
export interface StageMove {
  readonly id: string
  readonly field: CompiledField
  readonly from: string | null
  readonly to: string | null
}

/** How actions write: through the same doors as everybody. */
export interface ActionWriting {
  create(context: RequestContext, entity: CompiledEntity, body: object, tx: Executor): Promise<void>
  update(
    context: RequestContext,
    entity: CompiledEntity,
    id: string,
    body: object,
    tx: Executor,
  ): Promise<void>
}

const DEEPEST = 5
const acting = new WeakMap<CompiledEntity, ReadonlySet<string>>()

/** The fields of stages, by name, whose moves do something besides. */
export function actingStages(entity: CompiledEntity): ReadonlySet<string> {
  let found = acting.get(entity)
  if (found === undefined) {
    const isActing = ({ onEnter, onLeave, todo }: Stage) => [onEnter, onLeave, todo].some(Boolean)
    const pipelines = [...entity.pipelines.values()].filter(({ stages }) => stages.some(isActing))
    found = new Set(pipelines.map(({ field }) => field))
    acting.set(entity, found)
  }
  return found
}

/** Whether a write of these values may do something besides. What a template brings is history: nothing follows. */
export function actsOn(context: RequestContext, entity: CompiledEntity, values: WriteValues): boolean {
  const names = actingStages(entity)
  if (names.size === 0 || context.via === 'template') return false
  return [...values.keys()].some(({ name }) => names.has(name))
}

/** The moves of new records. */
export function beginnings(
  context: RequestContext,
  entity: CompiledEntity,
  records: readonly { readonly id: string; readonly values: WriteValues }[],
): readonly StageMove[] {
  const names = actingStages(entity)
  if (names.size === 0 || context.via === 'template') return []
  return records.flatMap(({ id, values }) =>
    [...values].flatMap(([field, to]) =>
      names.has(field.name) && typeof to === 'string' ? [{ id, field, from: null, to }] : [],
    ),
  )
}

/** Where a record stands before a change, which holds it: what the change makes of it is a move. */
export async function movesOf(
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  values: WriteValues,
): Promise<readonly StageMove[]> {
  const fields = [...values.keys()].filter(({ name }) => actingStages(entity).has(name))
  if (fields.length === 0) return []
  const { rows } = await tx.query<Record<string, string | null>>({
    text: `SELECT ${fields.map((field, index) => `t.${field.columns[0]} AS f${index}`).join(', ')} FROM ${entity.table} t WHERE t."id" = $1::uuid FOR NO KEY UPDATE`,
    values: [id],
  })
  return fields.flatMap((field, index): readonly StageMove[] => {
    const from = rows[0]?.[`f${index}`] ?? null
    const to = (values.get(field) ?? null) as string | null
    return from === to ? [] : [{ id, field, from, to }]
  })
}

/**
 * Does what the stages say of those who leave and enter them, in the move's own transaction: by the engine's rights,
 * in the name of who moved.
 * @throws AppError with the problems of an action, at the field of stages
 */
export async function actOnMoves(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  moves: readonly StageMove[],
  writing: ActionWriting,
): Promise<void> {
  if (moves.length === 0) return
  const engine = engineContext(context)
  for (const { id, field, from, to } of moves) {
    const stages = entity.pipelines.get(field.name)?.stages ?? []
    const [left, entered] = [from, to].map((name) => stages.find((stage) => stage.name === name))
    await within(`/${field.name}`, async () => {
      for (const action of [...(left?.onLeave ?? []), ...(entered?.onEnter ?? [])]) {
        await act(engine, tx, entity, id, action, writing)
      }
      for (const todo of entered?.todo ?? []) await makeTask(engine, tx, entity, id, todo, writing)
    })
  }
}

/** The engine, in the name of the actor. @throws AppError STAGE_ACTIONS_ENDLESS */
function engineContext(context: RequestContext): RequestContext {
  const depth = (context.actionDepth ?? 0) + 1
  if (depth > DEEPEST) throw refuse('STAGE_ACTIONS_ENDLESS')
  const actor = { ...context.actor, roles: ['administrator'], roleKey: 'administrator' }
  return { ...context, actor, access: accessOf(context.model, actor), via: 'pipeline', actionDepth: depth }
}

async function act(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  action: StageAction,
  writing: ActionWriting,
): Promise<void> {
  if (action.do === 'create') {
    const target = context.model.entities.get(action.entity!)!
    await writing.create(context, target, await bodyOf(context, tx, entity, id, action.set!, target), tx)
    return
  }
  const found = await targetRecord(context, tx, entity, id, action.record)
  if (found === undefined) return
  const body =
    action.do === 'update'
      ? await bodyOf(context, tx, entity, id, action.set!, found.entity)
      : await tagged(tx, found, action)
  if (body !== undefined) await writing.update(context, found.entity, found.id, body, tx)
}

interface Found {
  readonly entity: CompiledEntity
  readonly id: string
}

/** The record itself, or the live one to which a lookup of it leads. */
async function targetRecord(
  { model }: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  lookup: string | undefined,
): Promise<Found | undefined> {
  if (lookup === undefined) return { entity, id }
  const field = entity.fields.get(lookup)
  const target = field?.relation?.kind === 'one' ? model.entities.get(field.relation.to) : undefined
  if (field === undefined || target === undefined) return undefined
  const { rows } = await tx.query<{ id: string }>({
    text:
      `SELECT x."id"::text AS id FROM ${entity.table} t JOIN ${target.table} x ON x."id" = t.${field.columns[0]} ` +
      'WHERE t."id" = $1::uuid AND x."deleted_at" IS NULL',
    values: [id],
  })
  return rows[0] === undefined ? undefined : { entity: target, id: rows[0].id }
}

/** The tags of a record with some more and some less; undefined where it has them so already. */
async function tagged(
  tx: Executor,
  { entity, id }: Found,
  { field: name, add = [], remove = [] }: StageAction,
): Promise<object | undefined> {
  const tags = [...entity.fields.values()].filter(({ type }) => type.name === 'tags')
  const field = name === undefined ? tags[0] : entity.fields.get(name)
  if (field === undefined) return undefined
  const { rows } = await tx.query<{ tags: readonly string[] | null }>({
    text: `SELECT t.${field.columns[0]} AS tags FROM ${entity.table} t WHERE t."id" = $1::uuid FOR NO KEY UPDATE`,
    values: [id],
  })
  const before = rows[0]?.tags ?? []
  const after = [...new Set([...before, ...add])].filter((tag) => !remove.includes(tag))
  const isSame = after.length === before.length && after.every((tag) => before.includes(tag))
  return isSame ? undefined : { [field.name]: after }
}

/** The values that an action sets, those that are rules worked out over the record that moved. */
async function bodyOf(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  set: Readonly<Record<string, unknown>>,
  target: CompiledEntity,
): Promise<Readonly<Record<string, unknown>>> {
  const body = Object.fromEntries(
    Object.entries(set)
      .filter(([, value]) => !isWorkedOut(value))
      .map(([name, value]) => [name, literalOf(value)]),
  )
  const rules = Object.entries(set).filter(([, value]) => isWorkedOut(value))
  if (rules.length === 0) return body
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const items = rules.map(([name, rule], index) => {
    const type = target.fields.get(name)?.ruleType ?? 'text'
    const { typed } = checkRule(rule, ruleScope(context.model, entity), type)
    if (typed === undefined) throw new Error(`the value of "${name}" does not hold`)
    const to = recordTarget(source, entity, { after: 't', before: undefined })
    const sql = type === 'boolean' ? `((${ruleToSql(typed, to)}) IS TRUE)` : ruleValueToSql(typed, to).sql
    return `to_json(${sql})::text AS v${index}`
  })
  const text = `SELECT ${items.join(', ')} FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')}`
  const { rows } = await tx.query<Record<string, string | null>>(
    bind(toPlan(text, parameters), context, { id }),
  )
  const values = rules.map(([name], index) => [name, JSON.parse(rows[0]?.[`v${index}`] ?? 'null')] as const)
  return { ...body, ...Object.fromEntries(values) }
}

const DAY_MS = 86_400_000

/** Makes a to-do item a task: of the one whom a field of the record names, about the record, due in some days. */
async function makeTask(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  todo: NonNullable<Stage['todo']>[number],
  writing: ActionWriting,
): Promise<void> {
  const { model } = context
  const task = model.entities.get(TASK)
  const fields = task && taskFields(task.definition.fields, task.titleField?.name, entity.name)
  if (task === undefined || fields === undefined) return
  const owner = todo.to?.field ?? (entity.owned ? 'owner' : undefined)
  const { owner: person } =
    owner === undefined
      ? { owner: null }
      : ((await bodyOf(context, tx, entity, id, { owner: { var: owner } }, task)) as { owner: unknown })
  const { name, isDynamic } = fields.about ?? {}
  const due = todo.due === undefined || fields.due === undefined ? undefined : task.fields.get(fields.due)
  const body = {
    [fields.title]: textIn(todo.label, model.settings.language, todo.name),
    ...(typeof person === 'string' ? { owner: person } : {}),
    ...(name === undefined ? {} : { [name]: isDynamic === true ? { entity: entity.name, id } : id }),
    ...(due === undefined ? {} : { [due.name]: dueAt(context, todo.due!.after, due.type.name) }),
  }
  await writing.create(context, task, body, tx)
}

function dueAt({ now, model }: RequestContext, after: string, type: string): string {
  const [, count = '0', unit] = /^P(\d+)([DW])$/.exec(after) ?? []
  const at = new Date(now().getTime() + Number(count) * (unit === 'W' ? 7 : 1) * DAY_MS)
  if (type === 'date_time') return at.toISOString()
  return new Intl.DateTimeFormat('en-CA', { timeZone: model.settings.timeZone }).format(at)
}
