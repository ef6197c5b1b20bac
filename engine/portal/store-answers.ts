import type { Transaction } from '../db/database.ts'
import { databaseOn } from '../db/within-transaction.ts'
import { AppError } from '../errors.ts'
import type { CompiledField } from '../model/compiled.ts'
import type { RequestContext, SimilarFound } from '../records/context.ts'
import { createRecord } from '../records/create.ts'
import { getRecord } from '../records/get.ts'
import { listRecords } from '../records/list.ts'
import { patchRecord } from '../records/patch.ts'
import { inSavepoint } from '../records/savepoint.ts'
import { isBlank, type Values } from './judge-answers.ts'
import type { Webform } from './webform.ts'

/** What became of answers. */
export interface Stored {
  readonly outcome: 'created' | 'updated'
  readonly record: string
}

/** Carries the record that is there already out of the savepoint of a new one, which is then taken back. */
class KnownVisitor extends Error {
  readonly record: string
  constructor(record: string) {
    super('a record of this visitor is there already')
    this.record = record
  }
}

/**
 * Stores the answers of a visitor: as a new record, or in the one that the duplicate rules of the entity find. They are
 * always judged as a new record first, so that what is refused does not tell whether somebody is known; and where the
 * known record does not take them, they become a new one all the same.
 */
export async function storeAnswers(
  context: RequestContext,
  tx: Transaction,
  form: Webform,
  values: Values,
): Promise<Stored> {
  try {
    return {
      outcome: 'created',
      record: await inSavepoint(tx, () => create(context, tx, form, values, true)),
    }
  } catch (error) {
    const known =
      error instanceof KnownVisitor ? error.record : await takenBy(context, tx, form, values, error)
    if (known === undefined) throw error
    try {
      await inSavepoint(tx, () => addTo(context, tx, form, known, values))
      return { outcome: 'updated', record: known }
    } catch (fault) {
      // A locked stage, a rule that the old record has never met: no reason to lose somebody who asks.
      if (!(fault instanceof AppError) || !(error instanceof KnownVisitor)) throw fault
      return { outcome: 'created', record: await create(context, tx, form, values, false) }
    }
  }
}

/** @throws KnownVisitor where the record belongs to one that is there and `looks` */
async function create(
  asked: RequestContext,
  tx: Transaction,
  form: Webform,
  values: Values,
  looks: boolean,
): Promise<string> {
  const found: SimilarFound[] = []
  const context: RequestContext = { ...asked, duplicates: { isAccepted: true, found } }
  const answer = await createRecord(context, form.entity.name, values, { runner: tx })
  const known = looks ? found.find((one) => belongs(context, form, one)) : undefined
  if (known?.problem.similar?.id != null) throw new KnownVisitor(known.problem.similar.id)
  return (JSON.parse(answer.body) as { readonly data: { readonly id: string } }).data.id
}

/** Whether a found record is the visitor's own, by the rule that found it and by what the form says. */
function belongs({ model }: RequestContext, { definition, entity }: Webform, found: SimilarFound): boolean {
  const { similar } = found.problem
  if (similar === undefined || similar.entity !== entity.name || similar.id === null) return false
  const via = model.definitions.duplicate_rule.get(similar.rule)?.via
  if (found.action === 'allow' || (via !== undefined && !via.includes('webform'))) return false
  return found.action === 'block' || definition.onMatch !== 'create'
}

/** The record that has a value already which only one may have; undefined where that is not what was refused. */
async function takenBy(
  context: RequestContext,
  tx: Transaction,
  { entity }: Webform,
  values: Values,
  error: unknown,
): Promise<string | undefined> {
  if (!(error instanceof AppError)) return undefined
  const taken = error.problems.find(({ code }) => code === 'RECORD_DUPLICATE')
  const name = taken?.path.slice(1) ?? ''
  if (taken === undefined || !Object.hasOwn(values, name)) return undefined
  return await findRecord({ ...context, db: databaseOn(tx) }, entity.name, name, values[name])
}

/** The live record with this value in a field. */
export async function findRecord(
  context: RequestContext,
  entity: string,
  field: string,
  value: unknown,
): Promise<string | undefined> {
  const filter = { '==': [{ var: field }, value] }
  const answer = await listRecords(context, entity, { filter, fields: 'id', limit: 1 })
  const { data } = JSON.parse(answer.body) as { readonly data: readonly { readonly id: string }[] }
  return data[0]?.id
}

/** Adds answers to the record that is there; its row is held, so that nothing that comes at the same moment is lost. */
async function addTo(
  context: RequestContext,
  tx: Transaction,
  form: Webform,
  id: string,
  values: Values,
): Promise<void> {
  const { entity, definition } = form
  await tx.query({
    text: `SELECT 1 FROM ${entity.table} t WHERE t."id" = $1::uuid FOR NO KEY UPDATE`,
    values: [id],
  })
  const fields = Object.keys(values)
  const answer = await getRecord({ ...context, db: databaseOn(tx) }, entity.name, id, {
    fields: fields.join(','),
  })
  const stored = (JSON.parse(answer.body) as { readonly data: Values }).data
  const isOver = definition.onMatch === 'overwrite'
  const changes = fields.flatMap((name) => {
    const next = mergedValue(entity.fields.get(name)!, stored[name], values[name], isOver)
    return next === undefined ? [] : [[name, next] as const]
  })
  if (changes.length === 0) return
  const accepted: RequestContext = { ...context, duplicates: { isAccepted: true } }
  await patchRecord(accepted, entity.name, id, Object.fromEntries(changes), { runner: tx })
}

/** What a field holds from now on; undefined where it stays as it is. */
export function mergedValue(
  { type, definition }: Pick<CompiledField, 'type' | 'definition'>,
  before: unknown,
  said: unknown,
  isOver: boolean,
): unknown {
  if (JSON.stringify(before) === JSON.stringify(said)) return undefined
  if (isBlank(before)) return said
  if (type.name === 'tags' && Array.isArray(before) && Array.isArray(said)) {
    const added = said.filter((tag) => !before.includes(tag))
    return added.length === 0 ? undefined : [...before, ...added]
  }
  if (isOver) return said
  if (type.name !== 'long_text' || typeof before !== 'string' || typeof said !== 'string') return undefined
  const longer = `${before}\n\n${said}`
  const fits = typeof definition.max !== 'number' || longer.length <= definition.max
  return before.includes(said) || !fits ? undefined : longer
}
