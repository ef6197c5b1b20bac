import { textIn } from '../../../metadata/text.ts'
import type { Executor } from '../../db/database.ts'
import { refuse } from '../../errors.ts'
import type { ModelApproval } from '../../model/approval-index.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { entityFor, type RecordAnswer, type RequestContext } from '../../records/context.ts'
import { recordId } from '../../records/get.ts'
import { namesOf, type PersonNames, told } from '../../records/people.ts'
import { shownCells } from '../../records/shown-cells.ts'
import type { Registry } from '../../registry/registry.ts'
import { changesBetween } from './between.ts'
import { standInsOfActor } from './people.ts'
import { levelsOf, type ModelLevel, pinnedApproval } from './pinned.ts'
import { type ApprovalRun, runsOf, type StoredTurn, turnsOf } from './store.ts'

export interface TrailEntry {
  readonly run: string
  readonly number: number
  readonly at: string
  readonly actor: string | null
  readonly act: string
  readonly level: string | null
  readonly level_name: string | null
  readonly instead_of: string | null
  readonly person: string | null
  readonly comment: string | null
  readonly files: readonly string[] | null
  readonly record_version: number
  readonly outcome: string | null
}

type Stamped = ApprovalRun & { readonly created_at: string; readonly ended_at: string | null }

/**
 * The approvals of a record that the actor sees, the newest first: how each stands, its whole trail with what changed in
 * between, and what the actor may do.
 * @param submitOf for what it may be submitted now
 * @throws AppError RECORD_NOT_FOUND
 */
export async function approvalsOfRecord(
  context: RequestContext,
  registry: Registry,
  entityName: string,
  id: string,
  submitOf: (
    place: { readonly entity: CompiledEntity; readonly record: string },
    runs: readonly ApprovalRun[],
  ) => Promise<readonly object[]>,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const record = recordId(id)
  const { db, model, actor } = context
  const cells = await shownCells(context, db, entity, record)
  if (cells === undefined) throw refuse('RECORD_NOT_FOUND')
  const runs = (await runsOf(db, model.schema, record)) as readonly Stamped[]
  const ids = runs.map((run) => run.id)
  const turns = ids.length === 0 ? [] : await turnsOf(db, model.schema, ids)
  const entries = ids.length === 0 ? [] : await entriesOf(db, model.schema, ids)
  const people = [
    ...runs.map(({ submitter }) => submitter),
    ...turns.flatMap(({ person, of, decided_by }) => [person, of, decided_by]),
    ...entries.flatMap((entry) => [entry.actor, entry.instead_of, entry.person]),
  ]
  const names = await namesOf(context, db, people)
  const files = await fileNames(
    context,
    entries.flatMap((entry) => entry.files ?? []),
  )
  const since = Math.min(...entries.map(({ record_version }) => record_version))
  const between =
    entries.length === 0 ? undefined : await changesBetween(context, db, { entity, record, cells }, since)
  const away = await standInsOfActor(context)
  const data: object[] = []
  for (const run of [...runs].reverse()) {
    const approval = await pinnedApproval(db, model, registry, run)
    const own = turns.filter((turn) => turn.run === run.id)
    const trail = entries.filter((entry) => entry.run === run.id)
    data.push({
      ...presentRun(context, run, approval, names),
      levels: levelsOf(approval).map((level) => presentLevel(context, run, approval, level, own, names)),
      turn: turnOfActor(context, entity, run, approval, own, away),
      withdraw:
        run.ended_at === null &&
        actor.viewer === undefined &&
        (run.submitter === actor.id || context.access.may('flows')),
      trail: presentTrail(
        context,
        approval,
        { trail, since: endBefore(run, runs, entries) },
        names,
        files,
        between,
      ),
      changed:
        between === undefined || run.ended_at !== null ? [] : between(trail.at(-1)!.record_version, MAX),
    })
  }
  const body = { data, submit: await submitOf({ entity, record }, runs) }
  return { status: 200, body: JSON.stringify(body) }
}

const MAX = 2_147_483_647

/** Of an entry `e` of a trail. */
export const ENTRY_COLUMNS =
  `e.run::text AS run, e.number, to_json(e.at)#>>'{}' AS at, e.actor::text AS actor, e.act, e.level::text AS level, ` +
  'e.level_name, e.instead_of::text AS instead_of, e.person::text AS person, e.comment, e.files::text[] AS files, ' +
  'e.record_version, e.outcome'

async function entriesOf(
  db: Executor,
  schema: string,
  runs: readonly string[],
): Promise<readonly TrailEntry[]> {
  const { rows } = await db.query<TrailEntry>({
    text: `SELECT ${ENTRY_COLUMNS} FROM ${schema}.tenon_approval_entry e WHERE e.run = ANY($1::uuid[]) ORDER BY e.run, e.number`,
    values: [runs],
  })
  return rows
}

async function fileNames(
  { db, model }: RequestContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const file = model.entities.get('file')
  if (ids.length === 0 || file === undefined) return new Map()
  const { rows } = await db.query<{ id: string; name: string }>({
    text: `SELECT f."id"::text AS id, f.${file.fields.get('name')?.columns[0]} AS name FROM ${file.table} f WHERE f."id" = ANY($1::uuid[]) AND f."deleted_at" IS NULL`,
    values: [ids],
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** An approval's label today; as it was published where it is gone. */
export function approvalLabel({ model, actor }: RequestContext, id: string, name: string): string {
  const today = [...model.translated.approval.values()].find((one) => one.id === id)
  return textIn(today?.label, actor.language, today?.name ?? name)
}

export function levelLabel(
  { model, actor }: RequestContext,
  approval: string,
  level: Pick<ModelLevel, 'id' | 'name' | 'label'>,
) {
  const today = [...model.translated.approval.values()].find((one) => one.id === approval)
  const named = today?.levels.find(({ id }) => id === level.id)
  return textIn(named?.label ?? level.label, actor.language, named?.name ?? level.name)
}

function presentRun(context: RequestContext, run: Stamped, approval: ModelApproval, names: PersonNames) {
  return {
    id: run.id,
    approval: approval.name,
    label: approvalLabel(context, run.approval, run.name),
    version: run.version,
    state: run.state,
    locks: run.locks,
    submitter: told(run.submitter, names),
    created_at: run.created_at,
    ended_at: run.ended_at,
    due_at: run.due_at,
  }
}

/** passed, current, rejected; left_out: gone past without being asked; ahead: not reached. */
function presentLevel(
  context: RequestContext,
  run: ApprovalRun,
  approval: ModelApproval,
  level: ModelLevel,
  turns: readonly StoredTurn[],
  names: PersonNames,
) {
  const counted = turns.filter((turn) => turn.level === level.id && turn.round > run.since_round)
  const latest = Math.max(0, ...counted.map(({ round }) => round))
  const shown = counted.filter(({ round, state }) => round === latest && state !== 'transferred')
  return {
    name: level.name,
    label: levelLabel(context, run.approval, level),
    decide: level.decide ?? 'any',
    state: levelState(run, approval, level, shown),
    people: shown.map((turn) => ({
      ...{ turn: turn.id, id: turn.person, label: names(turn.person), why: turn.why, state: turn.state },
      ...{ of: told(turn.of, names), decided_at: turn.decided_at },
      stand_in:
        turn.decided_by === null || turn.decided_by === turn.person ? null : told(turn.decided_by, names),
    })),
  }
}

function levelState(
  run: ApprovalRun,
  approval: ModelApproval,
  level: ModelLevel,
  turns: readonly StoredTurn[],
): 'passed' | 'current' | 'rejected' | 'left_out' | 'ahead' {
  if (run.level === level.id) return 'current'
  if (turns.some(({ state }) => state === 'rejected')) return 'rejected'
  if (turns.length > 0 && run.state !== 'returned') return 'passed'
  if (run.state === 'approved' || run.state === 'not_needed') return 'left_out'
  const levels = levelsOf(approval)
  const at = levels.findIndex(({ id }) => id === run.level)
  return at > levels.indexOf(level) ? 'left_out' : 'ahead'
}

/** The turn that the actor has, or takes for somebody who is away, with the fields that they may change. */
function turnOfActor(
  { actor }: RequestContext,
  entity: CompiledEntity,
  run: ApprovalRun,
  approval: ModelApproval,
  turns: readonly StoredTurn[],
  away: ReadonlySet<string>,
): object | null {
  if (run.state !== 'running' || actor.viewer !== undefined || actor.id === undefined) return null
  const mayStandIn = actor.id !== run.submitter || approval.self === 'allow'
  const waiting = turns.filter(({ round, state }) => round === run.round && state === 'waiting')
  const turn =
    waiting.find(({ person }) => person === actor.id) ??
    (mayStandIn ? waiting.find(({ person }) => away.has(person)) : undefined)
  if (turn === undefined) return null
  const levels = levelsOf(approval)
  const at = levels.findIndex(({ id }) => id === run.level)
  return {
    id: turn.id,
    instead_of: turn.person === actor.id ? null : turn.person,
    edit: [...entity.fields.values()].flatMap(({ id, name }) => (run.edit.includes(id) ? [name] : [])),
    back_to: levels.slice(0, at).map(({ name }) => name),
  }
}

/** The record's version at the end of the same approval's run before; undefined where it is the first. */
function endBefore(
  run: ApprovalRun,
  runs: readonly ApprovalRun[],
  entries: readonly TrailEntry[],
): number | undefined {
  const former = runs.slice(0, runs.indexOf(run)).findLast(({ approval }) => approval === run.approval)
  return entries.findLast((entry) => entry.run === former?.id)?.record_version
}

function presentTrail(
  context: RequestContext,
  approval: ModelApproval,
  { trail: entries, since }: { readonly trail: readonly TrailEntry[]; readonly since: number | undefined },
  names: PersonNames,
  files: ReadonlyMap<string, string>,
  between: Awaited<ReturnType<typeof changesBetween>> | undefined,
): readonly object[] {
  const levels = new Map(levelsOf(approval).map((level) => [level.id, level]))
  return entries.map((entry, index) => {
    const level = entry.level === null ? undefined : levels.get(entry.level)
    const before = index === 0 ? since : entries[index - 1]!.record_version
    return {
      ...{ number: entry.number, at: entry.at, actor: told(entry.actor, names), act: entry.act },
      level: entry.level_name,
      level_label: level === undefined ? entry.level_name : levelLabel(context, String(approval.id), level),
      ...{ instead_of: told(entry.instead_of, names), person: told(entry.person, names) },
      comment: entry.comment,
      files: (entry.files ?? []).flatMap((id) => (files.has(id) ? [{ id, name: files.get(id) }] : [])),
      ...{ outcome: entry.outcome, record_version: entry.record_version },
      changes: before === undefined || between === undefined ? [] : between(before, entry.record_version),
    }
  })
}
