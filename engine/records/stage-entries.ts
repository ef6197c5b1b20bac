import { rowTestSql } from '../access/row-test-sql.ts'
import type { Executor } from '../db/database.ts'
import { type Problem, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { beginningOf } from '../model/pipelines.ts'
import type { RequestContext } from './context.ts'
import { bind, createParameters, type Parameters, toPlan } from './parameters.ts'
import { literal, type SelectSource } from './select.ts'
import { columnSpecs } from './store-value.ts'

/**
 * The conditions under which the row `t`, which was `o`, may get a new stage: into a stage that not every role moves
 * records into, only where one role reaches the row and moves it there. Whoever is let in everywhere has none.
 * @param at the number of the field among those that are written: its value is open as `value<at>.0`
 */
export function entryConditions(
  source: SelectSource,
  entity: CompiledEntity,
  field: CompiledField,
  at: number,
  parameters: Parameters,
): readonly string[] {
  const access = source.access.entity(entity.name)
  const stages = entity.pipelines.get(field.name)?.stages ?? []
  return stages.flatMap(({ name }) => {
    if (!access.guardedStages.has(name)) return []
    const may = rowTestSql(source, access.entry(field, name).edit, entity, 't')
    if (may === 'true') return []
    const value = parameters.open(`value${at}.0`, columnSpecs(field)[0]!.sqlType)
    const stage = literal(name)
    return [
      `(${value} IS DISTINCT FROM ${stage} OR o.${field.columns[0]} IS NOT DISTINCT FROM ${stage} OR ${may})`,
    ]
  })
}

/** What a new record's stages are refused for: a stage that is said must be one into which a role brings records. */
export function deniedBeginnings(
  { access }: Pick<RequestContext, 'access'>,
  entity: CompiledEntity,
  values: ReadonlyMap<CompiledField, unknown>,
): readonly Problem[] {
  const { guardedStages, entry } = access.entity(entity.name)
  if (guardedStages.size === 0) return []
  return [...entity.pipelines.keys()].flatMap((name) => {
    const field = entity.fields.get(name)
    const stage = field === undefined ? undefined : values.get(field)
    if (field === undefined || typeof stage !== 'string' || !guardedStages.has(stage)) return []
    if (isFirstStage(entity, field, stage) || entry(field, stage).isCreatable) return []
    return [entryProblem(name, stage)]
  })
}

/** Where new records begin that say nothing; undefined where a rule says it. */
export function firstStageOf(entity: CompiledEntity, field: CompiledField): unknown {
  if (field.defaultValue !== undefined) return field.defaultValue
  const stages = entity.pipelines.get(field.name)
  return stages === undefined || beginningOf(stages) !== undefined ? undefined : stages.stages[0]?.name
}

/** Whether records may begin there that say nothing: a right to create is one to begin there. */
export function isFirstStage(entity: CompiledEntity, field: CompiledField, stage: string): boolean {
  if (field.defaultValue !== undefined) return stage === field.defaultValue
  const parts = entity.pipelines.get(field.name)?.parts ?? []
  return parts.some(({ stages }) => stages[0]?.name === stage)
}

/** Which of the stages that a record is to get the actor's roles do not move it into as it stands. */
export async function deniedEntries(
  context: RequestContext,
  runner: Executor,
  entity: CompiledEntity,
  id: string,
  moves: readonly { readonly field: CompiledField; readonly from: unknown; readonly to: unknown }[],
): Promise<readonly Problem[]> {
  const { guardedStages, entry } = context.access.entity(entity.name)
  const guarded = moves.filter(({ from, to }) => from !== to && guardedStages.has(String(to)))
  if (guarded.length === 0) return []
  const parameters = createParameters()
  const source = { model: context.model, parameters }
  const items = guarded.map(({ field, to }, index) => {
    const may = rowTestSql(source, entry(field, String(to)).edit, entity, 't')
    return `(${may}) AS f${index}`
  })
  const text = `SELECT ${items.join(', ')} FROM ${entity.table} t WHERE t."id" = ${parameters.open('id', 'uuid')}`
  const found = await runner.query<Record<string, boolean | null>>(
    bind(toPlan(text, parameters), context, { id }),
  )
  const row = found.rows[0] ?? {}
  return guarded.flatMap(({ field, to }, index) =>
    row[`f${index}`] === true ? [] : [entryProblem(field.name, String(to))],
  )
}

function entryProblem(field: string, stage: string): Problem {
  return problem('STAGE_ENTRY_DENIED', `/${field}`, { params: { stage } })
}
