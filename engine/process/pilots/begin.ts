import { nearest } from '../../../metadata/nearest.ts'
import type { Executor, Transaction } from '../../db/database.ts'
import { AppError, didYouMean, type Problem, problem, refuse } from '../../errors.ts'
import { isRecordId } from '../../fields/parts/formats.ts'
import { notifyModel } from '../../model/apply.ts'
import { loadChangeset } from '../../model/changesets.ts'
import type { DefinitionSet } from '../../model/compiled.ts'
import { pilotFaults } from '../../model/pilots/fit.ts'
import { endPilot, loadRunningPilots, savePilot } from '../../model/pilots/pilot.ts'
import { proveDraft } from '../../model/prove.ts'
import { inModelTransaction, lockPlan, type PublishDeps } from '../../model/publish.ts'
import { loadState, type WorkspaceState } from '../../model/state.ts'
import type { RequestContext } from '../../records/context.ts'
import { auditChangeset } from '../audit-changeset.ts'

/** Who is to try a draft. */
export interface PilotWish {
  /** The plan that was looked at: the draft as it is now is what they get. Absent: what they have stays, only who has it changes. */
  readonly hash: string | undefined
  /** Ids of users. */
  readonly people: readonly string[]
  /** Names of roles. */
  readonly roles: readonly string[]
}

/** Those who try a draft at most, roles counted as one. */
const MOST_NAMED = 200

/**
 * Gives some people a draft instead of what is in force, or others the pilot that runs. It asks for what a publish asks for:
 * the plan, its scenarios, who must agree.
 * @throws AppError META_PILOT_*, META_DEFINITION_UNKNOWN for a role, and as `publishDraft`
 */
export async function putPilot(
  deps: PublishDeps,
  context: RequestContext,
  id: string,
  wish: PilotWish,
): Promise<void> {
  await loadChangeset(deps.db, deps.schema, id) // whoever may not know it learns nothing of what it would take
  if (wish.people.length + wish.roles.length === 0) throw refuse('META_PILOT_NOBODY', '/people')
  if (wish.people.length + wish.roles.length > MOST_NAMED)
    throw refuse('FIELD_LIST_TOO_LONG', '/people', { params: { limit: MOST_NAMED } })
  const by = context.actor.id
  const { hash } = wish
  if (hash !== undefined) await proveDraft(deps, { changeset: id, hash, by })
  await inModelTransaction(deps, async (tx) => {
    const { state, changeset, items } =
      hash === undefined ? await running(tx, deps, id) : await looked(tx, deps, { id, hash, by })
    const roles = roleIds(state.definitions, wish.roles)
    const people = await knownPeople(tx, context, wish.people)
    const wasRunning = state.pilots.some((pilot) => pilot.changeset === changeset)
    await savePilot(tx, deps.schema, { ...{ changeset, items, people, roles }, begunBy: by ?? null })
    await tellNodes(tx, deps, state)
    const act = wasRunning ? 'changed' : 'begun'
    await auditChangeset(context, tx, 'pilot', changeset, { act, people, roles: wish.roles })
  })
}

/** The draft as it is planned now. */
async function looked(
  tx: Transaction,
  deps: PublishDeps,
  { id, hash, by }: { readonly id: string; readonly hash: string; readonly by: string | undefined },
) {
  const { changeset, state, plan } = await lockPlan(tx, deps, { changeset: id, hash, by }, 'open')
  if (plan.steps.length === 0) throw refuse('META_PILOT_EMPTY')
  const faults = pilotFaults(state.definitions, plan.candidate, deps.registry)
  if (faults.length > 0) throw new AppError(faults)
  return { state, changeset: changeset.id, items: changeset.items }
}

/** What people have already. */
async function running(tx: Transaction, { schema }: PublishDeps, id: string) {
  const changeset = await loadChangeset(tx, schema, id)
  const state = await loadState(tx, schema)
  const pilot = state.pilots.find((one) => one.changeset === changeset.id)
  if (pilot === undefined) throw refuse('META_PILOT_NONE')
  return { state, changeset: changeset.id, items: pilot.items }
}

/**
 * Takes it back: its people have what is in force with their next request.
 * @throws AppError META_CHANGESET_UNKNOWN, META_PILOT_NONE
 */
export async function withdrawPilot(deps: PublishDeps, context: RequestContext, id: string): Promise<void> {
  await inModelTransaction(deps, async (tx) => {
    const changeset = await loadChangeset(tx, deps.schema, id)
    if (!(await endPilot(tx, deps.schema, changeset.id, { why: 'withdrawn' })))
      throw refuse('META_PILOT_NONE')
    await tellNodes(tx, deps, await loadState(tx, deps.schema))
    await auditChangeset(context, tx, 'pilot', changeset.id, { act: 'withdrawn' })
  })
}

/** @throws AppError META_PILOT_RUNNING: whoever throws a draft away may not be one who takes a pilot back */
export async function assertNotTried(db: Executor, schema: string, changeset: string): Promise<void> {
  const pilots = await loadRunningPilots(db, schema)
  if (pilots.some((pilot) => pilot.changeset === changeset)) throw refuse('META_PILOT_RUNNING')
}

/** Every node loads who tries what, and what runs silently, as it loads content. */
export async function tellNodes(
  tx: Transaction,
  { workspace, schema }: PublishDeps,
  { version, contentRevision }: WorkspaceState,
): Promise<void> {
  const revision = contentRevision + 1
  await tx.query({ text: `UPDATE ${schema}.tenon_current SET content_revision = $1`, values: [revision] })
  await notifyModel(tx, workspace, version, revision)
}

function roleIds({ role: roles }: DefinitionSet, names: readonly string[]): readonly string[] {
  const problems: Problem[] = []
  const ids = names.flatMap((name, index) => {
    const role = roles.get(name)
    if (role !== undefined) return [role.id ?? role.name]
    const hint = didYouMean(nearest(name, [...roles.keys()]))
    const params = { kind: 'role', name: name.slice(0, 40) }
    problems.push(problem('META_DEFINITION_UNKNOWN', `/roles/${index}`, { params, hint }))
    return []
  })
  if (problems.length > 0) throw new AppError(problems)
  return [...new Set(ids)]
}

async function knownPeople(
  tx: Transaction,
  { model }: RequestContext,
  ids: readonly string[],
): Promise<readonly string[]> {
  const wanted = ids.map((id) => id.toLowerCase())
  const { rows } = await tx.query<{ id: string }>({
    text: `SELECT "id"::text AS id FROM ${model.entities.get('user')!.table}
WHERE "id" = ANY($1::uuid[]) AND "deleted_at" IS NULL`,
    values: [wanted.filter(isRecordId)],
  })
  const known = new Set(rows.map(({ id }) => id))
  const unknown = wanted.flatMap((id, index) =>
    known.has(id) ? [] : [problem('META_PILOT_PERSON_UNKNOWN', `/people/${index}`)],
  )
  if (unknown.length > 0) throw new AppError(unknown)
  return [...known]
}
