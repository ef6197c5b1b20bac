import type { PipelineDefinition } from '../../metadata/types.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { type StagePart, stagePartName } from '../model/stage-fields.ts'
import { literal, type SelectSource } from './select.ts'
import type { RowColumn } from './written-row.ts'

/** A field of stages with what the engine keeps beside it. */
interface KeptStages {
  readonly field: CompiledField
  readonly pipeline: PipelineDefinition
  readonly column: string
  /** Columns by what they hold; absent where the workspace has none yet, or a field of its own under that name. */
  readonly kept: { readonly [P in StagePart]?: string }
}

/** The fields of stages of an entity, or of some of its fields. */
export function stagesIn(
  entity: CompiledEntity,
  fields: Iterable<CompiledField> = entity.fields.values(),
): readonly KeptStages[] {
  return [...fields].flatMap((field) => {
    const pipeline = entity.pipelines.get(field.name)
    const column = field.columns[0]
    if (pipeline === undefined || column === undefined) return []
    const kept = (['since', 'closed_at', 'ever_reached'] as const).flatMap((part) => {
      const found = entity.fields.get(stagePartName(field.name, part))
      return found?.follows === field.name ? [[part, found.columns[0]!] as const] : []
    })
    return [{ field, pipeline, column, kept: Object.fromEntries(kept) }]
  })
}

/** What a new record has beside its stages, over the row `x`. */
export function begunStages(entity: CompiledEntity): readonly RowColumn[] {
  return stagesIn(entity).flatMap(({ pipeline, column, kept }) => {
    const stage = `x.${column}`
    const at = 'coalesce(x."created_at", now())'
    return columnsOf(kept, {
      since: `CASE WHEN ${stage} IS NOT NULL THEN ${at} END`,
      closed_at: `CASE WHEN ${inSome(stage, closedOf(pipeline))} THEN ${at} END`,
      ever_reached: `CASE WHEN ${stage} IS NOT NULL THEN ARRAY[${stage}] END`,
    })
  })
}

/**
 * What a changed record has beside its stages, over the stored row `o`: all stays as it is where the stage does.
 * @param placeOf SQL of the new stage
 */
export function movedStages(
  entity: CompiledEntity,
  fields: readonly CompiledField[],
  placeOf: (field: CompiledField) => string,
): readonly RowColumn[] {
  return stagesIn(entity, fields).flatMap(({ field, pipeline, column, kept }) => {
    const [was, now] = [`o.${column}`, placeOf(field)]
    const unless = (part: StagePart, moved: string) =>
      `CASE WHEN ${was} IS NOT DISTINCT FROM ${now} THEN o.${kept[part]} ELSE ${moved} END`
    const reached = `coalesce(o.${kept.ever_reached}, '{}')`
    return columnsOf(kept, {
      since: unless('since', `CASE WHEN ${now} IS NOT NULL THEN now() END`),
      closed_at: unless('closed_at', `CASE WHEN ${inSome(now, closedOf(pipeline))} THEN now() END`),
      ever_reached: unless(
        'ever_reached',
        `CASE WHEN ${now} IS NULL OR ${now} = ANY(${reached}) THEN ${reached} ELSE ${reached} || ${now} END`,
      ),
    })
  })
}

/** The CTEs that note where new records begin, from the inserted rows `w`. */
export function begunCtes(source: SelectSource, entity: CompiledEntity): readonly string[] {
  return stagesIn(entity).map((stages, index) =>
    entryCte(source, entity, stages, {
      name: `se${index}`,
      was: 'NULL::text',
      since: undefined,
      at: `coalesce(w."created_at", now())`,
      where: `w.${stages.column} IS NOT NULL`,
    }),
  )
}

/**
 * The CTEs that note moves, from the changed rows `w`.
 * @param before how a column of the row as it was is called in `w`
 */
export function movedCtes(
  source: SelectSource,
  entity: CompiledEntity,
  fields: readonly CompiledField[],
  before: (column: string) => string,
): readonly string[] {
  return stagesIn(entity, fields).map((stages, index) => {
    const was = `w.${before(stages.column)}`
    const since = stages.kept.since === undefined ? undefined : `w.${before(stages.kept.since)}`
    const where = `${was} IS DISTINCT FROM w.${stages.column}`
    return entryCte(source, entity, stages, { name: `se${index}`, was, since, at: 'now()', where })
  })
}

/** Columns besides the stages themselves that `movedCtes` asks of the row as it was. */
export function sinceColumns(entity: CompiledEntity, fields: readonly CompiledField[]): readonly string[] {
  return stagesIn(entity, fields).flatMap(({ kept }) => kept.since ?? [])
}

interface Entry {
  readonly name: string
  readonly was: string
  readonly since: string | undefined
  readonly at: string
  readonly where: string
}

function entryCte(
  { model, parameters }: SelectSource,
  entity: CompiledEntity,
  { field, pipeline, column }: KeptStages,
  { name, was, since, at, where }: Entry,
): string {
  const now = `w.${column}`
  const seconds = since === undefined ? 'NULL' : `extract(epoch FROM ${at} - ${since})::bigint`
  const values = [
    ...[`'${entity.id}'::uuid`, 'w."id"', `'${field.id}'::uuid`, was, idSql(pipeline, was)],
    ...[now, idSql(pipeline, now), at, seconds, 'w."version"', parameters.actor()],
    parameters.open('via', 'text'),
  ]
  return (
    `${name} AS (INSERT INTO ${model.schema}.tenon_stage_entry ` +
    '(entity, record, field, from_stage, from_id, to_stage, to_id, at, seconds, version, actor, via) ' +
    `SELECT ${values.join(', ')} FROM w WHERE ${where})`
  )
}

/** The id of a stage by its name. */
function idSql({ stages }: PipelineDefinition, name: string): string {
  const known = stages.map((stage) => `WHEN ${literal(stage.name)} THEN '${stage.id}'::uuid`)
  return name.startsWith('NULL') ? 'NULL::uuid' : `CASE ${name} ${known.join(' ')} END`
}

function closedOf({ stages }: PipelineDefinition): readonly string[] {
  return stages.filter(({ type }) => type !== 'open').map(({ name }) => name)
}

function inSome(sql: string, names: readonly string[]): string {
  return names.length === 0 ? 'false' : `${sql} IN (${names.map(literal).join(', ')})`
}

function columnsOf(
  kept: KeptStages['kept'],
  values: { readonly [P in StagePart]: string },
): readonly RowColumn[] {
  return (Object.keys(values) as StagePart[]).flatMap((part) => {
    const name = kept[part]
    return name === undefined ? [] : [{ name, sql: values[part] }]
  })
}
