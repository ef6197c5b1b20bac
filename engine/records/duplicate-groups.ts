import { AppError, type Problem } from '../errors.ts'
import { comparisonOf } from '../model/duplicate-rules.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { guardStored } from './duplicate-guard.ts'
import { type FoundDuplicate, findDuplicates } from './find-duplicates.ts'
import { isToldLike } from './like-records.ts'
import { listRecords } from './list.ts'
import { checkParameters } from './parse-list.ts'
import { shownRecords } from './shown-cells.ts'

/** Records that one call looks at. */
const LOOKED_AT = 100

interface Page {
  readonly data: readonly { readonly id: string }[]
  readonly page: { readonly next: string | null }
}

/**
 * The next of the records that the actor sees, the newest first, with those that are like them by the duplicate rules: in
 * groups whose records are alike one by one. Each call looks at so many records through the keys, however many there are; a
 * group whose records lie far apart comes again when the others are looked at.
 * @param raw `after` of the page before
 */
export async function duplicateGroups(
  context: RequestContext,
  entityName: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const problems: Problem[] = checkParameters(raw, ['after'])
  if (problems.length > 0) throw new AppError(problems)
  const comparison = comparisonOf(context.model, entity)
  if (comparison === undefined || comparison.rules.length === 0)
    return { status: 200, body: '{"data":[],"page":{"next":null,"looked_at":0}}' }
  const question = {
    fields: 'id',
    limit: LOOKED_AT,
    ...(raw.after === undefined ? {} : { after: raw.after }),
  }
  const listed = JSON.parse((await listRecords(context, entity.name, question)).body) as Page
  const ids = listed.data.map(({ id }) => id)
  const shown = await shownRecords(context, context.db, entity, ids)
  const guarded = await guardStored(context, context.db, entity, comparison, ids)
  const found = (await findDuplicates(context, context.db, entity, guarded)).filter((one) => {
    const cells = shown.get(one.record.id)?.cells
    return cells !== undefined && isToldLike(one, entity, cells)
  })
  const others = await shownRecords(context, context.db, entity, [...new Set(found.map(({ id }) => id))])
  const labelOf = (id: string) => shown.get(id)?.label ?? others.get(id)?.label ?? id
  const data = groupsOf(found).map(({ records, fields }) => ({
    records: [...records].sort().map((id) => ({ id, label: labelOf(id) })),
    fields: [...fields],
  }))
  const page = { next: listed.page.next, looked_at: ids.length }
  return { status: 200, body: JSON.stringify({ data, page }) }
}

interface Group {
  readonly records: Set<string>
  /** What is alike in them. */
  readonly fields: Set<string>
}

function groupsOf(found: readonly FoundDuplicate[]): readonly Group[] {
  const groupOf = new Map<string, Group>()
  for (const { record, id, own } of found) {
    const group: Group = { records: new Set([record.id, id]), fields: new Set([own.field.name]) }
    for (const known of [groupOf.get(record.id), groupOf.get(id)]) {
      for (const one of known?.records ?? []) group.records.add(one)
      for (const one of known?.fields ?? []) group.fields.add(one)
    }
    for (const one of group.records) groupOf.set(one, group)
  }
  return [...new Set(groupOf.values())]
}
