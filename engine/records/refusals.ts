import { AppError, type Problem } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext, Via } from './context.ts'
import { brokenNew, type NewRecord } from './insert-rows.ts'
import type { WriteValues } from './parse-write.ts'
import { brokenByChange, type RecordChange } from './update-row.ts'

/** What rules that are asked before anything is written say of a write, under the model of the context; nothing is written. */
export type JudgeWrite = (context: RequestContext, entity: CompiledEntity) => Promise<readonly Problem[]>

/** A write that rules in force have refused. */
export interface RefusedWrite {
  readonly context: RequestContext
  readonly entity: CompiledEntity
  /** Of the record that would have been changed; null: it would have been new. */
  readonly id: string | null
  readonly problems: readonly Problem[]
  readonly judge: JudgeWrite
}

/** What people and those outside wanted; a step of a flow is tried again and again. */
const WANTED: ReadonlySet<Via> = new Set(['api', 'form', 'webform'])

/**
 * Does a write. Where a validation refuses it of which a draft that runs silently has another, whoever compares the two is
 * told; nobody waits for them.
 */
export async function tellingRefusal<T>(
  context: RequestContext,
  entity: CompiledEntity,
  refused: Pick<RefusedWrite, 'id' | 'judge'>,
  write: () => Promise<T>,
): Promise<T> {
  if (!isCompared(context, entity)) return await write()
  try {
    return await write()
  } catch (error) {
    if (error instanceof AppError && error.problems.some(({ code }) => code === 'RECORD_VALIDATION_FAILED')) {
      const tell = context.model.refusals() as (work: RefusedWrite) => void
      tell({ context, entity, problems: error.problems, ...refused })
    }
    throw error
  }
}

function isCompared({ model, via }: RequestContext, { name }: CompiledEntity): boolean {
  return (
    WANTED.has(via) &&
    model.silent.some(({ watched }) =>
      watched.some((one) => one.kind === 'validation' && one.before !== undefined && one.entity === name),
    )
  )
}

export function judgeNew(record: NewRecord): JudgeWrite {
  return async (context, entity) => {
    const own = { ...record, values: carried(record.values, entity) }
    return (await brokenNew(context, context.db, entity, [own], 'record')).get(record.id) ?? []
  }
}

export function judgeChange(change: RecordChange): JudgeWrite {
  return async (context, entity) =>
    await brokenByChange(context, context.db, entity, { ...change, values: carried(change.values, entity) })
}

/** The values by the fields of another model over the same tables. */
function carried(values: WriteValues, entity: CompiledEntity): WriteValues {
  const byId = new Map([...entity.fields.values()].map((field) => [field.id, field]))
  return new Map(
    [...values].flatMap(([field, value]) => {
      const own = byId.get(field.id)
      return own === undefined ? [] : [[own, value] as const]
    }),
  )
}
