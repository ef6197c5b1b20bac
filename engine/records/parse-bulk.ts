import { nearest } from '../../metadata/nearest.ts'
import { AppError, didYouMean, type Problem, problem } from '../errors.ts'

export const MAX_BULK = 5000

interface Placed {
  /** The place in its list, or among the records that the filter finds. */
  readonly index: number
  /** Where it stands in what was sent. */
  readonly path: string
}

/** One thing to do within a bulk call. */
export type BulkOperation = Placed &
  (
    | { readonly kind: 'create'; readonly body: unknown }
    | { readonly kind: 'update'; readonly id: string; readonly body: unknown }
    | { readonly kind: 'upsert'; readonly key: string; readonly body: unknown }
    | { readonly kind: 'delete'; readonly id: string }
    /** Asked for by nobody: what takes a delete back. */
    | { readonly kind: 'restore'; readonly id: string }
  )

export type BulkRequest =
  | { readonly kind: 'operations'; readonly operations: readonly BulkOperation[]; readonly isAtomic: boolean }
  | { readonly kind: 'set'; readonly filter: unknown; readonly set: unknown; readonly isAtomic: boolean }

const KEYS = ['create', 'update', 'upsert', 'delete', 'filter', 'set', 'atomic']

/** @throws AppError with every problem of the shape at once */
export function parseBulk(body: unknown): BulkRequest {
  const problems: Problem[] = []
  if (!isObject(body)) throw new AppError(shape('', 'object'))
  for (const name of Object.keys(body)) {
    if (KEYS.includes(name)) continue
    problems.push(
      problem('FIELD_UNKNOWN', `/${name}`, { params: { name }, hint: didYouMean(nearest(name, KEYS)) }),
    )
  }
  const isAtomic = body.atomic ?? true
  if (typeof isAtomic !== 'boolean') problems.push(shape('/atomic', 'true / false'))
  const request =
    body.set === undefined && body.filter === undefined
      ? parseOperations(body, problems)
      : parseSet(body, problems)
  if (problems.length > 0) throw new AppError(problems)
  return { ...request, isAtomic: isAtomic as boolean }
}

function parseSet(
  body: Record<string, unknown>,
  problems: Problem[],
): { kind: 'set'; filter: unknown; set: unknown } {
  if (body.filter === undefined) problems.push(shape('/filter', 'filter'))
  if (!isObject(body.set)) problems.push(shape('/set', 'object'))
  for (const name of ['create', 'update', 'upsert', 'delete']) {
    if (body[name] !== undefined) problems.push(shape(`/${name}`, 'filter + set'))
  }
  return { kind: 'set', filter: body.filter, set: body.set }
}

function parseOperations(
  body: Record<string, unknown>,
  problems: Problem[],
): { kind: 'operations'; operations: readonly BulkOperation[] } {
  const operations: BulkOperation[] = []
  for (const [index, item] of listOf(body, 'create', problems).entries()) {
    operations.push({ kind: 'create', index, body: item, path: `/create/${index}` })
  }
  for (const [index, item] of listOf(body, 'update', problems).entries()) {
    const path = `/update/${index}`
    if (!isObject(item) || typeof item.id !== 'string') problems.push(shape(`${path}/id`, 'id'))
    else {
      const { id, ...rest } = item
      operations.push({ kind: 'update', index, id: id as string, body: rest, path })
    }
  }
  operations.push(...parseUpsert(body.upsert, problems))
  for (const [index, id] of listOf(body, 'delete', problems).entries()) {
    const path = `/delete/${index}`
    if (typeof id === 'string') operations.push({ kind: 'delete', index, id, path })
    else problems.push(shape(path, 'id'))
  }
  if (operations.length > MAX_BULK)
    problems.push(problem('BULK_TOO_MANY', '', { params: { limit: MAX_BULK } }))
  if (
    operations.length === 0 &&
    problems.length === 0 &&
    Object.keys(body).every((name) => name === 'atomic')
  ) {
    problems.push(shape('', 'create, update, upsert, delete, filter + set'))
  }
  return { kind: 'operations', operations }
}

function parseUpsert(raw: unknown, problems: Problem[]): readonly BulkOperation[] {
  if (raw === undefined) return []
  if (!isObject(raw) || typeof raw.key !== 'string' || !Array.isArray(raw.records)) {
    problems.push(shape('/upsert', '{"key","records"}'))
    return []
  }
  const key = raw.key
  return raw.records.map((body, index) => ({
    kind: 'upsert',
    index,
    key,
    body,
    path: `/upsert/records/${index}`,
  }))
}

function listOf(body: Record<string, unknown>, name: string, problems: Problem[]): readonly unknown[] {
  const raw = body[name]
  if (raw === undefined) return []
  if (Array.isArray(raw)) return raw
  problems.push(shape(`/${name}`, '[…]'))
  return []
}

function shape(path: string, reason: string): Problem {
  return problem('BULK_SHAPE_INVALID', path, { params: { reason } })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
