import type { Executor, Transaction } from '../db/database.ts'
import { databaseOn } from '../db/within-transaction.ts'
import { AppError } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import type { Merged } from './merge-pointers.ts'
import { mergeContext } from './merge-sight.ts'
import type { ChosenValue, LeftValue } from './merge-values.ts'
import { parseChange } from './parse-record.ts'
import { pointerPart } from './parse-write.ts'
import { inSavepoint } from './savepoint.ts'
import { storeChange, storeUnjudged } from './store.ts'

type Values = ReadonlyMap<CompiledField, ChosenValue>

/** What was written, and what the record's own rules did not let in. */
export interface WrittenValues {
  readonly values: Values
  readonly left: readonly LeftValue[]
}

/**
 * Writes the values of a merge to the record that stays, with all checks of a change. What nobody has said and its rules do
 * not let in is left out: a merge must not fail of what it only tries to keep.
 * @param isClosed whether the actor could not choose another value, the field being hidden from them or locked
 */
export async function writeMerged(
  context: RequestContext,
  tx: Executor,
  { entity, survivor }: Merged,
  chosen: Values,
  isClosed: (field: CompiledField) => boolean,
): Promise<WrittenValues> {
  // A move and a transfer are the actor's own act, with what follows from them; the rest is kept for the record's sake.
  const isAct = (field: CompiledField) => field.type.name === 'stage' || field.name === 'owner'
  const acts = new Map([...chosen].filter(([field, { isSaid }]) => isSaid && isAct(field)))
  let values: Values = new Map([...chosen].filter(([field]) => !acts.has(field)))
  const left: LeftValue[] = []
  const whole = mergeContext(context, entity)
  while (values.size > 0) {
    const tried = values
    const refused = await tryWrite(tx, tried, isClosed, () =>
      write(whole, tx, entity, survivor, tried, storeUnjudged),
    )
    if (refused.size === 0) break
    for (const field of refused) {
      const { from } = tried.get(field)!
      if (from !== undefined) left.push({ field, from })
    }
    values = new Map([...tried].filter(([field]) => !refused.has(field)))
  }
  if (acts.size > 0)
    await tryWrite(
      tx,
      acts,
      () => false,
      () => write(context, tx, entity, survivor, acts, storeChange),
    )
  return { values: new Map([...values, ...acts]), left }
}

async function write(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  values: Values,
  store: typeof storeChange,
): Promise<void> {
  const body = Object.fromEntries([...values].map(([field, { value }]) => [field.name, value]))
  // Faults are looked for where the others have gone already.
  const inside = { ...context, db: databaseOn(tx as Transaction) }
  await store(context, entity, await parseChange(inside, entity, id, body, undefined, ''), tx)
}

/**
 * Runs a write of these values, taken back where it is refused.
 * @returns the fields nobody has said that it was refused for
 * @throws AppError where it was refused for anything else; what somebody has said is told there
 */
async function tryWrite(
  tx: Executor,
  values: Values,
  isClosed: (field: CompiledField) => boolean,
  work: () => Promise<void>,
): Promise<ReadonlySet<CompiledField>> {
  try {
    await inSavepoint(tx, work)
    return new Set()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const heads = new Set(error.problems.map(({ path }) => path.split('/')[1]))
    const fields = [...values.keys()].filter((field) => heads.has(pointerPart(field.name)))
    const tried = fields.filter((field) => isTried(values.get(field)!))
    if (tried.length > 0) return new Set(tried)
    // A rule that looks at several fields: who cannot choose another value is not stopped by it.
    const closed = [...values].flatMap(([field, one]) => (isTried(one) && isClosed(field) ? [field] : []))
    if (closed.length > 0) return new Set(closed)
    throw new AppError(
      error.problems.map((fault) => {
        const isSaid = fields.some(
          (field) => values.get(field)!.isSaid && fault.path.split('/')[1] === pointerPart(field.name),
        )
        return isSaid ? { ...fault, path: `/take${fault.path}` } : fault
      }),
      { cause: error },
    )
  }
}

/** Whether a value is only tried to be kept. What must be given up, its record being merged, is none. */
function isTried({ isSaid, value }: ChosenValue): boolean {
  return !isSaid && value !== null
}
