import { mayActSql, userTable } from '../../access/user-table.ts'
import type { Executor } from '../../db/database.ts'
import type { ModelApproval } from '../../model/approval-index.ts'
import type { RequestContext } from '../../records/context.ts'
import { whoSource } from '../flows/step-context.ts'
import { resolvePeople } from '../who.ts'
import type { ModelLevel } from './pinned.ts'
import type { TurnWhy } from './store.ts'
import { type ApprovalWorld, ruleWorld, titleFor } from './world.ts'

/** Somebody who decides, and why it is they. */
export interface Approver {
  readonly person: string
  readonly why: TurnWhy
  /** In whose place. */
  readonly of?: string
}

/** Who decides at a level. */
export type Approvers =
  /** These do. */
  | { readonly kind: 'people'; readonly people: readonly Approver[] }
  /** The submitter alone would, and is left out. */
  | { readonly kind: 'left_out' }
  /** Nobody could, and then it passes by itself. */
  | { readonly kind: 'passes' }
  /** Nobody could. */
  | { readonly kind: 'nobody' }

/** People of one level at most: of a role that everybody has the first count. */
const MOST_PEOPLE = 100

/**
 * Who decides at a level now: those that it names who may act and see the record, with the rules for the submitter and for
 * nobody.
 */
export async function approversOf(
  world: ApprovalWorld,
  submitter: string,
  approval: ModelApproval,
  level: ModelLevel,
): Promise<Approvers> {
  const source = whoSource(ruleWorld(world, submitter))
  const named = (await resolvePeople(source, level.by)).slice(0, MOST_PEOPLE)
  const rule = approval.self ?? 'superior'
  const found = new Map<string, Approver>()
  for (const person of named) {
    if (person !== submitter || rule === 'allow') found.set(person, { person, why: 'approver' })
    else if (rule === 'superior') {
      const [leader] = await resolvePeople({ ...source, path: async () => submitter }, { leaderOf: 'owner' })
      if (leader !== undefined && leader !== submitter && !found.has(leader))
        found.set(leader, { person: leader, why: 'superior', of: submitter })
    }
  }
  const people = await seeing(world, [...found.values()])
  if (people.length > 0) return { kind: 'people', people }
  if (rule === 'skip' && named.length === 1 && named[0] === submitter) return { kind: 'left_out' }
  return await whereNobody(world, submitter, approval)
}

async function whereNobody(
  world: ApprovalWorld,
  submitter: string,
  { empty = 'refuse', self }: ModelApproval,
): Promise<Approvers> {
  if (empty === 'approve') return { kind: 'passes' }
  if (empty === 'refuse') return { kind: 'nobody' }
  const stand = await resolvePeople(whoSource(ruleWorld(world, submitter)), empty)
  return await standIns(
    world,
    stand.filter((person) => person !== submitter || self === 'allow'),
  )
}

/** Administrators, where there is nobody left in the middle of an approval. */
export async function lastResort(world: ApprovalWorld, submitter: string): Promise<Approvers> {
  const all = await resolvePeople(whoSource(ruleWorld(world, submitter)), { role: 'administrator' })
  const others = all.filter((person) => person !== submitter)
  return await standIns(world, others.length > 0 ? others : all)
}

async function standIns(world: ApprovalWorld, ids: readonly string[]): Promise<Approvers> {
  const people = ids.slice(0, MOST_PEOPLE).map((person): Approver => ({ person, why: 'stand_in' }))
  const able = await seeing(world, people)
  return able.length > 0 ? { kind: 'people', people: able } : { kind: 'nobody' }
}

/** Nobody decides about what they do not see. */
async function seeing(world: ApprovalWorld, people: readonly Approver[]): Promise<readonly Approver[]> {
  const able: Approver[] = []
  for (const one of people) if ((await titleFor(world, one.person)) !== undefined) able.push(one)
  return able
}

/** Whether somebody is there and may act. */
export async function mayAct(
  { engine, tx }: Pick<ApprovalWorld, 'engine' | 'tx'>,
  person: string,
): Promise<boolean> {
  const user = userTable(engine.model)
  const { rows } = await tx.query({
    text: `SELECT 1 FROM ${user.table} u WHERE u."id" = $1::uuid AND ${mayActSql(user)}`,
    values: [person],
  })
  return rows.length > 0
}

/** Those who stand in now for people who are away: by the one who is. */
export async function standInsFor(
  { engine, tx, now }: Pick<ApprovalWorld, 'engine' | 'tx' | 'now'>,
  people: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await tx.query<{ person: string; delegate: string }>({
    text:
      `SELECT d.person::text AS person, d.delegate::text AS delegate FROM ${engine.model.schema}.tenon_delegation d ` +
      'WHERE d.person = ANY($1::uuid[]) AND d.begins_at <= $2::timestamptz AND d.ends_at > $2::timestamptz',
    values: [people, now.toISOString()],
  })
  return new Map(rows.map(({ person, delegate }) => [person, delegate]))
}

/** For whom somebody stands in now. */
export async function awayFor(
  { engine, tx, now }: ApprovalWorld,
  delegate: string,
): Promise<ReadonlySet<string>> {
  return await awayPeople(tx, engine.model.schema, delegate, now)
}

/** The same for whoever asks. */
export async function standInsOfActor({
  db,
  model,
  actor,
  now,
}: RequestContext): Promise<ReadonlySet<string>> {
  if (actor.id === undefined) return new Set()
  return await awayPeople(db, model.schema, actor.id, now())
}

async function awayPeople(
  db: Executor,
  schema: string,
  delegate: string,
  now: Date,
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ person: string }>({
    text:
      `SELECT d.person::text AS person FROM ${schema}.tenon_delegation d ` +
      'WHERE d.delegate = $1::uuid AND d.begins_at <= $2::timestamptz AND d.ends_at > $2::timestamptz',
    values: [delegate, now.toISOString()],
  })
  return new Set(rows.map(({ person }) => person))
}
