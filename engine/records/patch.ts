import type { Executor } from '../db/database.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { recordId } from './get.ts'
import { parseChange, parseIfMatch } from './parse-record.ts'
import { judgeChange, tellingRefusal } from './refusals.ts'
import { storeChange } from './store.ts'

/** Changes one record by a merge patch and answers it. */
export async function patchRecord(
  context: RequestContext,
  entityName: string,
  id: string,
  body: unknown,
  options: { readonly ifMatch?: string | undefined; readonly runner?: Executor } = {},
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const change = await parseChange(context, entity, recordId(id), body, parseIfMatch(options.ifMatch), '')
  const refused = { id: change.id, judge: judgeChange(change) }
  const json = await tellingRefusal(context, entity, refused, () =>
    storeChange(context, entity, change, options.runner),
  )
  return { status: 200, body: `{"data":${json}}` }
}
