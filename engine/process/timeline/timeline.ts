import { AppError, refuse } from '../../errors.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { activitiesOf } from '../../records/activities.ts'
import { entityFor, type RecordAnswer, type RequestContext } from '../../records/context.ts'
import { cursorFault, questionFingerprint } from '../../records/cursor.ts'
import { recordId } from '../../records/get.ts'
import { changeSource } from '../../records/history.ts'
import { mergedInto, type ShownByIds } from '../../records/history-merges.ts'
import { checkParameters, parseLimit } from '../../records/parse-list.ts'
import { namesOf } from '../../records/people.ts'
import { type ShownCells, shownCells } from '../../records/shown-cells.ts'
import { stageSource } from '../../records/stage-history.ts'
import { activitySource, commentSource, fileSource } from '../../records/timeline-lists.ts'
import type { TimelineSource } from '../../records/timeline-source.ts'
import { approvalSource } from '../approvals/on-timeline.ts'
import { assignmentSource } from '../assignment/tell.ts'
import { flowSource } from '../flows/on-timeline.ts'
import { decodePlaces, encodePlaces, type Places } from './cursor.ts'
import { mergeRows, type ReadSource } from './merge.ts'
import { isAsked, kindOf, parseTypes, TIMELINE_TYPES, type TimelineType } from './types.ts'

/**
 * All that happened to a record, newest first: its changes and moves, what was said, kept and done about it, and what the
 * engine did by itself. Each source is asked for a page of its own through an index, so that a record of ten thousand entries
 * answers like one of ten.
 * @throws AppError with every problem of the question; RECORD_NOT_FOUND
 */
export async function timelineOf(
  context: RequestContext,
  entityName: string,
  id: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const problems = checkParameters(raw, ['types', 'limit', 'after'])
  const asked = parseTypes(context, entity, raw.types, problems)
  const limit = parseLimit(raw.limit, problems)
  if (problems.length > 0) throw new AppError(problems)
  const record = recordId(id)
  const [shown, merged] = await Promise.all([
    shownCells(context, context.db, entity, record),
    mergedInto(context, context.db, entity, record),
  ])
  if (shown === undefined) throw refuse('RECORD_NOT_FOUND')
  const all = [...sourcesOf(context, entity, record, shown), ...mergedSources(context, entity, merged)]
  const sources = all.filter(({ type }) => isAsked(asked, type))
  const types = asked === undefined ? null : [...asked].sort()
  const fingerprint = questionFingerprint(['timeline', record, types])
  const places =
    typeof raw.after === 'string' ? decodePlaces(raw.after, fingerprint, sources) : (new Map() as Places)
  const { taken, next } = mergeRows(await readSources(sources, places, limit + 1), limit)
  const people = taken.flatMap(({ row }) => row.people)
  const names = await namesOf(context, context.db, people)
  const data = taken.map(({ source, row }) => ({
    type: kindOf(source.type),
    at: row.at,
    ...row.tell(names),
  }))
  const page = { next: next === undefined ? null : encodePlaces(fingerprint, next) }
  return { status: 200, body: JSON.stringify({ data, page }) }
}

type SourcesOf = (
  context: RequestContext,
  entity: CompiledEntity,
  record: string,
  shown: ShownCells,
) => readonly (TimelineSource | undefined)[]

const SOURCES: { readonly [T in TimelineType]: SourcesOf } = {
  flow: (context, _entity, record) => [flowSource(context, record)],
  approval: (context, _entity, record) => [approvalSource(context, record)],
  assignment: (context, entity, record, shown) => [assignmentSource(context, entity, record, shown)],
  stage: (context, entity, record, shown) => [stageSource(context, entity, record, shown)],
  comment: (context, entity, record) =>
    entity.features.has('comments') ? [commentSource(context, record)] : [],
  file: (context, entity, record) => (entity.features.has('files') ? [fileSource(context, record)] : []),
  record: (context, entity, record) =>
    activitiesOf(context, entity).map((activity) => activitySource(context, record, activity)),
  change: (context, entity, record, shown) => [changeSource(context, entity, record, shown)],
}

/** In the order in which rows of one instant stand. */
function sourcesOf(...of: Parameters<SourcesOf>): readonly TimelineSource[] {
  return TIMELINE_TYPES.flatMap((type) => SOURCES[type](...of)).flatMap((source) => source ?? [])
}

/** What stays with records that were merged into this one, beside their changes: what points to it by now is its own. */
const KEPT_BEHIND = ['flow', 'approval', 'assignment', 'stage'] as const

/** What happened to records that were merged into this one, each entry with whose it was. */
function mergedSources(
  context: RequestContext,
  entity: CompiledEntity,
  merged: ShownByIds,
): readonly TimelineSource[] {
  return [...merged].flatMap(([id, { label, cells }]) => {
    const kept = KEPT_BEHIND.flatMap((type) => SOURCES[type](context, entity, id, cells))
    return [...kept, changeSource(context, entity, id, cells, true)].flatMap((source) =>
      source === undefined ? [] : [ofMerged(source, id, label)],
    )
  })
}

function ofMerged(source: TimelineSource, id: string, label: string): TimelineSource {
  return {
    ...source,
    name: `${source.name} ${id}`,
    async read(limit, from) {
      const rows = await source.read(limit, from)
      const told = { merged_from: { id, label } }
      return rows.map((row) => ({ ...row, tell: (names) => ({ ...row.tell(names), ...told }) }))
    },
  }
}

/** @throws AppError QUERY_CURSOR_INVALID for a cursor that someone filled with keys of their own */
async function readSources(
  sources: readonly TimelineSource[],
  places: Places,
  limit: number,
): Promise<readonly ReadSource[]> {
  try {
    return await Promise.all(
      sources.map(async (source) => {
        const place = places.get(source.name)
        return { source, rows: place === null ? [] : await source.read(limit, place) }
      }),
    )
  } catch (error) {
    throw places.size === 0 ? error : cursorFault(error)
  }
}
