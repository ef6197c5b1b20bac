import type { Executor } from '../db/database.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { inWrite } from './in-write.ts'
import { parseNew } from './parse-record.ts'
import { judgeNew, tellingRefusal } from './refusals.ts'
import { storeNew } from './store.ts'
import { assertCreatable } from './touch.ts'

/**
 * Creates one record and answers it; with `isDryRun` the answer shows what would be stored and nothing is.
 */
export async function createRecord(
  context: RequestContext,
  entityName: string,
  body: unknown,
  options: { readonly isDryRun?: boolean; readonly runner?: Executor } = {},
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  assertCreatable(context, entity, '')
  const record = await parseNew(context, entity, body, '')
  if (options.isDryRun === true) {
    const json = await inWrite(context, options, (tx) => storeNew(context, entity, record, tx))
    return { status: 200, body: `{"data":${json}}` }
  }
  const refused = { id: null, judge: judgeNew(record) }
  const json = await tellingRefusal(context, entity, refused, () =>
    storeNew(context, entity, record, options.runner),
  )
  return {
    status: 201,
    body: `{"data":${json}}`,
    headers: { Location: `/api/records/${entity.name}/${record.id}` },
  }
}
