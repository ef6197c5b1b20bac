import type { Executor } from '../db/database.ts'
import { AppError, type Problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { isWatched } from '../model/computed.ts'
import { acceptRecord, isAccepted } from './acceptance.ts'
import {
  assignChanged,
  assignedBy,
  assignNew,
  assignsChanged,
  assignsNew,
  type OwnerWriting,
} from './assigning.ts'
import type { RequestContext } from './context.ts'
import { removeRecord } from './delete.ts'
import { guardChange, movedComparison } from './duplicate-guard.ts'
import { holdAllKeys } from './duplicate-keys.ts'
import { holdNumbers } from './gapless-numbers.ts'
import { readRecord } from './get.ts'
import { inWrite } from './in-write.ts'
import { insertRows, type NewRecord } from './insert-rows.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { parseChange, parseNew } from './parse-record.ts'
import {
  atPath,
  type ChildPlan,
  childIds,
  childPlan,
  isKeptElsewhere,
  strangerProblem,
  within,
  writesElsewhere,
} from './relations.ts'
import { settling, touchesWatched } from './settle.ts'
import {
  type ActionWriting,
  actOnMoves,
  actsOn,
  beginnings,
  movesOf,
  type StageMove,
} from './stage-actions.ts'
import { assertCreatable } from './touch.ts'
import { type RecordChange, updateRow } from './update-row.ts'
import { brokenBy, brokenSql, isConditional, writeConditions } from './write-conditions.ts'
import { writeLinks } from './write-links.ts'

/** Stores one record with all that belongs to it, and gives its JSON text as the actor sees it. */
export async function storeNew(
  context: RequestContext,
  entity: CompiledEntity,
  record: NewRecord,
  runner: Executor | undefined,
): Promise<string> {
  const isActing = actsOn(context, entity, record.values)
  const isAlone = assignsNew(context, entity) === undefined && !isActing
  const inOneStatement = !writesElsewhere(record.values) && !isWatched(context.model, entity) && isAlone
  if (inOneStatement) {
    const rows = await insertRows(context, runner ?? context.db, entity, [record], 'record')
    return rows[0]!.j!
  }
  const store = async (tx: Executor) => {
    await holdNumbers(context, tx, entity)
    await insertRows(context, tx, entity, [record], 'ids')
    await writeElsewhere(context, tx, entity, record)
    await assertLateConditions(context, tx, entity, record)
    await assignOwners(context, tx, entity, [record])
    await actOnBeginnings(context, tx, entity, [record])
    return await readRecord(context, tx, entity, record.id)
  }
  const json = runner === undefined ? await context.db.transaction(store) : await store(runner)
  return json ?? `{"id":"${record.id}"}`
}

/** Stores a change with its links and children, and gives the record's JSON text as the actor sees it. */
export async function storeChange(
  context: RequestContext,
  entity: CompiledEntity,
  change: RecordChange,
  runner: Executor | undefined,
): Promise<string> {
  const comparison = movedComparison(context, entity, change.values)
  if (comparison === undefined) return await storeUnjudged(context, entity, change, runner)
  // Around everything else: keys are held before rows, as those do that write many records.
  return await inWrite(context, runner === undefined ? {} : { runner }, (tx) =>
    guardChange(context, tx, entity, comparison, change, () => storeUnjudged(context, entity, change, tx)),
  )
}

/** The same, past the duplicate rules: whoever calls it keeps the keys. */
export async function storeUnjudged(
  context: RequestContext,
  entity: CompiledEntity,
  change: RecordChange,
  runner: Executor | undefined,
): Promise<string> {
  const isActing = actsOn(context, entity, change.values)
  const assignment = assignsChanged(context, entity, change.values)
  const isAsked = context.via !== 'assignment' && isAccepted(context, entity)
  const isAlone = !isActing && assignment === undefined && !isAsked
  if (isAlone && !writesElsewhere(change.values) && !touchesWatched(context, entity, change.values)) {
    return await updateRow(context, runner ?? context.db, entity, change)
  }
  const store = async (tx: Executor) => {
    await holdNumbers(context, tx, entity)
    let moves: readonly StageMove[] = []
    const before = assignment === undefined ? undefined : await assignedBy(tx, entity, assignment, change.id)
    const update = async () => {
      if (isActing) moves = await movesOf(tx, entity, change.id, change.values)
      return await updateRow(context, tx, entity, change)
    }
    const isSettled = touchesWatched(context, entity, change.values)
    const written = isSettled
      ? await settling(context, tx, entity, [change.id], update, [change.values])
      : await update()
    await writeElsewhere(context, tx, entity, change)
    await assertLateConditions(context, tx, entity, change)
    if (isAsked) await acceptRecord(context, tx, change.id)
    if (assignment !== undefined && before !== undefined)
      await assignChanged(context, tx, entity, assignment, { ...change, before }, WRITE_OWNER)
    await within(change.path, () => actOnMoves(context, tx, entity, moves, ACTION_WRITING))
    return (await readRecord(context, tx, entity, change.id)) ?? written
  }
  return runner === undefined ? await context.db.transaction(store) : await store(runner)
}

/** How a new owner is written: through the door of all changes. */
export const WRITE_OWNER: OwnerWriting = (context, tx, entity, change) =>
  storeChange(context, entity, change, tx)

/** Gives new records the owners that the entity's assignment says; before what their stages do for the owner. */
export async function assignOwners(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  records: readonly NewRecord[],
): Promise<void> {
  await assignNew(context, tx, entity, records, WRITE_OWNER)
}

const ACTION_WRITING: ActionWriting = {
  async create(context, entity, body, tx) {
    await storeNew(context, entity, await parseNew(context, entity, body, ''), tx)
  },
  async update(context, entity, id, body, tx) {
    await storeChange(context, entity, await parseChange(context, entity, id, body, undefined, ''), tx)
  },
}

/** What the stages in which new records begin do with them; call when they are there with all that belongs to them. */
export async function actOnBeginnings(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  records: readonly NewRecord[],
): Promise<void> {
  for (const record of records) {
    const moves = beginnings(context, entity, [record])
    await within(record.path, () => actOnMoves(context, tx, entity, moves, ACTION_WRITING))
  }
}

/**
 * What of a record's rules looks at links and children, asked once they are there.
 * @throws AppError with every rule that the record does not meet
 */
export async function assertLateConditions(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  record: Pick<NewRecord, 'id' | 'values' | 'path'>,
): Promise<void> {
  if (!isConditional(context, entity)) return
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const isGiven = (field: CompiledField) => record.values.has(field)
  // What stood before is gone by now: a hidden or locked field is taken for changed when it has a value.
  const late = writeConditions(source, entity, {
    after: 't',
    before: undefined,
    isGiven,
    said: () => 'NULL',
  }).filter(({ isDeferred }) => isDeferred)
  if (late.length === 0) return
  const text =
    `SELECT ${brokenSql(late)} AS flags FROM ${entity.table} t ` +
    `WHERE t."id" = ${parameters.open('id', 'uuid')}`
  const { rows } = await tx.query<{ flags: string }>(
    bind(toPlan(text, parameters), context, { id: record.id }),
  )
  const broken = brokenBy(
    late.map(({ problem }) => problem),
    rows[0]?.flags,
  )
  if (broken.length > 0) throw new AppError(atPath(broken, record.path))
}

/**
 * Links and children of a written record.
 * @param isThere of which fields they are there already
 */
export async function writeElsewhere(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  record: Pick<NewRecord, 'id' | 'values' | 'path'>,
  isThere: (field: CompiledField) => boolean = () => false,
): Promise<void> {
  for (const [field, value] of record.values) {
    if (!isKeptElsewhere(field) || isThere(field)) continue
    await within(`${record.path}/${field.name}`, async () => {
      if (field.relation?.kind === 'many') await writeLinks(context, tx, entity, field, record)
      else await writeChildren(context, tx, field, record.id, value)
    })
  }
}

/**
 * Makes a record's children be exactly those of the list: one with an `id` is changed, one without is made,
 * one not named is deleted. Each passes the same checks, rights, audit and events as one by one.
 */
async function writeChildren(
  asked: RequestContext,
  tx: Executor,
  field: CompiledField,
  parentId: string,
  value: unknown,
): Promise<void> {
  const plan = childPlan(asked, field, value)
  const isMany = plan.bodies.length > FEW_CHILDREN
  const context = isMany ? await holdAllKeys(asked, tx, plan.entity) : asked
  const present = await childIds(context, tx, plan, parentId)
  const strangers = strangerProblems(plan, present)
  if (strangers.length > 0) throw new AppError(strangers)
  const named = new Set(plan.bodies.map((body) => childId(body.id)))
  for (const id of present) if (!named.has(id)) await removeRecord(context, tx, plan.entity, id, undefined)
  for (const [index, body] of plan.bodies.entries()) {
    const { id: given, ...rest } = body
    const id = given === undefined ? undefined : childId(given)
    const whole = { ...rest, [plan.by]: parentId }
    const path = `/${index}`
    if (id === undefined) {
      assertCreatable(context, plan.entity, path)
      await storeNew(context, plan.entity, await parseNew(context, plan.entity, whole, path), tx)
    } else {
      await storeChange(
        context,
        plan.entity,
        await parseChange(context, plan.entity, id, rest, undefined, path),
        tx,
      )
    }
  }
}

/** Of more children the keys that duplicate rules compare are not held one by one. */
const FEW_CHILDREN = 20

/** An id as the database writes it; what is no text is nobody's. */
function childId(raw: unknown): string {
  return typeof raw === 'string' ? raw.toLowerCase() : ''
}

function strangerProblems(plan: ChildPlan, present: readonly string[]): readonly Problem[] {
  return plan.bodies.flatMap((body, index) =>
    body.id === undefined || present.includes(childId(body.id)) ? [] : [strangerProblem(index)],
  )
}
