import { createHash } from 'node:crypto'
import { textIn } from '../../../metadata/text.ts'
import { rowTestSql } from '../../access/row-test-sql.ts'
import { parseJson } from '../../db/values.ts'
import { AppError, type Language, type Problem } from '../../errors.ts'
import { type ChangesetItem, loadChangeset } from '../../model/changesets.ts'
import type { CompiledModel, Definition, DefinitionSet } from '../../model/compiled.ts'
import { findDefinition, listDefinitions } from '../../model/definition-set.ts'
import { entityById } from '../../model/entity-by-id.ts'
import { own } from '../../model/pointer.ts'
import { lastSilent, MOST_WRITES, type SilentRecord } from '../../model/silent/silent-run.ts'
import { silentCandidate, type WatchedKind } from '../../model/silent/watched.ts'
import { loadState, type WorkspaceState } from '../../model/state.ts'
import type { RequestContext } from '../../records/context.ts'
import { bind, createParameters, toPlan } from '../../records/parameters.ts'
import { namesOf, type Person, type PersonNames, told } from '../../records/people.ts'
import { labelSql } from '../../records/select.ts'
import type { Registry } from '../../registry/registry.ts'
import { isSameDraft } from '../pilots/view.ts'
import { DIFFERENCES, type Difference, type Sides } from './found.ts'

/** A draft beside what is in force, as far as it has been compared. */
export interface SilentView {
  readonly run: SilentRunView | undefined
  /** What of the draft cannot be compared, and why. */
  readonly faults: readonly Problem[]
}

export interface SilentRunView {
  readonly begun_at: string
  readonly begun_by: Person | null
  readonly ended: SilentRecord['ended']
  /** Whether it judges by the draft as it is now. */
  readonly current: boolean
  /** Writes: judged, waiting to be, at most, and passed over because too many came at a time. */
  readonly looked_at: number
  readonly waiting: number
  readonly limit: number
  readonly passed_over: number
  readonly definitions: readonly WatchedView[]
}

interface WatchedView {
  readonly kind: string
  readonly name: string
  readonly label: unknown
  readonly looked_at: number
  readonly same: number
  readonly differing: Readonly<Record<Difference, number>>
  readonly examples: readonly ExampleView[]
}

export interface ExampleView {
  readonly differs: Difference
  readonly at: string
  readonly entity: string | null
  /** Null: it was refused before it was there, or whoever asks may not see it. */
  readonly record: { readonly id: string; readonly label: string } | null
  readonly is_new: boolean
  readonly by: Sides['by'] | 'write'
  readonly sides: Sides
}

/** Who is named in the sides of examples, as whoever asks may know them. */
export interface SilentAnswer extends SilentView {
  readonly holder: (id: string) => Person
}

/**
 * What a draft would do otherwise, as far as it has been compared.
 * @param withExamples whether the examples are asked for as well as the figures
 * @throws AppError META_CHANGESET_UNKNOWN
 */
export async function silentOf(
  registry: Registry,
  context: RequestContext,
  id: string,
  withExamples: boolean,
): Promise<SilentAnswer> {
  const { db, model } = context
  const changeset = await loadChangeset(db, model.schema, id)
  const state = await loadState(db, model.schema)
  const run = await lastSilent(db, model.schema, changeset.id)
  const faults = changeset.state === 'open' ? faultsOf(registry, model.workspace, state, changeset.items) : []
  const nobody = (holder: string): Person => ({ id: holder, label: null })
  if (run === undefined) return { run, faults, holder: nobody }
  const rows = withExamples ? await examplesOf(context, run.id) : []
  const holders = rows.flatMap(({ sides }) =>
    [sides.now, sides.draft].flatMap((side) => (side?.does === 'gives' && side.to !== null ? [side.to] : [])),
  )
  const names = await namesOf(context, db, [...holders, run.begunBy])
  const pools = poolLabels(model, context.actor.language)
  const holder = (one: string): Person => ({ id: one, label: pools.get(one) ?? names(one) })
  return {
    run: await presentRun(registry, context, state, run, rows, changeset.items, names),
    faults,
    holder,
  }
}

/** Drafts of which it is remembered what cannot be compared: a page asks again and again. */
const MOST_REMEMBERED = 16
const remembered = new Map<string, readonly Problem[]>()

/** What does not check is told by the check: here only what cannot be compared although it does. */
function faultsOf(
  registry: Registry,
  workspace: string,
  { definitions, version, contentRevision }: WorkspaceState,
  items: readonly ChangesetItem[],
): readonly Problem[] {
  const key = createHash('sha256')
    .update(JSON.stringify([workspace, version, contentRevision, items]))
    .digest('hex')
  const known = remembered.get(key) ?? worked()
  remembered.delete(key)
  remembered.set(key, known)
  if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!)
  return known
  function worked(): readonly Problem[] {
    try {
      return silentCandidate(definitions, items, registry).faults
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return []
    }
  }
}

async function presentRun(
  registry: Registry,
  context: RequestContext,
  state: WorkspaceState,
  run: SilentRecord,
  rows: readonly ExampleRow[],
  draft: SilentRecord['items'],
  names: PersonNames,
): Promise<SilentRunView> {
  const labels = await recordLabels(context, rows)
  const byDefinition = new Map<string, ExampleView[]>()
  for (const row of rows) {
    const known = byDefinition.get(row.definition) ?? []
    known.push(presentExample(context, row, labels))
    byDefinition.set(row.definition, known)
  }
  const definitions = watchedOf(registry, context.model, state.definitions, run).map(
    ({ id, ...named }): WatchedView => {
      const figures = run.figures[id] ?? {}
      const differing = Object.fromEntries(DIFFERENCES.map((one) => [one, figures[one] ?? 0]))
      return {
        ...named,
        looked_at: Object.values(figures).reduce((sum, count) => sum + count, 0),
        same: figures.same ?? 0,
        differing: differing as Record<Difference, number>,
        examples: byDefinition.get(id) ?? [],
      }
    },
  )
  return {
    ...{ begun_at: run.begunAt, begun_by: told(run.begunBy, names), ended: run.ended },
    current: isSameDraft(registry, run.items, draft),
    ...{ looked_at: run.looked, waiting: run.ended === undefined ? Math.max(0, run.taken - run.looked) : 0 },
    ...{ limit: MOST_WRITES, passed_over: run.passedOver, definitions },
  }
}

interface Named {
  readonly id: string
  readonly kind: WatchedKind
  readonly name: string
  readonly label: unknown
}

/** What a run watches; of one that is over, what it has found something of. */
function watchedOf(
  registry: Registry,
  { silent }: CompiledModel,
  inForce: DefinitionSet,
  run: SilentRecord,
): readonly Named[] {
  if (run.ended === undefined) {
    const known = silent.find(({ id }) => id === run.id)?.watched
    return (known ?? silentCandidate(inForce, run.items, registry).watched).map((one) => {
      const { kind, id, name } = one
      return { kind, id, name, label: (one.after ?? one.before)?.label ?? name }
    })
  }
  const items = run.items.flatMap(({ kind, name, definition }) => {
    const known = definition ?? findDefinition(inForce, kind, name)
    return known === undefined ? [] : [known as Definition]
  })
  const byId = new Map([...listDefinitions(inForce), ...items].map((one) => [String(own(one, 'id')), one]))
  return Object.keys(run.figures).flatMap((id): readonly Named[] => {
    const definition = byId.get(id)
    if (definition === undefined) return []
    const { kind, name, label } = definition
    return [{ id, kind: kind as WatchedKind, name, label: label ?? name }]
  })
}

interface ExampleRow {
  readonly definition: string
  readonly at: string
  readonly entity: string | null
  readonly record: string | null
  readonly differs: Difference
  readonly sides: Sides
}

/** The newest of each definition first. */
async function examplesOf({ db, model }: RequestContext, run: string): Promise<readonly ExampleRow[]> {
  const { rows } = await db.query<Omit<ExampleRow, 'sides'> & { readonly sides: string }>({
    text: `SELECT definition::text AS definition, to_json(at)#>>'{}' AS at, entity::text AS entity,
record::text AS record, differs, sides::text AS sides FROM ${model.schema}.tenon_silent_example
WHERE run = $1::uuid ORDER BY number DESC`,
    values: [run],
  })
  return rows.map((row) => ({ ...row, sides: parseJson<Sides>(row.sides) }))
}

/** What records are called, those that whoever asks may see. */
async function recordLabels(
  context: RequestContext,
  rows: readonly ExampleRow[],
): Promise<ReadonlyMap<string, string>> {
  const { db, model, access } = context
  const labels = new Map<string, string>()
  for (const id of new Set(rows.map(({ entity }) => entity))) {
    const entity = entityById(model, id)
    const ids = [
      ...new Set(rows.flatMap((row) => (row.entity === id && row.record !== null ? [row.record] : []))),
    ]
    if (entity === undefined || ids.length === 0) continue
    const parameters = createParameters()
    const source = { model, access, parameters }
    const sight = rowTestSql(source, access.entity(entity.name).read, entity, 't')
    const text =
      `SELECT t."id"::text AS id, ${labelSql(source, entity, 't')} AS label FROM ${entity.table} t ` +
      `WHERE t."id" = ANY(${parameters.open('ids', 'uuid[]')}) AND (${sight}) IS TRUE`
    const { rows: found } = await db.query<{ id: string; label: string | null }>(
      bind(toPlan(text, parameters), context, { ids }),
    )
    for (const { id: record, label } of found) labels.set(record, label ?? '')
  }
  return labels
}

function presentExample(
  { model, access }: RequestContext,
  { at, entity: id, record, differs, sides }: ExampleRow,
  labels: ReadonlyMap<string, string>,
): ExampleView {
  const entity = entityById(model, id)
  const label = record === null ? undefined : labels.get(record)
  // Steps about no record are told as those of runs are.
  const isSeen = label !== undefined || (record === null && (sides.by === undefined || access.may('flows')))
  return {
    ...{ differs, at, entity: entity?.name ?? null, is_new: record === null && id !== null },
    by: sides.by ?? 'write',
    record: record === null || label === undefined ? null : { id: record, label },
    // Faults may speak of what stands in records.
    sides: isSeen ? sides : withoutFaults(sides),
  }
}

function withoutFaults({ now, draft, problem }: Sides): Sides {
  const bare = (side: Sides['now']): Sides['now'] =>
    side?.does === 'runs' ? { ...side, steps: side.steps.map(({ text }) => ({ text })) } : side
  const [own, other] = [bare(now), bare(draft)]
  return {
    ...(own === undefined ? {} : { now: own }),
    ...(other === undefined ? {} : { draft: other }),
    ...(problem === undefined ? {} : { problem: { code: problem.code, path: '' } }),
  }
}

function poolLabels({ translated }: CompiledModel, language: Language): ReadonlyMap<string, string> {
  return new Map(
    [...translated.pool.values()].flatMap(({ id, name, label }) =>
      id === undefined ? [] : [[id, textIn(label, language, name)] as const],
    ),
  )
}
