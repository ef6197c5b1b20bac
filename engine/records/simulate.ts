import { blindApprovers } from '../access/blind-approvers.ts'
import { unreadableInputs } from '../access/computed-inputs.ts'
import { rowTestSql } from '../access/row-test-sql.ts'
import type { Database, Executor } from '../db/database.ts'
import { parseJson } from '../db/values.ts'
import { AppError, type Problem } from '../errors.ts'
import { compileModel } from '../model/compile.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { computedOf } from '../model/computed.ts'
import { changedComputed } from '../model/fill.ts'
import { type PhysicalRow, toPhysicalMap } from '../model/place.ts'
import type { Plan } from '../model/plan.ts'
import type { WorkspaceState } from '../model/state.ts'
import { unplacedFields } from '../model/unplaced.ts'
import type { Registry } from '../registry/registry.ts'
import { type RequestContext, requestContext } from './context.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { labelSql, plainJson, type SelectSource } from './select.ts'
import { gateTrials, movedSql, type TriedMove } from './simulate-gates.ts'
import { type WriteCondition, writeConditions } from './write-conditions.ts'
import { writtenRow } from './written-row.ts'

/** What a changed rule would mean for the records that are there. */
export interface Simulation {
  readonly definition: { readonly kind: string; readonly name: string }
  /** Whose records were tried. */
  readonly entity: string
  /** The field that it is about, where it is one of an entity. */
  readonly field?: string
  /** The stage whose gate it is: only records that stand before it are tried. */
  readonly stage?: string
  /** Records that would not meet a rule, or whose value would change. */
  readonly effect: 'violates' | 'changes'
  /** Live records that were looked at. */
  readonly looked: number
  /** Whether there are more, of which only the newest were looked at. */
  readonly isSample: boolean
  /** How many of those looked at are affected; null where the answer did not come in time. */
  readonly records: number | null
  /** Some of them, as the asking actor sees them. */
  readonly examples: readonly Example[]
}

interface Example {
  readonly id: string
  readonly label: string
  /** Of a value that would change. */
  readonly from?: unknown
  readonly to?: unknown
}

/** Records beyond this many are not all looked at: the newest stand for them. */
const MOST_LOOKED_AT = 100_000
const EXAMPLES = 5
/** Milliseconds for one rule: people wait for a plan. */
const TIME_LIMIT_MS = 5_000

export interface SimulationSource {
  readonly db: Database
  readonly registry: Registry
  readonly state: WorkspaceState
  readonly plan: Pick<Plan, 'candidate' | 'work'>
}

/**
 * Tries the rules that a plan changes on the records that are there, writing nothing: validations and conditions that
 * would not be met, gates that would not open, formulas and tag rules that would give another value.
 */
export async function simulatePlan(
  asked: RequestContext,
  source: SimulationSource,
): Promise<readonly Simulation[]> {
  const { db, registry, state } = source
  const model = candidateModel(asked, source)
  const context = requestContext({ ...asked, model })
  const trials = [
    ...conditionTrials(model, state),
    ...gateTrials(model, state),
    ...formulaTrials(model, state, registry),
  ]
  const known = columnsBy(state.physical)
  const simulations: Simulation[] = []
  for (const trial of trials) {
    const columns = known.get(trial.entity.id)
    if (columns !== undefined) simulations.push(await run(context, db, trial, columns))
  }
  return simulations
}

/** The model as it would be in force. */
export function candidateModel(
  { model }: RequestContext,
  { registry, state, plan }: Omit<SimulationSource, 'db'>,
): CompiledModel {
  const { version, contentRevision, settings } = state
  return compileModel({
    ...{ workspace: model.workspace, schema: model.schema, version, contentRevision, settings, registry },
    definitions: plan.candidate,
    physical: toPhysicalMap(standingPlaces(state, plan)),
  })
}

/** Where values lie now: what is worked out otherwise is compared with what it is. */
function standingPlaces({ physical }: WorkspaceState, { work }: SimulationSource['plan']) {
  const standing = new Map(physical.map((row) => [row.itemId, row]))
  return work.places.map((row) => (work.revised.has(row.itemId) ? (standing.get(row.itemId) ?? row) : row))
}

/**
 * What a draft makes so that is not so already: values that tell a role what their parts are hidden for, levels of approvals
 * whose role does not see the record. And new fields that are on no form.
 */
export function warningsOf(asked: RequestContext, source: Omit<SimulationSource, 'db'>): readonly Problem[] {
  const warned = (model: CompiledModel) => [...unreadableInputs(model), ...blindApprovers(model)]
  const said = ({ code, params }: Problem) => `${code} ${JSON.stringify(params)}`
  const known = new Set(warned(asked.model).map(said))
  const brought = warned(candidateModel(asked, source)).filter((one) => !known.has(said(one)))
  return [...brought, ...unplacedFields(source.state.definitions, source.plan.candidate)]
}

/** One rule to try. */
interface Trial {
  readonly definition: Simulation['definition']
  readonly field?: CompiledField
  readonly entity: CompiledEntity
  /** Picks the conditions of the rule out of all that a write must meet; absent for a formula. */
  readonly picks?: (condition: WriteCondition) => boolean
  /** The move that is tried with each record that may make it. */
  readonly move?: TriedMove
}

function conditionTrials(model: CompiledModel, state: WorkspaceState): readonly Trial[] {
  const validations = [...model.definitions.validation.values()].flatMap((definition): readonly Trial[] => {
    const entity = model.entities.get(definition.entity)
    const before = state.definitions.validation.get(definition.name)
    if (entity === undefined || isSameRule(before, definition, ['when', 'must'])) return []
    const picks = ({ problem }: WriteCondition) => problem.params?.validation === definition.name
    return [{ definition: { kind: 'validation', name: definition.name }, entity, picks }]
  })
  const required = [...model.entities.values()].flatMap((entity) => {
    const before = state.definitions.entity.get(entity.name)
    return [...entity.fields.values()].flatMap((field): readonly Trial[] => {
      const old = before?.fields.find((one) => one.id === field.id)
      const says = field.definition.requiredWhen !== undefined || field.definition.visibleWhen !== undefined
      const keys = ['requiredWhen', 'visibleWhen', 'required']
      if (!says || isSameRule(old, field.definition, keys)) return []
      const picks = ({ problem }: WriteCondition) =>
        problem.code === 'FIELD_REQUIRED' && problem.path === `/${field.name}`
      return [{ definition: { kind: 'entity', name: entity.name }, field, entity, picks }]
    })
  })
  return [...validations, ...required]
}

function isSameRule(before: object | undefined, after: object, keys: readonly string[]): boolean {
  if (before === undefined) return false
  const [old, now] = [before, after] as Readonly<Record<string, unknown>>[]
  return keys.every((key) => JSON.stringify(old![key]) === JSON.stringify(now![key]))
}

function formulaTrials(model: CompiledModel, state: WorkspaceState, registry: Registry): readonly Trial[] {
  const changed = new Set(changedComputed(state.definitions, model.definitions, registry).map(({ id }) => id))
  return [...model.entities.values()].flatMap((entity) =>
    computedOf(model, entity)
      .formulas.filter(({ field }) => changed.has(field.id))
      .map(({ field }): Trial => ({ definition: { kind: 'entity', name: entity.name }, field, entity })),
  )
}

/** The columns that each entity's table has now, quoted, by the entity's id; what the plan adds is not there yet. */
function columnsBy(rows: readonly PhysicalRow[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const row of rows) if (row.kind === 'entity') found.set(row.itemId, new Set())
  for (const row of rows) {
    if (row.kind !== 'field') continue
    for (const column of row.place.columns) found.get(row.entityId)?.add(`"${column}"`)
  }
  return found
}

async function run(
  context: RequestContext,
  db: Database,
  trial: Trial,
  known: ReadonlySet<string>,
): Promise<Simulation> {
  const { definition, entity, field, picks, move } = trial
  const head = {
    definition,
    entity: entity.name,
    ...(field === undefined ? {} : { field: field.name }),
    ...(move === undefined ? {} : { stage: move.stage }),
    effect: picks === undefined ? ('changes' as const) : ('violates' as const),
  }
  try {
    const found = await db.transaction((tx) => ask(context, tx, trial, known), {
      direct: true,
      statementTimeoutMs: TIME_LIMIT_MS,
    })
    return { ...head, ...found }
  } catch (error) {
    if (!isLate(error) && !isNotThereYet(error)) throw error
    return { ...head, looked: 0, isSample: false, records: null, examples: [] }
  }
}

/** The statement took longer than people wait. */
export function isLate(error: unknown): boolean {
  return error instanceof AppError && error.code === 'QUERY_TOO_COSTLY'
}

/** A relative's field is new itself: what it will hold nobody knows yet. */
export function isNotThereYet(error: unknown): boolean {
  return ['42703', '42P01'].includes(String((error as { code?: unknown }).code))
}

type Found = Pick<Simulation, 'looked' | 'isSample' | 'records' | 'examples'>

async function ask(
  context: RequestContext,
  tx: Executor,
  { entity, field, picks, move }: Trial,
  known: ReadonlySet<string>,
): Promise<Found> {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const system = new Set(
    [...entity.fields.values()].filter((one) => one.system).flatMap((one) => one.columns),
  )
  const isThere = (column: string) => known.has(column) || system.has(column) || column === '"owner"'
  const columns = [...new Set([...entity.fields.values()].flatMap((one) => storedColumnsOf(one)))]
  const now = columns.map(({ name, sqlType }) => ({
    name,
    sql: isThere(name) ? `t.${name}` : `NULL::${sqlType}`,
  }))
  const rows =
    `(SELECT ${now.map(({ name, sql }) => `${sql} AS ${name}`).join(', ')} FROM ${entity.table} t ` +
    `WHERE t."deleted_at" IS NULL ORDER BY t."created_at" DESC, t."id" DESC LIMIT ${MOST_LOOKED_AT + 1}) o`
  const kept = columns.map(({ name }) => ({ name, sql: movedSql(name, move) ?? `o.${name}` }))
  const whole = [...kept, { name: '"deleted_at"', sql: 'NULL::timestamptz' }]
  const worked = writtenRow(source, entity, whole, 'looked at')
  const isHit = picks === undefined ? differs(field!) : broken(source, entity, picks, move)
  const values =
    field === undefined || picks !== undefined
      ? ''
      : `, to_json(${plainJson(field, 'o')}) AS "from", to_json(${plainJson(field, 'n')}) AS "to"`
  const sight = rowTestSql(source, context.access.entity(entity.name).read, entity, 'o')
  const text =
    `WITH x AS MATERIALIZED (SELECT o."id", ${isHit} AS hit, (${sight}) IS TRUE AS seen, ` +
    `${labelSql(source, entity, 'o')} AS label${values} FROM ${rows}${worked}) ` +
    `SELECT (SELECT count(*) FROM x)::int AS looked, (SELECT count(*) FROM x WHERE x.hit)::int AS hits, ` +
    `(SELECT coalesce(json_agg(e), '[]') FROM (SELECT x."id", x.label${values === '' ? '' : ', x."from", x."to"'} ` +
    `FROM x WHERE x.hit AND x.seen LIMIT ${EXAMPLES}) e)::text AS examples`
  const { rows: answer } = await tx.query<{ looked: number; hits: number; examples: string }>(
    bind(toPlan(text, parameters), context),
  )
  const { looked, hits, examples } = answer[0]!
  return {
    looked: Math.min(looked, MOST_LOOKED_AT),
    isSample: looked > MOST_LOOKED_AT,
    records: hits,
    examples: parseJson<Example[]>(examples).map((one) => withoutHidden(context, entity, field, one)),
  }
}

function storedColumnsOf(field: CompiledField) {
  const types = field.type.columns(field.definition)
  return field.columns.map((name, index) => ({
    name,
    sqlType: types[index]!.sqlType.replace(/ COLLATE .*$/, ''),
  }))
}

function differs(field: CompiledField): string {
  return `(${field.columns.map((column) => `n.${column} IS DISTINCT FROM o.${column}`).join(' OR ')})`
}

function broken(
  source: SelectSource,
  entity: CompiledEntity,
  picks: (condition: WriteCondition) => boolean,
  move: TriedMove | undefined,
): string {
  const isGiven = (field: CompiledField) => field === move?.field
  const rows = { after: 'n', before: 'o', isGiven, said: () => 'NULL' }
  const asked = writeConditions(source, entity, rows).filter(picks)
  return `NOT (${asked.map((condition) => `${condition.sql()} IS TRUE`).join(' AND ') || 'true'})`
}

/** Values go only to those who see the field in every record that they see. */
function withoutHidden(
  context: RequestContext,
  entity: CompiledEntity,
  field: CompiledField | undefined,
  example: Example,
): Example {
  if (field === undefined || context.access.entity(entity.name).cell(field).see === 'all') return example
  return { id: example.id, label: example.label }
}
