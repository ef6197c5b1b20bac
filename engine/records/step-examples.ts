import { isKnownField } from '../access/access.ts'
import type { Database, Executor } from '../db/database.ts'
import type { CompiledEntity, CompiledField, PhysicalMap } from '../model/compiled.ts'
import { meantRows } from '../model/count-records.ts'
import { entityById } from '../model/entity-by-id.ts'
import { toPhysicalMap } from '../model/place.ts'
import type { Plan, PlannedStep } from '../model/plan.ts'
import type { WorkspaceState } from '../model/state.ts'
import type { CountQuery } from '../model/steps.ts'
import { isSeenEverywhere, seenSql } from './cells.ts'
import type { RequestContext } from './context.ts'
import { listRecords } from './list.ts'
import { bind, createParameters } from './parameters.ts'
import { sightPredicate } from './row-source.ts'
import { labelSql, type SelectSource } from './select.ts'
import { isLate } from './simulate.ts'

/** One of the records that a step counts, as the asking actor knows it. */
export interface StepExample {
  /** By its name in force: the record is reached there. */
  readonly entity: string
  readonly id: string
  readonly label: string
  /** The field whose value the step is about, by its name in force; only for who sees it in every record. */
  readonly field?: string
  /** As a list of records would tell it. */
  readonly value?: unknown
}

export type StepExamples = ReadonlyMap<PlannedStep, readonly StepExample[]>

const EXAMPLES = 5
/** Milliseconds for one step, and for all of them: people wait for a plan, and it says enough without examples. */
const STEP_LIMIT_MS = 2_000
const PLAN_LIMIT_MS = 5_000

/**
 * A few of the records that each step of a plan counts, the newest first; of values that occur twice some that share them.
 * The actor meets only records that they may read, and whose cell that the step is about they see: nobody learns by planning
 * what stands in a record. Steps that write values anew tell theirs themselves.
 */
export async function stepExamples(
  context: RequestContext,
  source: { readonly db: Database; readonly state: WorkspaceState; readonly plan: Plan },
): Promise<StepExamples> {
  const { db, state, plan } = source
  const found = new Map<PlannedStep, readonly Found[]>()
  const counted = plan.steps.filter(({ records = 0, conversion }) => records > 0 && conversion === undefined)
  if (counted.length === 0) return new Map()
  const physical = toPhysicalMap(state.physical)
  const until = performance.now() + PLAN_LIMIT_MS
  try {
    await db.transaction(
      async (tx) => {
        for (const step of counted)
          if (performance.now() < until) found.set(step, await findSome(context, tx, physical, step))
      },
      { direct: true, statementTimeoutMs: STEP_LIMIT_MS },
    )
  } catch (error) {
    // What was found until then stands.
    if (!isLate(error)) throw error
  }
  const examples = new Map<PlannedStep, readonly StepExample[]>()
  for (const [step, some] of found) if (some.length > 0) examples.set(step, await withValues(context, some))
  return examples
}

interface Found {
  readonly entity: CompiledEntity
  readonly id: string
  readonly label: string
  /** Whose value is to be told. */
  readonly field: CompiledField | undefined
}

async function findSome(
  context: RequestContext,
  tx: Executor,
  physical: PhysicalMap,
  { counts }: PlannedStep,
): Promise<readonly Found[]> {
  const found = new Map<string, Found>()
  for (const query of counts) {
    if (found.size >= EXAMPLES) break
    for (const one of await exampleRecords(context, tx, physical, query)) found.set(one.id, one)
  }
  return [...found.values()].slice(0, EXAMPLES)
}

async function exampleRecords(
  context: RequestContext,
  tx: Executor,
  physical: PhysicalMap,
  query: CountQuery,
): Promise<readonly Found[]> {
  const entity = entityById(context.model, query.entity.id)
  if (entity === undefined || context.access.entity(entity.name).read === 'none') return []
  const fields = fieldsOf(entity, query)
  if (fields === undefined || !isTellable(context, entity, query, fields)) return []
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const rows = meantRows(query, { schema: context.model.schema, physical }, parameters.add)
  if (rows === undefined) return []
  const seen = fields.map((field) => seenSql(source, entity, field, 't')).filter((sql) => sql !== 'true')
  const where = [rows.where, sightPredicate(source, entity, 't', false), ...seen].join(' AND ')
  const order = [...(rows.order === undefined ? [] : [rows.order]), 't."id" DESC'].join(', ')
  const text =
    `SELECT t."id"::text AS id, ${labelSql(source, entity, 't')} AS label FROM ${rows.from} ` +
    `WHERE ${where} ORDER BY ${order} LIMIT ${EXAMPLES}`
  // Without a name: it is asked once, and would take the place of a statement that comes again and again.
  const statement = bind({ text, values: parameters.values, name: '' }, context)
  const found = await tx.query<{ readonly id: string; readonly label: string }>(statement)
  const field = toldField(context, entity, query, fields)
  return found.rows.map((row) => ({ ...row, entity, field }))
}

/** The fields that a query asks; undefined where one is not known. */
function fieldsOf(entity: CompiledEntity, query: CountQuery): readonly CompiledField[] | undefined {
  const asked = query.where === 'all' ? [] : query.where === 'duplicates' ? query.fields : [query.field]
  const known = new Map([...entity.fields.values()].map((field) => [field.id, field]))
  const fields = asked.flatMap(({ id }) => known.get(id) ?? [])
  return fields.length < asked.length ? undefined : fields
}

/** Whether that a record is meant tells the actor nothing but what they see of it. */
function isTellable(
  context: RequestContext,
  entity: CompiledEntity,
  query: CountQuery,
  fields: readonly CompiledField[],
): boolean {
  const { model, access } = context
  if (!fields.every((field) => isKnownField(access, entity, field))) return false
  // That two records share a value tells of the other one as well.
  if (query.where === 'duplicates') return fields.every((field) => isSeenEverywhere(access, entity, field))
  const targets = fields.flatMap(({ relation }) => (relation?.kind === 'many' ? [relation.to] : []))
  const ids = query.where === 'pointsTo' ? query.targets.map(({ id }) => id) : []
  // A record that one may not read is not told as linked, either.
  return [...targets, ...ids.map((id) => entityById(model, id)?.name ?? '')].every(
    (name) => model.entities.has(name) && access.entity(name).read === 'all',
  )
}

/** The field whose value says more than its record does; undefined where there is none, or not everything is seen of it. */
function toldField(
  { access }: RequestContext,
  entity: CompiledEntity,
  query: CountQuery,
  fields: readonly CompiledField[],
): CompiledField | undefined {
  const [field, another] = fields
  // Nothing stands there, or what the step itself names.
  if (query.where === 'null' || query.where === 'option') return undefined
  if (field === undefined || another !== undefined || field === entity.titleField) return undefined
  // What is sealed is opened by who asks for it, and not to plan.
  if (field.type.sealing !== undefined) return undefined
  return isSeenEverywhere(access, entity, field) ? field : undefined
}

async function withValues(context: RequestContext, found: readonly Found[]): Promise<readonly StepExample[]> {
  const values = new Map<string, unknown>()
  for (const { entity, field } of new Map(found.map((one) => [one.field, one])).values()) {
    if (field === undefined) continue
    const some = found.filter((one) => one.field === field)
    const question = {
      fields: `id,${field.name}`,
      ...(field.relation === undefined ? {} : { expand: field.name }),
      ...{ filter: { in: [{ var: 'id' }, some.map(({ id }) => id)] }, limit: EXAMPLES },
    }
    const { body } = await listRecords(context, entity.name, question)
    const { data } = JSON.parse(body) as { readonly data: readonly Readonly<Record<string, unknown>>[] }
    for (const record of data) values.set(String(record.id), named(field, record[field.name]))
  }
  return found.map(({ entity, id, label, field }) => ({
    ...{ entity: entity.name, id, label },
    ...(field === undefined || !values.has(id) ? {} : { field: field.name, value: values.get(id) }),
  }))
}

/** Of what a value leads to no more than what it is called. */
function named({ relation }: CompiledField, value: unknown): unknown {
  if (relation === undefined || typeof value !== 'object' || value === null) return value
  const brief = (one: object) => Object.fromEntries(Object.entries(one).filter(([key]) => NAMING.has(key)))
  return Array.isArray(value) ? value.map(brief) : brief(value)
}

const NAMING: ReadonlySet<string> = new Set(['entity', 'id', 'label', 'hidden', 'pool'])
