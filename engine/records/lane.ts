import { textIn } from '../../metadata/text.ts'
import { AppError, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { getRecord, recordId } from './get.ts'
import { checkParameters } from './parse-list.ts'
import { type StageEntry, stageEntriesOf } from './stage-history.ts'

/** Records of a lane that are looked at, and of one level below. */
const MOST_STEPS = 40
const MOST_BELOW = 20

interface Node {
  readonly entity: CompiledEntity
  readonly id: string
}

/** A record that another one led to. */
interface Found extends Node {
  readonly by: string
}

/** One record of a lane. */
interface LaneStep {
  readonly entity: string
  readonly label: string
  readonly id: string
  readonly title: unknown
  readonly owner: unknown
  /** When it began, and when what it became did; null while nothing came of it. */
  readonly began_at: string
  readonly became_at: string | null
  readonly is_this: boolean
  readonly stages: readonly StageEntry[]
}

/** The lookup to what an entity's records come from; undefined where there is none. */
export function originOf(entity: CompiledEntity): CompiledField | undefined {
  const field = entity.fields.get(entity.definition.origin ?? '')
  return field?.relation?.kind === 'one' ? field : undefined
}

/** Whether records of an entity come from others, or others from them. */
export function isInLane(model: CompiledModel, entity: CompiledEntity): boolean {
  if (entity.definition.convert !== undefined || originOf(entity) !== undefined) return true
  return [...model.entities.values()].some((other) => {
    const relation = originOf(other)?.relation
    const isOrigin = relation?.kind === 'one' && relation.to === entity.name
    return isOrigin || other.definition.convert?.to.some((target) => target.entity === entity.name) === true
  })
}

/**
 * The way of a record across entities: what it came from, itself, and what came of it, each with its owner, when it began
 * and the stages that it went through. What the actor may not read is left out.
 */
export async function laneOf(
  context: RequestContext,
  entityName: string,
  id: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const problems = checkParameters(raw, [])
  if (problems.length > 0) throw new AppError(problems)
  const here = { entity, id: recordId(id) }
  const own = await stepOf(context, here, true)
  if (own === undefined) throw refuse('RECORD_NOT_FOUND')
  const seen = new Set([here.id])
  const above = await walk(context, here, originsOf, seen)
  const below = await walk(context, here, outcomesOf, seen)
  const before = await stepsOf(context, [...above].reverse())
  const after = await stepsOf(context, below)
  const steps = [...before, own, ...after]
  const led = [
    ...above.map(({ id: from, by }) => ({ from, to: by })),
    ...below.map(({ id: to, by }) => ({ from: by, to })),
  ]
  const data = steps.map((step) => {
    const outcomes = led.filter(({ from }) => from === step.id).map(({ to }) => to)
    const began = steps.filter((one) => outcomes.includes(one.id)).map((one) => one.began_at)
    return { ...step, became_at: began.sort()[0] ?? null }
  })
  return { status: 200, body: JSON.stringify({ data }) }
}

type Ways = (context: RequestContext, node: Node) => Promise<readonly Node[]>

/** Level by level, each record once. */
async function walk(
  context: RequestContext,
  from: Node,
  ways: Ways,
  seen: Set<string>,
): Promise<readonly Found[]> {
  const found: Found[] = []
  for (let level: readonly Node[] = [from]; level.length > 0 && found.length < MOST_STEPS; ) {
    const next: Found[] = []
    for (const node of level) {
      for (const one of await ways(context, node)) {
        if (seen.has(one.id) || found.length + next.length >= MOST_STEPS) continue
        seen.add(one.id)
        next.push({ ...one, by: node.id })
      }
    }
    found.push(...next)
    level = next
  }
  return found
}

async function originsOf({ db, model }: RequestContext, { entity, id }: Node): Promise<readonly Node[]> {
  const { rows } = await db.query<{ entity: string; id: string }>({
    text:
      `SELECT DISTINCT c.from_entity::text AS entity, c.from_record::text AS id FROM ${model.schema}.tenon_conversion c ` +
      `WHERE c.to_record = $1::uuid ORDER BY 2 LIMIT ${MOST_BELOW}`,
    values: [id],
  })
  const origin = originOf(entity)
  const to = origin?.relation?.kind === 'one' ? model.entities.get(origin.relation.to) : undefined
  const named =
    origin === undefined || to === undefined
      ? []
      : (
          await db.query<{ id: string | null }>({
            text: `SELECT t.${origin.columns[0]}::text AS id FROM ${entity.table} t WHERE t."id" = $1::uuid`,
            values: [id],
          })
        ).rows.flatMap((row) => (row.id === null ? [] : [{ entity: to, id: row.id }]))
  return [...nodesOf(model, rows), ...named]
}

async function outcomesOf({ db, model }: RequestContext, { entity, id }: Node): Promise<readonly Node[]> {
  const { rows } = await db.query<{ entity: string; id: string }>({
    text:
      `SELECT c.to_entity::text AS entity, c.to_record::text AS id FROM ${model.schema}.tenon_conversion c ` +
      `WHERE c.from_record = $1::uuid ORDER BY c.id LIMIT ${MOST_BELOW}`,
    values: [id],
  })
  const pointing: Node[] = []
  for (const other of model.entities.values()) {
    const origin = originOf(other)
    if (origin?.relation?.kind !== 'one' || origin.relation.to !== entity.name) continue
    const found = await db.query<{ id: string }>({
      text:
        `SELECT t."id"::text AS id FROM ${other.table} t WHERE t.${origin.columns[0]} = $1::uuid ` +
        `AND t."deleted_at" IS NULL ORDER BY t."created_at" DESC, t."id" DESC LIMIT ${MOST_BELOW}`,
      values: [id],
    })
    pointing.push(...found.rows.map((row) => ({ entity: other, id: row.id })))
  }
  return [...nodesOf(model, rows), ...pointing]
}

function nodesOf(model: CompiledModel, rows: readonly { entity: string; id: string }[]): readonly Node[] {
  const byId = new Map([...model.entities.values()].map((entity) => [entity.id, entity]))
  return rows.flatMap(({ entity, id }) => {
    const found = byId.get(entity)
    return found === undefined ? [] : [{ entity: found, id }]
  })
}

async function stepsOf(context: RequestContext, nodes: readonly Node[]): Promise<readonly LaneStep[]> {
  const steps: LaneStep[] = []
  for (const node of nodes) {
    const step = await stepOf(context, node, false)
    if (step !== undefined) steps.push(step)
  }
  return steps
}

const UNSEEN: ReadonlySet<string> = new Set(['RECORD_NOT_FOUND', 'ENTITY_UNKNOWN'])

/** Undefined for a record that the actor does not see. */
async function stepOf(
  context: RequestContext,
  { entity, id }: Node,
  isThis: boolean,
): Promise<LaneStep | undefined> {
  const { language } = context.actor
  const cell = (field: CompiledField) => context.access.entity(entity.name).cell(field).see !== 'none'
  const title =
    entity.titleField !== undefined && cell(entity.titleField) ? entity.titleField.name : undefined
  const owned = entity.owned && cell(entity.fields.get('owner')!)
  const fields = ['id', 'created_at', ...(title === undefined ? [] : [title]), ...(owned ? ['owner'] : [])]
  try {
    const answer = await getRecord(context, entity.name, id, {
      fields: fields.join(','),
      ...(owned ? { expand: 'owner' } : {}),
    })
    const { data } = JSON.parse(answer.body) as { data: Record<string, unknown> & { created_at: string } }
    return {
      ...{ entity: entity.name, label: textIn(entity.label, language, entity.name), id },
      title: title === undefined ? null : data[title],
      owner: owned ? data.owner : null,
      ...{ began_at: data.created_at, became_at: null, is_this: isThis },
      stages: await stageEntriesOf(context, entity, id),
    }
  } catch (error) {
    if (error instanceof AppError && UNSEEN.has(error.code)) return undefined
    throw error
  }
}
