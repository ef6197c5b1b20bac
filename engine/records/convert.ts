import { checkRule } from '../../metadata/rules/check-rule.ts'
import { compileToJson } from '../../metadata/rules/compile-rule.ts'
import { plainRecord, type RuleEnvironment } from '../../metadata/rules/environment.ts'
import { pathsOf } from '../../metadata/rules/paths-of.ts'
import type { ConversionTarget } from '../../metadata/types.ts'
import type { Executor, Transaction } from '../db/database.ts'
import { databaseOn } from '../db/within-transaction.ts'
import { AppError, problem, refuse } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { isWorkedOut, literalOf } from '../model/kinds/stage-action-check.ts'
import { ruleSettings } from '../model/rule-settings.ts'
import { ruleScope } from '../model/sql/rule-scope.ts'
import { ruleCalendar } from '../model/working-time.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { readRecord, recordId } from './get.ts'
import { inWrite } from './in-write.ts'
import { todayOf } from './parameters.ts'
import { parseChoices } from './parse-convert.ts'
import { parseChange, parseNew } from './parse-record.ts'
import { loadRuleActor, loadRuleRecord } from './rule-record.ts'
import { storeChange, storeNew } from './store.ts'
import { assertCreatable, assertTouchable } from './touch.ts'

/** A record that a conversion made, or found. */
interface Made {
  readonly entity: CompiledEntity
  readonly id: string
  readonly isNew: boolean
}

/**
 * Makes a record into others, as its entity says: what the actor sees of it is carried over, the links are set both ways,
 * and the record itself comes into the state of one that is converted. All of it or nothing, with the checks, rights and
 * duplicate rules of every write.
 * @param body by target: values that go before, `{"id"}` of a record that is there already, or null for none
 * @throws AppError CONVERSION_UNKNOWN, CONVERSION_DONE, and as creating and changing records do
 */
export async function convertRecord(
  context: RequestContext,
  entityName: string,
  id: string,
  body: unknown,
  options: { readonly runner?: Executor; readonly isDryRun?: boolean } = {},
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const uuid = recordId(id)
  const { convert } = entity.definition
  if ((await readRecord(context, context.db, entity, uuid)) === undefined) throw refuse('RECORD_NOT_FOUND')
  if (convert === undefined) throw refuse('CONVERSION_UNKNOWN')
  await assertTouchable(context, options.runner ?? context.db, entity, uuid, 'update', '')
  const choices = parseChoices(convert.to, body)
  const made = await inWrite(context, options, async (tx) => {
    await holdUnconverted(context, tx, entity, uuid)
    const found = new Map<string, Made>()
    for (const target of convert.to) {
      const one = await makeOne(context, tx, entity, uuid, target, choices.get(target.name), found)
      if (one !== undefined) found.set(target.name, one)
    }
    await changeSource(context, tx, entity, uuid, found)
    await keepLinks(context, tx, entity, uuid, [...found.values()])
    return found
  })
  const present = [...made].map(([name, one]) => [
    name,
    { entity: one.entity.name, id: one.id, is_new: one.isNew },
  ])
  return { status: 200, body: JSON.stringify({ data: { id: uuid, made: Object.fromEntries(present) } }) }
}

/** @throws AppError CONVERSION_DONE, also where somebody else has just done it */
async function holdUnconverted(
  { model }: RequestContext,
  tx: Executor,
  { table }: CompiledEntity,
  id: string,
): Promise<void> {
  await tx.query({ text: `SELECT 1 FROM ${table} t WHERE t."id" = $1::uuid FOR NO KEY UPDATE`, values: [id] })
  const { rows } = await tx.query({
    text: `SELECT 1 FROM ${model.schema}.tenon_conversion WHERE from_record = $1::uuid LIMIT 1`,
    values: [id],
  })
  if (rows.length > 0) throw refuse('CONVERSION_DONE')
}

type Choice = ReturnType<typeof parseChoices> extends ReadonlyMap<string, infer C> ? C : never

async function makeOne(
  context: RequestContext,
  tx: Executor,
  source: CompiledEntity,
  id: string,
  target: ConversionTarget,
  choice: Choice | undefined,
  made: ReadonlyMap<string, Made>,
): Promise<Made | undefined> {
  const at = `/${target.name}`
  if (choice?.kind === 'none') return undefined
  const entity = context.model.entities.get(target.entity)
  if (entity === undefined) throw refuse('CONVERSION_UNKNOWN')
  if (choice?.kind === 'existing') {
    const isThere = (await readRecord(context, tx, entity, choice.id)) !== undefined
    if (!isThere) throw new AppError(problem('FIELD_REFERENCE_MISSING', `${at}/id`))
    return { entity, id: choice.id, isNew: false }
  }
  assertCreatable(context, entity, at)
  const carried = await valuesOf(context, tx, source, id, target.set ?? {}, entity)
  const links = Object.entries(target.links ?? {}).flatMap(([field, name]) => {
    const linked = name === 'record' ? { entity: source, id } : made.get(name)
    return linked === undefined ? [] : [[field, linkTo(entity, field, linked)] as const]
  })
  const body = { ...carried, ...Object.fromEntries(links), ...choice?.values }
  // Faults are looked for where the records made before are there.
  const record = await parseNew(onTransaction(context, tx), entity, body, at)
  await storeNew(context, entity, record, tx)
  return { entity, id: record.id, isNew: true }
}

/** A context whose reads see what the transaction has written. */
function onTransaction(context: RequestContext, tx: Executor): RequestContext {
  return { ...context, db: databaseOn(tx as Transaction) }
}

function linkTo(holder: CompiledEntity, field: string, to: Pick<Made, 'entity' | 'id'>): unknown {
  const kind = holder.fields.get(field)?.relation?.kind
  if (kind === 'many') return [to.id]
  return kind === 'dynamic' ? { entity: to.entity.name, id: to.id } : to.id
}

/** What is set, rules worked out over the record as the actor sees it; what comes to nothing is left to the defaults. */
async function valuesOf(
  asked: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  set: Readonly<Record<string, unknown>>,
  target: CompiledEntity,
): Promise<Readonly<Record<string, unknown>>> {
  const context = onTransaction(asked, tx)
  const values: Record<string, unknown> = {}
  for (const [name, said] of Object.entries(set)) {
    const value = isWorkedOut(said)
      ? await workedOut(context, entity, id, said, target.fields.get(name)?.ruleType ?? 'text')
      : literalOf(said)
    if (value !== null && value !== undefined) values[name] = value
  }
  return values
}

async function workedOut(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
  rule: unknown,
  type: NonNullable<CompiledEntity['titleField']>['ruleType'] & string,
): Promise<unknown> {
  const expected = type === 'boolean' ? 'condition' : type
  const { typed } = checkRule(rule, ruleScope(context.model, entity), expected)
  if (typed === undefined) throw new Error('a carried value does not hold')
  const needs = pathsOf(typed)
  const record = await loadRuleRecord(context, entity, id, needs)
  const environment: RuleEnvironment = {
    ...{ record, before: record, actor: await loadRuleActor(context, needs.actor) },
    settings: plainRecord(ruleSettings(context.model.settings)),
    now: context.now().getTime(),
    today: todayOf(context),
    timeZone: context.model.settings.timeZone,
    ...ruleCalendar(context.model),
  }
  return compileToJson(typed)(environment)
}

/** The links from the record to what it became, and what it holds from now on. */
async function changeSource(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  made: ReadonlyMap<string, Made>,
): Promise<void> {
  const { to, set = {} } = entity.definition.convert!
  const links = to.flatMap(({ name, link }) => {
    const one = made.get(name)
    return link === undefined || one === undefined ? [] : [[link, linkTo(entity, link, one)] as const]
  })
  const values = await valuesOf(context, tx, entity, id, set, entity)
  const patch = { ...values, ...Object.fromEntries(links) }
  if (Object.keys(patch).length === 0) return
  await storeChange(
    context,
    entity,
    await parseChange(onTransaction(context, tx), entity, id, patch, undefined, ''),
    tx,
  )
}

async function keepLinks(
  { model, actor }: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  made: readonly Made[],
): Promise<void> {
  await tx.query({
    text:
      `INSERT INTO ${model.schema}.tenon_conversion (actor, from_entity, from_record, to_entity, to_record, is_new) ` +
      'SELECT $1::uuid, $2::uuid, $3::uuid, m.entity, m.id, m.is_new ' +
      'FROM jsonb_to_recordset($4::jsonb) m(entity uuid, id uuid, is_new boolean)',
    values: [
      ...[actor.id ?? null, entity.id, id],
      JSON.stringify(made.map((one) => ({ entity: one.entity.id, id: one.id, is_new: one.isNew }))),
    ],
  })
}
