import { textIn } from '../../metadata/text.ts'
import { instantSql } from '../db/values.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { askedRecord } from './asked-record.ts'
import type { RecordAnswer, RequestContext } from './context.ts'
import { milestonesOf } from './milestones.ts'
import { personSql, presentPerson } from './people.ts'
import { type ShownCells, shownCells } from './shown-cells.ts'
import { NUMBER_KEY, type TimelineSource } from './timeline-source.ts'

/** Of a record that moved more often, the last ones. */
const MAX_ENTRIES = 200

interface EntryRow {
  readonly id: string
  readonly field: string
  readonly from_stage: string | null
  readonly from_id: string | null
  readonly to_stage: string | null
  readonly to_id: string | null
  readonly at: string
  readonly seconds: string | null
  readonly version: number | null
  readonly actor: string | null
  readonly actor_label: string | null
  readonly via: string
}

interface MilestoneRow {
  readonly milestone: string
  readonly at: string
  readonly actor: string | null
  readonly actor_label: string | null
}

/**
 * Where a record stood, newest first: from which stage into which, when, how long it had stood before, who and through
 * what; and the checklists of its pipelines. Nothing of a field that the actor is not shown.
 */
export async function stagesOf(
  context: RequestContext,
  entityName: string,
  id: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  const { entity, uuid, shown } = await askedRecord(context, entityName, id, raw)
  const fields = shownStages(entity, shown)
  const rows = await readEntries(context, uuid, fields)
  const done = await readMilestones(context, uuid)
  const entries = rows.map((row) => presentEntry(context, entity, row, fields))
  const milestones = fields.flatMap((field) => presentMilestones(context, entity, field, done))
  return { status: 200, body: JSON.stringify({ data: { entries, milestones } }) }
}

/** A stage that a record came into, the first one first. */
export interface StageEntry {
  readonly field: string
  readonly to: unknown
  readonly at: string
  /** How long it stood there; null where it stands there still. */
  readonly seconds: number | null
  readonly actor: unknown
}

/** The stages that a record went through, of those fields that the actor is shown. */
export async function stageEntriesOf(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
): Promise<readonly StageEntry[]> {
  if (entity.pipelines.size === 0) return []
  const shown = await shownCells(context, context.db, entity, id)
  const fields = shownStages(entity, shown)
  const rows = [...(await readEntries(context, id, fields))].reverse()
  return rows.map((row, index) => {
    const next = rows.slice(index + 1).find(({ field }) => field === row.field)
    const field = fields.find((one) => one.id === row.field)!
    return {
      field: field.name,
      to: presentStage(context, entity, field, row.to_id, row.to_stage),
      at: row.at,
      seconds: next?.seconds == null ? null : Number(next.seconds),
      actor: presentPerson(row.actor, row.actor_label),
    }
  })
}

/** The moves of a record for its timeline, of those fields that the actor is shown. */
export function stageSource(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
  cells: ShownCells,
): TimelineSource {
  const fields = shownStages(entity, cells)
  return {
    ...{ type: 'stage', name: 'stage', key: NUMBER_KEY },
    async read(limit, from) {
      const rows = await readEntries(context, id, fields, { limit, from })
      return rows.map((row) => ({
        ...{ at: row.at, key: row.id, people: [] },
        tell: () => presentEntry(context, entity, row, fields),
      }))
    },
  }
}

/** The fields of stages whose values the actor is shown. */
function shownStages(entity: CompiledEntity, cells: ShownCells | undefined): readonly CompiledField[] {
  return [...entity.pipelines.keys()]
    .map((name) => entity.fields.get(name)!)
    .filter((field) => cells?.(field) === 'whole')
}

async function readEntries(
  context: RequestContext,
  id: string,
  fields: readonly CompiledField[],
  { limit, from }: { readonly limit: number; readonly from?: string | undefined } = { limit: MAX_ENTRIES },
): Promise<readonly EntryRow[]> {
  if (fields.length === 0) return []
  const who = personSql(context.model, context.access, 's.actor')
  const stage = ['from_stage', 'from_id::text', 'to_stage', 'to_id::text'].map((name) => `s.${name}`)
  const { rows } = await context.db.query<EntryRow>({
    text:
      `SELECT s.id::text AS id, s.field::text AS field, ${stage.join(', ')}, ${instantSql('s.at')} AS at, s.seconds::text AS seconds, ` +
      `s.version, s.actor::text AS actor, ${who.label} AS actor_label, s.via ` +
      `FROM ${context.model.schema}.tenon_stage_entry s ${who.join} ` +
      `WHERE s.record = $1::uuid AND s.field = ANY($2::uuid[]) ` +
      'AND ($3::bigint IS NULL OR s.id <= $3::bigint) ORDER BY s.id DESC LIMIT $4::bigint',
    values: [id, fields.map((field) => field.id), from ?? null, limit],
  })
  return rows
}

async function readMilestones(
  context: RequestContext,
  id: string,
): Promise<ReadonlyMap<string, MilestoneRow>> {
  const who = personSql(context.model, context.access, 'm.done_by')
  const { rows } = await context.db.query<MilestoneRow>({
    text:
      `SELECT m.milestone::text AS milestone, ${instantSql('m.done_at')} AS at, m.done_by::text AS actor, ` +
      `${who.label} AS actor_label FROM ${context.model.schema}.tenon_milestone m ${who.join} WHERE m.record = $1::uuid`,
    values: [id],
  })
  return new Map(rows.map((row) => [row.milestone, row]))
}

function presentEntry(
  context: RequestContext,
  entity: CompiledEntity,
  row: EntryRow,
  fields: readonly CompiledField[],
): object {
  const field = fields.find((one) => one.id === row.field)!
  return {
    field: field.name,
    from: presentStage(context, entity, field, row.from_id, row.from_stage),
    to: presentStage(context, entity, field, row.to_id, row.to_stage),
    at: row.at,
    seconds: row.seconds === null ? null : Number(row.seconds),
    version: row.version,
    actor: presentPerson(row.actor, row.actor_label),
    via: row.via,
  }
}

/** A stage goes by the name that it has today; one that is no more by the one that it had. */
function presentStage(
  { model, actor }: RequestContext,
  entity: CompiledEntity,
  field: CompiledField,
  id: string | null,
  name: string | null,
): unknown {
  if (name === null) return null
  const { stages = [] } = model.entities.get(entity.name)?.pipelines.get(field.name) ?? {}
  const found = stages.find((stage) => stage.id === id)
  return { name: found?.name ?? name, label: textIn(found?.label, actor.language, found?.name ?? name) }
}

function presentMilestones(
  { actor: { language } }: RequestContext,
  entity: CompiledEntity,
  field: CompiledField,
  done: ReadonlyMap<string, MilestoneRow>,
): readonly unknown[] {
  return milestonesOf(entity, field).map(({ stage, milestone }) => {
    const row = done.get(String(milestone.id))
    return {
      field: field.name,
      stage: stage.name,
      name: milestone.name,
      label: textIn(milestone.label, language, milestone.name),
      required: milestone.required === true,
      done: row !== undefined,
      done_at: row?.at ?? null,
      done_by: row === undefined ? null : presentPerson(row.actor, row.actor_label),
    }
  })
}
