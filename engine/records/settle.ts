import type { Executor } from '../db/database.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import {
  type CompiledRollUp,
  computedOf,
  dependentsOf,
  type FormulaDependent,
  isWatched,
} from '../model/computed.ts'
import type { RequestContext } from './context.ts'
import { holdAncestors } from './hold-ancestors.ts'
import type { WriteValues } from './parse-write.ts'
import { type Gift, rollUpsOver, type Snapshot, takeSnapshots } from './snapshot.ts'
import { workOutFormulas, workOutRollUps } from './work-out.ts'

/** Records worked out in one statement: what is more comes after, in the same transaction. */
const AT_ONCE = 5_000

/** What a write did to records of one entity: their snapshots from before, none for new ones. */
export interface Written {
  readonly entity: CompiledEntity
  readonly ids: readonly string[]
  readonly before: ReadonlyMap<string, Snapshot>
}

/**
 * Works out anew what depends on records that were written: roll-ups of their parents, formulas that look at them, and
 * what depends on these. Everything that is changed on the way is held, parents in the order of their ids, so that
 * writers side by side wait for one another and each sees what the other left. Call inside the write's transaction,
 * after the write.
 */
export async function settle(context: RequestContext, tx: Executor, written: Written): Promise<void> {
  const { entity, ids, before } = written
  if (ids.length === 0 || !isWatched(context.model, entity)) return
  const after = await takeSnapshots(context, tx, entity, ids, false)
  await settleRollUps(context, tx, entity, before, after)
  const changed = ids.filter((id) => before.has(id) && before.get(id)!.watched !== after.get(id)?.watched)
  for (const dependent of dependentsOf(context.model, entity).formulas) {
    await settleFormulas(context, tx, dependent, entity, changed)
  }
}

/**
 * Runs a write of records of one entity and settles what depends on them.
 * @param ids of records that are there before the write
 * @param values what is about to be written, where it may name other parents
 */
export async function settling<T>(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  ids: readonly string[],
  write: () => Promise<T>,
  values: readonly WriteValues[] = [],
): Promise<T> {
  if (!isWatched(context.model, entity)) return await write()
  await holdAncestors(context, tx, entity, ids, values)
  const before = await takeSnapshots(context, tx, entity, ids, true)
  const outcome = await write()
  await settle(context, tx, { entity, ids, before })
  return outcome
}

/** Whether a change of these fields may change something elsewhere. */
export function touchesWatched(
  context: RequestContext,
  entity: CompiledEntity,
  values: WriteValues,
): boolean {
  if (!isWatched(context.model, entity)) return false
  // Which of its own formulas a field moves is not asked: one of them may be what is watched.
  const { formulas, rollUps } = computedOf(context.model, entity)
  if (formulas.length > 0) return true
  if (rollUps.some(({ by, holder }) => holder === 'parent' && values.has(by))) return true
  const { watched } = dependentsOf(context.model, entity)
  // What is kept beside a stage changes with it.
  const beside = new Set([...watched].flatMap(({ follows }) => follows ?? []))
  return [...values.keys()].some((field) => watched.has(field) || beside.has(field.name))
}

async function settleRollUps(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  before: ReadonlyMap<string, Snapshot>,
  after: ReadonlyMap<string, Snapshot>,
): Promise<void> {
  const all = rollUpsOver(context, entity)
  for (const { parent, list } of dependentsOf(context.model, entity).rollUps) {
    const at = new Map(list.map((rollUp) => [rollUp, all.indexOf(rollUp)]))
    const shifts = shiftsOf(before, after, at)
    for (const some of chunks([...shifts.keys()].sort())) {
      await settleParents(context, tx, parent, list, new Map(some.map((id) => [id, shifts.get(id)!])))
    }
  }
}

/** How one record of a roll-up moved at one parent. */
export interface Shift {
  readonly rollUp: CompiledRollUp
  readonly gone: string | null | undefined
  readonly come: string | null | undefined
}

/** By parent: every gift that came, went or changed. */
function shiftsOf(
  before: ReadonlyMap<string, Snapshot>,
  after: ReadonlyMap<string, Snapshot>,
  at: ReadonlyMap<CompiledRollUp, number>,
): ReadonlyMap<string, readonly Shift[]> {
  const shifts = new Map<string, Shift[]>()
  const note = (parent: string, shift: Shift) => shifts.set(parent, [...(shifts.get(parent) ?? []), shift])
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    for (const [rollUp, index] of at) {
      const [old, now] = [before.get(id)?.gifts[index], after.get(id)?.gifts[index]]
      for (const { parent, gone, come } of movesOf(old, now)) note(parent, { rollUp, gone, come })
    }
  }
  return shifts
}

/** At which parents a gift came, went or changed. */
function movesOf(old: Gift = NOTHING, now: Gift = NOTHING) {
  const [left, joined] = [new Set(old.parents), new Set(now.parents)]
  const isKept = old.value === now.value
  const all = [...new Set([...left, ...joined])]
  return all.flatMap((parent) => {
    const [isOld, isNow] = [left.has(parent), joined.has(parent)]
    if (isOld && isNow && isKept) return []
    return [{ parent, gone: isOld ? old.value : undefined, come: isNow ? now.value : undefined }]
  })
}

const NOTHING: Gift = { parents: [], value: null }

async function settleParents(
  context: RequestContext,
  tx: Executor,
  parent: CompiledEntity,
  list: readonly CompiledRollUp[],
  shifts: ReadonlyMap<string, readonly Shift[]>,
): Promise<void> {
  // Held first, in a statement of its own: the next one then sees what those before us left.
  const before = await takeSnapshots(context, tx, parent, [...shifts.keys()], true)
  const changed = await workOutRollUps(context, tx, parent, list, shifts)
  await settle(context, tx, { entity: parent, ids: changed, before })
}

async function settleFormulas(
  context: RequestContext,
  tx: Executor,
  dependent: FormulaDependent,
  entity: CompiledEntity,
  ids: readonly string[],
): Promise<void> {
  for (const some of chunks(ids)) {
    for (const found of chunks(await lookingAt(context, tx, dependent, entity, some))) {
      const before = await takeSnapshots(context, tx, dependent.entity, found, true)
      const changed = await workOutFormulas(context, tx, dependent.entity, found)
      await settle(context, tx, { entity: dependent.entity, ids: changed, before })
    }
  }
}

/** The records whose formulas look at these. */
async function lookingAt(
  context: RequestContext,
  tx: Executor,
  { entity, through }: FormulaDependent,
  target: CompiledEntity,
  ids: readonly string[],
): Promise<readonly string[]> {
  const [first, ...further] = through
  let list = '$1::uuid[]'
  for (const field of [...further].reverse()) {
    const holder = [...context.model.entities.values()].find((one) => one.fields.get(field.name) === field)
    if (holder === undefined) throw new Error(`"${field.name}" on the way to "${target.name}" is nobody's`)
    list = `ARRAY(SELECT h."id" FROM ${holder.table} h WHERE h.${field.columns[0]} = ANY(${list}))`
  }
  const { rows } = await tx.query<{ id: string }>({
    text: `SELECT t."id"::text AS id FROM ${entity.table} t WHERE t.${first!.columns[0]} = ANY(${list}) ORDER BY t."id"`,
    values: [ids],
  })
  return rows.map(({ id }) => id)
}

function chunks<T>(list: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / AT_ONCE) }, (_, index) =>
    list.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  )
}
