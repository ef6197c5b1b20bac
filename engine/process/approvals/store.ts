import type { Executor } from '../../db/database.ts'
import type { ModelApproval } from '../../model/approval-index.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { newId } from '../../model/uuid.ts'
import type { Turn, TurnState } from './turns.ts'

export type RunState = 'running' | 'returned' | 'approved' | 'not_needed' | 'rejected' | 'withdrawn'

/** One record on its way through an approval. */
export interface ApprovalRun {
  readonly id: string
  readonly approval: string
  readonly name: string
  readonly version: number
  readonly entity: string
  readonly record: string
  readonly submitter: string
  readonly state: RunState
  readonly locks: boolean
  readonly level: string | null
  readonly round: number
  readonly since_round: number
  readonly resume: string | null
  readonly edit: readonly string[]
  readonly due_at: string | null
  readonly entries: number
}

export type TurnWhy = 'approver' | 'superior' | 'stand_in' | 'transferred' | 'added'

export interface StoredTurn extends Turn {
  readonly round: number
  readonly level: string
  readonly why: TurnWhy
  readonly of: string | null
  readonly decided_by: string | null
  readonly decided_at: string | null
}

const RUN_COLUMNS =
  'a.id::text AS id, a.approval::text AS approval, a.name, a.version, a.entity::text AS entity, a.record::text AS record, ' +
  'a.submitter::text AS submitter, a.state, a.locks, a.level::text AS level, a.round, a.since_round, ' +
  `a.resume::text AS resume, a.edit::text[] AS edit, to_json(a.due_at)#>>'{}' AS due_at, a.entries, ` +
  `to_json(a.created_at)#>>'{}' AS created_at, to_json(a.ended_at)#>>'{}' AS ended_at`

const TURN_COLUMNS =
  't.id::text AS id, t.round, t.level::text AS level, t.part, t.place, t.person::text AS person, t.why, t.of::text AS of, t.state, ' +
  `t.decided_by::text AS decided_by, to_json(t.decided_at)#>>'{}' AS decided_at`

/** Holds the live record: whatever is done to its approvals comes one after the other. @returns its version */
export async function holdRecord(
  tx: Executor,
  { table }: CompiledEntity,
  id: string,
): Promise<number | undefined> {
  const { rows } = await tx.query<{ version: number }>({
    text: `SELECT t."version" FROM ${table} t WHERE t."id" = $1::uuid AND t."deleted_at" IS NULL FOR NO KEY UPDATE`,
    values: [id],
  })
  return rows[0] === undefined ? undefined : Number(rows[0].version)
}

/**
 * Raises the record's version: a write that was judged before, by a lock or a turn that there no longer is, finds it moved
 * and is judged again.
 */
export async function raiseVersion(tx: Executor, { table }: CompiledEntity, id: string): Promise<number> {
  const { rows } = await tx.query<{ version: number }>({
    text: `UPDATE ${table} t SET "version" = t."version" + 1 WHERE t."id" = $1::uuid RETURNING t."version"`,
    values: [id],
  })
  return Number(rows[0]?.version)
}

/** The approvals of a record, the oldest first; hold the record before. @param open those alone that have not ended */
export async function runsOf(
  db: Executor,
  schema: string,
  record: string,
  open?: 'open',
): Promise<readonly ApprovalRun[]> {
  const isOpen = open === undefined ? '' : ' AND a.ended_at IS NULL'
  const { rows } = await db.query<ApprovalRun>({
    text: `SELECT ${RUN_COLUMNS} FROM ${schema}.tenon_approval a WHERE a.record = $1::uuid${isOpen} ORDER BY a.id`,
    values: [record],
  })
  return rows
}

export async function turnsOf(
  db: Executor,
  schema: string,
  runs: readonly string[],
): Promise<readonly (StoredTurn & { readonly run: string })[]> {
  const { rows } = await db.query<StoredTurn & { readonly run: string }>({
    text:
      `SELECT t.run::text AS run, ${TURN_COLUMNS} FROM ${schema}.tenon_approval_turn t ` +
      'WHERE t.run = ANY($1::uuid[]) ORDER BY t.run, t.round, t.part, t.place',
    values: [runs],
  })
  return rows
}

export async function insertRun(
  tx: Executor,
  schema: string,
  approval: ModelApproval,
  run: Pick<ApprovalRun, 'version' | 'entity' | 'record' | 'submitter'>,
  now: Date,
): Promise<ApprovalRun> {
  const id = newId()
  const locks = approval.lock !== false
  await tx.query({
    text:
      `INSERT INTO ${schema}.tenon_approval (id, approval, name, version, entity, record, submitter, state, locks, created_at, ` +
      "updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'running', $8, $9, $9)",
    values: [
      ...[id, approval.id, approval.name, run.version, run.entity, run.record, run.submitter],
      ...[locks, now.toISOString()],
    ],
  })
  return {
    ...{ ...run, id, approval: approval.id, name: approval.name, locks, state: 'running' },
    ...{ level: null, round: 0, since_round: 0, resume: null, edit: [], due_at: null, entries: 0 },
  }
}

export async function saveRun(tx: Executor, schema: string, run: ApprovalRun, now: Date): Promise<void> {
  const isEnded = run.state !== 'running' && run.state !== 'returned'
  await tx.query({
    text:
      `UPDATE ${schema}.tenon_approval SET state = $2, level = $3, round = $4, since_round = $5, resume = $6, edit = $7::uuid[], ` +
      'due_at = $8, entries = $9, updated_at = $10, ended_at = $11 WHERE id = $1',
    values: [
      ...[run.id, run.state, run.level, run.round, run.since_round, run.resume, run.edit, run.due_at],
      ...[run.entries, now.toISOString(), isEnded ? now.toISOString() : null],
    ],
  })
}

export interface NewTurn {
  readonly id?: string
  readonly round: number
  readonly level: string
  readonly part: number
  readonly place: number
  readonly person: string
  readonly why: TurnWhy
  readonly of?: string | undefined
  readonly state: TurnState
}

export async function insertTurns(
  tx: Executor,
  schema: string,
  run: string,
  turns: readonly NewTurn[],
  now: Date,
): Promise<readonly StoredTurn[]> {
  const rows = turns.map((turn) => ({ ...turn, id: turn.id ?? newId(), of: turn.of ?? null }))
  await tx.query({
    text:
      `INSERT INTO ${schema}.tenon_approval_turn (id, run, round, level, part, place, person, why, of, state, created_at, decided_at) ` +
      'SELECT r.id, $2::uuid, r.round, r.level, r.part, r.place, r.person, r.why, r.of, r.state, $3::timestamptz, ' +
      "CASE WHEN r.state NOT IN ('ahead', 'waiting') THEN $3::timestamptz END " +
      'FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, round integer, level uuid, part integer, place integer, person uuid, why text, of uuid, state text)',
    values: [JSON.stringify(rows), run, now.toISOString()],
  })
  return rows.map((row) => ({ ...row, decided_by: null, decided_at: null }))
}

/** @param by who decided; null: a rule */
export async function setTurns(
  tx: Executor,
  schema: string,
  ids: readonly string[],
  state: TurnState,
  { now, by }: { readonly now: Date; readonly by?: string | null },
): Promise<void> {
  if (ids.length === 0) return
  const isDecided = state !== 'ahead' && state !== 'waiting'
  await tx.query({
    text: `UPDATE ${schema}.tenon_approval_turn SET state = $2, decided_at = $3, decided_by = $4 WHERE id = ANY($1::uuid[])`,
    values: [ids, state, isDecided ? now.toISOString() : null, by ?? null],
  })
}

/** Moves the turns of a part from a place on, to make room. */
export async function shiftTurns(
  tx: Executor,
  schema: string,
  { run, round, part, place }: { run: string; round: number; part: number; place: number },
): Promise<void> {
  await tx.query({
    text: `UPDATE ${schema}.tenon_approval_turn SET place = place + 1 WHERE run = $1 AND round = $2 AND part = $3 AND place >= $4`,
    values: [run, round, part, place],
  })
}
