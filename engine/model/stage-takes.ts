import type { PipelineDefinition } from '../../metadata/types.ts'
import type { Statement } from '../db/database.ts'
import { quoteName } from '../db/values.ts'
import type { DefinitionSet } from './compiled.ts'
import { stagePartId } from './physical-names.ts'
import type { FieldRow, PhysicalRow } from './place.ts'
import type { StagePart } from './stage-fields.ts'

type Stage = PipelineDefinition['stages'][number]

/** A stage that a candidate removes, and the one that takes its records. */
export interface StageTake {
  /** Unquoted. */
  readonly table: string
  readonly column: string
  readonly kept: { readonly [P in StagePart]?: string }
  readonly entityId: string
  readonly fieldId: string
  readonly from: Pick<Stage, 'name' | 'id'>
  readonly to: Pick<Stage, 'name' | 'id' | 'type'>
}

/** The stage of a pipeline that takes the records of one that is removed. */
export function takerOf(stages: readonly Stage[], removed: string): Stage | undefined {
  return stages.find(({ takes }) => takes?.includes(removed) === true)
}

/** What a candidate moves between stages. Pure. @param places those of the candidate */
export function findStageTakes(
  base: DefinitionSet,
  candidate: DefinitionSet,
  places: readonly PhysicalRow[],
): readonly StageTake[] {
  const tables = new Map(
    places.flatMap((row) => (row.kind === 'entity' ? [[row.itemId, row.place.table]] : [])),
  )
  const rows = new Map(places.flatMap((row) => (row.kind === 'field' ? [[row.itemId, row] as const] : [])))
  return [...candidate.pipeline.values()].flatMap((after) => {
    const before = [...base.pipeline.values()].find(({ id }) => id === after.id)
    const entity = candidate.entity.get(after.entity)
    const field = entity?.fields.find(({ name }) => name === after.field)
    const [table, row] = [tables.get(entity?.id ?? ''), rows.get(field?.id ?? '')]
    const column = row?.place.columns[0]
    if (before === undefined || table === undefined || row === undefined || column === undefined) return []
    const ids = new Set(after.stages.map(({ id }) => id))
    return before.stages
      .filter(({ id }) => !ids.has(id))
      .flatMap((from): readonly StageTake[] => {
        const to = takerOf(after.stages, from.name)
        if (to === undefined) return []
        const kept = keptColumns(rows, row)
        return [{ table, column, kept, entityId: row.entityId, fieldId: row.itemId, from, to }]
      })
  })
}

function keptColumns(rows: ReadonlyMap<string, FieldRow>, { itemId }: FieldRow): StageTake['kept'] {
  const parts = (['since', 'closed_at', 'ever_reached'] as const).flatMap((part) => {
    const column = rows.get(stagePartId(itemId, part))?.place.columns[0]
    return column === undefined ? [] : [[part, column] as const]
  })
  return Object.fromEntries(parts)
}

/**
 * Moves the records of a removed stage, those in the bin among them, and notes each move in the history of stages: what
 * was where can be told, and brought back, afterwards. Versions and times of change stay, as with a renamed stage.
 */
export function stageTakeSql(schema: string, take: StageTake): readonly Statement[] {
  const { from, to, kept } = take
  const [table, column] = [`${schema}.${quoteName(take.table)}`, quoteName(take.column)]
  const since = kept.since === undefined ? undefined : quoteName(kept.since)
  const reached = kept.ever_reached === undefined ? undefined : quoteName(kept.ever_reached)
  const sets = [
    `${column} = $2`,
    ...(since === undefined ? [] : [`${since} = now()`]),
    ...(kept.closed_at === undefined
      ? []
      : [
          `${quoteName(kept.closed_at)} = ${to.type === 'open' ? 'NULL' : `coalesce(${quoteName(kept.closed_at)}, now())`}`,
        ]),
    ...(reached === undefined
      ? []
      : [`${reached} = array_append(array_remove(coalesce(${reached}, '{}'), $2), $2)`]),
  ]
  const seconds = since === undefined ? 'NULL' : `extract(epoch FROM now() - t.${since})::bigint`
  return [
    {
      text:
        `INSERT INTO ${schema}.tenon_stage_entry ` +
        '(entity, record, field, from_stage, from_id, to_stage, to_id, seconds, version, via) ' +
        `SELECT $3::uuid, t."id", $4::uuid, $1::text, $5::uuid, $2::text, $6::uuid, ${seconds}, t."version", 'publish' ` +
        `FROM ${table} t WHERE t.${column} = $1::text`,
      values: [from.name, to.name, take.entityId, take.fieldId, from.id ?? null, to.id ?? null],
    },
    {
      text: `UPDATE ${table} SET ${sets.join(', ').replaceAll('$2', '$2::text')} WHERE ${column} = $1::text`,
      values: [from.name, to.name],
    },
  ]
}
