import { userTable } from '../../access/user-table.ts'
import { AppError, type Problem } from '../../errors.ts'
import { equalDefinitions } from '../../model/canonical.ts'
import { type ChangesetItem, loadChangeset } from '../../model/changesets.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { type EndedPilot, lastEnd, type StoredPilot } from '../../model/pilots/pilot.ts'
import { pilotCandidate } from '../../model/pilots/settle.ts'
import { loadState, type WorkspaceState } from '../../model/state.ts'
import type { RequestContext } from '../../records/context.ts'
import { namesOf, type Person, told } from '../../records/people.ts'
import type { Registry } from '../../registry/registry.ts'

/** Who tries a draft, or whether somebody could. */
export interface PilotView {
  readonly pilot:
    | {
        readonly begun_at: string
        readonly begun_by: Person | null
        readonly people: readonly Person[]
        readonly roles: readonly { readonly name: string; readonly label: unknown }[]
        /** How many users that are. */
        readonly count: number
        /** Whether they have the draft as it is now. */
        readonly current: boolean
      }
    | undefined
  /** How the last one ended, where none runs. */
  readonly ended: EndedPilot | undefined
  /** Why the draft cannot be tried as it is now. */
  readonly faults: readonly Problem[]
}

/** @throws AppError META_CHANGESET_UNKNOWN */
export async function pilotOf(registry: Registry, context: RequestContext, id: string): Promise<PilotView> {
  const { db, model } = context
  const changeset = await loadChangeset(db, model.schema, id)
  const state = await loadState(db, model.schema)
  const pilot = state.pilots.find((one) => one.changeset === changeset.id)
  return {
    pilot: pilot && (await presentPilot(registry, context, state, pilot, changeset.items)),
    ended: pilot === undefined ? await lastEnd(db, model.schema, changeset.id) : undefined,
    faults: changeset.state === 'open' ? faultsOf(registry, state, changeset.items) : [],
  }
}

/** What does not check is told by the check: here only what cannot be tried although it does. */
function faultsOf(
  registry: Registry,
  state: WorkspaceState,
  items: readonly ChangesetItem[],
): readonly Problem[] {
  try {
    pilotCandidate(state.definitions, items, registry)
    return []
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.problems.filter(({ code }) => code === 'META_PILOT_UNFIT')
  }
}

async function presentPilot(
  registry: Registry,
  context: RequestContext,
  { definitions }: WorkspaceState,
  pilot: StoredPilot,
  draft: readonly ChangesetItem[],
): Promise<NonNullable<PilotView['pilot']>> {
  const { db, model } = context
  const named = new Set(pilot.roles)
  const roles = [...definitions.role.values()].filter((role) => named.has(role.id ?? role.name))
  const names = await namesOf(context, db, [...pilot.people, pilot.begunBy])
  return {
    begun_at: pilot.begunAt,
    begun_by: told(pilot.begunBy, names),
    people: pilot.people.map((person) => ({ id: person, label: names(person) })),
    roles: roles.map(({ name, label }) => ({ name, label: label ?? name })),
    count: await countPeople(
      context,
      model,
      pilot.people,
      roles.map(({ name }) => name),
    ),
    current: isSameDraft(registry, pilot.items, draft),
  }
}

async function countPeople(
  { db }: RequestContext,
  model: CompiledModel,
  people: readonly string[],
  roles: readonly string[],
): Promise<number> {
  const user = userTable(model)
  const { rows } = await db.query<{ count: number }>({
    text: `SELECT count(*)::integer AS count FROM ${user.table} u
WHERE u."deleted_at" IS NULL AND (u."id" = ANY($1::uuid[]) OR ${user.roles} && $2::text[])`,
    values: [people, roles],
  })
  return rows[0]!.count
}

/** Whether a draft is what was looked at when a trial of it was begun. */
export function isSameDraft(
  registry: Registry,
  one: readonly ChangesetItem[],
  other: readonly ChangesetItem[],
): boolean {
  const key = ({ kind, name }: ChangesetItem) => `${kind}/${name}`
  const known = new Map(one.map((item) => [key(item), item.definition]))
  return (
    one.length === other.length &&
    other.every(
      (item) =>
        known.has(key(item)) &&
        equalDefinitions(known.get(key(item)) ?? null, item.definition ?? null, registry),
    )
  )
}
