import { nearest } from '../../metadata/nearest.ts'
import type { Executor, Transaction } from '../db/database.ts'
import { databaseOn } from '../db/within-transaction.ts'
import { AppError, didYouMean, type Problem, problem, quoted, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { isRecord } from '../model/pointer.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { recordId } from './get.ts'
import { holdOwner } from './hold-owner.ts'
import { inWrite } from './in-write.ts'
import { bind, createParameters, toPlan } from './parameters.ts'
import { parseChange } from './parse-record.ts'
import { within } from './relations.ts'
import { sightPredicate } from './row-source.ts'
import { storeChange } from './store.ts'
import { assertChangeable } from './touch.ts'

/** Records that pass to the new owner along with one; more are a matter of a bulk call. */
const MAX_ALONG = 1_000

/** A way from the record to owned ones that point at it. */
interface Along {
  readonly name: string
  readonly entity: CompiledEntity
  readonly by: CompiledField
}

interface Transfer {
  readonly owner: unknown
  readonly along: readonly Along[]
}

/**
 * Gives a record to another owner, and with it those of its related records that its former owner had: contacts go with
 * their customer, what colleagues own stays theirs. All of them or none, each with the checks of a change.
 * @param body `{"owner": id, "with": ["contacts", "opportunities"]}`, `with` by the names of relations
 * @throws AppError RECORD_NOT_FOUND, AUTH_DENIED, and with every fault of the body at its place
 */
export async function transferRecord(
  context: RequestContext,
  entityName: string,
  id: string,
  body: unknown,
  options: { readonly runner?: Executor; readonly isDryRun?: boolean } = {},
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const record = recordId(id)
  await assertChangeable(context, options.runner ?? context.db, entity, record)
  const { owner, along } = parseTransfer(context, entity, body)
  const moved = await inWrite(context, options, async (tx) => {
    const inside = { ...context, db: databaseOn(tx as Transaction) }
    const before = await holdOwner(tx, entity, record)
    await give(inside, tx, entity, record, owner)
    const counts: [string, number][] = []
    for (const [index, one] of along.entries()) {
      const ids = await within(`/with/${index}`, () => idsAlong(inside, tx, one, record, before))
      for (const child of ids)
        await within(`/with/${index}`, () => give(inside, tx, one.entity, child, owner))
      counts.push([one.name, ids.length])
    }
    return counts
  })
  return {
    status: 200,
    body: JSON.stringify({ data: { id: record, owner, with: Object.fromEntries(moved) } }),
  }
}

function parseTransfer(context: RequestContext, entity: CompiledEntity, body: unknown): Transfer {
  if (!isRecord(body)) throw refuse('RECORD_BODY_INVALID')
  const problems: Problem[] = Object.keys(body)
    .filter((name) => name !== 'owner' && name !== 'with')
    .map((name) => problem('FIELD_UNKNOWN', `/${name}`, { params: { name: name.slice(0, 40) } }))
  const { owner, with: asked = [] } = body
  if (owner === undefined || owner === null) problems.push(problem('FIELD_REQUIRED', '/owner'))
  const known = waysAlong(context, entity)
  const names: readonly unknown[] = Array.isArray(asked) ? asked : [asked]
  const along = names.flatMap((name, index): readonly Along[] => {
    const way = known.find((one) => one.name === name)
    if (way !== undefined) return [way]
    const written = quoted(name)
    const hint = didYouMean(
      nearest(
        written,
        known.map((one) => one.name),
      ),
    )
    problems.push(problem('TRANSFER_RELATION_UNKNOWN', `/with/${index}`, { params: { name: written }, hint }))
    return []
  })
  if (problems.length > 0) throw new AppError(problems)
  return { owner, along: [...new Set(along)] }
}

/** The relations whose records have owners and are known to the actor. */
function waysAlong({ model, access }: RequestContext, entity: CompiledEntity): readonly Along[] {
  return entity.inverses.flatMap(({ name, from, field }): readonly Along[] => {
    const child = model.entities.get(from)
    const by = child?.fields.get(field)
    if (child?.owned !== true || by?.relation?.kind !== 'one') return []
    return access.entity(from).read === 'none' ? [] : [{ name, entity: child, by }]
  })
}

/** The live records in sight that point to the record and have this owner. */
async function idsAlong(
  context: RequestContext,
  tx: Executor,
  { entity, by, name }: Along,
  record: string,
  owner: string | undefined,
): Promise<readonly string[]> {
  const parameters = createParameters()
  const source = { model: context.model, access: context.access, parameters }
  const text =
    `SELECT c."id"::text AS id FROM ${entity.table} c WHERE c.${by.columns[0]} = ${parameters.open('record', 'uuid')} ` +
    `AND c."owner" IS NOT DISTINCT FROM ${parameters.open('owner', 'uuid')} ` +
    `AND ${sightPredicate(source, entity, 'c', false)} ORDER BY c."id" LIMIT ${MAX_ALONG + 1}`
  const { rows } = await tx.query<{ id: string }>(
    bind(toPlan(text, parameters), context, { record, owner: owner ?? null }),
  )
  if (rows.length > MAX_ALONG) throw refuse('TRANSFER_TOO_MANY', '', { params: { name, limit: MAX_ALONG } })
  return rows.map((row) => row.id)
}

async function give(
  context: RequestContext,
  tx: Executor,
  entity: CompiledEntity,
  id: string,
  owner: unknown,
): Promise<void> {
  const change = await parseChange(context, entity, id, { owner }, undefined, '')
  await storeChange(context, entity, change, tx)
}
